"""Estimators of the residual variance between studies tau2, beside moderators.

The estimators of `synthesis.tau2` for p coefficients: with P = W - W X (X' W X)^-1 X' W the weighted
residual maker, Q = y' P y. All traces of P and its powers come from p x p matrices. An intercept alone
gives the values of `synthesis.tau2`. The registry `REGRESSION_TAU2` at the foot names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthesis.arrays import BLOCK_BYTES, BoolArray, FloatArray, columns
from synthesis.errors import choose
from synthesis.models.regression_basis import Basis, Weighted, trace, weighted
from synthesis.models.regression_score import score_of_one, score_step
from synthesis.roots import falling_root, falling_root_of_one


@dataclass(frozen=True, slots=True, eq=False)
class Sets:
    """n data sets of k studies with the same moderators, every one on its own scale.

    `y` and `v` are (k, n): effects less their least-squares fit, and variances, inf for a study left
    out; `raw` the effects as they are, `unit` what they were divided by, a power of two; `used` tells the
    studies used, None when all are, and `k` counts them.
    """

    basis: Basis
    y: FloatArray
    v: FloatArray
    raw: FloatArray
    unit: FloatArray
    used: BoolArray | None
    k: FloatArray

    @property
    def df(self) -> FloatArray:
        """Residual degrees of freedom."""
        return self.k - self.basis.p


Kernel = Callable[[Sets], tuple[FloatArray, BoolArray]]


def between(
    method: str, basis: Basis, yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 of each data set by the estimator called `method`, and whether it was found.

    Parameters
    ----------
    method : a key of `REGRESSION_TAU2`
    basis : of the (k, p) design matrix, which all data sets share
    yi, vi : (..., k) arrays, effects and sampling variances; where : (..., k) bool, studies used

    Notes
    -----
    Data sets are computed in blocks of at most 64 MB.
    """
    y, v = np.asarray(yi, dtype=np.float64), np.asarray(vi, dtype=np.float64)
    if y.shape != v.shape:
        y, v = np.broadcast_arrays(y, v)
    if where is not None:
        y, v, used = np.broadcast_arrays(y, v, np.asarray(where, dtype=np.bool_))
        y, v = np.where(used, y, 0.0), np.where(used, v, np.inf)
    shape, k = y.shape[:-1], y.shape[-1]
    rows, variances = y.reshape(-1, k), v.reshape(-1, k)
    block = max(1, BLOCK_BYTES // (8 * 8 * k))
    kernel = choose("tau2 estimator of a regression", method, REGRESSION_TAU2)
    parts = [
        _solved(kernel, _scaled(basis, rows[at : at + block].T, variances[at : at + block].T, where is None))
        for at in range(0, rows.shape[0], block)
    ]
    tau2 = np.concatenate([part[0] for part in parts]) if len(parts) > 1 else parts[0][0]
    converged = np.concatenate([part[1] for part in parts]) if len(parts) > 1 else parts[0][1]
    return tau2.reshape(shape), converged.reshape(shape)


def profile_bounds(
    basis: Basis, yi: FloatArray, vi: FloatArray, quantiles: tuple[float, float], near: float
) -> tuple[float, float, bool]:
    """The values of tau2, sought from `near`, at which Q falls to two values, and whether both were found."""
    one = _scaled(basis, yi.reshape(-1, 1), vi.reshape(-1, 1), True)
    y, v, raw = (np.repeat(values, 2, axis=1) for values in (one.y, one.v, one.raw))
    both = Sets(basis, y, v, raw, one.unit.repeat(2), None, one.k.repeat(2))
    roots, found = q_root(both, np.array(quantiles), near / both.unit / both.unit)
    scaled = roots * both.unit * both.unit
    return float(scaled[0]), float(scaled[1]), bool(found.all())


def _scaled(basis: Basis, y: FloatArray, v: FloatArray, full: bool) -> Sets:
    exponent = np.frexp(np.minimum.reduce(v, axis=0))[1]
    unit = np.ldexp(1.0, (exponent - 1) // 2)
    used = None if full else np.isfinite(v)
    k = np.full(unit.shape, float(len(v))) if used is None else np.add.reduce(used, axis=0, dtype=np.float64)
    return Sets(basis, basis.unexplained(y) / unit, v / (unit * unit), y, unit, used, k)


def _solved(kernel: Kernel, sets: Sets) -> tuple[FloatArray, BoolArray]:
    tau2, converged = kernel(sets)
    return np.maximum(tau2, 0.0) * sets.unit * sets.unit, converged


def _fit(sets: Sets, tau2: FloatArray | float = 0.0) -> Weighted:
    return weighted(sets.basis, sets.y, 1.0 / (sets.v + tau2))


def _trace_p(sets: Sets, fit: Weighted) -> FloatArray:
    result: FloatArray = np.add.reduce(fit.w, axis=0) - trace(fit.a_inv, sets.basis.gram(fit.w * fit.w))
    return result


def _closed(tau2: FloatArray) -> tuple[FloatArray, BoolArray]:
    return tau2, np.ones(tau2.shape, np.bool_)


def _dl(sets: Sets) -> tuple[FloatArray, BoolArray]:
    fit = _fit(sets)
    return _closed((fit.q - sets.df) / _trace_p(sets, fit))


def _unweighted(sets: Sets) -> tuple[FloatArray, FloatArray]:
    """The plain residual variance s2, and Hedges' estimate before it is cut off at 0.

    Notes
    -----
    s2 = y' M y / (k - p), and s2 - tr(M V) / (k - p), M = 1 - H the plain residual maker.
    """
    basis = sets.basis
    if sets.used is None:
        q, total = np.add.reduce(sets.y * sets.y, axis=0), np.add.reduce(sets.v, axis=0)
        explained = np.add.reduce((basis.q * basis.q).T @ sets.v, axis=0)
    else:
        v = np.where(sets.used, sets.v, 0.0)
        fit = weighted(basis, sets.y, sets.used.astype(np.float64))
        q, total, explained = fit.q, np.add.reduce(v, axis=0), trace(fit.a_inv, basis.gram(v))
    return q / sets.df, (q - total + explained) / sets.df


def _he(sets: Sets) -> tuple[FloatArray, BoolArray]:
    return _closed(_unweighted(sets)[1])


def _hs(sets: Sets) -> tuple[FloatArray, BoolArray]:
    fit = _fit(sets)
    return _closed((fit.q - sets.k) / np.add.reduce(fit.w, axis=0))


def _hsk(sets: Sets) -> tuple[FloatArray, BoolArray]:
    fit = _fit(sets)
    return _closed((fit.q * sets.k / sets.df - sets.k) / np.add.reduce(fit.w, axis=0))


def _sj(sets: Sets) -> tuple[FloatArray, BoolArray]:
    used = True if sets.used is None else sets.used
    centred = np.where(used, sets.raw - np.add.reduce(sets.raw, axis=0) / sets.k, 0.0) / sets.unit
    first = np.add.reduce(centred * centred, axis=0) / sets.k
    return _closed(first * _fit(sets, first).q / sets.df)


def _pm(sets: Sets) -> tuple[FloatArray, BoolArray]:
    return q_root(sets, sets.df)


def _pmm(sets: Sets) -> tuple[FloatArray, BoolArray]:
    from evidence.distributions import chi2_isf

    return q_root(sets, np.array([chi2_isf(0.5, df) for df in sets.df.tolist()]))


def q_root(sets: Sets, target: FloatArray, start: FloatArray | float = 0.0) -> tuple[FloatArray, BoolArray]:
    """tau2 (in the sets' own unit) where Q(tau2) falls to `target`; 0 where Q(0) is below it.

    Notes
    -----
    As `synthesis.tau2.generalised_q_root`: Newton's method on 1/Q, which is nearly straight;
    Q(t) <= (the plain residual sum of squares) / t bounds the root.
    """
    basis, target = sets.basis, np.maximum(target, np.finfo(np.float64).tiny)

    def step(
        tau2: FloatArray, y: FloatArray, v: FloatArray, goal: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        fit = weighted(basis, y, 1.0 / (v + tau2))
        u = fit.w * fit.r
        slope = -np.add.reduce(u * u, axis=0)
        newton = -fit.q / slope * (fit.q / goal - 1.0)
        return fit.q - goal, slope, newton, newton

    positive = _fit(sets).q > target
    high = np.where(positive, 1.001 * _unweighted(sets)[0] * sets.df / target, 0.0)
    return _q_root(step, np.minimum(start, high), high, (sets.y, sets.v, target))


@np.errstate(invalid="ignore", divide="ignore", over="ignore")
def _q_root(
    step: Callable[..., tuple[FloatArray, FloatArray, FloatArray, FloatArray]],
    start: FloatArray,
    high: FloatArray,
    data: tuple[FloatArray, ...],
) -> tuple[FloatArray, BoolArray]:
    """`falling_root`, by plain floats where there is a single data set."""
    if start.size != 1:
        return falling_root(step, start, high, data)

    def of_float(x: float) -> tuple[float, float, float, float]:
        value, slope, best, cautious = (float(a[0]) for a in step(np.array([x]), *data))
        return value, slope, best, cautious

    root, found = falling_root_of_one(of_float, float(start[0]), float(high[0]))
    return np.array([root]), np.array([found])


def _likelihood(sets: Sets, restricted: float) -> tuple[FloatArray, BoolArray]:
    """tau2 that maximises the (restricted) likelihood, climbing from Hedges' estimate.

    The score is negative from s2 + sqrt(s2 max(v)) on, s2 the plain residual variance, for there
    u'u <= max(w)^2 (k - p) s2 is below min(w) (k - p) <= tr P.
    """
    s2, hedges = _unweighted(sets)
    v = sets.v if sets.used is None else np.where(sets.used, sets.v, 0.0)
    high = s2 + np.sqrt(s2 * np.maximum.reduce(v, axis=0))
    start = np.minimum(np.maximum(hedges, 0.0), high)
    if start.size == 1:
        of_one = score_of_one(sets.basis, sets.y[:, 0], sets.v[:, 0], restricted)
        ends = of_one(0.0)[:2]
        root, found = falling_root_of_one(of_one, float(start[0]), float(high[0]), ends)
        tau2, converged, boundary = np.array([root]), np.array([found]), np.array([not ends[0] > 0.0])
    else:
        step = score_step(sets.basis, restricted)
        at_zero = step(np.zeros_like(start), sets.y, sets.v)[:2]
        tau2, converged = falling_root(step, start, high, (sets.y, sets.v), at_zero)
        boundary = ~(at_zero[0] > 0.0)
    rivals = np.flatnonzero(boundary & (tau2 > 0.0))
    if rivals.size:
        gain = _gain(sets, rivals, tau2[rivals], restricted)
        tau2[rivals] = np.where(gain < 0.0, 0.0, tau2[rivals])
    return tau2, converged


def _gain(sets: Sets, which: NDArray[np.intp], tau2: FloatArray, restricted: float) -> FloatArray:
    """Twice the log-likelihood at tau2 less that at 0, for the sets picked."""
    y, v = columns(sets.y, which), columns(sets.v, which)
    gain: FloatArray = -np.add.reduce(np.log1p(tau2 / v), axis=0)
    for sign, variance in ((-1.0, v + tau2), (1.0, v)):
        fit = weighted(sets.basis, y, 1.0 / variance)
        gain += sign * (fit.q - restricted * np.linalg.slogdet(fit.a_inv)[1])
    return gain


def _ml(sets: Sets) -> tuple[FloatArray, BoolArray]:
    return _likelihood(sets, 0.0)


def _reml(sets: Sets) -> tuple[FloatArray, BoolArray]:
    return _likelihood(sets, 1.0)


REGRESSION_TAU2: Mapping[str, Kernel] = {
    "REML": _reml,
    "DL": _dl,
    "PM": _pm,
    "ML": _ml,
    "EB": _pm,
    "SJ": _sj,
    "HE": _he,
    "HS": _hs,
    "HSk": _hsk,
    "PMM": _pmm,
}
