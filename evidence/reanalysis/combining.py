"""Several p values as one: whether they are spread as independent p of nothing would be."""

from __future__ import annotations

from math import floor, inf, log, sqrt
from typing import NamedTuple

import numpy as np

from evidence.distributions import chi2_sf, normal_isf, normal_sf


class Combined(NamedTuple):
    """A combined statistic, and how likely it is for p values this low and this high."""

    value: float
    low: float
    high: float


def stouffer(ps: tuple[float, ...]) -> Combined:
    """The normal deviate of p values added up, positive where they are high.

    Notes
    -----
    z = sum of Phi^-1(p) / sqrt(k). Infinite where a p is 0 or 1.

    References
    ----------
    Stouffer et al. 1949, The American Soldier, volume 1, p. 45.

    Examples
    --------
    >>> [round(x, 4) for x in stouffer((0.9, 0.8, 0.7))]
    [1.5286, 0.9368, 0.0632]
    """
    deviates = [-normal_isf(p) for p in ps]
    both = inf in deviates and -inf in deviates
    z = 0.0 if both else sum(deviates) / sqrt(len(ps))
    return Combined(z, normal_sf(-z), normal_sf(z))


def fisher(ps: tuple[float, ...]) -> Combined:
    """Minus twice the sum of the logarithms, a chi-square on 2 k; the high side from 1 - p.

    References
    ----------
    Fisher 1932, Statistical Methods for Research Workers, 4th edition, section 21.1.

    Examples
    --------
    >>> [round(x, 4) for x in fisher((0.01, 0.2, 0.3))]
    [14.8372, 0.0216, 0.9779]
    """
    value, other = (-2 * sum(log(p) if p > 0 else -inf for p in side) for side in (ps, _rest(ps)))
    return Combined(value, chi2_sf(value, 2 * len(ps)), chi2_sf(other, 2 * len(ps)))


def _rest(ps: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(1 - p for p in ps)


def kolmogorov_smirnov(ps: tuple[float, ...]) -> tuple[float, float]:
    """The greatest gap between p values and a uniform distribution, and its exact p.

    Notes
    -----
    P(D < d) = k! / k^k times the middle element of H^k, a matrix of about 2 k d rows.

    References
    ----------
    Marsaglia, Tsang, Wang 2003, Journal of Statistical Software 8(18).

    Examples
    --------
    >>> [round(x, 6) for x in kolmogorov_smirnov((0.1, 0.2, 0.3))]
    [0.7, 0.054]
    """
    ordered, k = sorted(ps), len(ps)
    gap = max(max((i + 1) / k - p, p - i / k) for i, p in enumerate(ordered))
    return gap, min(1.0, max(0.0, 1.0 - _below(k, gap)))


def _below(k: int, gap: float) -> float:
    whole = floor(k * gap) + 1
    size, rest = 2 * whole - 1, whole - k * gap
    matrix = np.tri(size, size, 1)
    powers = rest ** np.arange(1, size + 1)
    matrix[:, 0] -= powers
    matrix[-1] -= powers[::-1]
    matrix[-1, 0] += max(2 * rest - 1, 0.0) ** size
    steps = np.arange(size)[:, None] - np.arange(size)[None, :] + 1
    factorials = np.cumprod(np.concatenate(([1.0], np.arange(1.0, size + 1))))
    matrix = np.where(steps > 0, matrix / factorials[np.maximum(steps, 0)], matrix)
    found = np.eye(size)
    for i in range(1, k + 1):
        found = found @ matrix * (i / k)  # k! / k^k a factor a step, so that nothing overflows
    return float(found[whole - 1, whole - 1])
