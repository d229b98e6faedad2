"""Batches of meta-analyses as the kernels want them: studies first, centred and scaled.

Public arrays have studies on the last axis and any batch in front. Here they are turned once into
(k, n), k studies of n meta-analyses, the longer axis contiguous in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthesis.dominance import FloatArray, pairs

BoolArray = NDArray[np.bool_]

BLOCK_BYTES = 64 * 2**20
"""No block of a batch takes more, its temporaries included."""
_TEMPORARIES = 8
THREADED = 8192
"""From here on BLAS would share a sum among threads."""
CACHED = 2**15
"""Numbers of one array that stay in the processor's cache from one pass to the next, which halves the
time; see `tests/benchmarks/test_pooling_speed.py`."""
SMALL_BLOCK = 3 * 2**12
"""The same for kernels that keep many arrays: what a block holds is then little enough for the allocator to
hand on to the next, instead of fetching each page anew."""
_CLOSE = 1e-6
"""A difference that keeps less than this of what it is taken from is computed without subtraction."""
_ROUNDS = 4
"""An iteration shares what its rounds cost among the data sets of a block; its blocks are so much larger."""


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """The common-effect means of a batch, in its own unit.

    `w` and `r` are (k, n), weights 1 / v and effects less the mean; `s1` and `s2` the sums of w and of its
    square, `mu` the means, `q` Cochran's Q, (n,) each.
    """

    w: FloatArray
    r: FloatArray
    s1: FloatArray
    s2: FloatArray
    mu: FloatArray
    q: FloatArray

    @property
    def spread(self) -> FloatArray:
        """s1 - s2 / s1, the weight that a variance between studies has in Q."""
        square = self.s1 * self.s1
        left = square - self.s2
        close = np.flatnonzero(left < _CLOSE * square)
        if close.size:
            left[close] = pairs(columns(self.w, close).T)
        return np.asarray(left / self.s1)


@dataclass(frozen=True, eq=False)
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
    centre : (n,) array, the plain mean of the effects, in the caller's unit
    """

    y: FloatArray
    v: FloatArray
    used: BoolArray | None
    k: FloatArray
    unit: FloatArray
    centre: FloatArray

    @property
    def single(self) -> bool:
        """Whether this is one meta-analysis with every study used, for which plain floats are quicker."""
        return self.k.size == 1 and self.used is None

    @property
    def several(self) -> bool:
        """Whether every meta-analysis has the same studies, two or more."""
        return self.used is None and self.y.shape[0] > 1

    @cached_property
    def common(self) -> Common:
        """The common-effect means, from which closed estimators and much else start."""
        w = 1.0 / self.v
        s1, s2 = np.add.reduce(w, axis=0), along(w, w)
        mu = along(w, self.y) / s1
        r = self.y - mu
        return Common(w, r, s1, s2, mu, along(w, r, r))

    def scaled(self, weights: FloatArray) -> FloatArray:
        """Weights, studies first, that leave out what `where` leaves out."""
        return weights if self.used is None else np.where(self.used, weights, 0.0)

    def total(self, values: FloatArray) -> FloatArray:
        """The sums of `values` over the studies used."""
        if self.used is not None:
            values = np.where(self.used, values, 0.0)
        return np.add.reduce(values, axis=0)


def along(*factors: FloatArray) -> FloatArray:
    """The sums over the first axis of products of two or three arrays (k, n), without their temporaries."""
    return np.asarray(np.einsum("ij,ij->j" if len(factors) == 2 else "ij,ij,ij->j", *factors))


def batch(yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None) -> tuple[Batch, tuple[int, ...]]:
    """The meta-analyses in `yi` and `vi` as a Batch, and the shape of the batch.

    Raises
    ------
    ValueError
        When the shapes of `yi`, `vi` and `where` cannot be broadcast together, or there is no axis.
    """
    (y, v, used), shape = _rows(yi, vi, where)
    return _scaled(
        _studies_first(y), _studies_first(v), None if used is None else _studies_first(used)
    ), shape


def _rows(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None
) -> tuple[tuple[FloatArray, FloatArray, BoolArray | None], tuple[int, ...]]:
    """Arrays of one shape (n, k), and the shape of the batch."""
    y, v = np.asarray(yi, dtype=np.float64), np.asarray(vi, dtype=np.float64)
    if y.shape != v.shape:
        y, v = np.broadcast_arrays(y, v)
    if y.ndim == 0:
        raise ValueError("yi and vi need an axis of studies; these are single numbers")
    used = None if where is None else np.asarray(where, dtype=np.bool_)
    if used is not None:
        y, v, used = np.broadcast_arrays(y, v, used)
    k, shape = y.shape[-1], y.shape[:-1]
    n = int(np.prod(shape, dtype=np.int64))
    flat = (y.reshape(n, k), v.reshape(n, k), None if used is None else used.reshape(n, k))
    return flat, shape


def _studies_first(rows: NDArray[Any]) -> NDArray[Any]:
    """(k, n) of (n, k), laid out so that the longer of the two axes is contiguous."""
    n, k = rows.shape
    return rows.T.copy() if n > k else rows.T


def dot(a: FloatArray, b: FloatArray) -> float:
    """The sum of products of two rows; long ones without the threads of BLAS."""
    return float(a.dot(b)) if a.size < THREADED else float(np.einsum("i,i->", a, b))


def in_pieces(*rows: FloatArray) -> list[tuple[FloatArray, ...]]:
    """Long rows cut alongside each other into pieces short enough for one thread of BLAS."""
    size = THREADED - 1
    return [tuple(row[i : i + size] for row in rows) for i in range(0, rows[0].size, size)]


def columns(values: NDArray[Any], keep: NDArray[Any]) -> NDArray[Any]:
    """The columns (meta-analyses) that `keep` picks, in the layout they have."""
    if values.ndim == 1:
        return values[keep]
    return values.T[keep].T if values.flags.f_contiguous else values[:, keep]


def picked(whole: Batch, keep: NDArray[Any]) -> Batch:
    """The meta-analyses that `keep` picks, in its order; one may be picked more than once."""
    used = None if whole.used is None else columns(whole.used, keep)
    y, v = columns(whole.y, keep), columns(whole.v, keep)
    return Batch(y, v, used, whole.k[keep], whole.unit[keep], whole.centre[keep])


def twice(whole: Batch) -> Batch:
    """The batch beside itself, for two questions about each meta-analysis at once."""
    return picked(whole, np.tile(np.arange(whole.k.size), 2))


def _scaled(y: FloatArray, v: FloatArray, used: BoolArray | None, moderate: bool = False) -> Batch:
    """Studies first as a Batch; `moderate` numbers, far from the ends of floating point, need no unit."""
    rows, n = y.shape
    if rows == 0:  # one study of weight 1 stands in for none; k says that it does
        ones = np.ones((1, n))
        return Batch(np.zeros((1, n)), ones, None, np.zeros(n), np.ones(n), np.zeros(n))
    if used is None:
        k = np.full(n, float(rows))
    else:
        k = np.add.reduce(used, axis=0, dtype=np.float64)
        y, v = np.where(used, y, 0.0), np.where(used, v, np.where(k > 0.0, np.inf, 1.0))
    centre = np.add.reduce(y, axis=0) / np.maximum(k, 1.0)
    y = np.subtract(y, centre, out=y if y.flags.owndata else None)
    if used is not None:
        y[~used] = 0.0
    if moderate and used is None:
        return Batch(y, v, used, k, np.ones(n), centre)
    unit = _power_of_two(np.minimum.reduce(v, axis=0))
    y /= unit
    return Batch(y, v / (unit * unit), used, k, unit, centre)


def _moderate(y: FloatArray, v: FloatArray) -> bool:
    """Whether no product of a few of these numbers leaves floating point."""
    if y.size == 0:
        return False
    sizes = (float(v.min()), float(v.max()), float(y.max()), -float(y.min()))
    return sizes[0] > 1e-60 and max(sizes) < 1e60


def _power_of_two(variance: FloatArray) -> FloatArray:
    """The power of two at or below the square root of `variance`; 1 where there is none."""
    exponent = np.frexp(np.where(np.isfinite(variance), variance, 1.0))[1]
    return np.ldexp(1.0, (exponent - 1) // 2)


def in_blocks(
    kernel: Callable[..., tuple[NDArray[Any], ...]],
    yi: ArrayLike,
    vi: ArrayLike,
    where: ArrayLike | None = None,
    *per_batch: NDArray[Any],
    weights: ArrayLike | None = None,
    iterated: bool = False,
    together: int = CACHED,
) -> tuple[NDArray[Any], ...]:
    """What `kernel` gives for each meta-analysis, computed in blocks that fit into the cache.

    A kernel is called with a `Batch`; then with `weights`, if given, studies first, with 0 for studies
    left out and at most 1; then with the block's part of each of `per_batch`, arrays with one number a
    meta-analysis. A block has `together` numbers; `iterated` kernels are given larger ones, and cut long
    passes themselves.
    """
    (y, v, used), shape = _rows(yi, vi, where)
    n, k = y.shape
    a = None if weights is None else _weights(weights, y, shape, used)
    cached = CACHED * _ROUNDS if iterated else together
    most = max(1, min(cached, BLOCK_BYTES // (8 * _TEMPORARIES)) // max(k, 1))
    block = -(-n // max(1, -(-n // most))) or 1
    moderate = not iterated and used is None and _moderate(y, v)
    parts = []
    for start in range(0, max(n, 1), block):
        cut = slice(start, start + block)
        mask = None if used is None else _studies_first(used[cut])
        part = _scaled(_studies_first(y[cut]), _studies_first(v[cut]), mask, moderate)
        own = () if a is None else (_studies_first(a[cut]),)
        parts.append(kernel(part, *own, *(one[cut] for one in per_batch)))
    if len(parts) == 1:
        return tuple(one.reshape(shape) for one in parts[0])
    return tuple(np.concatenate(many).reshape(shape) for many in zip(*parts, strict=True))


def _weights(weights: ArrayLike, y: FloatArray, shape: tuple[int, ...], used: BoolArray | None) -> FloatArray:
    """Weights (n, k), the largest of each meta-analysis 1."""
    n, k = y.shape
    a = np.broadcast_to(np.asarray(weights, np.float64), (*shape, k)).reshape(n, k)
    if k == 0:
        return np.ones((n, 1))
    if used is not None:
        a = np.where(used, a, 0.0)
    largest = np.max(a, axis=-1, keepdims=True)
    return a / np.where(largest > 0.0, largest, 1.0)
