"""Mean and standard deviation from quantiles of data that a Box-Cox power makes normal.

Two ways to the power: McGrath's makes the printed quantiles symmetric about the median (BC), Cai's is by
maximum likelihood, as are then the location and scale (MLN). Both leave a normal distribution on the
transformed scale; the mean and standard deviation of the data are its transforms', here by integration.
The package estmeansd simulates them instead, with 1000 + n or 10,000 draws; `simulated` repeats that.

References
----------
McGrath S, Zhao X, Steele R, et al. Stat Methods Med Res 2020;29:2520-37 (BC).
Cai S, Zhou J, Pan J. Stat Methods Med Res 2021;30:2701-19 (MLN).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import exp, floor, inf, log, nan, pi, sqrt

import numpy as np

from evidence.derivation.five_numbers import FiveNumbers, five_numbers
from evidence.derivation.luo_wan_shi import MeanAndSd, luo_mean, wan_sd
from evidence.derivation.normal_stream import r_normals
from evidence.measures.measure import FloatArray
from evidence.measures.normal import normal_area

_NODES = 400
_REACH = 10.0
_SMALL = 1e-8


@dataclass(frozen=True, slots=True)
class PowerNormal:
    """Data whose power `shape` (0: the logarithm) is normal with this location and scale."""

    location: float
    scale: float
    shape: float

    def mean_and_sd(self) -> tuple[float, float]:
        """The mean and standard deviation of the data, by integration.

        Where the power is above 0 the normal distribution is cut off where the data would be below 0, and as
        far on the other side, as in the cited papers.
        """
        if self.shape == 0.0:
            square = self.scale**2
            mean = exp(self.location + 0.5 * square)
            return mean, mean * sqrt(exp(square) - 1.0)
        reach = min(self.location + 1.0 / self.shape, _REACH * self.scale)
        if not reach > 0.0:
            return nan, nan
        nodes, weights = np.polynomial.legendre.leggauss(_NODES)
        density = np.exp(-0.5 * (reach * nodes / self.scale) ** 2) * weights
        data = self.data(self.location + reach * nodes)
        mean = float((data * density).sum() / density.sum())
        return mean, sqrt(float(((data - mean) ** 2 * density).sum() / density.sum()))

    def simulated(self, normals: FloatArray) -> tuple[float, float]:
        """The mean and standard deviation of the data that standard `normals` are drawn to."""
        values = self.location + self.scale * normals
        if self.shape > 0.0:
            reach = self.location + 1.0 / self.shape
            values = values[np.abs(values - self.location) <= reach]
        data = self.data(values)
        return float(data.mean()), float(data.std(ddof=1))

    def data(self, values: FloatArray) -> FloatArray:
        """Transformed values back on the scale of the data."""
        if self.shape == 0.0:
            return np.exp(values)
        result: FloatArray = np.maximum(self.shape * values + 1.0, 0.0) ** (1.0 / self.shape)
        return result


def box_cox(numbers: FiveNumbers, *, simulated: bool = False) -> MeanAndSd:
    """Means and standard deviations by McGrath's Box-Cox method.

    Parameters
    ----------
    numbers : what is printed, all above 0, see `evidence.derivation.five_numbers`
    simulated : whether to draw the 1000 + n numbers that estmeansd draws after `set.seed(1)`

    Examples
    --------
    >>> mean, sd = box_cox(five_numbers(8, 40, q1=4, q3=13))
    >>> round(float(mean), 4), round(float(sd), 4)
    (8.8789, 5.9025)
    """
    draws = (lambda n: r_normals(n + 1000)) if simulated else None
    return _one_by_one(numbers, symmetric_power, draws)


def power_likelihood(numbers: FiveNumbers, *, simulated: bool = False) -> MeanAndSd:
    """Means and standard deviations by Cai's method for unknown non-normal distributions (MLN).

    Parameters
    ----------
    numbers : what is printed, all above 0, see `evidence.derivation.five_numbers`
    simulated : whether to draw the 10,000 numbers that estmeansd draws after `set.seed(1)`

    Examples
    --------
    >>> mean, sd = power_likelihood(five_numbers(8, 40, q1=4, q3=13))
    >>> round(float(mean), 4), round(float(sd), 4)
    (10.2735, 10.4293)
    """
    draws = (lambda n: r_normals(10_000)) if simulated else None
    return _one_by_one(numbers, likeliest_power, draws)


def symmetric_power(numbers: FiveNumbers) -> PowerNormal:
    """The power from 0 to 3 that makes the quantiles of one study symmetric, with Luo's mean and Wan's SD."""

    def lopsided(shape: float) -> float:
        one = _power(numbers, shape)
        with np.errstate(all="ignore"):
            outer = (one.maximum - one.median) / (one.median - one.minimum) - 1.0
            inner = (one.q3 - one.median) / (one.median - one.q1) - 1.0
            return float(one.by_case(outer**2, inner**2, outer**2 + inner**2))

    shape = 0.0 if lopsided(0.0) < _SMALL else max(0.0, _least(lopsided, (-2.0, 3.0), 2.0**-13))
    one = _power(numbers, shape)
    return PowerNormal(float(luo_mean(one)), float(wan_sd(one)), shape)


def likeliest_power(numbers: FiveNumbers) -> PowerNormal:
    """The power from 0 to 10, and then the location and scale, that make one study's quantiles likeliest."""
    from scipy.optimize import minimize

    def unlikely(shape: float) -> float:
        one = _power(numbers, shape)
        return -_log_likelihood(one, float(luo_mean(one)), float(wan_sd(one)))

    shape = _least(unlikely, (0.0, 10.0), 0.001)
    one = _power(numbers, shape)
    start = (float(luo_mean(one)), float(wan_sd(one)))
    found = minimize(
        lambda theta: -_log_likelihood(one, theta[0], theta[1]),
        start,
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000},
    )
    return PowerNormal(float(found.x[0]), float(found.x[1]), shape)


def _least(cost: Callable[[float], float], bounds: tuple[float, float], tolerance: float) -> float:
    """Where the cost is least between the bounds, as R's `optimize` finds it; below 1e-8 it is 0."""
    from scipy.optimize import minimize_scalar

    def finite(value: float) -> float:
        out = cost(float(value))
        return out if abs(out) < inf else 1e300

    found = float(minimize_scalar(finite, bounds=bounds, method="bounded", options={"xatol": tolerance}).x)
    return 0.0 if abs(found) < _SMALL else found


def _power(numbers: FiveNumbers, shape: float) -> FiveNumbers:
    """The numbers on the Box-Cox scale, (x^shape - 1) / shape."""

    def scaled(x: FloatArray) -> FloatArray:
        with np.errstate(all="ignore"):
            return np.log(x) if abs(shape) < _SMALL else (x**shape - 1.0) / shape

    parts = (numbers.minimum, numbers.q1, numbers.median, numbers.q3, numbers.maximum)
    low, first, middle, third, high = (scaled(one) for one in parts)
    return FiveNumbers(low, first, middle, third, high, numbers.n, numbers.usable)


def _log_likelihood(numbers: FiveNumbers, location: float, scale: float) -> float:
    """Of printed order statistics of a normal sample: their densities, and the counts between them."""
    if not scale > 0.0:
        return -inf
    n = int(numbers.n)
    parts = (numbers.minimum, numbers.q1, numbers.median, numbers.q3, numbers.maximum)
    ranks = (1, floor(0.25 * n + 1), floor(0.5 * n + 1), floor(0.75 * n + 1), n)
    known = [(rank, (float(x) - location) / scale) for rank, x in zip(ranks, parts, strict=True) if x == x]
    total = sum(-0.5 * z * z - log(scale) - 0.5 * log(2.0 * pi) for _, z in known)
    places = [(0, -inf), *known, (n + 1, inf)]
    for (rank, z), (above, higher) in pairwise(places):
        count = above - rank - 1
        between = float(normal_area(-z) - normal_area(-higher)) if z > 0 else _area(z, higher)
        if count:
            total += count * log(between) if between > 0.0 else -inf
    return total


def _area(low: float, high: float) -> float:
    return float(normal_area(high) - normal_area(low))


def _one_by_one(
    numbers: FiveNumbers,
    fit: Callable[[FiveNumbers], PowerNormal],
    draws: Callable[[int], FloatArray] | None,
) -> MeanAndSd:
    """The mean and standard deviation of each study; nan where a number is 0 or less, or missing."""
    parts = (numbers.minimum, numbers.q1, numbers.median, numbers.q3, numbers.maximum, numbers.n)
    mean, sd = np.full(numbers.n.shape, nan), np.full(numbers.n.shape, nan)
    case = numbers.ranged | numbers.quartered | numbers.complete
    for place in np.ndindex(numbers.n.shape):
        own = [float(part[place]) for part in parts]
        if not case[place] or np.isnan(own[2]) or min(x for x in own if x == x) <= 0.0:
            continue
        one = five_numbers(own[2], own[5], minimum=own[0], q1=own[1], q3=own[3], maximum=own[4])
        fitted = fit(one)
        found = fitted.simulated(draws(int(own[5]))) if draws else fitted.mean_and_sd()
        mean[place], sd[place] = found
    return mean, sd
