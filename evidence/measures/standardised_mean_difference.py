"""The standardised mean difference of two arms, Hedges' g."""

from __future__ import annotations

from math import lgamma

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, Measure, estimable, floats, identity

_SERIES_FROM = 40.0


def bias_correction(df: ArrayLike) -> FloatArray:
    """Hedges' exact factor J for `df` degrees of freedom; nan at or below 1.

    Notes
    -----
    Gamma(df/2) / (sqrt(df/2) Gamma((df - 1)/2)); from 40 on by the difference of two Stirling series,
    which loses no digits to the size of the logarithms.

    References
    ----------
    Hedges LV. J Educ Stat 1981;6:107-28.

    Examples
    --------
    >>> bias_correction([2, 10, 100]).round(6).tolist()
    [0.56419, 0.922746, 0.992478]
    """
    degrees = np.asarray(df, dtype=np.float64)
    distinct, back = np.unique(degrees, return_inverse=True)
    values = [_factor(one) for one in distinct.tolist()]
    result: FloatArray = np.array(values)[back].reshape(degrees.shape)
    return result


def _factor(df: float) -> float:
    if not df > 1.0:
        return float("nan")
    x = 0.5 * df
    if df < _SERIES_FROM:
        return float(np.exp(lgamma(x) - 0.5 * np.log(x) - lgamma(x - 0.5)))
    log_factor = -(x - 1.0) * np.log1p(-0.5 / x) - 0.5
    return float(np.exp(log_factor + _stirling(x) - _stirling(x - 0.5)))


def _stirling(x: float) -> float:
    """The correction to Stirling's formula for log Gamma(x) (DLMF 5.11.1)."""
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * x * x)) / (x * x)) / (x * x)) / x


def standardised_mean_difference(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    correct: bool = True,
) -> Effect:
    """Standardised mean differences, the first arm less the second, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    correct : whether Cohen's d is multiplied by Hedges' factor J

    Notes
    -----
    g = J (m1i - m2i) / s with s the pooled standard deviation on n1i + n2i - 2 degrees of freedom;
    variance 1/n1i + 1/n2i + g^2 / (2 (n1i + n2i)) (metafor vtype "LS").

    References
    ----------
    Hedges LV. J Educ Stat 1981;6:107-28, with its exact factor J.

    Examples
    --------
    >>> yi, vi = standardised_mean_difference([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.35517, 0.013065)
    """
    mean1, sd1, size1, mean2, sd2, size2 = floats(m1i, sd1i, n1i, m2i, sd2i, n2i)
    df = size1 + size2 - 2.0
    possible = (sd1 >= 0) & (sd2 >= 0) & (size1 > 0) & (size2 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = np.sqrt(((size1 - 1.0) * sd1**2 + (size2 - 1.0) * sd2**2) / df)
        yi = (mean1 - mean2) / pooled * (bias_correction(df) if correct else 1.0)
        vi = 1.0 / size1 + 1.0 / size2 + yi**2 / (2.0 * (size1 + size2))
    return estimable(yi, vi, possible)


MEASURE = Measure(
    code="SMD",
    name="standardised mean difference",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=standardised_mean_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean difference",
    kind="continuous",
)
