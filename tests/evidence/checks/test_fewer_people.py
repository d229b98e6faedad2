"""Percentages of fewer people than the arm has, and intervals of another level, as abstracts print them."""

from pathlib import Path

import pytest

import evidence

REVIEW = """\
format: 1
review: made-up
treatments: {active: {label: Active}, placebo: {label: Placebo, reference: true}}
endpoints:
  disease-control: {kind: binary, better: higher}
  local-control: {kind: binary, better: higher}
  rash: {kind: binary, better: lower}
"""
STUDY = """\
format: 1
study: new
label: New
sources: {abstract: {kind: abstract}}
design: {kind: randomised-trial}
arms: {active: {treatment: active, n: 128}, placebo: {treatment: placebo, n: 63}}
outcomes: [{where: Abstract, ENTRY}]
"""


@pytest.fixture
def said(tmp_path: Path):
    """The errors, warnings and notes about an entry, by code."""

    def audited(entry: str, n: str = "128") -> dict[str, list[tuple[str, str]]]:
        (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
        text = STUDY.replace("ENTRY", entry).replace("n: 128", f"n: {n}")
        (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
        found: dict[str, list[tuple[str, str]]] = {}
        for one in evidence.audit(evidence.read_review(tmp_path)).findings:
            if one.severity in ("error", "warning", "note"):
                found.setdefault(one.code, []).append((one.severity, one.message + "; ".join(one.details)))
        return found

    return audited


TESTED = "results: {active: {percent: 93.3}, placebo: {percent: 79.3}}, tests: [{p: 0.0044}]"


def test_a_test_of_people_assessed_is_no_warning(said) -> None:
    ((severity, message),) = said(f"endpoint: disease-control, {TESTED}")["AUD311"]
    assert severity == "note"
    assert "perhaps not everybody was counted" in message


def test_of_everybody_treated_it_is_one(said) -> None:
    tested = TESTED.replace("93.3", "93.3, n: 128").replace("79.3", "79.3, n: 63")
    ((severity, _),) = said(f"endpoint: rash, {tested}")["AUD311"]
    assert severity == "warning"


def test_a_local_control_is_judged_and_so_perhaps_of_fewer(said) -> None:
    severities = [
        s for s, _ in said("endpoint: local-control, results: {active: {percent: 98.31}}", "73")["AUD103"]
    ]
    assert severities == ["note"]


def test_an_interval_of_another_level_says_so(said) -> None:
    entry = "endpoint: disease-control, results: {active: {percent: 38.5, ci95: [22.6, 56.4]}}"
    ((severity, message),) = said(entry, "26")["AUD107"]
    assert severity == "warning"
    assert "the 90 % interval by the exact method" in message
