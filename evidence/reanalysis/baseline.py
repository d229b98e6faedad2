"""How likely arms of one randomisation are to be so alike, or so unlike: from means, SDs and n as printed."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan, sqrt

import numpy as np

from evidence.distributions import f_sf
from evidence.findings import Range
from evidence.reanalysis.t import Box
from evidence.reanalysis.two_by_two import hypergeometric

DRAWS = 20_000
SEED = 20170629
"""The draws are the same on every machine and in every run."""

MOST_DRAWN = 100_000
"""Tables of more people than this are not gone through one by one."""

Arm = tuple[Box, Box, int]
"""Mean and SD as (low, mid, high), and n."""


def anova_p(means: tuple[float, ...], sds: tuple[float, ...], sizes: tuple[int, ...]) -> float:
    """The p of a one-way analysis of variance from summaries; nan where none is defined.

    References
    ----------
    Fisher 1925, Statistical Methods for Research Workers, chapter 7.

    Examples
    --------
    >>> round(anova_p((7.22, 6.52), (2.39, 2.21), (89, 89)), 12)
    0.043995762149
    """
    return _p(_between(means, sizes), _within(sds, sizes), sizes)


def _p(between: float, within: float, sizes: tuple[int, ...]) -> float:
    df1, df2 = len(sizes) - 1, sum(sizes) - len(sizes)
    if df1 < 1 or df2 < 1 or not within < inf or not between < inf:
        return nan
    if within <= 0:
        return 1.0 if between <= 0 else 0.0
    return f_sf(between / df1 / (within / df2), df1, df2)


def _between(means: tuple[float, ...], sizes: tuple[int, ...]) -> float:
    whole = sum(n * m for n, m in zip(sizes, means, strict=True)) / sum(sizes)
    return sum(n * (m - whole) * (m - whole) for n, m in zip(sizes, means, strict=True))


def _within(sds: tuple[float, ...], sizes: tuple[int, ...]) -> float:
    return sum((n - 1) * s * s for n, s in zip(sizes, sds, strict=True))


def p_range(arms: tuple[Arm, ...]) -> Range:
    """The p of the analysis of variance over everything that rounds to the printed means and SDs.

    Notes
    -----
    F falls as an SD rises. Between the arms, the sum of squares is convex in the means: greatest at a corner,
    where arms lie either low or high, and least where every mean is as near as it can be to one value.

    Examples
    --------
    >>> box = lambda x, half: (x - half, x, x + half)
    >>> found = p_range(((box(53.4, 0.05), box(6.4, 0.05), 118), (box(53.4, 0.05), box(6.2, 0.05), 118)))
    >>> round(found.low, 3), found.mid, found.high
    (0.902, 1.0, 1.0)
    """
    sizes = tuple(n for _, _, n in arms)
    low, mid, high = (tuple(max(sd[i], 0.0) for _, sd, _ in arms) for i in range(3))
    middle = anova_p(tuple(mean[1] for mean, _, _ in arms), mid, sizes)
    least = _p(_farthest(arms, sizes), _within(low, sizes), sizes)
    most = _p(_nearest(arms, sizes), _within(high, sizes), sizes)
    return Range(least, middle, most)


def _farthest(arms: tuple[Arm, ...], sizes: tuple[int, ...]) -> float:
    """The greatest sum of squares: arms sorted by their middle, the first low and the rest high."""
    order = sorted(range(len(arms)), key=lambda i: arms[i][0][1])
    found = []
    for cut in range(len(arms) + 1):
        low = set(order[:cut])
        corner = tuple(mean[0] if i in low else mean[2] for i, (mean, _, _) in enumerate(arms))
        found.append(_between(corner, sizes))
    return max(found)


def _nearest(arms: tuple[Arm, ...], sizes: tuple[int, ...]) -> float:
    """The least sum of squares: 0 where all boxes share a value, else each mean's nearest to the best one."""
    low, high = max(mean[0] for mean, _, _ in arms), min(mean[2] for mean, _, _ in arms)
    if low <= high:
        return 0.0
    edges = sorted({edge for mean, _, _ in arms for edge in (mean[0], mean[2])})
    return min(_least_between(arms, sizes, left, right) for left, right in pairwise(edges))


def _least_between(arms: tuple[Arm, ...], sizes: tuple[int, ...], left: float, right: float) -> float:
    """The least sum of squares about a centre between neighbouring ends of boxes, where it is a parabola."""
    ends = [
        (n, mean[2] if mean[2] <= left else mean[0])
        for n, (mean, _, _) in zip(sizes, arms, strict=True)
        if mean[2] <= left or mean[0] >= right
    ]
    best = sum(n * end for n, end in ends) / sum(n for n, _ in ends)
    return _around(arms, sizes, min(max(best, left), right))


def _around(arms: tuple[Arm, ...], sizes: tuple[int, ...], centre: float) -> float:
    means = tuple(min(max(centre, mean[0]), mean[2]) for mean, _, _ in arms)
    return sum(n * (m - centre) * (m - centre) for n, m in zip(sizes, means, strict=True))


def rounded_p(arms: tuple[Arm, ...], decimals: int, draws: int = DRAWS, seed: int = SEED) -> float:
    """The p of means that are as far apart as printed, when rounded as printed; ties count half.

    Notes
    -----
    Arm means are drawn around one mean with the pooled SD, rounded to ``decimals``, and compared by their sum
    of squares about the weighted mean. Where means are printed coarsely, several draws tie with the printed
    ones, and a p that counted all of them, or none, would make the arms too alike or too unlike.

    References
    ----------
    Carlisle 2017, Anaesthesia 72:944-952.

    Examples
    --------
    >>> box = lambda x: (x, x, x)
    >>> p = rounded_p(((box(53.4), box(6.4), 118), (box(53.4), box(6.2), 118)), 1)
    >>> 0.96 < p < 0.99
    True
    """
    sizes = np.array([n for _, _, n in arms], float)
    means = np.array([mean[1] for mean, _, _ in arms])
    df = float(sizes.sum() - len(arms))
    spread = (
        sqrt(_within(tuple(sd[1] for _, sd, _ in arms), tuple(n for _, _, n in arms)) / df) if df > 0 else nan
    )
    if not 0 < spread < inf or not np.isfinite(means).all() or np.abs(means).max() > 1e12:
        return nan
    centre = float((sizes * means).sum() / sizes.sum())
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = centre + rng.standard_normal((draws, len(arms))) * (spread / np.sqrt(sizes))
    apart = _apart(np.round(drawn, decimals), sizes)
    seen = float(_apart(means[None, :], sizes)[0])
    same = np.abs(apart - seen) <= 1e-9 * max(seen, 10.0 ** (-2 * decimals))
    return float(((apart > seen) & ~same).mean() + same.mean() / 2)


def _apart(means: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    whole = (means * sizes).sum(axis=-1, keepdims=True) / sizes.sum()
    return ((means - whole) ** 2).sum(axis=-1)


def table_p(cells: np.ndarray, draws: int = DRAWS // 4, seed: int = SEED) -> float:
    """The p of a table of arms by categories, all margins held; tables as likely as the one seen count half.

    Two by two it is exact; a larger table is compared by its chi-square with seeded draws. It is nan where
    everybody is in one row or column.

    References
    ----------
    Lancaster 1961, Journal of the American Statistical Association 56:223-234 (mid-p).

    Examples
    --------
    >>> round(table_p(np.array([[10, 30], [10, 30]])), 4)
    0.8984
    """
    cells = cells[cells.sum(axis=1) > 0][:, cells.sum(axis=0) > 0]
    if min(cells.shape) < 2:
        return nan
    if cells.shape == (2, 2):
        n1, n2 = cells.sum(axis=1).tolist()
        return _exact_p(n1, n2, int(cells[:, 0].sum()), int(cells[0, 0]))
    if cells.sum() > MOST_DRAWN:
        return nan
    drawn = _tables(cells.sum(axis=1), cells.sum(axis=0), draws, seed)
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    apart = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
    seen = ((cells - expected) ** 2 / expected).sum()
    same = np.abs(apart - seen) <= 1e-9 * max(seen, 1.0)
    return float(((apart > seen) & ~same).mean() + same.mean() / 2)


def _exact_p(n1: int, n2: int, events: int, seen: int) -> float:
    if n1 + n2 > MOST_DRAWN:
        return nan
    low, chance = hypergeometric(n1, n2, events)
    same = np.abs(chance / chance[seen - low] - 1) < 1e-9
    return float(chance[(chance < chance[seen - low]) & ~same].sum() + chance[same].sum() / 2)


def _tables(rows: np.ndarray, columns: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Tables with these margins: each cell drawn given those before it."""
    rng = np.random.Generator(np.random.PCG64(seed))
    found = np.zeros((draws, len(rows), len(columns)), int)
    left = np.tile(columns, (draws, 1))
    for i, people in enumerate(rows[:-1]):
        room = np.full(draws, people)
        for j in range(len(columns) - 1):
            others = left[:, j + 1 :].sum(axis=1)
            found[:, i, j] = rng.hypergeometric(left[:, j], others, room)
            room = room - found[:, i, j]
        found[:, i, -1] = room
        left = left - found[:, i]
    found[:, -1] = left
    return found
