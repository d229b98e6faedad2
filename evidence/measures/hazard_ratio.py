"""The hazard ratio as printed with an interval, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.distributions import normal_isf
from evidence.measures.measure import Effect, FloatArray, Measure, estimable, exponential, floats


def log_hazard_ratio(hr: ArrayLike, low: ArrayLike, high: ArrayLike, level: ArrayLike = 95.0) -> Effect:
    """Log hazard ratios and their variances, from estimates and intervals.

    Parameters
    ----------
    hr, low, high : (..., k) hazard ratios and their bounds
    level : of the intervals, per cent

    Notes
    -----
    log(hr), standard error (log(high) - log(low)) / (2 z). Not estimable where a number is not positive
    or the bounds are not in order; an estimate outside its interval is the audit's business.

    References
    ----------
    Parmar MKB, Torri V, Stewart L. Stat Med 1998;17:2815-34.

    Examples
    --------
    >>> yi, vi = log_hazard_ratio([0.68], [0.46], [0.99])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.385662, 0.038233)
    """
    ratio, lower, upper, percent = floats(hr, low, high, level)
    possible = (ratio > 0) & (lower > 0) & (lower < upper) & (percent > 0) & (percent < 100)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = (np.log(upper) - np.log(lower)) / (2.0 * _normal_quantile(percent))
        return estimable(np.log(ratio), se**2, possible)


def _normal_quantile(level: FloatArray) -> FloatArray:
    distinct, back = np.unique(level, return_inverse=True)
    inside = [one if 0.0 < one < 100.0 else 50.0 for one in distinct.tolist()]
    quantiles = np.array([normal_isf((100.0 - one) / 200.0) for one in inside])
    result: FloatArray = quantiles[back].reshape(level.shape)
    return result


MEASURE = Measure(
    code="HR",
    name="hazard ratio",
    inputs=("hr", "low", "high", "level"),
    effect=log_hazard_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Hazard ratio",
    kind="time-to-event",
)
