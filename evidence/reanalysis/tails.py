"""Tail probabilities of the normal, t, chi-square and F distributions over arrays, each from its upper tail.

One minus a distribution function loses every digit of a small p; these do not. A few numbers are computed
with ``math`` alone, because importing ``scipy.special`` costs more than a whole audit; many go there at once.
"""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evidence import distributions

Numbers = Any
"""A float, or an array of floats: what these functions take and give back alike."""

FEW = 200
"""Up to this many numbers are computed one by one."""


class Statistic(NamedTuple):
    """A test's statistic, its degrees of freedom (nan where it has none) and its p."""

    value: Numbers
    df: Numbers
    p: Numbers


def _over(one: Callable[..., float], many: Callable[..., Numbers], *values: ArrayLike) -> Numbers:
    if not any(isinstance(v, np.ndarray) for v in values):
        try:
            plain = [float(v) for v in values]  # type: ignore[arg-type]  # lists are not, and go on below
            return nan if any(x != x for x in plain) else one(*plain)
        except TypeError:
            pass
    arrays = np.broadcast_arrays(*(np.asarray(v, float) for v in values))
    if arrays[0].size > FEW:
        return many(*arrays)
    rows = zip(*(a.ravel().tolist() for a in arrays), strict=True)
    out = [float("nan") if any(x != x for x in row) else one(*row) for row in rows]
    return np.array(out).reshape(arrays[0].shape) if arrays[0].ndim else np.float64(out[0])


def normal_upper(z: ArrayLike) -> Numbers:
    """The chance that a standard normal exceeds z.

    Examples
    --------
    >>> float(normal_upper(1.959963984540054)).__round__(12)
    0.025
    """

    def many(z: Numbers) -> Numbers:
        from scipy.special import ndtr

        return ndtr(-z)

    return _over(distributions.normal_sf, many, z)


def normal_two_sided(z: ArrayLike) -> Numbers:
    """The chance that a standard normal is further from zero than z."""
    return 2 * normal_upper(abs(z) if isinstance(z, float) else np.abs(np.asarray(z, float)))


def t_upper(t: ArrayLike, df: ArrayLike) -> Numbers:
    """The chance that Student's t on df degrees of freedom exceeds t; nan where df is not above zero."""

    def many(t: Numbers, df: Numbers) -> Numbers:
        from scipy.special import stdtr

        return stdtr(df, -t)

    def one(t: float, df: float) -> float:
        return distributions.t_sf(t, df) if df > 0 else float("nan")

    return _over(one, many, t, df)


def t_two_sided(t: ArrayLike, df: ArrayLike) -> Numbers:
    """The chance that Student's t is further from zero than t.

    Examples
    --------
    >>> float(t_two_sided(1.661, 158)).__round__(6)
    0.098697
    """
    return 2 * t_upper(np.abs(np.asarray(t, float)), df)


def chi2_upper(x: ArrayLike, df: ArrayLike) -> Numbers:
    """The chance that a chi-square on df degrees of freedom exceeds x; 1 for x at or below zero."""

    def many(x: Numbers, df: Numbers) -> Numbers:
        from scipy.special import chdtrc

        return chdtrc(df, np.maximum(x, 0.0))

    def one(x: float, df: float) -> float:
        return distributions.chi2_sf(x, df) if df > 0 else float("nan")

    return _over(one, many, x, df)


def f_upper(f: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> Numbers:
    """The chance that F on df1 and df2 degrees of freedom exceeds f; 1 for f at or below zero."""

    def many(f: Numbers, df1: Numbers, df2: Numbers) -> Numbers:
        from scipy.special import fdtrc

        return fdtrc(df1, df2, np.maximum(f, 0.0))

    def one(f: float, df1: float, df2: float) -> float:
        return distributions.f_sf(f, df1, df2) if df1 > 0 and df2 > 0 else float("nan")

    return _over(one, many, f, df1, df2)
