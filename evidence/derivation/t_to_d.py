"""Standardised mean differences from the t test of two means, of a change, or from its F or p.

References
----------
Rosenthal R. In: Cooper H, Hedges LV. The Handbook of Research Synthesis, 1994, ch. 16.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.derivation.p_to_statistic import t_from_p
from evidence.measures.measure import FloatArray, floats


def d_from_t(ti: ArrayLike, n1i: ArrayLike, n2i: ArrayLike) -> FloatArray:
    """Uncorrected standardised differences from the t statistics of independent groups.

    Notes
    -----
    t sqrt(1/n1i + 1/n2i), for the test with the pooled standard deviation.

    Examples
    --------
    >>> round(float(d_from_t(2.3, 20, 22)), 6)
    0.710602
    """
    statistic, size1, size2 = floats(ti, n1i, n2i)
    with np.errstate(divide="ignore", invalid="ignore"):
        good = (size1 > 0) & (size2 > 0)
        return np.where(good, statistic * np.sqrt(1.0 / size1 + 1.0 / size2), np.nan)


def d_from_f(fi: ArrayLike, n1i: ArrayLike, n2i: ArrayLike, sign: ArrayLike = 1.0) -> FloatArray:
    """The same from F with one degree of freedom between two groups; F does not say its sign.

    Examples
    --------
    >>> round(float(d_from_f(5.29, 20, 22, sign=-1)), 6)
    -0.710602
    """
    ratio, direction = floats(fi, sign)
    with np.errstate(invalid="ignore"):
        return d_from_t(np.sign(direction) * np.sqrt(ratio), n1i, n2i)


def d_from_p(pi: ArrayLike, n1i: ArrayLike, n2i: ArrayLike) -> FloatArray:
    """The same from two-sided p-values that carry the sign of the difference.

    Examples
    --------
    >>> round(float(d_from_p(-0.04, 20, 22)), 6)
    -0.655888
    """
    p, size1, size2 = floats(pi, n1i, n2i)
    return d_from_t(t_from_p(p, size1 + size2 - 2.0), size1, size2)


def change_from_t(ti: ArrayLike, ni: ArrayLike) -> FloatArray:
    """Uncorrected changes over the standard deviation of the change, from paired t statistics: t / sqrt(n).

    Examples
    --------
    >>> round(float(change_from_t(2.1, 25)), 6)
    0.42
    """
    statistic, size = floats(ti, ni)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(size > 0, statistic / np.sqrt(size), np.nan)


def change_from_p(pi: ArrayLike, ni: ArrayLike) -> FloatArray:
    """The same from two-sided p-values of paired t tests that carry the sign of the change.

    Examples
    --------
    >>> round(float(change_from_p(0.046417, 25)), 4)
    0.42
    """
    p, size = floats(pi, ni)
    return change_from_t(t_from_p(p, size - 1.0), size)
