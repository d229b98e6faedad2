"""What somebody who has read only the README writes first, and what is said of it: always what would do."""

from pathlib import Path

import pytest

from evidence.loading import StudyFileError, read_review

REVIEW = """\
format: 1
review: demo
treatments: {active: {label: A}, placebo: {label: P, reference: true}, selumetinib: {label: S}}
endpoints:
  response: {kind: binary, better: higher}
  survival-time: {kind: time-to-event, unit: months, better: higher}
  rash: {kind: binary, better: lower}
  best: {kind: ordinal, categories: [CR, PR], better: first}
"""
STUDY = """\
format: 1
study: new
label: New
sources: {a: {kind: paper}}
design: {kind: randomised-trial, blinding: double}
arms:
  active: {treatment: active, n: 117}
  placebo: {treatment: placebo, n: 118}
sets: {safety: {n: {active: 117, placebo: 118}}}
cuts: {update: {n: 235}}
outcomes:
  - endpoint: response
    where: Table 2
    results: {active: {percent: 12.0}}
    effects: [{measure: RD, compare: [active, placebo], estimate: -0.04}]
  - endpoint: best
    where: Table 2
    results: {active: {by_category: {CR: {events: 3}, PR: {events: 114}}}}
  - where: Table 3
    as: percent
    columns: [active]
    rows: {rash: [9.4]}
"""

SLIPS = [
    (
        "{percent: 12.0}",
        "33 (28.2%)",
        "{events: 33, percent: 28.2}, or give the entry `as: events (percent)`",
    ),
    ("{percent: 12.0}", "90.9% (40/44)", "{percent: 90.9, events: 40, n: 44}"),
    ("{percent: 12.0}", "40/44", "write active: {events: 40, n: 44}"),
    ("{percent: 12.0}", "12 of 531 (2%)", "write active: {events: 12, n: 531, percent: 2}"),
    ("{percent: 12.0}", "55.6%", "{percent: 55.6}, or {survival: 55.6} where it is a Kaplan-Meier per cent"),
    ("{percent: 12.0}", "10.0 months", "{median: 10.0} and `unit: months` on the entry"),
    ("{percent: 12.0}", "12.9 (9.1-14)", "{median: 12.9, ci95: [9.1, 14]}"),
    ("{percent: 12.0}", "33", "such as active: {events: 33}"),
    ("{percent: 12.0}", "{median: not reached}", "write not-reached"),
    ("{percent: 12.0}", "{median: not estimable}", "write not-estimable"),
    ("{percent: 12.0}", "{events: –}", "write not-reported"),
    ("estimate: -0.04", "estimate: -4.2%", "write -4.2; a risk difference printed in per cent has `scale"),
    ("estimate: -0.04", "estimate: -0.04, claim: significant", "`claim` stands in `tests`"),
    (
        "[9.4]",
        "[9 (4.1%)]",
        "{events: 9, percent: 4.1}, or give the row its own: NAME: {as: events (percent)",
    ),
    ("{by_category: {CR: {events: 3}, PR: {events: 114}}}", "{CR: 3}", "stand under by_category: {CR: "),
    (
        "{by_category: {CR: {events: 3}, PR: {events: 114}}}",
        "{percent: 9}}\n    ci95: [1, 2]\n    x: {y: 2",
        "with an arm",
    ),
    ("[9.4]", '["nine of them (4.1%)"]', "write the figures alone, as the pattern has them"),
    ("blinding: double", "blinding: open-label", "an open study has blinding: none"),
    ("{update: {n: 235}}", "{update: {n: {active: 41}}}", "numbers of each arm stand in `sets`"),
    ("treatment: active", "treatment: selpercatinib", "declare it under `treatments` of review.yaml"),
    ("endpoint: response", "endpoint: death", "such as death: {kind: binary, better: lower}"),
]


def folder(tmp_path: Path, old: str = "", new: str = "") -> Path:
    assert STUDY.count(old) >= 1
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(STUDY.replace(old, new, 1) if old else STUDY, encoding="utf-8")
    return tmp_path


def test_without_a_slip_it_is_understood(tmp_path: Path) -> None:
    assert read_review(folder(tmp_path)).warnings == ()


@pytest.mark.parametrize(("old", "new", "said"), SLIPS)
def test_every_slip_is_answered_with_what_would_do(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(StudyFileError) as caught:
        read_review(folder(tmp_path, old, new))
    assert said in str(caught.value)


def test_what_would_do_does(tmp_path: Path) -> None:
    read_review(folder(tmp_path, "{percent: 12.0}", "{percent: 90.9, events: 40, n: 44}"))


def test_a_risk_difference_above_one_is_taken_for_per_cent(tmp_path: Path) -> None:
    (found,) = read_review(folder(tmp_path, "estimate: -0.04", "estimate: -4.2")).warnings
    assert "scale: percent" in str(found)


def test_a_risk_difference_in_per_cent_is_the_effect_of_its_arms(tmp_path: Path) -> None:
    import evidence

    results = "{active: {percent: 12.0}, placebo: {percent: 16.1}}"
    text = STUDY.replace("{active: {percent: 12.0}}", results)
    text = text.replace("estimate: -0.04", "estimate: -4.1, ci95: [-13.1, 4.8], scale: percent")
    folder(tmp_path)
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    found = evidence.audit(evidence.read_review(tmp_path)).findings
    assert [f.message for f in found if f.severity in ("error", "warning")] == []
    assert any(f.code == "AUD306" and f.verdict == "consistent" for f in found)
