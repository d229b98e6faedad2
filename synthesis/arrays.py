"""Batches of meta-analyses as the kernels want them: studies first, centred and scaled.

Public arrays have studies on the last axis and any batch in front. Here they are turned once into
(k, n), k studies of n meta-analyses, the longer axis contiguous in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

BLOCK_BYTES = 64 * 2**20
_TEMPORARIES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """n meta-analyses of k studies each, every one on its own scale.

    Attributes
    ----------
    y, v : (k, n) arrays
        Effects less their mean and variances, divided by `unit` and its square. A study that is
        left out by `where` has y = 0 and v = inf, hence weight 0.
    used : (k, n) array of bool, or None when every study is used
    k : (n,) array, studies used
    unit : (n,) array, powers of two near the smallest standard error, so that scaling is exact
    """

    y: FloatArray
    v: FloatArray
    used: BoolArray | None
    k: FloatArray
    unit: FloatArray

    def total(self, values: FloatArray) -> FloatArray:
        """The sums of `values` over the studies used."""
        if self.used is not None:
            values = np.where(self.used, values, 0.0)
        return np.add.reduce(values, axis=0)


def batch(yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None) -> tuple[Batch, tuple[int, ...]]:
    """The meta-analyses in `yi` and `vi` as a Batch, and the shape of the batch.

    Raises
    ------
    ValueError
        When the shapes of `yi`, `vi` and `where` cannot be broadcast together, or there is no axis.
    """
    y, v = np.asarray(yi, dtype=np.float64), np.asarray(vi, dtype=np.float64)
    if y.shape != v.shape:
        y, v = np.broadcast_arrays(y, v)
    if y.ndim == 0:
        raise ValueError("yi and vi need an axis of studies; these are single numbers")
    used = None if where is None else np.asarray(where, dtype=np.bool_)
    if used is not None:
        y, v, used = np.broadcast_arrays(y, v, used)
        used = _studies_first(used)
    shape = y.shape[:-1]
    return _scaled(_studies_first(y), _studies_first(v), used), shape


def _studies_first(values: NDArray[Any]) -> NDArray[Any]:
    """(k, n), laid out so that the longer of the two axes is contiguous."""
    if values.ndim == 1:
        return values.reshape(-1, 1)
    rows = values.reshape(-1, values.shape[-1])
    return np.ascontiguousarray(rows.T) if rows.shape[0] > rows.shape[1] else rows.T


def columns(values: NDArray[Any], keep: NDArray[Any]) -> NDArray[Any]:
    """The columns (meta-analyses) that `keep` picks, in the layout they have."""
    if values.ndim == 1:
        return values[keep]
    return values.T[keep].T if values.flags.f_contiguous else values[:, keep]


def twice(whole: Batch) -> Batch:
    """The batch beside itself, for two questions about each meta-analysis at once."""
    both = np.tile(np.arange(whole.k.size), 2)
    used = None if whole.used is None else columns(whole.used, both)
    return Batch(columns(whole.y, both), columns(whole.v, both), used, whole.k[both], whole.unit[both])


def _scaled(y: FloatArray, v: FloatArray, used: BoolArray | None) -> Batch:
    rows, n = y.shape
    if rows == 0:  # one study of weight 1 stands in for none; k says that it does
        return Batch(np.zeros((1, n)), np.ones((1, n)), None, np.zeros(n), np.ones(n))
    if used is None:
        k = np.full(n, float(rows))
    else:
        k = np.add.reduce(used, axis=0, dtype=np.float64)
        y, v = np.where(used, y, 0.0), np.where(used, v, np.where(k > 0.0, np.inf, 1.0))
    unit = _power_of_two(np.minimum.reduce(v, axis=0))
    y = y - np.add.reduce(y, axis=0) / np.maximum(k, 1.0)
    if used is not None:
        y = np.where(used, y, 0.0)
    return Batch(y / unit, v / unit / unit, used, k, unit)


def _power_of_two(variance: FloatArray) -> FloatArray:
    """The power of two at or below the square root of `variance`; 1 where there is none."""
    exponent = np.frexp(np.where(np.isfinite(variance), variance, 1.0))[1]
    return np.ldexp(1.0, (exponent - 1) // 2)


def in_blocks(
    kernel: Callable[[Batch], tuple[FloatArray, BoolArray]],
    yi: ArrayLike,
    vi: ArrayLike,
    where: ArrayLike | None = None,
) -> tuple[FloatArray, BoolArray]:
    """What `kernel` gives for each meta-analysis, computed in blocks of at most 64 MB."""
    whole, shape = batch(yi, vi, where)
    rows, n = whole.y.shape
    block = max(1, BLOCK_BYTES // (8 * _TEMPORARIES * max(rows, 1)))
    if n <= block:
        values, converged = kernel(whole)
    else:
        parts = [kernel(part) for part in _parts(whole, n, block)]
        values = np.concatenate([part[0] for part in parts])
        converged = np.concatenate([part[1] for part in parts])
    return values.reshape(shape), converged.reshape(shape)


def _parts(whole: Batch, n: int, block: int) -> Iterator[Batch]:
    for start in range(0, n, block):
        cut = slice(start, start + block)
        used = None if whole.used is None else whole.used[:, cut]
        yield Batch(whole.y[:, cut], whole.v[:, cut], used, whole.k[cut], whole.unit[cut])
