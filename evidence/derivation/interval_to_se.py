"""Estimate and standard error from a printed interval, test statistic (z, t, F) or p-value.

For ratios every function is given ratios and gives the log estimate; for differences `log=False`. The
interval or test is taken to be Wald's: symmetric on the scale of the analysis.

References
----------
Higgins JPT, Li T, Deeks JJ. Cochrane Handbook for Systematic Reviews of Interventions, 6.3.
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidence.distributions import normal_isf, t_isf

FloatArray = NDArray[np.float64]


def from_interval(
    estimate: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    level: ArrayLike = 95.0,
    *,
    log: bool = True,
    df: ArrayLike = inf,
) -> tuple[FloatArray, FloatArray]:
    """The estimate on the scale of the analysis, and its standard error, from its interval.

    Parameters
    ----------
    estimate, low, high : arrays of one shape; level : of the interval, per cent
    log : whether they are ratios, analysed as logarithms
    df : degrees of freedom of the t quantile the interval was made with, inf for the normal

    Notes
    -----
    (high - low) / (2 z). nan where bounds are out of order or a ratio is not positive.

    Examples
    --------
    >>> estimate, se = from_interval(0.68, 0.46, 0.99)
    >>> round(float(estimate), 6), round(float(se) ** 2, 6)
    (-0.385662, 0.038233)
    """
    values = _arrays(estimate, low, high, level, df)
    centre, lower, upper = (_scaled(one, log) for one in values[:3])
    percent, degrees = values[3], values[4]
    usable = (percent > 0) & (percent < 100)
    quantile = _quantiles((100.0 - np.where(usable, percent, 95.0)) / 200.0, degrees)
    se = (upper - lower) / (2.0 * quantile)
    good = usable & (se > 0) & np.isfinite(se) & np.isfinite(centre)
    return np.where(good, centre, np.nan), np.where(good, se, np.nan)


def from_p(
    estimate: ArrayLike, p: ArrayLike, *, log: bool = True, df: ArrayLike = inf
) -> tuple[FloatArray, FloatArray]:
    """The estimate on the scale of the analysis, and its standard error, from a two-sided p-value.

    Parameters
    ----------
    estimate, p : arrays of one shape
    log : whether they are ratios, analysed as logarithms
    df : degrees of freedom of the t test behind p, inf for a normal test

    Notes
    -----
    |estimate| / z with z the normal or t quantile of p / 2; nan where p is not between 0 and 1 or the
    estimate is the null.

    Examples
    --------
    >>> estimate, se = from_p(1.9, 0.07)
    >>> round(float(estimate), 6), round(float(se) ** 2, 6)
    (0.641854, 0.125487)
    """
    values, chance, degrees = _arrays(estimate, p, df)
    usable = (chance > 0) & (chance < 1) & (degrees > 0)
    z = _quantiles(np.where(usable, chance, 0.5) / 2.0, np.where(usable, degrees, inf))
    return from_z(values, np.where(usable, z, np.nan), log=log)


def from_f(estimate: ArrayLike, f: ArrayLike, *, log: bool = True) -> tuple[FloatArray, FloatArray]:
    """The estimate on the scale of the analysis, and its standard error, from F with one degree of freedom.

    The same holds of a chi-square with one: both are the square of the estimate over its standard error.

    Examples
    --------
    >>> estimate, se = from_f(0.42, 4.0, log=False)
    >>> round(float(estimate), 6), round(float(se), 6)
    (0.42, 0.21)
    """
    values, ratio = _arrays(estimate, f)
    return from_z(values, np.sqrt(np.where(ratio > 0, ratio, np.nan)), log=log)


def from_z(estimate: ArrayLike, z: ArrayLike, *, log: bool = True) -> tuple[FloatArray, FloatArray]:
    """The estimate on the scale of the analysis, and its standard error, from a z or t statistic.

    Examples
    --------
    >>> estimate, se = from_z(-0.42, -2.2, log=False)
    >>> round(float(estimate), 6), round(float(se), 6)
    (-0.42, 0.190909)
    """
    values, statistic = _arrays(estimate, z)
    centre = _scaled(values, log)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.abs(centre / statistic)
    good = np.isfinite(se) & (se > 0)
    return np.where(good, centre, np.nan), np.where(good, se, np.nan)


def _arrays(*values: ArrayLike) -> list[FloatArray]:
    return list(np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in values)))


def _scaled(values: FloatArray, log: bool) -> FloatArray:
    if not log:
        return values
    result: FloatArray = np.log(np.where(values > 0, values, np.nan))
    return result


def _quantiles(upper: FloatArray, df: FloatArray) -> FloatArray:
    pairs = zip(upper.ravel().tolist(), df.ravel().tolist(), strict=True)
    quantiles = [normal_isf(one) if degrees == inf else t_isf(one, degrees) for one, degrees in pairs]
    return np.array(quantiles).reshape(upper.shape)
