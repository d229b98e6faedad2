"""Correlations, partial and multiple ones too, from the test of a regression."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.derivation.p_to_statistic import f_from_p, t_from_p
from evidence.measures.measure import FloatArray, floats


def r_from_t(ti: ArrayLike, ni: ArrayLike) -> FloatArray:
    """Correlations from their t statistics, t / sqrt(t^2 + n - 2).

    Examples
    --------
    >>> round(float(r_from_t(2.3, 40)), 6)
    0.34957
    """
    return partial_from_t(ti, 1.0, ni)


def r_from_p(pi: ArrayLike, ni: ArrayLike) -> FloatArray:
    """Correlations from two-sided p-values that carry their sign.

    Examples
    --------
    >>> round(float(r_from_p(-0.05, 12)), 6)
    -0.575983
    """
    return partial_from_p(pi, 1.0, ni)


def partial_from_t(ti: ArrayLike, mi: ArrayLike, ni: ArrayLike) -> FloatArray:
    """Partial correlations from the t statistics of their coefficients.

    Parameters
    ----------
    ti : (..., k) t statistics; mi : predictors in the model; ni : sizes

    Notes
    -----
    t / sqrt(t^2 + n - m - 1).

    Examples
    --------
    >>> round(float(partial_from_t(4.1, 4, 218)), 6)
    0.270458
    """
    statistic, terms, size = floats(ti, mi, ni)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = size - terms - 1.0
        return np.where(df > 0, statistic / np.sqrt(statistic**2 + df), np.nan)


def partial_from_p(pi: ArrayLike, mi: ArrayLike, ni: ArrayLike) -> FloatArray:
    """The same from two-sided p-values that carry the coefficients' sign.

    Examples
    --------
    >>> round(float(partial_from_p(0.01, 4, 218)), 6)
    0.175329
    """
    p, terms, size = floats(pi, mi, ni)
    return partial_from_t(t_from_p(p, size - terms - 1.0), terms, size)


def semipartial_from_t(ti: ArrayLike, mi: ArrayLike, ni: ArrayLike, r2i: ArrayLike) -> FloatArray:
    """Semi-partial correlations from the t statistics of their coefficients and the model's R squared.

    Notes
    -----
    t sqrt(1 - R^2) / sqrt(n - m - 1).

    Examples
    --------
    >>> round(float(semipartial_from_t(4.1, 4, 218, 0.24)), 6)
    0.244907
    """
    statistic, terms, size, r2 = floats(ti, mi, ni, r2i)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = size - terms - 1.0
        return np.where(df > 0, statistic * np.sqrt(1.0 - r2) / np.sqrt(df), np.nan)


def r2_from_f(fi: ArrayLike, mi: ArrayLike, ni: ArrayLike) -> FloatArray:
    """R squared from the F statistic of the whole model, m F / (m F + n - m - 1).

    Examples
    --------
    >>> round(float(r2_from_f(16.8, 4, 218)), 6)
    0.239829
    """
    statistic, terms, size = floats(fi, mi, ni)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = size - terms - 1.0
        return np.where((df > 0) & (statistic >= 0), terms * statistic / (terms * statistic + df), np.nan)


def r2_from_p(pi: ArrayLike, mi: ArrayLike, ni: ArrayLike) -> FloatArray:
    """The same from the p-value of that F.

    Examples
    --------
    >>> round(float(r2_from_p(0.001, 4, 218)), 6)
    0.082679
    """
    p, terms, size = floats(pi, mi, ni)
    return r2_from_f(f_from_p(p, terms, size - terms - 1.0), terms, size)
