"""Tests of an r x c table: groups are rows, categories are columns.

``counts`` is an (..., r, c) array. Empty rows and columns add nothing to a statistic or its df.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from evidence.reanalysis.tails import Numbers, Statistic, chi2_upper, normal_two_sided


def _margins(counts: ArrayLike) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    table = np.asarray(counts, float)
    return table, table.sum(axis=-1), table.sum(axis=-2), table.sum(axis=(-1, -2))


def degrees_of_freedom(counts: ArrayLike) -> Numbers:
    """(r - 1)(c - 1) over the rows and columns that hold anything."""
    _, rows, columns, _ = _margins(counts)
    return ((rows > 0).sum(axis=-1) - 1.0) * ((columns > 0).sum(axis=-1) - 1.0)


def _chi2(value: Numbers, df: Numbers) -> Statistic:
    with np.errstate(invalid="ignore"):
        value = np.where(df > 0, value, np.nan)
        return Statistic(value, df, chi2_upper(value, np.where(df > 0, df, 1.0)))


def pearson(counts: ArrayLike) -> Statistic:
    """Pearson's chi-square.

    Notes
    -----
    The sum over cells of (x - expected)^2 / expected.

    Examples
    --------
    >>> float(pearson([[3, 11], [8, 17], [10, 3]]).value).__round__(3)
    10.028
    """
    table, rows, columns, total = _margins(counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = rows[..., :, None] * columns[..., None, :] / total[..., None, None]
        parts = np.where(expected > 0, (table - expected) ** 2 / expected, 0.0)
    return _chi2(parts.sum(axis=(-1, -2)), degrees_of_freedom(table))


def corrected(counts: ArrayLike) -> Statistic:
    """Pearson's chi-square with Yates's half taken off in every cell, as some programs do in any table.

    Examples
    --------
    >>> float(corrected([[31, 718], [7, 138], [2, 26], [3, 40]]).value).__round__(3)
    0.35
    """
    table, rows, columns, total = _margins(counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = rows[..., :, None] * columns[..., None, :] / total[..., None, None]
        parts = np.where(expected > 0, (np.abs(table - expected) - 0.5) ** 2 / expected, 0.0)
    return _chi2(parts.sum(axis=(-1, -2)), degrees_of_freedom(table))


def likelihood_ratio(counts: ArrayLike) -> Statistic:
    """The likelihood-ratio chi-square G = 2 sum x ln(x / expected); an empty cell adds nothing."""
    table, rows, columns, total = _margins(counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = rows[..., :, None] * columns[..., None, :] / total[..., None, None]
        parts = np.where(table > 0, 2 * table * np.log(table / expected), 0.0)
    return _chi2(np.maximum(parts.sum(axis=(-1, -2)), 0.0), degrees_of_freedom(table))


def linear_by_linear(counts: ArrayLike) -> Statistic:
    """Mantel's linear-by-linear association with scores 1, 2, 3 ... for rows and columns: (N - 1) r^2.

    References
    ----------
    Mantel 1963, Journal of the American Statistical Association 58:690-700.
    """
    table, _, _, total = _margins(counts)
    return _trend(table, total - 1)


def trend(counts: ArrayLike) -> Statistic:
    """The Cochran-Armitage test for trend over scores 1, 2, 3 ...: N r^2.

    References
    ----------
    Armitage 1955, Biometrics 11:375-386.
    """
    table, _, _, total = _margins(counts)
    return _trend(table, total)


def _trend(table: Numbers, factor: Numbers) -> Statistic:
    _, rows, columns, total = _margins(table)
    u, v = np.arange(1.0, table.shape[-2] + 1), np.arange(1.0, table.shape[-1] + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        u = u - ((rows * u).sum(axis=-1) / total)[..., None]
        v = v - ((columns * v).sum(axis=-1) / total)[..., None]
        shared = (table * u[..., :, None] * v[..., None, :]).sum(axis=(-1, -2))
        spread = (rows * u**2).sum(axis=-1) * (columns * v**2).sum(axis=-1)
        value = np.where(spread > 0, factor * shared**2 / spread, np.nan)
    return Statistic(value, 1.0, chi2_upper(value, 1.0))


def _mid_ranks(columns: Numbers) -> Numbers:
    return np.cumsum(columns, axis=-1) - (columns - 1) / 2


def kruskal_wallis(counts: ArrayLike) -> Statistic:
    """Kruskal and Wallis's H over ordered columns, corrected for ties.

    Examples
    --------
    >>> float(kruskal_wallis([[3, 11], [8, 17], [10, 3]]).value).__round__(3)
    9.836
    """
    table, rows, columns, total = _margins(counts)
    ranks = _mid_ranks(columns)
    with np.errstate(invalid="ignore", divide="ignore"):
        sums = (table * ranks[..., None, :]).sum(axis=-1)
        centred = np.where(rows > 0, (sums - rows * (total + 1)[..., None] / 2) ** 2 / rows, 0.0)
        ties = 1 - (columns**3 - columns).sum(axis=-1) / (total**3 - total)
        value = 12 / (total * (total + 1)) * centred.sum(axis=-1)
        value = np.where(ties > 0, value / ties, np.nan)
    return _chi2(value, (rows > 0).sum(axis=-1) - 1.0)


def rank_sum(counts: ArrayLike) -> Statistic:
    """The rank-sum z of two rows over ordered columns, corrected for ties, not for continuity.

    Positive where the first row tends to the later columns; nan unless there are two rows.

    References
    ----------
    Wilcoxon 1945, Biometrics Bulletin 1:80-83.
    """
    table, rows, columns, total = _margins(counts)
    if table.shape[-2] != 2:
        nothing = np.full(total.shape, np.nan)
        return Statistic(nothing, np.nan, nothing)
    sums = (table[..., 0, :] * _mid_ranks(columns)).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        ties = (columns**3 - columns).sum(axis=-1) / (total * (total - 1))
        variance = rows.prod(axis=-1) / 12 * (total + 1 - ties)
        value = (sums - rows[..., 0] * (total + 1) / 2) / np.sqrt(variance)
        value = np.where(variance > 0, value, np.nan)
    return Statistic(value, np.nan, normal_two_sided(value))


TESTS: dict[str, Callable[[ArrayLike], Statistic]] = {
    "Pearson chi-square": pearson,
    "likelihood-ratio chi-square": likelihood_ratio,
    "linear-by-linear association": linear_by_linear,
    "Cochran-Armitage trend": trend,
    "Kruskal-Wallis test": kruskal_wallis,
    "rank-sum test": rank_sum,
    "chi-square with Yates correction in every cell": corrected,
}
"""Every test of an r x c table, the usual ones first."""
