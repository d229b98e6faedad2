"""Every check keeps its own examples, has a page's worth of words, and takes hostile numbers calmly."""

from __future__ import annotations

import pytest

from evidence.checks import all_checks
from evidence.checks.check import Check
from evidence.findings import IMPOSSIBLE, INCONSISTENT, SCREEN, SLIP, VERDICTS, Finding

CHECKS = all_checks()
WRONG = {INCONSISTENT, IMPOSSIBLE, SLIP, SCREEN}


def each(which: str) -> pytest.MarkDecorator:
    pairs = [
        pytest.param(check, example, id=f"{check.code}-{i}")
        for check in CHECKS
        for i, example in enumerate(getattr(check, which))
    ]
    return pytest.mark.parametrize(("check", "example"), pairs)


def findings(check: Check, example: object) -> list[Finding]:
    return list(check.run(example))


@each("consistent")
def test_a_consistent_example_is_never_found_wrong(check: Check, example: object) -> None:
    assert not [f for f in findings(check, example) if f.verdict in WRONG]


@each("inconsistent")
def test_an_inconsistent_example_is_found(check: Check, example: object) -> None:
    assert any(f.verdict in WRONG or f.severity == "warning" for f in findings(check, example))


@each("inconsistent")
def test_a_finding_is_one_sentence_about_printed_numbers(check: Check, example: object) -> None:
    for f in findings(check, example):
        assert f.about
        assert f.code == check.code
        assert f.verdict in VERDICTS
        assert not f.message.endswith(".")
        assert "\n" not in f.message
        assert "nan" not in f.message


@each("consistent")
def test_a_quick_no_is_never_said_of_a_consistent_example(check: Check, example: object) -> None:
    assert check.fails is None or not check.fails(example)


@each("inconsistent")
def test_a_quick_no_is_said_only_where_fault_is_found(check: Check, example: object) -> None:
    said = check.fails is not None and check.fails(example)
    assert not said or any(f.verdict in WRONG for f in findings(check, example))


@pytest.mark.parametrize("check", CHECKS, ids=[check.code for check in CHECKS])
def test_a_check_explains_itself(check: Check) -> None:
    for words in (check.title, check.what, check.why, check.formula, check.reference):
        assert words.strip()
    assert check.consistent
    assert check.inconsistent
    assert check.on


def test_no_code_or_slug_is_used_twice() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert len({check.slug for check in CHECKS}) == len(CHECKS)
