"""The t or F statistic behind a printed p-value."""

from __future__ import annotations

from math import nan

import numpy as np
from numpy.typing import ArrayLike

from evidence.distributions import t_isf
from evidence.measures.measure import FloatArray, floats


def t_from_p(pi: ArrayLike, df: ArrayLike) -> FloatArray:
    """The t statistics of two-sided p-values that carry the sign of the effect.

    Parameters
    ----------
    pi : (..., k) p-values, negative where the effect is; df : degrees of freedom

    Notes
    -----
    nan below one degree of freedom and where |p| is above 1; as in metafor p = 0 has no sign and no t.

    Examples
    --------
    >>> t_from_p([0.05, -0.05, 2.0], 10).round(6).tolist()
    [2.228139, -2.228139, nan]
    """
    p, degrees = floats(pi, df)
    pairs = zip(p.ravel().tolist(), degrees.ravel().tolist(), strict=True)
    return np.array([_t(one, own) for one, own in pairs]).reshape(p.shape)


def _t(p: float, df: float) -> float:
    if not (0.0 < abs(p) <= 1.0 and df >= 1.0):
        return nan
    t = t_isf(0.5 * abs(p), df)
    return t if p > 0 else -t


def f_from_p(pi: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> FloatArray:
    """The F statistics of p-values.

    Notes
    -----
    From the beta quantile of p itself, which keeps the digits of a small one. nan below one degree of freedom
    and where p is not above 0 and at most 1.

    Examples
    --------
    >>> f_from_p([0.05, 1.5], 3, 20).round(6).tolist()
    [3.098391, nan]
    """
    from scipy.special import betaincinv

    p, first, second = floats(pi, df1, df2)
    with np.errstate(invalid="ignore"):
        good = (p > 0) & (p <= 1) & (first >= 1) & (second >= 1)
        first, second = np.where(good, first, 1.0), np.where(good, second, 1.0)
        share = betaincinv(0.5 * second, 0.5 * first, np.where(good, p, 0.5))
        value = second * (1.0 - share) / (first * share)
    return np.where(good, value, np.nan)
