"""The interval of Henmi and Copas: common-effect weights, random-effects spread."""

from __future__ import annotations

from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.dominance import deviations, form_variance, spread
from synthesis.intervals.moments import Inference, critical_t

_POINTS = 200
_BEYOND = 10.0
_STEPS = 60


def henmi_copas(yi: ArrayLike, vi: ArrayLike, level: float) -> Inference:
    """An interval about the common-effect mean that allows for heterogeneity.

    Parameters
    ----------
    yi, vi : (k,) arrays, two studies or more

    Notes
    -----
    The mean is (mu - theta) / se = r with r normal; given r, Q is nearly gamma with its exact mean and
    variance, which depend on DerSimonian and Laird's tau2. The half-width is t0 standard errors where
    P(reject) = (100 - level) / 200 on each side. Less exposed to publication bias than random-effects
    weights. `p` is that of the level at which the interval would end at 0.

    References
    ----------
    Henmi M, Copas JB. Stat Med 2010;29:2969-83.

    Examples
    --------
    >>> found = henmi_copas([0.2, 0.9, 0.4, 0.3], [0.05, 0.08, 0.04, 0.02], 95)
    >>> round(float(found.mu), 4), round(float(found.low), 4), round(float(found.high), 4)
    (0.3744, 0.1062, 0.6426)
    """
    law = _Law(np.asarray(yi, np.float64), np.asarray(vi, np.float64))
    half = law.quantile((100.0 - level) / 200.0) * law.se
    statistic = law.mu / law.se
    p = min(1.0, 2.0 * law.tail(abs(statistic)))
    numbers = (law.mu, law.se, law.mu - half, law.mu + half, statistic, inf, p)
    return Inference(*(np.asarray(one, np.float64) for one in numbers))


class _Law:
    """The joint law of the common-effect mean and Q, with tau2 as DerSimonian and Laird estimate it."""

    def __init__(self, y: FloatArray, v: FloatArray) -> None:
        self.at, self.share = np.polynomial.legendre.leggauss(_POINTS)
        unit = float(v.min())
        w = unit / v
        self.df = y.size - 1
        self.w1 = w1 = float(w.sum())
        self.w2 = float((w * w).sum()) / w1
        between, away = float(spread(w)), np.square(deviations(w))
        squares, cubes = float((w * away).sum()) / w1, float((w * w * away).sum()) / w1
        self.mu = float((w * y).sum()) / w1
        q = float((w * (y - self.mu) ** 2).sum()) / unit
        tau2 = max(0.0, (q - self.df) / between)
        self.vr = vr = 1.0 + tau2 * self.w2
        self.se = sqrt(vr / w1 * unit)
        self.reach = between / self.w2
        self.mean = (self.df + tau2 * between - tau2**2 * squares / vr, tau2**2 * squares)
        fixed = 2 * self.df + 4 * tau2 * between + 2 * tau2**2 * float(form_variance(w, np.ones_like(w)))
        moving = 4 * tau2**2 * squares + 4 * tau2**3 * cubes
        square = 2 * tau2**4 * squares**2
        self.variance = (fixed - moving / vr + square / vr**2, moving - 2 * square / vr)

    def tail(self, t: float) -> float:
        """The probability that r exceeds `t` times the standard error as it would be estimated."""
        from scipy.special import gammainc, ndtr

        t = t / sqrt(self.vr)  # r exceeds t se(tau2 as estimated) where it exceeds this, times one ratio
        if t <= 0.0:
            return 0.5
        r = t + 0.5 * _BEYOND * (self.at + 1.0)
        mean = self.mean[0] + self.mean[1] * r * r / self.vr
        variance = self.variance[0] + self.variance[1] * r * r / self.vr
        reach = self.reach * ((r / t) ** 2 - 1.0) + self.df
        inside = gammainc(mean**2 / variance, reach * mean / variance)
        density = np.exp(-0.5 * r * r) / sqrt(2.0 * np.pi)
        beyond = float(ndtr(-(t + _BEYOND)))
        return float((self.share * inside * density).sum()) * 0.5 * _BEYOND + beyond

    def quantile(self, upper: float) -> float:
        """The t whose tail is `upper`, by bisection."""
        low, high = 0.0, sqrt(self.vr) * float(critical_t(inf, 100.0 * (1.0 - 2.0 * upper)))
        for _ in range(_STEPS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if self.tail(middle) > upper else (low, middle)
        return 0.5 * (low + high)
