"""Time-to-event arithmetic against R's survival package and plain formula vectors; closed forms to 1e-9."""

import json
from math import hypot, log, sqrt
from pathlib import Path
from typing import Any

import pytest

from evidence.reanalysis import survival
from evidence.reanalysis.t import Box

FOLDER = Path(__file__).parents[2] / "oracles" / "survival"
EXACT = 1e-9


def load(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def exactly(x: float) -> Box:
    return (x, x, x)


def formulas(method: str) -> list[dict[str, Any]]:
    return [case for case in load("formula_cases")["cases"] if case["method"] == method]


DATASETS = load("two_arm")["datasets"]
ABSTRACTS = {case["id"]: case for case in load("abstract_cases")["cases"]}


def test_the_oracles_have_not_shrunk() -> None:
    assert len(DATASETS) == 13
    assert len(load("formula_cases")["cases"]) == 42


@pytest.mark.parametrize("case", formulas("V_alloc"))
def test_variance_of_allocation(case: dict[str, Any]) -> None:
    given = case["inputs"]
    found = survival.variance_of_allocation(given["D"], given["nt"], given["nc"])
    assert found == pytest.approx(case["expected"], rel=EXACT)


@pytest.mark.parametrize("case", formulas("V_arms"))
def test_variance_of_arms(case: dict[str, Any]) -> None:
    given = case["inputs"]
    assert survival.variance_of_arms(given["dt"], given["dc"]) == pytest.approx(case["expected"], rel=EXACT)


@pytest.mark.parametrize("case", formulas("pike"))
def test_ratio_of_observed_to_expected(case: dict[str, Any]) -> None:
    boxes = [exactly(case["inputs"][name]) for name in ("ot", "et", "oc", "ec")]
    found = survival.log_ratio_of_rates(*boxes)
    assert found == pytest.approx((case["expected"]["loghr"],) * 3, rel=EXACT)


@pytest.mark.parametrize("case", formulas("median_km"))
def test_ratio_of_medians(case: dict[str, Any]) -> None:
    given = case["inputs"]
    found = survival.log_median_ratio(exactly(given["mt"]), exactly(given["mc"]))
    assert found == pytest.approx((case["expected"]["loghr"],) * 3, rel=EXACT)
    error = hypot(survival.se_of_median(given["nt"]), survival.se_of_median(given["nc"]))
    assert error == pytest.approx(case["expected"]["se"], rel=EXACT)


@pytest.mark.parametrize("case", formulas("median_ci"))
def test_error_behind_intervals_of_medians(case: dict[str, Any]) -> None:
    given = case["inputs"]
    level = 100 * given["level"]
    errors = [survival.se_from_interval(given[f"l{arm}"], given[f"u{arm}"], level) for arm in "tc"]
    assert hypot(*errors) == pytest.approx(case["expected"]["se"], rel=EXACT)


@pytest.mark.parametrize("arm", ["t", "c"])
def test_weibull_shape_of_an_abstract(arm: str) -> None:
    case = ABSTRACTS["os_82_78"]
    printed = {"t": 0.9878, "c": 0.9872}[arm]
    found = survival.weibull_shape(exactly(12), exactly(printed), exactly(case["inputs"][f"median_{arm}"]))
    assert found is not None
    assert found[1] == pytest.approx(case["landmark"][f"weibull_shape_{arm}"], rel=EXACT)


def test_no_shape_at_the_median_or_without_events() -> None:
    assert survival.weibull_shape((9.5, 10, 10.5), exactly(0.5), exactly(10)) is None
    assert survival.weibull_shape(exactly(5), exactly(1.0), exactly(10)) is None


@pytest.mark.parametrize("data", DATASETS, ids=lambda data: data["id"])
def test_observed_and_expected_stay_below_the_log_rank_statistic(data: dict[str, Any]) -> None:
    printed = data["logrank"]
    boxes = [[exactly(x) for x in printed[name]] for name in ("observed", "expected")]
    found = survival.observed_and_expected(*boxes)
    assert found == pytest.approx((printed["chi2_sum_oe2_over_e"],) * 3, rel=EXACT)
    assert found[1] <= printed["chi2"]


@pytest.mark.parametrize("data", DATASETS, ids=lambda data: data["id"])
def test_no_cox_error_is_below_that_of_its_events(data: dict[str, Any]) -> None:
    events = data["control"]["events"] + data["treatment"]["events"]
    assert survival.events_behind(data["cox_efron"]["se"]) <= events


@pytest.mark.parametrize("data", DATASETS, ids=lambda data: data["id"])
@pytest.mark.parametrize("arm", ["control", "treatment"])
def test_restricted_mean_lies_between_its_bounds(data: dict[str, Any], arm: str) -> None:
    seen = data[arm]
    knots = [(x, x, s, s) for x, s in zip(seen["landmark"]["time"], seen["landmark"]["S"], strict=True)]
    if seen["median"] is not None:
        knots.append((seen["median"], seen["median"], 0.5, 0.5))
    low, high = survival.restricted_mean_bounds(knots, exactly(data["rmst_tau"]))
    assert low <= seen["rmst"] <= high
    assert high - low < 0.6 * data["rmst_tau"]


def test_bounds_of_a_restricted_mean_with_the_median_alone() -> None:
    m, tau = 10.0, 24.0
    assert survival.restricted_mean_bounds([(m, m, 0.5, 0.5)], exactly(tau)) == (m / 2, m + (tau - m) / 2)
    assert survival.restricted_mean_bounds([(30.0, 30.0, 0.5, 0.5)], exactly(tau)) == (tau / 2, tau)
    assert survival.restricted_mean_bounds([], exactly(tau)) == (0.0, tau)


def test_lengths_of_time_convert_with_months_of_28_to_31_days() -> None:
    assert survival.converted(exactly(2), "years", "months") == exactly(24)
    assert survival.converted(exactly(21), "days", "weeks") == exactly(3)
    found = survival.converted(exactly(365.25), "days", "months")
    assert found is not None
    assert found[0] < 12 < found[2]
    assert found[1] == pytest.approx(12)
    assert survival.converted(exactly(1), "months", "visits") is None
    assert survival.converted(exactly(1), None, "months") is None


def test_a_cox_error_needs_four_events_a_unit_of_information() -> None:
    assert survival.events_behind(2 / sqrt(85)) == pytest.approx(85, rel=EXACT)
    assert survival.log_median_ratio((9, 10, 11), (19, 20, 21))[1] == pytest.approx(log(2), rel=EXACT)
