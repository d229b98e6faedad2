"""The normal distribution over arrays: areas, quantiles and density.

A few numbers go one by one through `evidence.distributions`, which needs `math` alone; many go through
`scipy.special`, whose import costs more than a whole meta-analysis.
"""

from __future__ import annotations

from math import inf, nan, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from evidence.distributions import normal_isf, normal_sf
from evidence.measures.measure import FloatArray

FEW = 200
"""Up to this many different numbers are computed one by one."""


def normal_area(z: ArrayLike) -> FloatArray:
    """The chance that a standard normal is at most `z`.

    Examples
    --------
    >>> normal_area([0.0, 1.0]).round(6).tolist()
    [0.5, 0.841345]
    """
    values = np.asarray(z, dtype=np.float64)
    if values.size > FEW:
        from scipy.special import ndtr

        return np.asarray(ndtr(values))
    return np.array([normal_sf(-one) for one in values.ravel().tolist()]).reshape(values.shape)


def normal_quantile(p: ArrayLike) -> FloatArray:
    """The `z` below which a standard normal is with probability `p`; nan outside 0 to 1.

    Examples
    --------
    >>> normal_quantile([0.0, 0.5, 0.975, 2.0]).round(6).tolist()
    [-inf, 0.0, 1.959964, nan]
    """
    values = np.asarray(p, dtype=np.float64)
    if values.size > FEW:
        from scipy.special import ndtri

        return np.asarray(ndtri(values))
    return np.array([_quantile(one) for one in values.ravel().tolist()]).reshape(values.shape)


def normal_density(z: ArrayLike) -> FloatArray:
    """The density of the standard normal at `z`.

    Examples
    --------
    >>> normal_density([0.0, 1.0]).round(6).tolist()
    [0.398942, 0.241971]
    """
    values = np.asarray(z, dtype=np.float64)
    result: FloatArray = np.exp(-0.5 * values**2) / sqrt(2.0 * pi)
    return result


def _quantile(p: float) -> float:
    if not 0.0 <= p <= 1.0:
        return nan
    if p in (0.0, 1.0):
        return inf if p else -inf
    if p == 0.5:
        return 0.0
    return -normal_isf(p) if p < 0.5 else normal_isf(1.0 - p)
