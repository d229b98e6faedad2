"""Kendall's rank correlation: its score, the score's variance under independence, exact tail areas."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, sqrt

import numpy as np

from evidence.distributions import normal_sf
from synthesis.arrays import FloatArray

EXACT = 300
"""Up to so many pairs of numbers p is exact; beyond, it equals its normal approximation to three digits."""


@dataclass(frozen=True, slots=True)
class Kendall:
    """The score S (concordant less discordant pairs), tau-b, the standard error of S, z = S / se and its
    two-sided p, and the exact p, None where there are ties or too many numbers."""

    score: int
    tau: float
    se: float
    z: float
    p: float
    exact_p: float | None


def kendall(x: FloatArray, y: FloatArray) -> Kendall | None:
    """Kendall's test of independence of two rows of numbers; None where one of them does not vary.

    Notes
    -----
    With ties the variance is Kendall's; there is no continuity correction.

    References
    ----------
    Kendall MG. Rank correlation methods, 4th edition 1970, chapters 3 and 4.

    Examples
    --------
    >>> import numpy as np
    >>> found = kendall(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 4.0]))
    >>> found.score, round(found.tau, 4), round(found.exact_p, 4)
    (4, 0.6667, 0.3333)
    """
    n = x.size
    score = sum(
        int(np.add.reduce(np.sign(x[i + 1 :] - x[i]) * np.sign(y[i + 1 :] - y[i]))) for i in range(n - 1)
    )
    t, u = _ties(x), _ties(y)
    pairs = comb(n, 2)
    free_x, free_y = (pairs - sum(comb(one, 2) for one in ties) for ties in (t, u))
    if free_x == 0 or free_y == 0:
        return None
    se = sqrt(_variance(n, t, u))
    exact = None if t or u or n > EXACT else _exact_p(n, (score + pairs) // 2)
    z = score / se
    return Kendall(score, score / sqrt(free_x * free_y), se, z, 2.0 * normal_sf(abs(z)), exact)


def _ties(x: FloatArray) -> list[int]:
    counts = np.unique(x, return_counts=True)[1]
    return [int(count) for count in counts.tolist() if count > 1]


def _variance(n: int, t: list[int], u: list[int]) -> float:
    """The variance of the score under independence."""
    free = n * (n - 1) * (2 * n + 5)
    tied = sum(one * (one - 1) * (2 * one + 5) for one in (*t, *u))
    third = [sum(one * (one - 1) * (one - 2) for one in ties) for ties in (t, u)]
    second = [sum(one * (one - 1) for one in ties) for ties in (t, u)]
    found = (free - tied) / 18.0
    if n > 2:
        found += third[0] * third[1] / (9.0 * n * (n - 1) * (n - 2))
    return found + second[0] * second[1] / (2.0 * n * (n - 1))


def _exact_p(n: int, concordant: int) -> float:
    """Twice the smaller tail of the number of concordant pairs among all orders, at most 1.

    The number of orders with c inversions is the convolution of 1 + x + ... + x^(m - 1) over m = 1 ... n;
    its law is symmetric, so both tails are read from the lower end, where sums lose no digits.
    """
    pairs = comb(n, 2)
    fewest = min(concordant, pairs - concordant)
    share = np.zeros(fewest + 1)
    share[0] = 1.0
    for m in range(2, n + 1):
        total = np.cumsum(share)
        share = total / m
        share[m:] -= total[:-m] / m
    return min(1.0, 2.0 * float(share.sum()))
