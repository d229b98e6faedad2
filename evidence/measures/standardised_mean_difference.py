"""The standardised mean difference of two arms, Hedges' g."""

from __future__ import annotations

from math import lgamma

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, Effect, FloatArray, Measure, estimable, identity
from evidence.measures.two_means import two_means
from evidence.measures.variance_types import variance, weighted_mean

_SERIES_FROM = 40.0


def bias_correction(df: ArrayLike, correct: bool | str = True) -> FloatArray:
    """Hedges' factor J for `df` degrees of freedom, nan at or below 1; 1 everywhere without correction.

    Parameters
    ----------
    df : (..., k) degrees of freedom
    correct : True for the exact factor, "approx" for 1 - 3 / (4 df - 1), False for none

    Raises
    ------
    ValueError
        When `correct` is another word.

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
    if isinstance(correct, str):
        if correct != "approx":
            raise ValueError(f"unknown correction {correct!r}; choose True, 'approx' or False")
        return np.where(degrees > 1.0, 1.0 - 3.0 / (4.0 * degrees - 1.0), np.nan)
    if not correct:
        return np.ones_like(degrees)
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
    correct: bool | str = True,
    vtype: str = "LS",
) -> Effect:
    """Standardised mean differences, the first arm less the second, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    correct : whether Cohen's d is multiplied by Hedges' factor J; `"approx"` takes its approximation
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    g = J d with d = (m1i - m2i) / s, s the pooled standard deviation on m = n1i + n2i - 2 degrees of
    freedom. With n = n1i + n2i and h = 1/n1i + 1/n2i the variance is

    - LS: h + g^2 / (2 n); LS2: J^2 (h + d^2 / (2 n)); LS3: h + g^2 / (2 (n - 3.94))
    - UB: h + (1 - (m - 2) / (m J^2)) g^2
    - AV: LS with the studies' mean g, weighted by n; H0: J^2 h m / (m - 2)

    A d that is printed without its means enters as the means d and 0 with standard deviations of 1, see
    `evidence.derivation.d_to_means`.

    References
    ----------
    Hedges LV. J Educ Stat 1981;6:107-28 (J); Psychol Bull 1982;92:490-9, eq. 8 (LS); Psychol Bull
    1983;93:388-95, eq. 9 (UB). Borenstein M. In: Cooper H et al. Handbook of Research Synthesis, 2009,
    eq. 12.17 (LS2). Hedges LV, Olkin I. Statistical Methods for Meta-Analysis, 1985, ch. 5 (LS3).

    Examples
    --------
    >>> yi, vi = standardised_mean_difference([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.35517, 0.013065)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        yi, vi = standardised(arms.d, arms.n1, arms.n2, arms.df, arms.n, arms.possible, correct, vtype)
    return estimable(yi, vi, arms.possible)


def standardised(
    di: FloatArray,
    n1: FloatArray,
    n2: FloatArray,
    df: FloatArray,
    size: FloatArray,
    usable: BoolArray,
    correct: bool | str,
    vtype: str,
) -> Effect:
    """The corrected d and its variance, with the standard deviation on `df` from `size` people."""
    factor, harmonic = bias_correction(df, correct), 1.0 / n1 + 1.0 / n2
    yi = factor * di
    vi = variance(
        vtype,
        {
            "LS": lambda: harmonic + yi**2 / (2.0 * size),
            "LS2": lambda: factor**2 * (harmonic + di**2 / (2.0 * size)),
            "LS3": lambda: harmonic + yi**2 / (2.0 * (size - 3.94)),
            "UB": lambda: harmonic + (1.0 - (df - 2.0) / (df * factor**2)) * yi**2,
            "AV": lambda: harmonic + weighted_mean(yi, n1 + n2, usable & np.isfinite(yi)) ** 2 / (2.0 * size),
            "H0": lambda: np.where(df > 2.0, factor**2 * harmonic * df / (df - 2.0), np.nan),
        },
    )
    return yi, vi


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
    vtypes=("LS", "LS2", "LS3", "UB", "AV", "H0"),
)
