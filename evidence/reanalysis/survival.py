"""Time-to-event summaries: how ratios, log-rank statistics, medians, landmarks and counts hang together.

Plain floats; a ratio is on the log scale, survival between 0 and 1. Boxes are (least, middle, greatest).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from math import hypot, inf, log, sqrt

from evidence.distributions import normal_isf
from evidence.reanalysis.t import Box

LN2 = log(2)
_SHORT, _LONG = {"days": 1, "weeks": 7}, {"months": 1, "years": 12}
_DAYS_A_MONTH = (28.0, 30.4375, 31.0)

Knot = tuple[float, float, float, float]
"""A time, least and greatest, with the greatest survival from then on and the least until then."""


def converted(box: Box, unit: str | None, other: str | None) -> Box | None:
    """A length of time in another unit; None where the units do not convert.

    A month is 28 to 31 days, so a box widens between days and months.

    Examples
    --------
    >>> converted((1.0, 1.0, 1.0), "years", "months"), converted((1.0, 1.0, 1.0), "months", "days")
    ((12.0, 12.0, 12.0), (28.0, 30.4375, 31.0))
    """
    if unit == other:
        return box
    for family in (_SHORT, _LONG):
        if unit in family and other in family:
            factor = family[unit] / family[other]
            return box[0] * factor, box[1] * factor, box[2] * factor
    if unit in _LONG and other in _SHORT:
        rate = [_LONG[unit] * days / _SHORT[other] for days in _DAYS_A_MONTH]
        return box[0] * rate[0], box[1] * rate[1], box[2] * rate[2]
    if unit in _SHORT and other in _LONG:
        rate = [_SHORT[unit] / days / _LONG[other] for days in reversed(_DAYS_A_MONTH)]
        return box[0] * rate[0], box[1] * rate[1], box[2] * rate[2]
    return None


def variance_of_allocation(events: float, n1: float, n2: float) -> float:
    """About the log-rank variance V of so many events in two arms of these sizes: D n1 n2 / N^2.

    References
    ----------
    Schoenfeld 1981, Biometrika 68:316-319.
    """
    return events * n1 * n2 / (n1 + n2) ** 2


def variance_of_arms(d1: float, d2: float) -> float:
    """About the log-rank variance V of events in two arms: d1 d2 / D."""
    return d1 * d2 / (d1 + d2)


def events_behind(se: float) -> float:
    """The fewest events that can give a Cox log hazard ratio of two groups this standard error.

    Notes
    -----
    Each event adds p (1 - p) <= 1/4 to the information, p being the share of one group among those at
    risk; other terms in the model only take from it. So SE >= 2 / sqrt(D).

    Examples
    --------
    >>> round(events_behind(0.2), 9)
    100.0
    """
    return 4 / (se * se) if se > 0 else inf


def log_median_ratio(first: Box, second: Box) -> Box:
    """ln(second / first): the log hazard ratio of the first against the second were hazards constant."""
    return log(second[0] / first[2]), log(second[1] / first[1]), log(second[2] / first[0])


def se_of_median(n: float) -> float:
    """The standard error of the log of a Kaplan-Meier median of n with constant hazard and no censoring.

    Notes
    -----
    Var(ln m) = 1 / (n (ln 2)^2); more where people are censored before the median.
    """
    return 1 / (LN2 * sqrt(n))


def se_from_interval(low: float, high: float, level: float) -> float:
    """The standard error of a logarithm whose interval at ``level`` per cent is low to high."""
    return log(high / low) / (2 * normal_isf((1 - level / 100) / 2))


def weibull_shape(x: Box, survival: Box, median: Box) -> Box | None:
    """The Weibull shape of a curve with this survival at x and this median; None where rounding hides it.

    Notes
    -----
    S(t) = exp(-(t/s)^k) gives k = ln(ln 2 / -ln S(x)) / ln(m / x).

    Examples
    --------
    >>> shape = weibull_shape((12, 12, 12), (81 / 82, 81 / 82, 81 / 82), (34, 34, 34))
    >>> shape is not None and round(shape[1], 2)
    3.87
    """
    if survival[0] <= 0 or survival[2] >= 1 or x[0] <= 0 or median[0] <= 0:
        return None
    if median[0] <= x[2] and x[0] <= median[2]:
        return None
    corners = [_shape(*corner) for corner in product(x, survival, median)]
    return min(corners), _shape(x[1], survival[1], median[1]), max(corners)


def _shape(x: float, survival: float, median: float) -> float:
    return log(LN2 / -log(survival)) / log(median / x)


def se_of_shape(x: float, survival: float, median: float, n: float) -> float:
    """About the standard error of ``weibull_shape``, of n people none of whom was censored before.

    Notes
    -----
    Of ln(-ln S(x)) it is sqrt((1 - S) / (n S)) / -ln S, and k times that of ln m is 1 / (ln 2 sqrt n); both
    are divided by |ln(m / x)|, so that a landmark beside the median tells nothing.

    Examples
    --------
    >>> round(se_of_shape(12, 81 / 82, 34, 82), 2)
    0.97
    """
    of_landmark = sqrt((1 - survival) / (n * survival)) / -log(survival)
    return hypot(of_landmark, se_of_median(n)) / abs(log(median / x))


def restricted_mean_bounds(knots: Sequence[Knot], tau: Box) -> tuple[float, float]:
    """The least and the greatest restricted mean of curves that pass through what is known of them.

    Parameters
    ----------
    knots : sequence of (earliest, latest, most, least)
        Survival is at least ``least`` until the time and at most ``most`` from it on; the time itself lies
        between earliest and latest.
    tau : Box
        The horizon.

    Notes
    -----
    Survival does not increase, so between two times the area lies between the rectangles under the later
    and the earlier of them: with the median alone, m/2 <= RMST <= m + (tau - m)/2.

    Examples
    --------
    >>> restricted_mean_bounds([(10.0, 10.0, 0.5, 0.5)], (24.0, 24.0, 24.0))
    (5.0, 17.0)
    """
    least = _area([(min(early, tau[0]), low) for early, _, _, low in knots])
    return least, _area_above([(late, high) for _, late, high, _ in knots if late < tau[2]], tau[2])


def _area(steps: Iterable[tuple[float, float]]) -> float:
    """The area under the lowest curve: until each time at least as high as there."""
    total, since = 0.0, 0.0
    ordered = sorted(steps)
    for i, (time, _) in enumerate(ordered):
        total += (time - since) * max(low for _, low in ordered[i:])
        since = time
    return total


def _area_above(steps: Iterable[tuple[float, float]], tau: float) -> float:
    """The area under the highest curve: from each time on at most as high as there."""
    total, since, height = 0.0, 0.0, 1.0
    for time, high in sorted(steps):
        total += (time - since) * height
        since, height = time, min(height, high)
    return total + (tau - since) * height


def observed_and_expected(events: Sequence[Box], expected: Sequence[Box]) -> Box:
    """The sum of (O - E)^2 / E over arms, over its rounding: no more than the log-rank chi-square.

    References
    ----------
    Peto and Pike 1973, Biometrics 29:579-584.
    """
    parts = [_part(o, e) for o, e in zip(events, expected, strict=True)]
    return sum(p[0] for p in parts), sum(p[1] for p in parts), sum(p[2] for p in parts)


def _part(o: Box, e: Box) -> Box:
    ends = [(a - b) ** 2 / b for a in (o[0], o[2]) for b in (e[0], e[2])]
    meet = o[0] <= e[2] and e[0] <= o[2]
    return (0.0 if meet else min(ends)), (o[1] - e[1]) ** 2 / e[1], max(ends)


def log_ratio_of_rates(o1: Box, e1: Box, o2: Box, e2: Box) -> Box:
    """ln of (O1 / E1) / (O2 / E2), over its rounding; its variance is about 1 / E1 + 1 / E2.

    References
    ----------
    Berry, Kitchin and Mock 1991, Statistics in Medicine 10:749-755.
    """
    return (
        log(o1[0] * e2[0] / (e1[2] * o2[2])),
        log(o1[1] * e2[1] / (e1[1] * o2[1])),
        log(o1[2] * e2[2] / (e1[0] * o2[0])),
    )
