"""A straight line by weighted least squares, with the dispersion about it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from evidence.distributions import t_sf
from synthesis.arrays import FloatArray
from synthesis.fit import Interval
from synthesis.intervals import critical_t

_FLAT = 1e-16
"""A share of the squares so small is rounding."""


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
    Sums are of values less their weighted means, so that x near 1000 loses no digits, and each of x, y and
    w is measured in its largest.

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
    across, up, most = float(np.abs(x).max()), float(np.abs(y).max()), float(w.max())
    if across == 0.0 or up == 0.0:
        return None
    found = _unit_line(y / up, x / across, w / most)
    if found is None:
        return None
    intercept, slope, dispersion, intercept_variance, slope_variance = found
    spread = sqrt(dispersion)
    return Line(
        intercept=intercept * up,
        slope=slope * (up / across),
        intercept_se=spread * sqrt(intercept_variance) * up,
        slope_se=spread * sqrt(slope_variance) * (up / across),
        dispersion=dispersion * most * up * up,
        df=df,
    )


def _unit_line(y: FloatArray, x: FloatArray, w: FloatArray) -> tuple[float, ...] | None:
    """Intercept, slope, dispersion, and the variances of the two but for it; all numbers at most 1."""
    w_sum = float(w.sum())
    x_mean, y_mean = float(w @ x) / w_sum, float(w @ y) / w_sum
    cx, cy = x - x_mean, y - y_mean
    sxx = float(w @ (cx * cx))
    if sxx <= _FLAT * float(w @ (x * x)):
        return None
    slope = float(w @ (cx * cy)) / sxx
    rest = cy - slope * cx
    dispersion = float(w @ (rest * rest)) / (y.size - 2)
    if dispersion <= _FLAT * _FLAT * float(w @ (y * y)):
        return None
    return y_mean - slope * x_mean, slope, dispersion, 1.0 / w_sum + x_mean * x_mean / sxx, 1.0 / sxx
