"""The slope of the (restricted) likelihood in tau2 beside moderators, and the steps towards its maximum.

With P = W - W X (X' W X)^-1 X' W and u = P y: twice the derivative of the log-likelihood is u'u - tr P, its
expected slope -tr PP (maximum likelihood: sum w and sum w^2), its own slope tr PP - 2 u'P u.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import FloatArray
from synthesis.models.regression_basis import Basis, inverse, places, trace

Step = Callable[[FloatArray, FloatArray, FloatArray], tuple[FloatArray, FloatArray, FloatArray, FloatArray]]
"""(tau2, y, v) -> value, slope, step, cautious step, as `synthesis.roots` wants them"""
OfOne = Callable[[float], tuple[float, float, float, float]]


def score_step(basis: Basis, restricted: float) -> Step:
    """The score of (k, n) data sets, its slope, Newton's step where it falls, and Fisher's."""

    def step(
        tau2: FloatArray, y: FloatArray, v: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        w = v + tau2
        np.reciprocal(w, out=w)
        squares = w * w
        a_inv, ab, ac = _products(basis, w, squares)
        u = w * y
        g = np.matmul(a_inv, (u.T @ basis.q)[:, :, None])[:, :, 0]
        np.subtract(y, basis.q @ g.T, out=u)
        u *= w
        wu = w * u
        score = np.add.reduce(u * u, axis=0) - np.add.reduce(w, axis=0)
        information = np.add.reduce(squares, axis=0)
        if restricted:
            score += np.einsum("nii->n", ab)
            information += trace(ab, ab) - 2.0 * np.einsum("nii->n", ac)
        lean = (wu.T @ basis.q)[:, :, None]
        u *= wu
        upu = np.add.reduce(u, axis=0) - np.add.reduce(lean * np.matmul(a_inv, lean), axis=1)[:, 0]
        slope = information - 2.0 * upu
        best = np.where(slope < -0.1 * information, slope, -information)
        return score, slope, -score / best, score / information

    return step


def _products(basis: Basis, w: FloatArray, squares: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The inverse of A = q' W q, and A^-1 q' W^2 q and A^-1 q' W^3 q, (n, p, p) each."""
    n = w.shape[1]
    powers = basis.gram(np.concatenate((w.T, squares.T, (squares * w).T)).T)
    a_inv = inverse(powers[:n])
    others = np.matmul(a_inv, powers[n:].reshape(2, n, basis.p, basis.p))
    return a_inv, others[0], others[1]


def score_of_one(basis: Basis, y: FloatArray, v: FloatArray, restricted: float) -> OfOne:
    """As `score_step`, for one data set of (k,) effects less their least-squares fit, and variances.

    With y beside the columns of q, every sum over studies is one of a product of two columns and a power
    of the weights: two matrix products give them all, and u = W [q y] h with h = (-g, 1).
    """
    p, beside = basis.p, _with_effects(basis, y)
    place, m = _places_beside(p), basis.pairs.shape[1]
    powers, h = np.empty((3, y.size)), np.ones(p + 1)
    sums = np.empty((3, m + p + 2))
    w, squares, cubes = powers

    def of_one(tau2: float) -> tuple[float, float, float, float]:
        np.reciprocal(np.add(v, tau2, out=w), out=w)
        np.multiply(w, w, out=squares)
        np.multiply(squares, w, out=cubes)
        sums[:, :m] = powers.dot(basis.pairs)
        sums[:, m:] = powers.dot(beside)
        a, b, c = sums.take(place, axis=1)
        a_inv = np.linalg.inv(a[:p, :p])
        np.negative(a_inv.dot(a[:p, p]), out=h[:p])
        bh = b.dot(h)
        score, information = float(h.dot(bh) - sums[0, -1]), float(sums[1, -1])
        if restricted:
            ab = a_inv.dot(b[:p, :p])
            score += float(ab.trace())
            information += float(np.vdot(ab, ab.T) - 2.0 * np.vdot(a_inv, c[:p, :p]))
        lean = bh[:p]
        slope = information - 2.0 * float(h.dot(c).dot(h) - lean.dot(a_inv).dot(lean))
        best = slope if slope < -0.1 * information else -information
        return score, slope, -score / best, score / information

    return of_one


def _with_effects(basis: Basis, y: FloatArray) -> FloatArray:
    """(k, p + 2): products of y with each column of q and with itself, and ones."""
    rows = np.empty((basis.p + 2, y.size))
    np.multiply(basis.q.T, y, out=rows[:-2])
    np.multiply(y, y, out=rows[-2])
    rows[-1] = 1.0
    return rows.T


@lru_cache(maxsize=64)
def _places_beside(p: int) -> NDArray[np.intp]:
    """As `Basis.place`, with y as one more column."""
    m = p * (p + 1) // 2
    place = np.empty((p + 1, p + 1), dtype=np.intp)
    place[:p, :p] = places(p)
    place[p] = place[:, p] = np.arange(m, m + p + 1)
    return place
