"""Axes end and tick at readable numbers, and always at the null."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis.figures.axis import MOST_LABELS, linear_axis, ratio_axis, reach

LOGS = st.floats(-60, 0)
SPANS = st.floats(0.2, 60)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0.13, 4.1, ["0.1", "0.2", "0.5", "1", "2", "5"]),
        (0.04, 6.5, ["0.03", "0.1", "0.3", "1", "3", "10"]),
        (0.81, 1.18, ["0.8", "0.9", "1", "1.1", "1.2"]),
        (0.6, 1.9, ["0.5", "0.75", "1", "1.25", "1.5", "1.75", "2"]),
        (0.001, 1000, ["0.001", "0.01", "0.1", "1", "10", "100", "1000"]),
        (1e-5, 1e5, ["0.0001", "0.01", "1", "100", "10,000"]),
    ],
)
def test_ratio_ticks_are_readable_ratios(low: float, high: float, labels: list[str]) -> None:
    found = [tick.label for tick in ratio_axis(math.log(low), math.log(high))[2]]
    assert [label for label in found if label in labels] == found and "1" in found


@given(LOGS, SPANS)
def test_a_ratio_axis_holds_what_it_must_and_labels_the_null(low: float, span: float) -> None:
    high = max(low + span, 0.0)
    first, last, ticks = ratio_axis(low, high)
    assert first <= low + 1e-6 and last >= high - 1e-6
    assert 2 <= len(ticks) <= MOST_LABELS and any(abs(tick.at) < 1e-9 and tick.label == "1" for tick in ticks)


@given(LOGS, SPANS)
def test_a_ratio_label_says_where_it_stands(low: float, span: float) -> None:
    for tick in ratio_axis(low, max(low + span, 0.0))[2]:
        value = float(tick.label.replace("−", "-").replace(",", ""))
        assert math.log(value) == pytest.approx(tick.at, abs=1e-6)


@given(st.floats(-1e7, 0), st.floats(1e-6, 1e7))
def test_a_linear_axis_labels_zero(low: float, span: float) -> None:
    high = max(low + span, 0.0)
    first, last, ticks = linear_axis(low, high)
    assert first <= low + 1e-6 * span and last >= high - 1e-6 * span
    assert len(ticks) <= MOST_LABELS + 1 and "0" in [tick.label for tick in ticks]


def test_percentages_stay_between_nought_and_a_hundred() -> None:
    assert linear_axis(-20, 130, inside=(0, 100))[:2] == (0, 100)


def test_every_estimate_is_inside() -> None:
    low, high = reach([-5, 0, 9], [], [], 1)
    assert low <= -5 and high >= 9


def test_one_wide_interval_does_not_flatten_the_rest() -> None:
    assert reach([-1, 1], [], [-50, 50], 1) == pytest.approx((-2.2, 2.2))


def test_an_infinite_bound_is_clipped() -> None:
    low, high = reach([0, 1], [], [-math.inf, 2], 1)
    assert math.isfinite(low) and math.isfinite(high)
