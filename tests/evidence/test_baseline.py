"""A baseline lets a review fail only on what is new."""

import json
from dataclasses import replace

import pytest

from evidence.baseline import BaselineError, baseline_text, compare, read_baseline
from evidence.claims import Place
from evidence.findings import Audit, Finding, Settled
from evidence.values import Source, reported

PLACE = Place("smith", "smith/response", "response", "Response")


def finding(code: str, severity: str = "error", field: str = "p", line: int = 1) -> Finding:
    number = reported("0.03", f"smith/response/{field}", Source("smith.yaml", line, 1))
    return Finding(code, "slug", "inconsistent", "message", (number,), PLACE, severity=severity)


def settled(audit: Audit) -> list[bool]:
    return [f.settled is not None for f in audit]


def test_what_is_written_is_read_and_known_again() -> None:
    audit = Audit((finding("AUD301"), finding("AUD103", "note", "x"), finding("AUD104", "none")))
    compared = compare(audit, read_baseline(baseline_text(audit)))
    assert settled(compared.audit) == [True, True, False]
    assert (compared.known, compared.gone) == (2, ())
    assert compared.audit.at_least("note") == ()


def test_a_finding_stays_known_when_lines_move() -> None:
    entries = read_baseline(baseline_text(Audit((finding("AUD301", line=4),))))
    assert compare(Audit((finding("AUD301", line=40),)), entries).known == 1


def test_a_new_finding_still_counts() -> None:
    entries = read_baseline(baseline_text(Audit((finding("AUD301"),))))
    compared = compare(Audit((finding("AUD301"), finding("AUD301", field="t"))), entries)
    assert len(compared.audit.at_least("error")) == 1


def test_a_second_finding_of_one_fingerprint_is_new() -> None:
    entries = read_baseline(baseline_text(Audit((finding("AUD301"),))))
    assert compare(Audit((finding("AUD301"), finding("AUD301"))), entries).known == 1


def test_a_finding_that_became_worse_is_new_and_one_that_became_better_is_not() -> None:
    entries = read_baseline(baseline_text(Audit((finding("AUD301", "warning"),))))
    assert compare(Audit((finding("AUD301", "error"),)), entries).known == 0
    assert compare(Audit((finding("AUD301", "note"),)), entries).known == 1


def test_what_is_gone_is_told() -> None:
    entries = read_baseline(baseline_text(Audit((finding("AUD301"), finding("AUD302")))))
    assert [entry.code for entry in compare(Audit((finding("AUD302"),)), entries).gone] == ["AUD301"]


def test_what_a_person_settled_needs_no_baseline() -> None:
    accepted = replace(finding("AUD301"), settled=Settled("accepted", "as the authors say"))
    assert read_baseline(baseline_text(Audit((accepted,)))) == ()
    entries = read_baseline(baseline_text(Audit((finding("AUD301"),))))
    kept = compare(Audit((accepted,)), entries).audit[0]
    assert kept == accepted


def test_a_baseline_written_again_is_the_same() -> None:
    audit = Audit((finding("AUD301"), finding("AUD302", "warning")))
    text = baseline_text(audit)
    assert baseline_text(compare(audit, read_baseline(text)).audit) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        "[]",
        "{}",
        "null",
        "3",
        '{"schema": 1, "findings": [{}]}',
        '{"schema": 1, "findings": 3}',
    ],
)
def test_another_text_is_no_baseline(text: str) -> None:
    with pytest.raises(BaselineError, match="this is no baseline; write one with"):
        read_baseline(text)


def test_a_later_baseline_is_refused() -> None:
    with pytest.raises(BaselineError, match="schema 2; this version reads 1"):
        read_baseline('{"schema": 2, "findings": []}')


@pytest.mark.parametrize(
    "odd",
    [{"severity": "awful"}, {"severity": 3}, {"severity": ["error"]}, {"fingerprint": []}, {"code": None}],
)
def test_an_entry_is_four_texts_and_its_severity_one_of_the_audits(odd: dict[str, object]) -> None:
    row = {"fingerprint": "a", "code": "AUD301", "severity": "error", "address": "x", **odd}
    with pytest.raises(BaselineError, match="no baseline"):
        read_baseline(json.dumps({"schema": 1, "findings": [row]}))
