"""Tests of a two-by-two table: ``ai`` events of ``n1i`` against ``ci`` events of ``n2i``.

Every function takes counts as arrays of one shape (or floats) and gives back a ``Statistic`` of that shape.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from evidence.reanalysis.tails import Numbers, Statistic, chi2_upper, normal_two_sided

SAME_CHANCE = 1 + 1e-7
"""Tables this close in probability count as equally likely, as in R's fisher.test."""


def _floats(*counts: ArrayLike) -> tuple[Numbers, ...]:
    return tuple(np.asarray(c, float) for c in counts)


def _chi2(top: Numbers, bottom: Numbers) -> Statistic:
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        value = np.where(bottom > 0, top / bottom, np.nan)
    return Statistic(value, 1.0, chi2_upper(value, 1.0))


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
    a, n1, c, n2 = _floats(ai, n1i, ci, n2i)
    total, events = n1 + n2, a + c
    return _chi2(total * (a * n2 - c * n1) ** 2, n1 * n2 * events * (total - events))


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
    a, n1, c, n2 = _floats(ai, n1i, ci, n2i)
    total, events = n1 + n2, a + c
    gap = np.maximum(np.abs(a * n2 - c * n1) - total / 2, 0.0)
    return _chi2(total * gap**2, n1 * n2 * events * (total - events))


def n_minus_1(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """The "N - 1" chi-square, which is also the linear-by-linear association of a two-by-two table.

    References
    ----------
    Campbell 2007, Statistics in Medicine 26:3661-3675.
    """
    a, n1, c, n2 = _floats(ai, n1i, ci, n2i)
    total, events = n1 + n2, a + c
    return _chi2((total - 1) * (a * n2 - c * n1) ** 2, n1 * n2 * events * (total - events))


def likelihood_ratio(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """The likelihood-ratio chi-square G = 2 sum x ln(x / expected); an empty cell adds nothing.

    References
    ----------
    Agresti 2013, Categorical Data Analysis, 3rd edition, section 3.2.1.
    """
    a, n1, c, n2 = _floats(ai, n1i, ci, n2i)
    total, events = n1 + n2, a + c
    value = np.zeros(np.broadcast(a, n1, c, n2).shape)
    for seen, row in ((a, n1), (n1 - a, n1), (c, n2), (n2 - c, n2)):
        column = events if seen is a or seen is c else total - events
        with np.errstate(invalid="ignore", divide="ignore"):
            value = value + np.where(seen > 0, 2 * seen * np.log(seen * total / (row * column)), 0.0)
    value = np.where((n1 * n2 * events * (total - events)) > 0, np.maximum(value, 0.0), np.nan)
    return Statistic(value, 1.0, chi2_upper(value, 1.0))


def z_pooled(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """The z of two proportions with one common variance: the signed root of Pearson's chi-square."""
    a, n1, c, n2 = _floats(ai, n1i, ci, n2i)
    value = np.sign(a * n2 - c * n1) * np.sqrt(pearson(a, n1, c, n2).value)
    return Statistic(value, np.nan, normal_two_sided(value))


def z_unpooled(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Statistic:
    """The z of two proportions, each with its own variance (Wald's test of the risk difference)."""
    a, n1, c, n2 = _floats(ai, n1i, ci, n2i)
    with np.errstate(invalid="ignore", divide="ignore"):
        one, two = a / n1, c / n2
        variance = one * (1 - one) / n1 + two * (1 - two) / n2
        value = np.where(variance > 0, (one - two) / np.sqrt(variance), np.nan)
    return Statistic(value, np.nan, normal_two_sided(value))


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


def _fisher(a: int, n1: int, c: int, n2: int) -> tuple[float, float, float]:
    """Two-sided by likelihood, doubled smaller tail, mid-p: each of one table."""
    low, chance = hypergeometric(n1, n2, a + c)
    here = chance[a - low]
    by_likelihood = chance[chance <= here * SAME_CHANCE].sum()
    lower, upper = chance[: a - low + 1].sum(), chance[a - low :].sum()
    doubled = 2 * min(lower, upper)
    return min(by_likelihood, 1.0), min(doubled, 1.0), min(doubled - here, 1.0)


def _each_fisher(which: int, *counts: ArrayLike) -> Statistic:
    arrays = np.broadcast_arrays(*_floats(*counts))
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
