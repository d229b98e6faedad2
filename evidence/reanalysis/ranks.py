"""Rank tests without the data: what U and W can be, and the p that they can have, given n.

Ties make the variance of a rank sum smaller, so that without knowing them the p of a printed U is known only
from above: no ties give the largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor, sqrt
from typing import NamedTuple

from evidence.distributions import normal_isf, normal_sf

MOST_EXACT = 2_500
"""Up to this product of two sizes (or n of pairs squared) the exact distribution is computed."""


class RankSum(NamedTuple):
    """U of the first group and its z, corrected for ties, not for continuity; positive where it is higher."""

    u: float
    z: float


def from_ordered_counts(first: Sequence[int], second: Sequence[int]) -> RankSum | None:
    """U and z of two groups over ordered categories; None where there is nothing to rank.

    Notes
    -----
    Var U = n1 n2 / 12 (N + 1 - sum (t^3 - t) / (N (N - 1))), with t people tied in a category.

    References
    ----------
    Wilcoxon 1945, Biometrics Bulletin 1:80-83; Lehmann 1975, Nonparametrics, section 1.4.

    Examples
    --------
    >>> found = from_ordered_counts([3, 17, 12, 8], [1, 10, 15, 14])
    >>> found.u, round(found.z, 4)
    (589.5, -2.1323)
    """
    n1, n2 = sum(first), sum(second)
    people = n1 + n2
    if not n1 or not n2:
        return None
    below = u = ties = 0.0
    for a, c in zip(first, second, strict=True):
        u += a * (below + c / 2)
        below += c
        ties += (a + c) ** 3 - (a + c)
    variance = n1 * n2 / 12 * (people + 1 - ties / (people * (people - 1)))
    return RankSum(u, (u - n1 * n2 / 2) / sqrt(variance)) if variance > 0 else None


def greatest_u(n1: int, n2: int) -> int:
    """The greatest U of two groups."""
    return n1 * n2


def greatest_signed_rank(n: int) -> int:
    """The greatest sum of signed ranks of n pairs."""
    return n * (n + 1) // 2


def u_p(u: float, n1: int, n2: int, *, corrected: bool = False) -> float:
    """The two-sided p of U by the normal approximation, without ties.

    Examples
    --------
    >>> round(u_p(56, 12, 15), 4), round(u_p(56, 12, 15, corrected=True), 4)
    (0.0971, 0.1021)
    """
    gap = max(abs(u - n1 * n2 / 2) - (0.5 if corrected else 0.0), 0.0)
    return 2 * normal_sf(gap / sqrt(n1 * n2 * (n1 + n2 + 1) / 12)) if n1 and n2 else 1.0


def signed_rank_p(w: float, n: int, *, corrected: bool = False) -> float:
    """The two-sided p of a sum of signed ranks by the normal approximation, without ties or zeros."""
    gap = max(abs(w - n * (n + 1) / 4) - (0.5 if corrected else 0.0), 0.0)
    return 2 * normal_sf(gap / sqrt(n * (n + 1) * (2 * n + 1) / 24)) if n else 1.0


@lru_cache(maxsize=64)
def _u_counts(n1: int, n2: int) -> tuple[int, ...]:
    """How many orders of n1 and n2 without ties give each U: a Gaussian binomial coefficient."""
    counts = [1] + [0] * (n1 * n2)
    for i in range(1, min(n1, n2) + 1):
        step = max(n1, n2) + i
        for u in range(n1 * n2, step - 1, -1):
            counts[u] -= counts[u - step]
        for u in range(i, n1 * n2 + 1):
            counts[u] += counts[u - i]
    return tuple(counts)


@lru_cache(maxsize=64)
def _signed_counts(n: int) -> tuple[int, ...]:
    counts = [1] + [0] * (n * (n + 1) // 2)
    for rank in range(1, n + 1):
        for w in range(len(counts) - 1, rank - 1, -1):
            counts[w] += counts[w - rank]
    return tuple(counts)


def exact_u_p(u: float, n1: int, n2: int) -> float | None:
    """The exact two-sided p of U without ties, twice the smaller tail; None where n is large or U broken.

    References
    ----------
    Mann and Whitney 1947, Annals of Mathematical Statistics 18:50-60.

    Examples
    --------
    >>> round(exact_u_p(3, 5, 6), 6)
    0.030303
    """
    if u != int(u) or n1 * n2 > MOST_EXACT or not n1 or not n2 or not 0 <= u <= n1 * n2:
        return None
    return _two_tails(_u_counts(n1, n2), int(u))


def exact_signed_rank_p(w: float, n: int) -> float | None:
    """The exact two-sided p of a sum of signed ranks without ties or zeros; None where n is large."""
    if w != int(w) or n * n > MOST_EXACT or not 0 <= w <= n * (n + 1) // 2:
        return None
    return _two_tails(_signed_counts(n), int(w))


def _two_tails(counts: tuple[int, ...], at: int) -> float:
    smaller = min(at, len(counts) - 1 - at)
    return min(1.0, 2 * sum(counts[: smaller + 1]) / sum(counts))


def u_range(low: float, high: float, n1: int, n2: int) -> tuple[int, int]:
    """The smaller U that a p between two values goes with, without ties, by the normal approximation.

    From the least to the greatest whole U on the lower side; the greater U of the pair is n1 n2 less it.

    Examples
    --------
    >>> u_range(0.04, 0.06, 12, 15)
    (48, 51)
    """
    middle, sd = n1 * n2 / 2, sqrt(n1 * n2 * (n1 + n2 + 1) / 12)
    far = middle - (normal_isf(low / 2) * sd if 0 < low < 1 else 0.0 if low >= 1 else middle)
    near = middle - (normal_isf(high / 2) * sd if 0 < high < 1 else 0.0 if high >= 1 else middle)
    return max(0, ceil(far)), max(0, floor(near))
