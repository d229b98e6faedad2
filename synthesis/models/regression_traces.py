"""Traces of the weighted residual maker P, and what follows from them: typical variance, SE of tau2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf, sqrt

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.fit import NotDefined
from synthesis.models.regression_basis import Basis

LOST = "the sampling variances differ so much that rounding leaves nothing of it"


def trace_p(basis: Basis, w: FloatArray, d: FloatArray | float = 1.0) -> float:
    """tr(P D), P = W - W X (X' W X)^-1 X' W, for (k,) weights and a diagonal D."""
    a_inv = np.linalg.inv(_gram(basis, w))
    return float(np.sum(w * d) - np.sum(a_inv * _gram(basis, w * w * d)))


def trace_pp(basis: Basis, w: FloatArray, d: FloatArray | float, e: FloatArray | float) -> float:
    """tr(P D P E) for diagonal D and E."""
    a_inv = np.linalg.inv(_gram(basis, w))
    first, second = a_inv @ _gram(basis, w * w * d), a_inv @ _gram(basis, w * w * e)
    mixed = np.sum(a_inv * _gram(basis, w * w * w * d * e))
    return float(np.sum(w * w * d * e) - 2.0 * mixed + np.sum(first * second.T))


def _gram(basis: Basis, weights: FloatArray) -> FloatArray:
    return basis.gram(weights.reshape(-1, 1))[0]


def typical_residual_variance(basis: Basis, vi: FloatArray) -> float:
    """The typical sampling variance beside moderators, (k - p) / tr P at the weights 1 / vi.

    References
    ----------
    Viechtbauer W. J Stat Softw 2010;36(3), section 3.3 (I2 of a model with moderators).
    """
    df, trace = vi.size - basis.p, trace_p(basis, 1.0 / vi)
    return df / trace if df > 0 and trace > 0.0 else inf


def tau2_se(method: str, basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float | NotDefined:
    """The standard error of an estimate of tau2.

    Notes
    -----
    From the information of the likelihood at the estimate (ML, REML) or the variance of the quadratic form
    that the estimator is, effects being normal with variance vi + tau2.

    References
    ----------
    Viechtbauer W. J Educ Behav Stat 2005;30:261-93. Sidik K, Jonkman JN. Stat Med 2007;26:1964-81.
    """
    if method not in _SE:
        return NotDefined("no standard error is known for this estimator")
    error = _SE[method](basis, yi, vi, tau2)
    return error if error < inf else NotDefined(LOST)


def _moment(basis: Basis, w: FloatArray, vi: FloatArray, tau2: float) -> float:
    """The variance of y' P y when y has variance vi + tau2; inf where rounding leaves none of it."""
    variance = vi + tau2
    moment = 2.0 * trace_pp(basis, w, variance, variance)
    return moment if moment > 0.0 else inf


def _dl(basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float:
    w = 1.0 / vi
    scale = trace_p(basis, w)
    return sqrt(_moment(basis, w, vi, tau2)) / scale if scale > 0.0 else inf


def _he(basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float:
    return sqrt(_moment(basis, np.ones_like(vi), vi, tau2)) / (vi.size - basis.p)


def _hs(basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float:
    w = 1.0 / vi
    return sqrt(_moment(basis, w, vi, tau2)) / float(w.sum())


def _hsk(basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float:
    return _hs(basis, yi, vi, tau2) * vi.size / (vi.size - basis.p)


def _sj(basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float:
    first = float(np.mean((yi - yi.mean()) ** 2))
    moment = _moment(basis, 1.0 / (vi + first), vi, tau2)
    return first * sqrt(moment) / (vi.size - basis.p)


def _ml(basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float:
    return sqrt(2.0 / float(np.sum((vi + tau2) ** -2)))


def _reml(basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float:
    information = trace_pp(basis, 1.0 / (vi + tau2), 1.0, 1.0)
    return sqrt(2.0 / information) if information > 0.0 else inf


def _pm(basis: Basis, yi: FloatArray, vi: FloatArray, tau2: float) -> float:
    k, total = vi.size, float(np.sum(1.0 / (vi + tau2)))
    return sqrt(2.0 * k * k / (k - basis.p)) / total


_SE: Mapping[str, Callable[[Basis, FloatArray, FloatArray, float], float]] = {
    "REML": _reml,
    "ML": _ml,
    "DL": _dl,
    "HE": _he,
    "HS": _hs,
    "HSk": _hsk,
    "SJ": _sj,
    "PM": _pm,
    "EB": _pm,
}
