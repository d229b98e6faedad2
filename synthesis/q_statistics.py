"""The generalised Q of a batch of meta-analyses as a function of tau2, and where it takes a value.

Two ways to generalise Cochran's Q: with weights 1 / (vi + tau2), so that its distribution is always
chi-square (`generalised_q`), or with fixed weights, so that its distribution changes with tau2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import THREADED, Batch, BoolArray, FloatArray, columns, in_pieces
from synthesis.dominance import others
from synthesis.quadratic_forms import approximate_sf, squares_sf
from synthesis.roots import falling_root, falling_root_of_one, root_near

_MANY = 64.0
_HEAVY = 0.999
_HALVINGS = 20


def generalised_q(batch: Batch, tau2: FloatArray | float) -> FloatArray:
    """Q(tau2) of each meta-analysis of a batch, tau2 in the batch's own unit."""
    w = 1.0 / (batch.v + tau2)
    r = batch.y - np.add.reduce(w * batch.y, axis=0) / np.add.reduce(w, axis=0)
    q: FloatArray = np.add.reduce(w * r * r, axis=0)
    return q


def generalised_q_root(batch: Batch, target: FloatArray) -> tuple[FloatArray, BoolArray]:
    """tau2 (in the batch's own unit) where Q(tau2) falls to `target`; 0 where Q(0) is below it.

    Notes
    -----
    Q falls monotonically and 1/Q is nearly straight, so Newton's method on 1/Q needs few steps.
    Q(t) <= sum (y - mean)^2 / t bounds the root.
    """
    target = np.maximum(target, np.finfo(np.float64).tiny)
    squares = np.add.reduce(batch.y * batch.y, axis=0)
    high = 1.001 * squares / target
    if batch.single:
        root, found = _root_of_one(batch, float(target[0]), float(high[0]))
        return np.array([root]), np.array([found])
    positive = batch.common.q > target
    high = np.where(positive, high, 0.0)
    return falling_root(_q_step, np.zeros_like(high), high, (batch.y, batch.v, target))


def _root_of_one(batch: Batch, target: float, high: float) -> tuple[float, bool]:
    y, v = batch.y[:, 0], batch.v[:, 0]

    def step(x: float) -> tuple[float, float, float, float]:
        return _q_step_of_one(x, y, v, target)

    excess, _, first, _ = step(0.0)
    if not excess > 0.0:
        return 0.0, True
    return falling_root_of_one(step, min(first, high), high)


def _q_step(
    tau2: FloatArray, y: FloatArray, v: FloatArray, target: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    w = v + tau2
    np.reciprocal(w, out=w)
    r = w * y
    np.subtract(y, np.add.reduce(r, axis=0) / np.add.reduce(w, axis=0), out=r)
    w *= r
    r *= w
    w *= w
    q, slope = np.add.reduce(r, axis=0), np.add.reduce(w, axis=0)
    excess = q / target - 1.0
    pull = slope / q
    step = excess / pull
    return excess, -pull, step, step


def _q_step_of_one(
    tau2: float, y: FloatArray, v: FloatArray, target: float
) -> tuple[float, float, float, float]:
    if y.size < THREADED:
        w = np.reciprocal(v + tau2)
        mu = float(w.dot(y)) / float(np.add.reduce(w))
        q, slope = _about(w, y - mu)
    else:
        pieces = in_pieces(y, v)
        weights = [1.0 / (part + tau2) for _, part in pieces]
        total = sum([float(np.add.reduce(w)) for w in weights])
        mu = sum([float(w.dot(part)) for w, (part, _) in zip(weights, pieces, strict=True)]) / total
        sums = [_about(w, part - mu) for w, (part, _) in zip(weights, pieces, strict=True)]
        q, slope = (sum(part) for part in zip(*sums, strict=True))
    excess = q / target - 1.0
    if not q > 0.0:
        return excess, 0.0, 0.0, 0.0
    pull = slope / q
    return excess, -pull, excess / pull, excess / pull


def _about(w: FloatArray, r: FloatArray) -> tuple[float, float]:
    """The sums of w r^2 and of w^2 r^2."""
    wr = w * r
    return float(wr.dot(r)), float(wr.dot(wr))


def fixed_q(batch: Batch, a: FloatArray) -> FloatArray:
    """Q with the weights `a` (k, n), about the mean they give."""
    r = batch.y - np.add.reduce(a * batch.y, axis=0) / _total(a)
    q: FloatArray = np.add.reduce(a * r * r, axis=0)
    return q


def fixed_q_parts(batch: Batch, a: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The mean of Q with weights `a` is the first, plus tau2 times the second."""
    lost = a * (1.0 - a / _total(a))
    heavy = np.flatnonzero(np.maximum.reduce(a, axis=0) > _HEAVY * _total(a))
    if heavy.size:
        lost[:, heavy] = a[:, heavy] * others(columns(a, heavy).T).T
    return np.add.reduce(lost * batch.scaled(batch.v), axis=0), np.add.reduce(lost, axis=0)


def _total(a: FloatArray) -> FloatArray:
    """The sum of weights; 1 where no study is used."""
    total = np.add.reduce(a, axis=0)
    return np.where(total > 0.0, total, 1.0)


def fixed_q_root(batch: Batch, a: FloatArray, tail: FloatArray) -> tuple[FloatArray, BoolArray]:
    """tau2 (in the batch's own unit) at which Q with weights `a` is exceeded with probability `tail`.

    0 where the probability at tau2 = 0 is `tail` or more already.
    """
    q, (_, spread), v = fixed_q(batch, a), fixed_q_parts(batch, a), batch.scaled(batch.v)
    which = np.flatnonzero((batch.k > 1.0) & (q > 0.0) & (spread > 0.0))
    root, found = np.zeros_like(q), np.ones(q.shape, np.bool_)
    if which.size == 0:
        return root, found

    def by(law: Callable[..., FloatArray]) -> Callable[[FloatArray, NDArray[Any]], FloatArray]:
        def excess(tau2: FloatArray, some: NDArray[Any]) -> FloatArray:
            return law(q[some], a[:, some], v[:, some] + tau2) - tail[some]

        return excess

    size = q[which] / spread[which]
    near = _roughly(by(approximate_sf), size, which)
    root[which], found[which] = root_near(by(squares_sf), near, size, which)
    return root, found


def _roughly(
    excess: Callable[[FloatArray, NDArray[Any]], FloatArray], size: FloatArray, which: NDArray[Any]
) -> FloatArray:
    """About where rising functions are 0, within 0 and many times `size`; 0 where they never fall below."""
    low, high = np.zeros_like(size), size * _MANY
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        short = excess(middle, which) < 0.0
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.where(low > 0.0, 0.5 * (low + high), 0.0)
