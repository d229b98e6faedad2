"""One-way analysis of variance from means, standard deviations and sizes, over the rounding of all of them.

A ``Box`` is (low, mid, high). Groups are the same length everywhere: means, SDs and n of each.
"""

from __future__ import annotations

from itertools import product
from math import inf, nan, sqrt
from typing import NamedTuple

from evidence.distributions import f_sf, t_sf
from evidence.reanalysis.t import Box, absolute, difference, quotient_range

MOST_VERTICES = 12
"""Up to this many groups every corner of the box of means is tried; beyond it a bound stands in."""


class F(NamedTuple):
    """F, its two degrees of freedom and its p."""

    value: float
    df1: float
    df2: float
    p: float


def _f(value: float, df1: float, df2: float) -> F:
    known = value == value and df1 > 0 and df2 > 0
    return F(value if known else nan, df1, df2, f_sf(value, df1, df2) if known else nan)


def _over(top: float, bottom: float) -> float:
    if bottom > 0:
        return top / bottom
    return inf if top > 0 else nan


def fisher(means: list[float], sds: list[float], ns: list[int]) -> F:
    """Fisher's F of k groups, on k - 1 and N - k degrees of freedom; nan where it is not defined.

    Notes
    -----
    The mean square between groups, sum n (m - M)^2 / (k - 1), over the pooled variance within them.

    References
    ----------
    Fisher 1925, Statistical Methods for Research Workers, chapter 7.

    Examples
    --------
    >>> round(fisher([17.63, 23.17, 19.99], [4.97, 4.66, 4.64], [72, 51, 26]).value, 4)
    19.8038
    """
    groups, people = len(ns), sum(ns)
    centre = sum(n * m for n, m in zip(ns, means, strict=True)) / people
    between = sum(n * (m - centre) * (m - centre) for n, m in zip(ns, means, strict=True))
    if groups < 2 or people <= groups:
        return F(nan, groups - 1.0, people - float(groups), nan)
    return _f(_over(between / (groups - 1), _within(sds, ns)), groups - 1.0, people - float(groups))


def _within(sds: list[float], ns: list[int]) -> float:
    """The pooled variance."""
    left = sum(ns) - len(ns)
    return sum((n - 1) * s * s for n, s in zip(ns, sds, strict=True)) / left if left > 0 else nan


def welch(means: list[float], sds: list[float], ns: list[int]) -> F:
    """Welch's F of k groups with unequal variances; nan where a group has no spread.

    References
    ----------
    Welch 1951, Biometrika 38:330-336.

    Examples
    --------
    >>> round(welch([17.63, 23.17, 19.99], [4.97, 4.66, 4.64], [72, 51, 26]).value, 4)
    19.7732
    """
    groups = len(ns)
    if groups < 2 or min(ns) < 2 or min(sds) <= 0:
        return F(nan, groups - 1.0, nan, nan)
    weights = [n / s / s if s * s > 0 else inf for n, s in zip(ns, sds, strict=True)]
    whole = sum(weights)
    if not 0 < whole < inf:
        return F(nan, groups - 1.0, nan, nan)
    centre = sum(w * m for w, m in zip(weights, means, strict=True)) / whole
    between = sum(w * (m - centre) * (m - centre) for w, m in zip(weights, means, strict=True))
    unlike = sum((1 - w / whole) ** 2 / (n - 1) for w, n in zip(weights, ns, strict=True))
    factor = 1 + 2 * (groups - 2) / (groups**2 - 1) * unlike
    return _f(between / (groups - 1) / factor, groups - 1.0, (groups**2 - 1) / (3 * unlike))


def least_between(means: list[Box], weights: list[float]) -> float:
    """The least sum of weighted squares about their common mean over a box of means: a convex problem.

    Notes
    -----
    With c for the common mean every m_i is as near to c as its box lets it be, so that one number is left:
    minimise sum w_i dist(c, box_i)^2, whose derivative rises along pieces between the ends of the boxes.
    """
    points = sorted({end for box in means for end in (box[0], box[2])})
    if not all(-inf < point < inf for point in points):
        return 0.0

    def slope(c: float) -> float:
        return sum(w * (c - min(max(c, b[0]), b[2])) for w, b in zip(weights, means, strict=True))

    low, high = points[0], points[-1]
    below = [p for p in points if slope(p) <= 0]
    above = [p for p in points if slope(p) >= 0]
    low, high = max(below, default=low), min(above, default=high)
    at, to = slope(low), slope(high)
    c = low if to <= at else low - at * (high - low) / (to - at)
    gaps = (c - min(max(c, b[0]), b[2]) for b in means)
    return sum(w * gap * gap for w, gap in zip(weights, gaps, strict=True))


def greatest_between(means: list[Box], weights: list[float]) -> float:
    """The greatest sum of weighted squares about their common mean: at a corner, since it is convex.

    For very many groups the sum about the middle of all is given, with every mean at its far end, which is
    never less.
    """
    whole = sum(weights)
    if not 0 < whole < inf or not all(-inf < end < inf for box in means for end in box):
        return inf
    if len(means) > MOST_VERTICES:
        middle = sum(w * b[1] for w, b in zip(weights, means, strict=True)) / whole
        far = (max(abs(b[0] - middle), abs(b[2] - middle)) for b in means)
        return sum(w * d * d for w, d in zip(weights, far, strict=True))
    return max(_about_mean(corner, weights, whole) for corner in product(*((b[0], b[2]) for b in means)))


def _about_mean(means: tuple[float, ...], weights: list[float], whole: float) -> float:
    centre = sum(w * m for w, m in zip(weights, means, strict=True)) / whole
    return sum(w * (m - centre) * (m - centre) for w, m in zip(weights, means, strict=True))


def f_range(means: list[Box], sds: list[Box], ns: list[int]) -> Box:
    """The exact range of Fisher's F over everything that rounds to the printed means and SDs.

    Notes
    -----
    Greatest with the SDs at their low ends and the means at a corner; least with the SDs at their high ends
    and the means as near to one another as their rounding lets them be.

    Examples
    --------
    >>> box = lambda x: (x - 0.005, x, x + 0.005)
    >>> means, sds = [box(x) for x in (17.63, 23.17, 19.99)], [box(x) for x in (4.97, 4.66, 4.64)]
    >>> [round(x, 4) for x in f_range(means, sds, [72, 51, 26])]
    [19.6911, 19.8038, 19.9171]
    """
    mid = fisher([m[1] for m in means], [s[1] for s in sds], ns)
    if mid.df1 < 1 or mid.df2 < 1:
        return nan, nan, nan
    weights = [float(n) for n in ns]
    low = least_between(means, weights) / mid.df1
    high = greatest_between(means, weights) / mid.df1
    narrow, wide = (_within([max(s[i], 0.0) for s in sds], ns) for i in (0, 2))
    most = _over(high, narrow)
    least = _over(low, wide)
    if most != most:
        return nan, nan, nan
    least = 0.0 if least != least else least
    middle = mid.value if mid.value == mid.value else least
    return least, middle, most


def welch_range(means: list[Box], sds: list[Box], ns: list[int]) -> tuple[Box, Box] | None:
    """A range that holds Welch's F over the rounding, and one that holds its second df; None if undefined.

    Notes
    -----
    Its numerator falls as any SD rises, so its ends are exact; its denominator is bounded term by term, so
    that the range may be a little wide, never narrow.
    """
    mid = welch([m[1] for m in means], [s[1] for s in sds], ns)
    groups = len(ns)
    if mid.value != mid.value or min(s[0] for s in sds) <= 0 or max(s[2] for s in sds) == inf:
        return None
    most, least = ([n / s[i] / s[i] for n, s in zip(ns, sds, strict=True)] for i in (0, 2))
    if not 0 < sum(most) < inf or min(least) <= 0:
        return None
    shares = [
        (least[i] / (least[i] + sum(most) - most[i]), most[i] / (most[i] + sum(least) - least[i]))
        for i in range(groups)
    ]
    unlike = [sum((1 - s[end]) ** 2 / (n - 1) for s, n in zip(shares, ns, strict=True)) for end in (1, 0)]
    factors = [1 + 2 * (groups - 2) / (groups**2 - 1) * u for u in unlike]
    low = least_between(means, least) / (groups - 1) / factors[1]
    high = greatest_between(means, most) / (groups - 1) / factors[0]
    dfs = [(groups**2 - 1) / (3 * u) for u in (unlike[1], unlike[0])]
    return (low, mid.value, high), (dfs[0], mid.df2, dfs[1])


def pair_range(means: list[Box], sds: list[Box], ns: list[int], one: int, two: int) -> Box:
    """The range of the t of two groups with the variance pooled over all groups: Fisher's least difference.

    On N - k degrees of freedom; ``bonferroni`` gives its p for several pairs.

    References
    ----------
    Fisher 1935, The Design of Experiments, section 24.
    """
    if sum(ns) <= len(ns):
        return nan, nan, nan
    scale = 1 / ns[one] + 1 / ns[two]
    errors = [sqrt(_within([max(s[i], 0.0) for s in sds], ns) * scale) for i in range(3)]
    return quotient_range(difference(means[one], means[two]), (errors[0], errors[1], errors[2]))


def bonferroni(t: Box, df: float, pairs: int) -> Box:
    """The range of the two-sided p of a pair, times the number of pairs compared; at most 1."""
    least, mid, most = absolute(t)
    low, middle, high = (min(1.0, 2 * pairs * t_sf(x, df)) for x in (most, mid, least))
    return low, middle, high
