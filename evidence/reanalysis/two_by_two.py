"""Tests of a two-by-two table: ``ai`` events of ``n1i`` against ``ci`` events of ``n2i``.

Every function takes counts as arrays of one shape, or plain numbers, and gives back a ``Statistic`` of that
shape. The formulas are written once: plain numbers stay plain, because one table is asked of most often and
arrays of one element cost many times the arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import copysign, log, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from evidence.reanalysis.tails import FEW, Numbers, Statistic, chi2_upper, normal_two_sided

SAME_CHANCE = 1 + 1e-7
"""Tables this close in probability count as equally likely, as in R's fisher.test."""


def _floats(*counts: ArrayLike) -> tuple[Numbers, ...]:
    kinds = set(map(type, counts))
    if kinds <= {int, float}:
        return counts if kinds == {float} else tuple(map(float, counts))  # type: ignore[arg-type]  # plain
    return tuple(np.asarray(c, float) for c in counts)


def _over(top: Numbers, bottom: Numbers) -> Numbers:
    """A quotient, nan where there is nothing to divide by."""
    if isinstance(bottom, float):
        return top / bottom if bottom > 0 else nan
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        return np.where(bottom > 0, top / bottom, np.nan)


def _from_zero(x: Numbers) -> Numbers:
    return max(x, 0.0) if isinstance(x, float) else np.maximum(x, 0.0)


def _root(x: Numbers) -> Numbers:
    return sqrt(x) if isinstance(x, float) else np.sqrt(x)


def _signed(x: Numbers, sign: Numbers) -> Numbers:
    """A size with the sign of another number."""
    if isinstance(x, float):
        return copysign(x, sign) if sign else x * 0.0
    return np.sign(sign) * x


def _as_chi2(value: Numbers) -> Statistic:
    return Statistic(value, 1.0, chi2_upper(value, 1.0))


def _as_z(value: Numbers) -> Statistic:
    return Statistic(value, np.nan, normal_two_sided(value))


def _margins(n1: Numbers, n2: Numbers, events: Numbers) -> Numbers:
    """The product of all four margins, which is nought where a row or a column is empty."""
    return n1 * n2 * events * (n1 + n2 - events)


def pearson(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """Pearson's chi-square without correction.

    Notes
    -----
    N (ad - bc)^2 / (n1 n2 m1 m2), with m1 all events and m2 all non-events.

    References
    ----------
    Pearson 1900, Philosophical Magazine 50:157-175.

    Examples
    --------
    >>> float(pearson(73, 82, 58, 78).value).__round__(3)
    5.794
    """
    return _as_chi2(_pearson(*_floats(ai, n1i, ci, n2i)))


def _pearson(a: Numbers, n1: Numbers, c: Numbers, n2: Numbers) -> Numbers:
    gap = a * n2 - c * n1
    return _over((n1 + n2) * gap * gap, _margins(n1, n2, a + c))


def yates(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """Chi-square with the continuity correction, which never takes |ad - bc| below zero.

    Notes
    -----
    N (max(0, |ad - bc| - N/2))^2 / (n1 n2 m1 m2). R caps the correction as here; uncapped, a table with
    |ad - bc| < N/2 gets a statistic that grows as the table becomes more even.

    References
    ----------
    Yates 1934, Supplement to the Journal of the Royal Statistical Society 1:217-235.
    """
    return _as_chi2(_yates(*_floats(ai, n1i, ci, n2i)))


def _yates(a: Numbers, n1: Numbers, c: Numbers, n2: Numbers) -> Numbers:
    gap = _from_zero(abs(a * n2 - c * n1) - (n1 + n2) / 2)
    return _over((n1 + n2) * gap * gap, _margins(n1, n2, a + c))


def n_minus_1(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """The "N - 1" chi-square, which is also the linear-by-linear association of a two-by-two table.

    References
    ----------
    Campbell 2007, Statistics in Medicine 26:3661-3675.
    """
    return _as_chi2(_n_minus_1(*_floats(ai, n1i, ci, n2i)))


def _n_minus_1(a: Numbers, n1: Numbers, c: Numbers, n2: Numbers) -> Numbers:
    gap = a * n2 - c * n1
    return _over((n1 + n2 - 1) * gap * gap, _margins(n1, n2, a + c))


def likelihood_ratio(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """The likelihood-ratio chi-square G = 2 sum x ln(x / expected); an empty cell adds nothing.

    References
    ----------
    Agresti 2013, Categorical Data Analysis, 3rd edition, section 3.2.1.
    """
    return _as_chi2(_likelihood_ratio(*_floats(ai, n1i, ci, n2i)))


def _likelihood_ratio(a: Numbers, n1: Numbers, c: Numbers, n2: Numbers) -> Numbers:
    total, events = n1 + n2, a + c
    cells = ((a, n1, events), (n1 - a, n1, total - events), (c, n2, events), (n2 - c, n2, total - events))
    value = _from_zero(sum(_deviance(seen, row * column, total) for seen, row, column in cells))
    known = _margins(n1, n2, events) > 0
    return (value if known else nan) if isinstance(value, float) else np.where(known, value, np.nan)


def _deviance(seen: Numbers, margins: Numbers, total: Numbers) -> Numbers:
    """2 x ln(x / expected), zero for an empty cell."""
    if isinstance(seen, float):
        return 2 * seen * log(seen * total / margins) if seen > 0 and margins > 0 else 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(seen > 0, 2 * seen * np.log(seen * total / margins), 0.0)


def z_pooled(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """The z of two proportions with one common variance: the signed root of Pearson's chi-square."""
    return _as_z(_z_pooled(*_floats(ai, n1i, ci, n2i)))


def _z_pooled(a: Numbers, n1: Numbers, c: Numbers, n2: Numbers) -> Numbers:
    return _signed(_root(_pearson(a, n1, c, n2)), a * n2 - c * n1)


def z_unpooled(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """The z of two proportions, each with its own variance (Wald's test of the risk difference)."""
    return _as_z(_z_unpooled(*_floats(ai, n1i, ci, n2i)))


def _z_unpooled(a: Numbers, n1: Numbers, c: Numbers, n2: Numbers) -> Numbers:
    one, two = _over(a, n1), _over(c, n2)
    variance = _over(one * (1 - one), n1) + _over(two * (1 - two), n2)
    return _signed(_root(_over((one - two) * (one - two), variance)), one - two)


def hypergeometric(n1: int, n2: int, events: int) -> tuple[int, np.ndarray]:
    """The least count possible in the first row, and the chance of it and of each count above it.

    Notes
    -----
    Built outwards from neighbouring ratios on the log scale and divided by their sum, so that no large
    factorials cancel.
    """
    low, high = max(0, events - n2), min(n1, events)
    k = np.arange(low, high, dtype=float)
    steps = np.log((n1 - k) * (events - k)) - np.log((k + 1) * (n2 - events + k + 1))
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    weights = np.exp(logs - logs.max())
    return low, weights / weights.sum()


@lru_cache(maxsize=1024)
def _fisher(a: int, n1: int, c: int, n2: int) -> tuple[float, float, float]:
    """Two-sided by likelihood, doubled smaller tail, mid-p: each of one table."""
    low, chance = _chances(n1, n2, a + c)
    here = chance[a - low]
    whole, limit = sum(chance), here * SAME_CHANCE
    by_likelihood = sum([x for x in chance if x <= limit]) / whole
    lower, upper = sum(chance[: a - low + 1]), sum(chance[a - low :])
    doubled = 2 * min(lower, upper) / whole
    return min(by_likelihood, 1.0), min(doubled, 1.0), min(doubled - here / whole, 1.0)


def _chances(n1: int, n2: int, events: int) -> tuple[int, list[float]]:
    """``hypergeometric`` in proportion to its greatest chance, by ratios to either side of it."""
    low, high = max(0, events - n2), min(n1, events)
    if high - low > FEW:
        first, many = hypergeometric(n1, n2, events)
        return first, many.tolist()
    mode = min(max((n1 + 1) * (events + 1) // (n1 + n2 + 2), low), high)
    rest, chance, below, above = n2 - events, 1.0, [], [1.0]
    for k in range(mode, high):
        chance *= (n1 - k) * (events - k) / ((k + 1) * (rest + k + 1))
        above.append(chance)
    chance = 1.0
    for k in range(mode, low, -1):
        chance *= k * (rest + k) / ((n1 - k + 1) * (events - k + 1))
        below.append(chance)
    return low, below[::-1] + above


def _each_fisher(which: int, *counts: ArrayLike) -> Statistic:
    plain = _floats(*counts)
    if all(isinstance(c, float) for c in plain):
        return Statistic(nan, nan, _fisher(*map(int, plain))[which])
    arrays = np.broadcast_arrays(*plain)
    tables = zip(*(x.astype(int).ravel().tolist() for x in arrays), strict=True)
    p = np.array([_fisher(*table)[which] for table in tables], float).reshape(arrays[0].shape)
    return Statistic(np.full_like(p, np.nan), np.nan, p)


def fisher(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """Fisher's exact test, two-sided: all tables no more likely than the one seen, as R and SAS do.

    Examples
    --------
    >>> float(fisher(73, 82, 58, 78).p).__round__(6)
    0.023035
    """
    return _each_fisher(0, ai, n1i, ci, n2i)


def fisher_doubled(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """Fisher's exact test, twice the smaller tail, at most 1."""
    return _each_fisher(1, ai, n1i, ci, n2i)


def fisher_mid_p(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """Fisher's exact test, twice the smaller tail with the table seen counted half."""
    return _each_fisher(2, ai, n1i, ci, n2i)


TESTS: dict[str, Callable[..., Statistic]] = {
    "Pearson chi-square without correction": pearson,
    "chi-square with Yates correction": yates,
    "likelihood-ratio chi-square": likelihood_ratio,
    "N - 1 chi-square": n_minus_1,
    "z with pooled variance": z_pooled,
    "z with separate variances": z_unpooled,
    "Fisher's exact test": fisher,
    "Fisher's exact test, doubled": fisher_doubled,
    "Fisher's exact test, mid-p": fisher_mid_p,
}
"""Every test of a two-by-two table, the usual ones first; linear-by-linear is the N - 1 chi-square."""

_VALUES = {
    "Pearson chi-square without correction": _pearson,
    "chi-square with Yates correction": _yates,
    "likelihood-ratio chi-square": _likelihood_ratio,
    "N - 1 chi-square": _n_minus_1,
    "z with pooled variance": _z_pooled,
    "z with separate variances": _z_unpooled,
}


def values(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> dict[str, Numbers]:
    """The statistic of every test that has one, by name, without its p: what a search asks for first.

    Examples
    --------
    >>> round(values(73, 82, 58, 78)["N - 1 chi-square"], 3)
    5.757
    """
    counts = _floats(ai, n1i, ci, n2i)
    return {name: value(*counts) for name, value in _VALUES.items()}
