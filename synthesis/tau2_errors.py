"""Standard errors of the estimates of tau2."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.dominance import form_variance, spread


def tau2_se(
    method: str, yi: ArrayLike, vi: ArrayLike, tau2: ArrayLike, weights: ArrayLike | None = None
) -> FloatArray:
    """The asymptotic standard error of an estimate of tau2 by `method`, of the batch's shape.

    Parameters
    ----------
    method : a key of `synthesis.tau2.TAU2`, or "given"
    yi, vi : (..., k) arrays
    tau2 : array of the batch's shape, the estimate
    weights : (..., k) array, for GENQ and GENQM; 1 / vi where there are none

    Notes
    -----
    As in metafor. Moment estimators have the root of the variance of their quadratic form at the estimate;
    likelihood estimators that of the expected information; those that solve Q(tau2) = constant
    k sqrt(2 / (k - 1)) / sum w. Two-step estimators count their second weights as fixed.

    References
    ----------
    Viechtbauer W. J Educ Behav Stat 2005;30:261-93. Viechtbauer W et al. Psychol Methods 2015;20:360-74.

    Examples
    --------
    >>> round(float(tau2_se("DL", [0.2, 0.9], [0.05, 0.08], 0.18)), 6)
    0.346482
    """
    y, v = np.broadcast_arrays(np.asarray(yi, np.float64), np.asarray(vi, np.float64))
    between = np.maximum(np.asarray(tau2, np.float64), 0.0)
    k = v.shape[-1]
    if k < 2:
        return np.full(between.shape, np.nan)
    unit = np.sqrt(v.min(axis=-1) + between)  # powers of weights stay within floating point
    y, v, between = y / unit[..., None], v / np.square(unit)[..., None], between / np.square(unit)
    return np.square(unit) * _se(method, y, v, between, weights)


def _se(
    method: str, y: FloatArray, v: FloatArray, between: FloatArray, weights: ArrayLike | None
) -> FloatArray:
    k = v.shape[-1]
    if method in _BY_QUADRATIC_FORM:
        a = _BY_QUADRATIC_FORM[method](y, v, weights)
        se = _quadratic(a, v, between)
        return se * (_SCALES[method](y, v) if method in _SCALES else 1.0)
    w = 1.0 / (v + between[..., None])
    if method == "ML":
        return np.asarray(np.sqrt(2.0 / (w * w).sum(axis=-1)))
    if method in ("REML", "given"):
        return np.asarray(np.sqrt(2.0 / form_variance(w, np.ones_like(w))))
    return np.asarray(k * np.sqrt(2.0 / (k - 1.0)) / w.sum(axis=-1))


def _quadratic(a: FloatArray, v: FloatArray, between: FloatArray) -> FloatArray:
    """Root of the variance of Q with weights `a`, over the weight tau2 has in its mean.

    With P = diag(a) - a a' / A and S = diag(v + tau2) the variance is 2 tr(P S P S), which the rank-one
    form of P turns into sums over studies.
    """
    a = a / a.max(axis=-1, keepdims=True)
    return np.asarray(np.sqrt(2.0 * form_variance(a, v + between[..., None])) / spread(a))


Weights = Callable[[FloatArray, FloatArray, ArrayLike | None], FloatArray]


def _precision(y: FloatArray, v: FloatArray, weights: ArrayLike | None) -> FloatArray:
    return 1.0 / v


def _equal(y: FloatArray, v: FloatArray, weights: ArrayLike | None) -> FloatArray:
    return np.ones_like(v)


def _own(y: FloatArray, v: FloatArray, weights: ArrayLike | None) -> FloatArray:
    if weights is None:
        return 1.0 / v
    a = np.asarray(weights, np.float64)
    return np.broadcast_to(a / a.max(axis=-1, keepdims=True), v.shape)


def _first_step(y: FloatArray, v: FloatArray) -> FloatArray:
    """Sidik and Jonkman's first estimate."""
    variance: FloatArray = ((y - y.mean(axis=-1, keepdims=True)) ** 2).mean(axis=-1)
    return variance


def _sidik_jonkman(y: FloatArray, v: FloatArray, weights: ArrayLike | None) -> FloatArray:
    with np.errstate(divide="ignore"):
        return np.asarray(1.0 / (v + _first_step(y, v)[..., None]))


def _two_steps(method: str) -> Weights:
    def weights_of(y: FloatArray, v: FloatArray, weights: ArrayLike | None) -> FloatArray:
        from synthesis.tau2 import TAU2

        return np.asarray(1.0 / (v + TAU2[method](y, v)[0][..., None]))

    return weights_of


def _hs_scale(y: FloatArray, v: FloatArray) -> FloatArray:
    w = v.min(axis=-1, keepdims=True) / v
    return spread(w) / w.sum(axis=-1)


def _hsk_scale(y: FloatArray, v: FloatArray) -> FloatArray:
    k = v.shape[-1]
    return k / (k - 1.0) * _hs_scale(y, v)


def _sj_scale(y: FloatArray, v: FloatArray) -> FloatArray:
    a = _sidik_jonkman(y, v, None)
    return _first_step(y, v) * spread(a) / (v.shape[-1] - 1.0)


_BY_QUADRATIC_FORM: Mapping[str, Weights] = {
    "DL": _precision,
    "HS": _precision,
    "HSk": _precision,
    "HE": _equal,
    "SJ": _sidik_jonkman,
    "DL2": _two_steps("DL"),
    "CA2": _two_steps("HE"),
    "GENQ": _own,
    "GENQM": _own,
}
_SCALES: Mapping[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "HS": _hs_scale,
    "HSk": _hsk_scale,
    "SJ": _sj_scale,
}
