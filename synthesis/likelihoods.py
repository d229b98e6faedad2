"""The likelihood of tau2, restricted or not: its score, its maximum, its value.

Everything works on a `Batch`, in its own unit. `restricted` is 1.0 for the restricted likelihood (REML)
and 0.0 for the likelihood (ML) with the mean at its best for each tau2.
"""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import CACHED, THREADED, Batch, BoolArray, FloatArray, columns, in_pieces
from synthesis.roots import falling_root, falling_root_of_one

_CONCAVE = 0.01
_SOUND = 0.5

Score = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


def highest(batch: Batch, start: FloatArray, restricted: float) -> tuple[FloatArray, BoolArray]:
    """tau2 at the maximum that a climb from `start` finds, and whether it was found.

    Notes
    -----
    The score sum w^2 (y - mu)^2 - sum w + restricted sum w^2 / sum w is negative from range(y)^2 on.
    Where it is not positive at 0 either, 0 is a maximum too, and the higher of the two is given.
    """
    span = np.maximum.reduce(batch.y, axis=0) - np.minimum.reduce(batch.y, axis=0)
    high = span * span
    start = np.minimum(np.maximum(start, 0.0), high)
    if batch.single:
        one, done = _highest_of_one(batch, float(start[0]), float(high[0]), restricted)
        return np.array([one]), np.array([done])

    def step(x: FloatArray, y: FloatArray, v: FloatArray) -> Score:
        if y.size <= CACHED:
            return score(x, y, v, restricted)
        wide = CACHED // y.shape[0] + 1
        cuts = [slice(first, first + wide) for first in range(0, x.size, wide)]
        parts = [score(x[cut], y[:, cut], v[:, cut], restricted) for cut in cuts]
        value, slope, best, cautious = (np.concatenate(part) for part in zip(*parts, strict=True))
        return value, slope, best, cautious

    tau2, converged = np.zeros_like(start), np.ones(start.shape, np.bool_)
    with np.errstate(invalid="ignore", divide="ignore"):
        value, slope, *_ = step(np.zeros_like(start), batch.y, batch.v)
    going = np.flatnonzero((value > 0.0) | (start > 0.0))
    y, v = (batch.y, batch.v) if going.size == start.size else _both(batch, going)
    ends = (value[going], slope[going])

    found, converged[going] = falling_root(step, start[going], high[going], (y, v), ends)
    rivals = np.flatnonzero(~(ends[0] > 0.0) & (found > 0.0))
    if rivals.size:
        gain = _gain(found[rivals], columns(y, rivals), columns(v, rivals), restricted)
        found[rivals] = np.where(gain < 0.0, 0.0, found[rivals])
    tau2[going] = found
    return tau2, converged


def _both(batch: Batch, keep: NDArray[Any]) -> tuple[FloatArray, FloatArray]:
    return columns(batch.y, keep), columns(batch.v, keep)


def _highest_of_one(batch: Batch, start: float, high: float, restricted: float) -> tuple[float, bool]:
    y, v = batch.y[:, 0], batch.v[:, 0]
    at_zero = score_of_one(0.0, y, v, restricted)[:2]
    if not at_zero[0] > 0.0 and start == 0.0:
        return 0.0, True
    tau2, found = falling_root_of_one(lambda x: score_of_one(x, y, v, restricted), start, high, at_zero)
    if not at_zero[0] > 0.0 and tau2 > 0.0 and _gain(tau2, y, v, restricted) < 0.0:
        tau2 = 0.0
    return tau2, found


def score(tau2: FloatArray, y: FloatArray, v: FloatArray, restricted: float) -> Score:
    """Twice the derivative of the log-likelihood, its slope, the best step towards its root, Fisher's.

    The best step is Newton's on the score times (s1 / s2)^2, the square of a typical total variance, which
    for equal variances is straight; plain Newton's where the likelihood is less concave than expected, so
    that the climb does not leap over a maximum; Fisher's where it is not concave.
    """
    w = v + tau2
    np.reciprocal(w, out=w)
    wr = w * y
    s1 = np.add.reduce(w, axis=0)
    np.subtract(y, np.add.reduce(wr, axis=0) / s1, out=wr)
    wr *= w
    power = w * wr
    lean = np.add.reduce(power, axis=0)  # sum of w^2 r
    wr *= wr
    bend = np.add.reduce(wr, axis=0)  # sum of w^2 r^2
    wr *= w
    np.multiply(w, w, out=power)
    s2 = np.add.reduce(power, axis=0)
    power *= w
    s3 = np.add.reduce(power, axis=0)
    value = bend - s1 + restricted * s2 / s1
    information = s2 - restricted * (2.0 * s3 - s2 * s2 / s1) / s1
    curvature = 2.0 * (np.add.reduce(wr, axis=0) - lean * lean / s1) - information
    straight = curvature - 2.0 * value * s2 / s1
    newton = np.where(curvature > _CONCAVE * information, curvature, information)
    best = value / np.where(np.minimum(curvature, straight) > _SOUND * information, straight, newton)
    return value, -curvature, best, value / information


def score_of_one(
    tau2: float, y: FloatArray, v: FloatArray, restricted: float
) -> tuple[float, float, float, float]:
    """As `score`, for one meta-analysis."""
    if y.size < THREADED:
        w = np.reciprocal(v + tau2)
        s1 = float(np.add.reduce(w))
        lean, bend, third, s2, s3 = _about(w, y - float(w.dot(y)) / s1)
    else:
        pieces = in_pieces(y, v)
        weights = [1.0 / (part + tau2) for _, part in pieces]
        s1 = sum([float(np.add.reduce(w)) for w in weights])
        mu = sum([float(w.dot(part)) for w, (part, _) in zip(weights, pieces, strict=True)]) / s1
        sums = [_about(w, part - mu) for w, (part, _) in zip(weights, pieces, strict=True)]
        lean, bend, third, s2, s3 = (sum(part) for part in zip(*sums, strict=True))
    value = bend - s1 + restricted * s2 / s1
    information = s2 - restricted * (2.0 * s3 - s2 * s2 / s1) / s1
    curvature = 2.0 * (third - lean * lean / s1) - information
    if not information > 0.0:
        return value, -curvature, -inf if value < 0.0 else 0.0, -inf if value < 0.0 else 0.0
    straight = curvature - 2.0 * value * s2 / s1
    newton = curvature if curvature > _CONCAVE * information else information
    best = value / (straight if min(curvature, straight) > _SOUND * information else newton)
    return value, -curvature, best, value / information


def _about(w: FloatArray, r: FloatArray) -> tuple[float, float, float, float, float]:
    """The sums of w^2 r, w^2 r^2, w^3 r^2, w^2 and w^3."""
    square, wr = w * w, w * r
    lean = float(w.dot(wr))
    wr *= r
    return lean, float(w.dot(wr)), float(square.dot(wr)), float(w.dot(w)), float(square.dot(w))


def _gain(tau2: Any, y: FloatArray, v: FloatArray, restricted: float) -> Any:
    """Twice the log-likelihood at tau2 less that at 0."""
    gain = -np.add.reduce(np.log1p(tau2 / v), axis=0)
    for sign, between in ((-1.0, tau2), (1.0, 0.0)):
        w = 1.0 / (v + between)
        total = np.add.reduce(w, axis=0)
        r = y - np.add.reduce(w * y, axis=0) / total
        gain += sign * (np.add.reduce(w * r * r, axis=0) + restricted * np.log(total))
    return gain


def twice_log_likelihood(y: FloatArray, v: FloatArray, tau2: FloatArray, restricted: float) -> FloatArray:
    """Twice the log-likelihood of tau2, up to a constant, of each column."""
    w = 1.0 / (v + tau2)
    total = np.add.reduce(w, axis=0)
    r = y - np.add.reduce(w * y, axis=0) / total
    logs = np.add.reduce(np.log(np.where(w > 0.0, w, 1.0)), axis=0)
    result: FloatArray = logs - np.add.reduce(w * r * r, axis=0) - restricted * np.log(total)
    return result
