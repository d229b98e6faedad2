"""Sums over pairs of studies that keep their digits when one study has nearly all the weight.

(sum w)^2 - sum w^2 is what is left of two nearly equal numbers when one weight outweighs the others by more
than floating point can hold, as with a sampling variance of 1e-30 beside one of 0.1. Taken over pairs, the
largest apart from the rest, nothing is subtracted. Studies are on the last axis, any batch in front.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def pairs(t: FloatArray) -> FloatArray:
    """The sum of t_i t_j over all i other than j, for t of 0 or more.

    Examples
    --------
    >>> float(pairs(np.array([1e20, 1.0, 2.0]))), float(pairs(np.array([1.0, 2.0, 3.0])))
    (6e+20, 22.0)
    """
    largest = np.max(t, axis=-1)
    rest = np.where(_largest(t), 0.0, t)
    r1, r2 = np.add.reduce(rest, axis=-1), np.add.reduce(rest * rest, axis=-1)
    result: FloatArray = 2.0 * largest * r1 + np.maximum(r1 * r1 - r2, 0.0)
    return result


def others(w: FloatArray) -> FloatArray:
    """The share of the weight that all other studies have, 1 - w_i / sum w.

    Examples
    --------
    >>> others(np.array([1e30, 1.0, 2.0])).tolist()
    [3e-30, 1.0, 1.0]
    """
    total = np.add.reduce(w, axis=-1, keepdims=True)
    top = _largest(w)
    rest = np.add.reduce(np.where(top, 0.0, w), axis=-1, keepdims=True)
    return np.asarray(np.where(top, rest / total, 1.0 - w / total))


def deviations(w: FloatArray) -> FloatArray:
    """w_i less the weighted mean of the weights, sum w^2 / sum w."""
    total = np.add.reduce(w, axis=-1, keepdims=True)
    top = _largest(w)
    rest = np.where(top, 0.0, w)
    r1 = np.add.reduce(rest, axis=-1, keepdims=True)
    r2 = np.add.reduce(rest * rest, axis=-1, keepdims=True)
    largest = np.max(w, axis=-1, keepdims=True)
    mean = np.add.reduce(w * w, axis=-1, keepdims=True) / total
    return np.asarray(np.where(top, (largest * r1 - r2) / total, w - mean))


def spread(w: FloatArray) -> FloatArray:
    """sum w - sum w^2 / sum w: the weight that a variance between studies has in Cochran's Q."""
    return np.asarray(pairs(w) / np.add.reduce(w, axis=-1))


def form_variance(a: FloatArray, s: FloatArray) -> FloatArray:
    """tr(P S P S) with P = diag(a) - a a' / sum a and S = diag(s): half the variance of y' P y."""
    own = np.add.reduce(np.square(a * others(a) * s), axis=-1)
    return np.asarray(own + pairs(a * a * s) / np.square(np.add.reduce(a, axis=-1)))


def _largest(t: FloatArray) -> NDArray[np.bool_]:
    """Where the first of the largest is."""
    place = np.argmax(t, axis=-1)[..., None]
    return np.asarray(np.arange(t.shape[-1]) == place)
