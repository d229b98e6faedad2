"""The interval of a mean effect by its profile likelihood."""

from __future__ import annotations

from collections.abc import Callable
from math import copysign, inf, sqrt

import numpy as np
from numpy.typing import ArrayLike

from evidence.distributions import chi2_isf, chi2_sf
from synthesis.arrays import FloatArray, dot
from synthesis.intervals.moments import Inference
from synthesis.roots import falling_root_of_one, rising_root
from synthesis.tau2 import maximum_likelihood


def profile_mean(yi: ArrayLike, vi: ArrayLike, level: float) -> Inference:
    """The means whose likelihood, tau2 at its best for each, is not too far below the highest.

    Parameters
    ----------
    yi, vi : (k,) arrays, two studies or more

    Notes
    -----
    The mean is the maximum-likelihood one. The bounds are where twice the fall of the log-likelihood
    is the quantile of chi-square on one degree of freedom; the statistic is its signed root at 0.

    References
    ----------
    Hardy RJ, Thompson SG. Stat Med 1996;15:619-29.

    Examples
    --------
    >>> found = profile_mean([0.2, 0.9, 0.4, 0.3], [0.05, 0.08, 0.04, 0.02], 95)
    >>> round(float(found.low), 6), round(float(found.high), 6)
    (0.169057, 0.659512)
    """
    y, v = np.asarray(yi, np.float64), np.asarray(vi, np.float64)
    unit = sqrt(float(v.min()))
    centre = float(y.mean())
    y, v = (y - centre) / unit, v / unit**2
    tau2 = float(maximum_likelihood(y, v)[0])
    w = 1.0 / (v + tau2)
    mu, se = dot(w, y) / float(w.sum()), 1.0 / sqrt(float(w.sum()))
    best = _twice_log_likelihood(mu, tau2, y, v)

    def fall(m: float) -> float:
        return best - _twice_log_likelihood(m, _between(m, y, v), y, v)

    target = chi2_isf((100.0 - level) / 100.0, 1.0)
    bounds = [_bound(fall, mu, sign, se, target) for sign in (-1.0, 1.0)]
    at_zero = max(0.0, fall(-centre / unit))
    statistic = copysign(sqrt(at_zero), mu + centre / unit)
    numbers = (mu * unit + centre, se * unit, *(one * unit + centre for one in bounds))
    p = chi2_sf(at_zero, 1.0)
    return Inference(*(np.asarray(one, np.float64) for one in (*numbers, statistic, inf, p)))


def _bound(fall: Callable[[float], float], mu: float, sign: float, se: float, target: float) -> float:
    def excess(distance: FloatArray, which: FloatArray) -> FloatArray:
        return np.array([fall(mu + sign * one) - target for one in distance.tolist()])

    return mu + sign * float(rising_root(excess, np.array([2.0 * se]), np.array([0]))[0][0])


def _twice_log_likelihood(mu: float, tau2: float, y: FloatArray, v: FloatArray) -> float:
    total, r = v + tau2, y - mu
    return -float(np.log(total).sum()) - float((r * r / total).sum())


def _between(mu: float, y: FloatArray, v: FloatArray) -> float:
    """tau2 at the maximum of the likelihood with the mean fixed."""
    squares = (y - mu) ** 2

    def score(tau2: float) -> tuple[float, float, float, float]:
        w = 1.0 / (v + tau2)
        w2 = w * w
        information = float(w2.sum())
        value = dot(w2, squares) - float(w.sum())
        slope = information - 2.0 * dot(w2 * w, squares)
        cautious = value / information
        return value, slope, -value / slope if slope < -0.01 * information else cautious, cautious

    at_zero = score(0.0)
    start = max(0.0, float(squares.mean() - v.mean()))
    if not at_zero[0] > 0.0 and start == 0.0:
        return 0.0
    high = float(squares.max())
    return falling_root_of_one(score, min(start, high), high, at_zero[:2])[0]
