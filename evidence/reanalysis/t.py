"""Student's t and its relatives from means, standard deviations and sizes.

Arrays hold one comparison an element. A ``Box`` is (low, mid, high): what rounds to a printed number.
"""

from __future__ import annotations

from itertools import product
from math import copysign, inf, isnan, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from evidence.reanalysis.tails import Numbers, Statistic, normal_two_sided, t_two_sided

Box = tuple[float, float, float]


def _floats(*values: ArrayLike) -> tuple[Numbers, ...]:
    return tuple(np.asarray(v, float) for v in values)


def pooled(
    m1i: ArrayLike, sd1i: ArrayLike, n1i: ArrayLike, m2i: ArrayLike, sd2i: ArrayLike, n2i: ArrayLike
) -> Statistic:
    """Student's two-sample t with a pooled variance, on n1 + n2 - 2 degrees of freedom.

    References
    ----------
    Student 1908, Biometrika 6:1-25.

    Examples
    --------
    >>> float(pooled(93.63, 28.35, 82, 132.78, 27.72, 78).value).__round__(2)
    -8.83
    """
    m1, s1, n1, m2, s2, n2 = _floats(m1i, sd1i, n1i, m2i, sd2i, n2i)
    df = n1 + n2 - 2
    with np.errstate(all="ignore"):
        variance = ((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / df * (1 / n1 + 1 / n2)
        value = np.where(variance > 0, (m1 - m2) / np.sqrt(variance), np.nan)
        return Statistic(value, df, t_two_sided(value, df))


def welch(
    m1i: ArrayLike, sd1i: ArrayLike, n1i: ArrayLike, m2i: ArrayLike, sd2i: ArrayLike, n2i: ArrayLike
) -> Statistic:
    """Welch's t with separate variances, on Satterthwaite's degrees of freedom.

    References
    ----------
    Welch 1947, Biometrika 34:28-35.
    """
    m1, s1, n1, m2, s2, n2 = _floats(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        v1, v2 = s1**2 / n1, s2**2 / n2
        value = np.where(v1 + v2 > 0, (m1 - m2) / np.sqrt(v1 + v2), np.nan)
        df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
        return Statistic(value, df, t_two_sided(value, df))


def z_of_means(
    m1i: ArrayLike, sd1i: ArrayLike, n1i: ArrayLike, m2i: ArrayLike, sd2i: ArrayLike, n2i: ArrayLike
) -> Statistic:
    """Welch's statistic read as a normal deviate."""
    value = welch(m1i, sd1i, n1i, m2i, sd2i, n2i).value
    return Statistic(value, np.nan, normal_two_sided(value))


def paired(
    m1i: ArrayLike, sd1i: ArrayLike, m2i: ArrayLike, sd2i: ArrayLike, ni: ArrayLike, ri: ArrayLike
) -> Statistic:
    """The paired t at a correlation r of the two measurements, on n - 1 degrees of freedom.

    Notes
    -----
    (m1 - m2) sqrt(n) / sqrt(s1^2 + s2^2 - 2 r s1 s2). At r = 0 and equal n this is the two-sample t.

    References
    ----------
    Cochrane Handbook for Systematic Reviews of Interventions, section 6.5.2.8.
    """
    m1, s1, m2, s2, n, r = _floats(m1i, sd1i, m2i, sd2i, ni, ri)
    with np.errstate(all="ignore"):
        variance = s1**2 + s2**2 - 2 * r * s1 * s2
        value = np.where(variance > 0, (m1 - m2) * np.sqrt(n) / np.sqrt(variance), np.nan)
        return Statistic(value, n - 1, t_two_sided(value, n - 1))


def quotient_range(top: Box, bottom: Box) -> Box:
    """The range of top / bottom, with bottom at or above zero and monotone between its ends.

    An end that divides by zero is infinite; where both vanish it is zero.
    """

    def over(x: float, y: float) -> float:
        if y > 0:
            return x / y
        return copysign(inf, x) if x else 0.0

    low = over(top[0], bottom[2] if top[0] > 0 else bottom[0])
    high = over(top[2], bottom[0] if top[2] > 0 else bottom[2])
    return low, over(top[1], bottom[1]), high


def absolute(box: Box) -> Box:
    """The range of the absolute value: from zero where the sign can change."""
    low, mid, high = box
    least = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return least, abs(mid), max(abs(low), abs(high))


def difference(one: Box, two: Box) -> Box:
    """The range of one minus two."""
    return one[0] - two[2], one[1] - two[1], one[2] - two[0]


def spread(s1: Box, n1: float, s2: Box, n2: float, *, is_pooled: bool) -> Box:
    """The range of the standard error of a difference of means; nan where it is not defined."""
    if min(n1, n2) < 1 or (is_pooled and n1 + n2 <= 2):
        return nan, nan, nan
    ends = (_error(max(s1[i], 0.0), n1, max(s2[i], 0.0), n2, is_pooled) for i in range(3))
    low, mid, high = ends
    return low, mid, high


def _error(s1: float, n1: float, s2: float, n2: float, is_pooled: bool) -> float:
    if not is_pooled:
        return sqrt(_square(s1) / n1 + _square(s2) / n2)
    variance = ((n1 - 1) * _square(s1) + (n2 - 1) * _square(s2)) / (n1 + n2 - 2)
    return sqrt(variance * (1 / n1 + 1 / n2))


def _square(x: float) -> float:
    return x * x  # not x**2, which raises for 1e308 where this gives infinity


def t_range(m1: Box, s1: Box, n1: float, m2: Box, s2: Box, n2: float, *, is_pooled: bool = True) -> Box:
    """The range of the signed two-sample t over everything that rounds to the printed means and SDs.

    Notes
    -----
    t rises with m1, falls with m2, and moves away from zero as either SD falls, so its ends are at corners.

    Examples
    --------
    >>> box = t_range((5, 5, 5), (1, 1, 1), 10, (4, 4, 4), (1, 1, 1), 10)
    >>> [round(x, 4) for x in box]
    [2.2361, 2.2361, 2.2361]
    """
    error = spread(s1, n1, s2, n2, is_pooled=is_pooled)
    if isnan(error[1]):
        return nan, nan, nan
    return quotient_range(difference(m1, m2), error)


def paired_range(m1: Box, s1: Box, m2: Box, s2: Box, n: float, r: float) -> Box:
    """The range of the signed paired t at correlation r over the rounding of means and SDs."""
    if n < 2:
        return nan, nan, nan
    errors = sorted(_paired_error(max(a, 0.0), max(b, 0.0), n, r) for a, b in _edges(s1, s2, r))
    middle = _paired_error(max(s1[1], 0.0), max(s2[1], 0.0), n, r)
    return quotient_range(difference(m1, m2), (errors[0], middle, errors[-1]))


def _paired_error(s1: float, s2: float, n: float, r: float) -> float:
    return sqrt(max(_square(s1) + _square(s2) - 2 * r * s1 * s2, 0.0) / n)


def _edges(s1: Box, s2: Box, r: float) -> list[tuple[float, float]]:
    """Corners of the box of two SDs, and where s1^2 + s2^2 - 2 r s1 s2 turns on its edges."""
    points = list(product((s1[0], s1[1], s1[2]), (s2[0], s2[1], s2[2])))
    points += [(a, r * a) for a in (s1[0], s1[2]) if s2[0] < r * a < s2[2]]
    points += [(r * b, b) for b in (s2[0], s2[2]) if s1[0] < r * b < s1[2]]
    return points


def implied_correlation(m1: Box, s1: Box, m2: Box, s2: Box, n: float, t: Box) -> Box:
    """The range of the correlation under which a paired t is the printed one; nan where none is defined.

    Values outside -1 to 1 say that no correlation will do.

    Notes
    -----
    r = (s1^2 + s2^2 - n D^2 / t^2) / (2 s1 s2), at the corners of the rounding box and where it turns on
    the edges.

    Examples
    --------
    >>> box = lambda x: (x, x, x)
    >>> r = implied_correlation(box(5), box(2), box(4), box(2), 16, box(2.0))
    >>> r[1]
    0.5
    """
    gaps, ts = absolute(difference(m1, m2)), absolute(t)
    if s1[0] <= 0 or s2[0] <= 0 or n < 1 or ts[1] == 0:
        return nan, nan, nan
    pulls = [n * _square(gaps[i] / ts[2 - i]) if ts[2 - i] > 0 else inf for i in range(3)]
    pulls[1] = n * _square(gaps[1] / ts[1])
    found = [_correlation(a, b, q) for q in pulls for a, b in _turns(s1, s2, q)]
    return min(found), _correlation(s1[1], s2[1], pulls[1]), max(found)


def _correlation(s1: float, s2: float, pull: float) -> float:
    return (_square(s1) + _square(s2) - pull) / (2 * s1 * s2)


def _turns(s1: Box, s2: Box, pull: float) -> list[tuple[float, float]]:
    points = list(product((s1[0], s1[2]), (s2[0], s2[2])))
    for b in (s2[0], s2[2]):
        turn = sqrt(max(_square(b) - pull, 0.0))
        points += [(turn, b)] if s1[0] < turn < s1[2] else []
    for a in (s1[0], s1[2]):
        turn = sqrt(max(_square(a) - pull, 0.0))
        points += [(a, turn)] if s2[0] < turn < s2[2] else []
    return points
