"""How authors shortened numbers is an option of the study or of the run."""

from pathlib import Path

import pytest

import evidence

REVIEW = """
format: 1
review: r
treatments: {old: {label: O}, new: {label: N}}
endpoints: {cure: {kind: binary}}
"""
# 57 of 78 is 73.0769 %: cut off it prints as 73.07, to the nearest as 73.08.
STUDY = """
format: 1
study: s
label: S
sources: {paper: {kind: paper}}
design: {kind: cohort}
%s
arms: {a: {treatment: old, n: 78}, b: {treatment: new, n: 82}}
outcomes:
  - {endpoint: cure, where: T, results: {a: {percent: 73.07}, b: {percent: 50.00}}}
"""


def study(folder: Path, rounding: str = ""):
    (folder / "review.yaml").write_text(REVIEW, encoding="utf-8")
    (folder / "s.yaml").write_text(STUDY % rounding, encoding="utf-8")
    return evidence.read_review(folder)


def attainable(found) -> list[str]:
    return [f.verdict for f in found if f.code == "AUD103"]


def test_to_the_nearest_unless_stated(tmp_path: Path) -> None:
    assert attainable(evidence.audit(study(tmp_path))) == ["slip", "consistent"]


@pytest.mark.parametrize("mode", ["truncation", "either"])
def test_a_study_states_how_its_numbers_were_shortened(tmp_path: Path, mode: str) -> None:
    assert attainable(evidence.audit(study(tmp_path, f"rounding: {mode}"))) == ["consistent", "consistent"]


def test_the_run_goes_before_the_study(tmp_path: Path) -> None:
    review = study(tmp_path, "rounding: truncation")
    assert attainable(evidence.audit(review, rounding="nearest")) == ["slip", "consistent"]
    assert attainable(evidence.audit(study(tmp_path), rounding="truncation")) == ["consistent", "consistent"]


def test_a_way_of_rounding_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown rounding 'up'; choose nearest, truncation or either"):
        evidence.audit(study(tmp_path), rounding="up")
