"""A straight line by weighted least squares, with the dispersion about it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from evidence.distributions import t_sf
from synthesis.arrays import FloatArray
from synthesis.fit import Interval
from synthesis.intervals import critical_t


@dataclass(frozen=True, slots=True)
class Line:
    """y = intercept + slope x; standard errors include the dispersion, t has `df` degrees of freedom."""

    intercept: float
    slope: float
    intercept_se: float
    slope_se: float
    dispersion: float
    df: int

    def test(self, name: str) -> tuple[float, float]:
        """t and its two-sided p for "intercept" or "slope"."""
        estimate = self.intercept if name == "intercept" else self.slope
        se = self.intercept_se if name == "intercept" else self.slope_se
        statistic = estimate / se
        return statistic, 2.0 * t_sf(abs(statistic), self.df)

    def limit(self, level: float) -> Interval:
        """The interval of the intercept, on t."""
        half = float(critical_t(self.df, level)) * self.intercept_se
        return Interval(self.intercept - half, self.intercept + half, level, "t")


def fitted_line(y: FloatArray, x: FloatArray, w: FloatArray) -> Line | None:
    """The line that minimises sum w (y - a - b x)^2; None without points enough or spread.

    Notes
    -----
    Sums are of values less their weighted means, so that x near 1000 loses no digits.

    Examples
    --------
    >>> import numpy as np
    >>> line = fitted_line(np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0, 3.0]), np.ones(3))
    >>> round(line.slope, 10), round(line.slope_se, 10)
    (1.5, 0.2886751346)
    """
    df = y.size - 2
    if df < 1:
        return None
    w_sum = float(w.sum())
    x_mean = float(np.dot(w, x)) / w_sum
    cx, cy = x - x_mean, y - float(np.dot(w, y)) / w_sum
    sxx = float(np.dot(w, cx * cx))
    if sxx <= 1e-20 * float(np.dot(w, x * x)):
        return None
    slope = float(np.dot(w, cx * cy)) / sxx
    rest = cy - slope * cx
    dispersion = float(np.dot(w, rest * rest)) / df
    if dispersion == 0.0:
        return None
    return Line(
        intercept=float(np.dot(w, y)) / w_sum - slope * x_mean,
        slope=slope,
        intercept_se=sqrt(dispersion * (1.0 / w_sum + x_mean * x_mean / sxx)),
        slope_se=sqrt(dispersion / sxx),
        dispersion=dispersion,
        df=df,
    )
