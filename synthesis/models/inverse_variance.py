"""The inverse-variance mean of effects, common-effect (tau2 = 0) or random-effects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray

_EQUAL = (16 * np.finfo(np.float64).eps) ** 2


@dataclass(frozen=True, slots=True, eq=False)
class Mean:
    """A weighted mean `mu`, its standard error, the generalised Q at it, and the weights (sum 1)."""

    mu: FloatArray
    se: FloatArray
    q: FloatArray
    weights: FloatArray


def weighted_mean(
    yi: ArrayLike, vi: ArrayLike, tau2: ArrayLike = 0.0, where: ArrayLike | None = None
) -> Mean:
    """The mean of effects weighted by 1 / (vi + tau2).

    Parameters
    ----------
    yi, vi : (..., k) arrays, effects and sampling variances
    tau2 : array of the batch's shape, 0 for the common-effect model
    where : (..., k) array of bool, studies used

    Notes
    -----
    Sums are of values centred on the plain mean, so effects far from 0 lose no digits; q counts as
    exactly 0 where effects differ by rounding only.

    Examples
    --------
    >>> mean = weighted_mean([0.2, 0.9], [0.05, 0.08], 0.18)
    >>> round(float(mean.mu), 10), round(float(mean.se), 10)
    (0.5285714286, 0.3493434074)
    """
    y, v = np.asarray(yi, dtype=np.float64), np.asarray(vi, dtype=np.float64)
    variance = v + np.asarray(tau2, dtype=np.float64)[..., None]
    if where is None:
        smallest = np.minimum.reduce(variance, axis=-1, keepdims=True)
        w = smallest / variance
    else:
        used = np.asarray(where, dtype=np.bool_)
        smallest = np.min(variance, axis=-1, keepdims=True, where=used, initial=np.inf)
        w, y = np.where(used, smallest / variance, 0.0), np.where(used, y, 0.0)
    total = np.add.reduce(w, axis=-1, keepdims=True)
    centre = np.add.reduce(y, axis=-1, keepdims=True) / y.shape[-1]
    r = y - centre
    shift = np.add.reduce(w * r, axis=-1, keepdims=True) / total
    r -= shift
    q = np.add.reduce(w * r * r, axis=-1)
    size = np.add.reduce(w * y * y, axis=-1)
    q = np.where(q <= _EQUAL * size, 0.0, q / smallest[..., 0])
    se = np.sqrt(smallest[..., 0] / total[..., 0])
    return Mean((centre + shift)[..., 0], se, q, w / total)


def mean_by_weights(yi: ArrayLike, vi: ArrayLike, weights: ArrayLike, tau2: ArrayLike = 0.0) -> Mean:
    """The mean of effects by weights given beforehand.

    Parameters
    ----------
    yi, vi : (..., k) arrays, effects and sampling variances
    weights : (..., k) array, 0 or more, with a sum above 0
    tau2 : array of the batch's shape, which enters the standard error only

    Notes
    -----
    The variance is sum a^2 (vi + tau2) / (sum a)^2. q is the generalised Q with weights 1 / (vi + tau2)
    about their own mean, on which metafor bases the Hartung-Knapp factor here too.

    Examples
    --------
    >>> mean = mean_by_weights([0.2, 0.9], [0.05, 0.08], [1, 1], 0.18)
    >>> round(float(mean.mu), 10), round(float(mean.se), 10)
    (0.55, 0.35)
    """
    y, v = np.asarray(yi, np.float64), np.asarray(vi, np.float64)
    a = np.asarray(weights, np.float64)
    a = a / a.sum(axis=-1, keepdims=True)
    centre = y.mean(axis=-1, keepdims=True)
    mu = centre[..., 0] + (a * (y - centre)).sum(axis=-1)
    variance = v + np.asarray(tau2, np.float64)[..., None]
    se = np.sqrt((a * a * variance).sum(axis=-1))
    return Mean(mu, se, weighted_mean(y, v, tau2).q, a)
