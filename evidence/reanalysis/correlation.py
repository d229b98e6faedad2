"""Correlations: their t, their interval on Fisher's scale, and which of several can stand together."""

from __future__ import annotations

from collections.abc import Sequence
from math import atanh, inf, nan, sqrt, tanh

from evidence.distributions import normal_isf, t_sf
from evidence.reanalysis.t import Box


def t_of(r: float, n: float) -> float:
    """The t of a correlation of n pairs, on n - 2 degrees of freedom; infinite at -1 and 1.

    Examples
    --------
    >>> round(t_of(0.5, 20), 4)
    2.4495
    """
    if n <= 2 or not -1 <= r <= 1:
        return nan
    left = (1 - r) * (1 + r)
    return r * sqrt((n - 2) / left) if left > 0 else (inf if r > 0 else -inf)


def t_range(r: Box, n: float) -> Box:
    """The range of t over the rounding of r; it rises with r, so its ends are at the ends of r."""
    low, mid, high = (t_of(min(max(x, -1.0), 1.0), n) for x in r)
    return low, mid, high


def p_of(r: float, n: float) -> float:
    """The two-sided p of a correlation of n pairs by its t.

    Examples
    --------
    >>> round(p_of(0.5, 20), 4)
    0.0248
    """
    t = t_of(r, n)
    return nan if t != t else 0.0 if abs(t) == inf else 2 * t_sf(abs(t), n - 2)


def interval(r: float, n: float, level: float = 95) -> tuple[float, float]:
    """The interval of a correlation of n pairs on Fisher's z scale; nan for fewer than four.

    References
    ----------
    Fisher 1921, Metron 1:3-32.

    Examples
    --------
    >>> [round(x, 4) for x in interval(0.5, 20)]
    [0.0738, 0.7718]
    """
    if n <= 3 or not -1 < r < 1:
        return nan, nan
    reach = normal_isf((1 - level / 100) / 2) / sqrt(n - 3)
    return tanh(atanh(r) - reach), tanh(atanh(r) + reach)


def fisher_z(r: float) -> float:
    """Fisher's z of a correlation, infinite at the ends."""
    return atanh(r) if -1 < r < 1 else inf if r >= 1 else -inf


def asymmetry(estimate: Box, low: Box, high: Box) -> Box:
    """The range of z(r) - (z(low) + z(high)) / 2; it holds zero where the interval is Fisher's of r."""
    e, a, b = (tuple(map(fisher_z, box)) for box in (estimate, low, high))
    return e[0] - (a[2] + b[2]) / 2, e[1] - (a[1] + b[1]) / 2, e[2] - (a[0] + b[0]) / 2


def pairs_behind(low: Box, high: Box, level: float = 95) -> tuple[float, float]:
    """The least and greatest n whose Fisher interval is as wide as the printed limits.

    Examples
    --------
    >>> box = lambda x: (x - 0.0005, x, x + 0.0005)
    >>> [round(n, 1) for n in pairs_behind(box(0.074), box(0.772))]
    [19.9, 20.0]
    """
    reach = 2 * normal_isf((1 - level / 100) / 2)
    wide = fisher_z(high[2]) - fisher_z(low[0])
    narrow = fisher_z(high[0]) - fisher_z(low[2])
    least, most = (reach / gap if gap > 0 else inf for gap in (wide, narrow))
    return 3 + least * least, 3 + most * most


def can_stand(matrix: Sequence[Sequence[float]], rounding: Sequence[Sequence[float]]) -> bool:
    """Whether a matrix of correlations can be one, each over its rounding; True where it cannot be told.

    Parameters
    ----------
    matrix : (k, k) symmetrical, ones on the diagonal
        Correlations as printed.
    rounding : (k, k)
        How far each may lie from what was printed; zero on the diagonal.

    Notes
    -----
    A correlation matrix has no negative eigenvalue. Rounding moves eigenvalues by at most the largest row sum
    of its sizes (Weyl; Gershgorin), so with that much added to the diagonal a matrix that still has one
    cannot be mended by rounding. Asked by elimination: it meets a negative pivot.

    Examples
    --------
    >>> none = [[0.0] * 3] * 3
    >>> can_stand([[1, 0.9, 0.9], [0.9, 1, 0.1], [0.9, 0.1, 1]], none)
    False
    >>> can_stand([[1, 0.9, 0.9], [0.9, 1, 0.7], [0.9, 0.7, 1]], none)
    True
    """
    give = max((sum(map(abs, row)) for row in rounding), default=0.0) + 1e-9
    rows = [[float(x) + (give if i == j else 0.0) for j, x in enumerate(row)] for i, row in enumerate(matrix)]
    for at in range(len(rows)):
        pivot = rows[at][at]
        if pivot <= 0:
            return pivot == 0 and not any(rows[at][at + 1 :])
        for other in range(at + 1, len(rows)):
            factor = rows[other][at] / pivot
            for column in range(at, len(rows)):
                rows[other][column] -= factor * rows[at][column]
    return True


def third_range(one: Box, two: Box) -> tuple[float, float]:
    """The correlations of b and c that those of a with b and with c leave possible, over their rounding.

    Examples
    --------
    >>> [round(x, 3) for x in third_range((0.9, 0.9, 0.9), (0.9, 0.9, 0.9))]
    [0.62, 1.0]
    """
    from math import acos, cos, pi

    ones, twos = ([acos(min(max(x, -1.0), 1.0)) for x in (box[2], box[0])] for box in (one, two))
    near = max(0.0, ones[0] - twos[1], twos[0] - ones[1])
    far = min(ones[1] + twos[1], 2 * pi - ones[0] - twos[0], pi)
    return cos(far), cos(near)
