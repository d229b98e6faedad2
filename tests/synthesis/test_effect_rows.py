"""One row a study: which numbers it takes, how it turns them, and why a study may give none."""

from math import log
from pathlib import Path

import pytest

import evidence
import synthesis
from synthesis.figures.forest import content

REVIEW = """
format: 1
review: made-up
treatments: {active: {label: Active}, placebo: {label: Placebo, reference: true}}
endpoints:
  relapse: {kind: binary, better: lower, measure: OR}
  survival-time: {kind: time-to-event, better: higher, measure: HR}
"""
STUDY = """
format: 1
study: one
label: One
sources: {paper: {kind: paper}}
design: {kind: randomised-trial}
arms: {active: {treatment: active, n: 50}, placebo: {treatment: placebo, n: 52}}
outcomes:
"""


def table(
    folder: Path, entry: str, endpoint: str, compare: tuple[str, ...] = ("active", "placebo"), **options
):
    (folder / "review.yaml").write_text(REVIEW, encoding="utf-8")
    (folder / "one.yaml").write_text(STUDY + entry, encoding="utf-8")
    return synthesis.effects(evidence.read_review(folder), endpoint, compare=compare, **options)


def relapse(active: str, placebo: str) -> str:
    return f"  - {{endpoint: relapse, where: T, results: {{active: {{{active}}}, placebo: {{{placebo}}}}}}}\n"


HAZARD = (
    "  - {{endpoint: survival-time, where: T, effects: [{{measure: HR, compare: {compare}, {numbers}}}]}}\n"
)


def hazard(numbers: str, compare: str = "[active, placebo]") -> str:
    return HAZARD.format(compare=compare, numbers=numbers)


def test_no_events_in_either_arm_say_nothing_of_a_ratio(tmp_path: Path) -> None:
    found = table(tmp_path, relapse("events: 0", "events: 0"), "relapse")
    assert found.k == 0
    assert found.yi.size == 0
    assert found.rows[0].notes == ("not estimable: no events in either arm",)
    assert [(arm.events, arm.n) for arm in found.rows[0].arms] == [(0, 50), (0, 52)]


def test_no_events_in_either_arm_still_give_a_risk_difference(tmp_path: Path) -> None:
    found = table(tmp_path, relapse("events: 0", "events: 0"), "relapse", measure="RD")
    assert found.yi[0] == pytest.approx(0.5 / 51 - 0.5 / 53, abs=1e-15)
    assert "one half was added" in found.rows[0].notes[0]


def test_one_empty_cell_is_filled_and_the_row_says_so(tmp_path: Path) -> None:
    found = table(tmp_path, relapse("events: 0", "events: 4"), "relapse")
    assert found.yi[0] == pytest.approx(log(0.5 * 48.5 / (50.5 * 4.5)), abs=1e-12)
    assert found.rows[0].notes == (
        "one half was added to each cell, one of them being empty (0/50 and 4/52)",
    )


def test_cells_that_are_not_empty_are_left_alone(tmp_path: Path) -> None:
    found = table(tmp_path, relapse("events: 2", "events: 4"), "relapse")
    assert found.yi[0] == pytest.approx(log(2 * 48 / (48 * 4)), abs=1e-12)
    assert found.rows[0].notes == ()


def test_more_events_than_people_give_no_row(tmp_path: Path) -> None:
    found = table(tmp_path, relapse("events: 60", "events: 4"), "relapse")
    assert "60 events among 50 people" in found.left_out[0].reason


@pytest.mark.parametrize(("level", "z"), [("ci95", 1.959963984540054), ("ci99", 2.5758293035489004)])
def test_a_printed_interval_is_read_at_its_own_level(tmp_path: Path, level: str, z: float) -> None:
    found = table(tmp_path, hazard(f"estimate: 0.21, {level}: [0.14, 0.31]"), "survival-time")
    assert found.vi[0] ** 0.5 == pytest.approx((log(0.31) - log(0.14)) / (2 * z), rel=1e-12)


def test_an_interval_without_its_level_is_not_guessed(tmp_path: Path) -> None:
    found = table(tmp_path, hazard("estimate: 0.34, ci: [0.19, 0.60]"), "survival-time")
    assert "the level of the interval of the HR is not printed" in found.left_out[0].reason


def test_an_effect_printed_the_other_way_round_is_turned(tmp_path: Path) -> None:
    found = table(
        tmp_path, hazard("estimate: 0.59, ci95: [0.45, 0.76]", "[placebo, active]"), "survival-time"
    )
    assert found.yi[0] == pytest.approx(-log(0.59), abs=1e-15)
    assert found.rows[0].stated == pytest.approx((-log(0.76), -log(0.45), 95))


def test_a_logarithm_is_not_taken_twice(tmp_path: Path) -> None:
    found = table(tmp_path, hazard("estimate: -0.53, ci95: [-0.80, -0.27], scale: log"), "survival-time")
    assert found.yi[0] == pytest.approx(-0.53, abs=1e-15)


def test_a_figure_shows_the_interval_as_printed(tmp_path: Path) -> None:
    found = table(tmp_path, hazard("estimate: 0.59, ci95: [0.45, 0.76]"), "survival-time")
    assert "0.59 (0.45 to 0.76)" in content(synthesis.pool(found)).rows[0].cells


def test_a_correction_is_the_default_reading(tmp_path: Path) -> None:
    entry = relapse("events: {printed: 12, corrected: 21, because: erratum, by: paper}", "events: 30")
    assert table(tmp_path, entry, "relapse").rows[0].arms[0].events == 21
    as_printed = synthesis.effects(
        evidence.read_review(tmp_path), "relapse", compare=("active", "placebo"), reading="as-printed"
    )
    assert as_printed.rows[0].arms[0].events == 12


def test_rounding_of_a_hazard_ratio_moves_its_logarithm(tmp_path: Path) -> None:
    found = table(tmp_path, hazard("estimate: 0.59, ci95: [0.45, 0.76]"), "survival-time")
    assert found.rows[0].rounding == pytest.approx((log(0.585), log(0.595)), abs=1e-12)


def test_several_counts_behind_a_percentage_give_a_range_of_effects(tmp_path: Path) -> None:
    entry = relapse("percent: 20, n: 1000", "percent: 30, n: 1000")
    low, high = table(tmp_path, entry, "relapse", measure="RR").rows[0].rounding
    assert low == pytest.approx(log(195 / 305), abs=1e-12)
    assert high == pytest.approx(log(205 / 295), abs=1e-12)


def test_printed_counts_leave_nothing_to_rounding(tmp_path: Path) -> None:
    assert table(tmp_path, relapse("events: 2", "events: 4"), "relapse").rows[0].rounding is None


def test_an_estimate_with_its_standard_error_needs_no_interval(tmp_path: Path) -> None:
    found = table(tmp_path, hazard("estimate: 0.59, se: 0.13"), "survival-time")
    assert (found.yi[0], found.vi[0]) == pytest.approx((log(0.59), 0.13**2), abs=1e-15)


def test_an_exact_p_gives_the_standard_error_and_the_row_says_so(tmp_path: Path) -> None:
    found = table(tmp_path, hazard("estimate: 0.59, p: 0.0455002638963584"), "survival-time")
    assert found.vi[0] ** 0.5 == pytest.approx(abs(log(0.59)) / 2, rel=1e-9)
    assert "had from p" in found.rows[0].notes[0]


@pytest.mark.parametrize("numbers", ["estimate: 0.59, p: <0.05", "estimate: 0.59, p: 0.04, sided: one"])
def test_a_p_that_is_not_exact_and_two_sided_gives_no_standard_error(tmp_path: Path, numbers: str) -> None:
    found = table(tmp_path, hazard(numbers), "survival-time")
    assert "without both limits, standard error or exact two-sided p" in found.left_out[0].reason


MEDIANS = """
  - endpoint: pain
    unit: points
    where: T
    results: {active: {median: 8, iqr: [4, 13]}, placebo: {median: 10, iqr: [6, 14]}}
"""


def pain(folder: Path, entry: str):
    review = REVIEW.replace("endpoints:", "endpoints:\n  pain: {kind: continuous, unit: points, measure: MD}")
    (folder / "review.yaml").write_text(review, encoding="utf-8")
    (folder / "one.yaml").write_text(STUDY + entry, encoding="utf-8")
    return synthesis.effects(evidence.read_review(folder), "pain", compare=("active", "placebo"))


def test_medians_with_quartiles_stand_for_means_and_the_row_says_so(tmp_path: Path) -> None:
    found = pain(tmp_path, MEDIANS)
    row = found.rows[0]
    assert row.route == "medians"
    assert row.arms[0].mean == pytest.approx((0.7 + 0.39 / 50) * 8.5 + (0.3 - 0.39 / 50) * 8, rel=1e-12)
    assert all(arm.approximate for arm in row.arms)
    assert "Luo 2018" in row.notes[0]
    assert row.rounding[0] < row.yi < row.rounding[1]


def test_printed_means_come_before_medians(tmp_path: Path) -> None:
    entry = MEDIANS.replace("median: 8,", "mean: 9, sd: 3, median: 8,").replace(
        "median: 10,", "mean: 11, sd: 3, median: 10,"
    )
    assert pain(tmp_path, entry).rows[0].route == "means"


def test_skewed_medians_are_refused_with_the_reason(tmp_path: Path) -> None:
    found = pain(tmp_path, MEDIANS.replace("[4, 13]", "[7, 40]"))
    assert "too skewed to stand for a mean" in found.left_out[0].reason
