"""Pools without each study in turn, from sums over all studies less that study's own terms.

With tau2 given, everything a pool needs is a sum over studies. The tau2 of the k deletions differ, but
little: the sums are expanded about the middle one, and taken directly only for those far from it, so the
work is of order k, no mask is needed and nothing is k by k. Where a study makes up nearly all of a sum the
difference would lose digits, and that deletion is computed from the other studies instead, as are those
whose likelihood has two maxima.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np

from synthesis.arrays import BoolArray, FloatArray, batch
from synthesis.diagnostics.likelihood_sums import LIKELIHOODS, Step, score_of_sums
from synthesis.diagnostics.refits import Selection, Sums, given_tau2, refitted, tau2_of
from synthesis.models.inverse_variance import weighted_mean
from synthesis.roots import falling_root

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from synthesis.fit import Pool

MANY = 64
"""From so many studies on, sums are updated; below, the studies left are simply summed."""
_KEPT = 1e-3
_CACHED = 2**16
_NEAR, _TERMS = 0.03, 13
"""Within 3 per cent of the smallest total variance thirteen terms of a Taylor series are exact."""


def all_but_one(k: int) -> Selection:
    """The selections that leave out one study each, in their order."""
    return lambda start, stop: np.arange(k) != np.arange(start, stop)[:, None]


@np.errstate(divide="ignore", invalid="ignore", over="ignore")  # such deletions are mended below
def deleted(pool: Pool) -> Sums:
    """The sums of the k pools that leave out one study each, in the studies' order."""
    k = pool.k
    if k < MANY:
        return refitted(pool, k, all_but_one(k))
    scaled, _ = batch(pool.yi, pool.vi)
    y, v, unit = scaled.y[:, 0], scaled.v[:, 0], float(scaled.unit[0])
    centre = _centre(pool, y, v, unit)
    y = y - centre
    if pool.tau2_method in LIKELIHOODS:
        tau2, converged, sound = _likelihood(y, v, LIKELIHOODS[pool.tau2_method])
    else:
        tau2, converged = _by_mask(pool)
        tau2, sound = tau2 / unit / unit, np.ones(k, np.bool_)
    offset = float(pool.yi.mean()) + centre * unit
    sums = _without(y, v, tau2, converged, unit, offset)
    return _mended(pool, sums, sound & _accurate(y, v))


def _by_mask(pool: Pool) -> tuple[FloatArray, BoolArray]:
    """tau2 without each study by an estimator that has no quicker way, a few rows at a time."""
    if pool.tau2_method in ("given", "none"):
        return np.full(pool.k, given_tau2(pool)), np.ones(pool.k, np.bool_)
    rows = max(1, _CACHED // pool.k)
    select = all_but_one(pool.k)
    parts = [tau2_of(pool, select(at, min(at + rows, pool.k))) for at in range(0, pool.k, rows)]
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _centre(pool: Pool, y: FloatArray, v: FloatArray, unit: float) -> float:
    between = getattr(pool.heterogeneity, "tau2", 0.0) / unit / unit
    return float(weighted_mean(y, v, between).mu)


def _accurate(y: FloatArray, v: FloatArray) -> BoolArray:
    """Whether no sum is nearly all this study's own, nor the others' mean far from 0 for their spread."""
    good = np.ones(y.shape, np.bool_)
    common = weighted_mean(y, v)
    for terms in (1.0 / v**3, y * y, np.square(y / v), np.square(y - common.mu) / v):
        good &= terms <= (1.0 - _KEPT) * terms.sum()
    for w in (np.ones_like(v), 1.0 / v, 1.0 / v**3):
        s, a, c = (terms.sum() - terms for terms in (w, w * y, w * y * y))
        good &= c * s - a * a >= _KEPT * c * s
    return good & (common.q > 0.0)


def _mended(pool: Pool, sums: Sums, good: BoolArray) -> Sums:
    """The sums with those of the other deletions computed from the studies left."""
    rows = np.flatnonzero(~good)
    if rows.size == 0:
        return sums
    studies = np.arange(pool.k)
    fresh = refitted(pool, rows.size, lambda start, stop: studies != rows[start:stop, None])
    for name in Sums.__slots__:
        getattr(sums, name)[rows] = getattr(fresh, name)
    return sums


def _power_sums(
    y: FloatArray, v: FloatArray, own: NDArray[np.intp], tau2: FloatArray, powers: int
) -> list[FloatArray]:
    """For p = 1 ... `powers` an array (3, n): sums of w^p, w^p y and w^p y^2 with w = 1 / (v + tau2).

    The n-th sum is at the n-th tau2 and leaves out study `own[n]`.
    """
    factors = np.stack([np.ones_like(y), y, y * y])
    middle = float(np.median(tau2))
    near = np.abs(tau2 - middle) <= _NEAR * (float(v.min()) + middle)
    found = _expanded(factors, 1.0 / (v + middle), np.where(near, tau2 - middle, 0.0), powers)
    far = np.flatnonzero(~near)
    rows = max(1, _CACHED // y.size)
    for start in range(0, far.size, rows):
        cut = far[start : start + rows]
        w = 1.0 / (v + tau2[cut, None])
        for p in range(powers):
            found[p][:, cut] = factors @ (w ** (p + 1)).T
    weight, theirs = 1.0 / (v[own] + tau2), factors[:, own]
    return [sums - weight ** (p + 1) * theirs for p, sums in enumerate(found)]


def total_precision(vi: FloatArray, tau2: FloatArray) -> FloatArray:
    """For each of many tau2 the sum over all studies of 1 / (vi + tau2)."""
    unit = float(vi.min())
    v, between = vi / unit, tau2 / unit
    middle = float(np.median(between))
    near = np.abs(between - middle) <= _NEAR * (1.0 + middle)
    ones = np.ones((1, v.size))
    found = _expanded(ones, 1.0 / (v + middle), np.where(near, between - middle, 0.0), 1)[0][0]
    far = np.flatnonzero(~near)
    rows = max(1, _CACHED // v.size)
    for start in range(0, far.size, rows):
        cut = far[start : start + rows]
        found[cut] = np.add.reduce(1.0 / (v + between[cut, None]), axis=1)
    return found / unit


def _expanded(factors: FloatArray, w: FloatArray, delta: FloatArray, powers: int) -> list[FloatArray]:
    """The sums over all studies at tau2 + delta, from those at tau2, where weights are `w`.

    (1/w + d)^-p = sum over m of C(p + m - 1, m) (-d)^m w^(p + m); the terms fall by |d| w and faster.
    """
    most = float(w.max())
    delta = delta * most
    terms = np.multiply.accumulate(np.broadcast_to(w / most, (powers + _TERMS, w.size)), axis=0)
    ladder = terms @ factors.T
    steps = np.ones((_TERMS, delta.size))
    np.multiply.accumulate(np.broadcast_to(-delta, (_TERMS - 1, delta.size)), axis=0, out=steps[1:])
    binomials = [np.array([comb(p + m, m) for m in range(_TERMS)], float) for p in range(powers)]
    return [
        most ** (p + 1) * ((binomials[p][:, None] * ladder[p : p + _TERMS]).T @ steps) for p in range(powers)
    ]


def _likelihood(y: FloatArray, v: FloatArray, restricted: float) -> tuple[FloatArray, BoolArray, BoolArray]:
    """tau2 without each study, whether it was found, and whether the likelihood has one maximum there.

    The same climb from Hedges' estimate as `synthesis.likelihoods.highest`.
    """
    k = y.size

    def step(tau2: FloatArray, own: NDArray[np.intp]) -> Step:
        return score_of_sums(_power_sums(y, v, own, tau2, 3), restricted)

    squares = np.square(y - y.mean())
    start = (squares.sum() - squares * k / (k - 1)) / (k - 2) - (v.sum() - v) / (k - 1)
    high = np.square(_spans(y))
    start = np.clip(start, 0.0, high)
    value, slope, *_ = score_of_sums([sums[:, 0] for sums in _at_zero(y, v)], restricted)
    going = np.flatnonzero((value > 0.0) | (start > 0.0))
    tau2, converged = np.zeros(k), np.ones(k, np.bool_)
    if going.size:
        ends = (value[going], slope[going])
        tau2[going], converged[going] = falling_root(step, start[going], high[going], (going,), ends)
    return tau2, converged, (value > 0.0) | (tau2 == 0.0)


def _at_zero(y: FloatArray, v: FloatArray) -> list[FloatArray]:
    """The power sums at tau2 = 0, where all deletions share the sums over all studies."""
    w, factors = 1.0 / v, np.stack([np.ones_like(y), y, y * y])
    terms = [w**p * factors for p in (1, 2, 3)]
    return [(one.sum(axis=1, keepdims=True) - one)[:, None, :] for one in terms]


def _spans(y: FloatArray) -> FloatArray:
    """The range of the effects without each."""
    order = np.argsort(y, kind="stable")
    low, high = np.full(y.shape, y[order[0]]), np.full(y.shape, y[order[-1]])
    low[order[0]], high[order[-1]] = y[order[1]], y[order[-2]]
    result: FloatArray = high - low
    return result


def _without(
    y: FloatArray, v: FloatArray, tau2: FloatArray, converged: BoolArray, unit: float, offset: float
) -> Sums:
    """Means, Q and typical variances without each study, in the caller's unit."""
    k = y.size
    own = np.arange(k)
    s1, a1, c1 = _power_sums(y, v, own, tau2, 1)[0]
    mu = a1 / s1
    w = 1.0 / v
    common = weighted_mean(y, v)
    rest_of = np.maximum(1.0 - common.weights, np.finfo(np.float64).tiny)
    q = common.q - w * np.square(y - common.mu) / rest_of
    rest, squares = w.sum() - w, (w * w).sum() - w * w
    return Sums(
        mu=offset + mu * unit,
        se=unit / np.sqrt(s1),
        generalised=np.maximum(c1 - mu * a1, 0.0),
        q=np.maximum(q, 0.0),
        tau2=tau2 * unit * unit,
        typical=unit * unit * (k - 2) * rest / (rest * rest - squares),
        k=np.full(k, k - 1.0),
        converged=converged,
    )
