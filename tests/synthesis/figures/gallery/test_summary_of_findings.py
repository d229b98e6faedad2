"""The Summary of Findings: its arithmetic and what it leaves to people."""

from math import exp, log
from typing import Any

import pytest

import synthesis
from evidence.review import Review
from synthesis.errors import FigureError
from synthesis.figures.contents.absolute_risk import per_thousand, with_treatment
from synthesis.figures.contents.summary_of_findings import findings


@pytest.mark.parametrize(
    ("measure", "effect", "expected"),
    # Handbook 15.4.4.2 gives 194 of 1000 for OR 0.66 at a risk of 267 (rounded there to 0.267)
    [("RR", log(0.5), 0.1), ("RD", -0.05, 0.15), ("OR", log(0.66), 0.1416), ("HR", log(0.5), 1 - 0.8**0.5)],
)
def test_risks_follow_from_the_stated_one(measure: str, effect: float, expected: float) -> None:
    assert with_treatment(measure, 0.2, effect) == pytest.approx(expected, abs=5e-5)


def test_a_risk_stays_between_nobody_and_everybody() -> None:
    assert with_treatment("RR", 0.6, log(3)) == 1.0 and with_treatment("RD", 0.1, -0.4) == 0.0
    assert with_treatment("OR", 1.0, log(2)) == 1.0


def test_few_and_nearly_all_are_not_rounded_away() -> None:
    assert (per_thousand(0.0), per_thousand(0.0002), per_thousand(1.0)) == ("0", "<1", "1000")


def test_the_table_shows_the_risk_with_treatment_and_both_ends(demo: Review, read: Any) -> None:
    (finding,) = findings(demo, outcomes=["response"])
    pool = finding.pool
    assert pool is not None
    texts = read(synthesis.plot.summary_of_findings(demo)).texts()
    low, high = (f"{200 * exp(value):.0f}" for value in (pool.ci.low, pool.ci.high))
    assert f"{200 * exp(pool.mu):.0f}" in texts and f"({low} to {high})" in texts and "200" in texts


def test_every_stated_risk_has_a_line(demo: Review, read: Any) -> None:
    texts = read(synthesis.plot.summary_of_findings(demo, outcomes=["nausea"])).texts()
    assert {"50", "(low)", "150", "(high)"} <= set(texts)


def test_certainty_is_shown_with_its_reason_only_where_people_judged(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.summary_of_findings(demo, outcomes=["response", "nausea"]))
    circles = drawn.of_class("m-summary", "circle")
    assert [c.get("fill") == "none" for c in circles[:4]] == [False, False, False, True]
    texts = drawn.texts()
    assert "Moderate (a)" in texts and "a: down for imprecision: few events." in texts
    assert "Not supplied" in texts


def test_a_missing_baseline_risk_is_said_to_be_missing(demo: Review, read: Any) -> None:
    texts = read(synthesis.plot.summary_of_findings(demo, outcomes=["survival"])).texts()
    assert "Not supplied" in texts


def test_a_mean_difference_has_no_risks(demo: Review, read: Any) -> None:
    texts = read(synthesis.plot.summary_of_findings(demo, outcomes=["pain"])).texts()
    assert any(text.startswith("MD ") for text in texts) and texts.count("–") == 2


def test_an_unknown_outcome_is_refused(demo: Review) -> None:
    with pytest.raises(FigureError, match="no outcome 'cough' has an effect; there are nausea"):
        synthesis.plot.summary_of_findings(demo, outcomes=["cough"])
