"""Mean and standard deviation from quantiles, by the distribution whose own quantiles come nearest (QE).

Normal, log-normal, gamma, Weibull and, for data between 0 and 1, beta distributions are fitted by least
squares to the printed quantiles; the mean and standard deviation are those of the nearest. Values below 0
leave the normal alone. Bounds, starting values, steps and stopping rule are those of the package
estmeansd, to which the results agree to about 1e-3; as there, a distribution is given up where its distance
becomes infinite on the way (a Weibull often).

References
----------
McGrath S, Zhao X, Steele R, et al. Stat Methods Med Res 2020;29:2520-37.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, gamma, log, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from evidence.derivation.five_numbers import FiveNumbers, five_numbers
from evidence.derivation.luo_wan_shi import MeanAndSd, luo_mean, wan_sd
from evidence.measures.measure import FloatArray
from evidence.measures.normal import normal_quantile

Quantiles = Callable[[FloatArray, FloatArray], FloatArray]
Bounds = tuple[tuple[float, float], tuple[float, float]]
Fit = tuple[float, float, float]

_LEAST = 1e-3
_STEP, _STOP = 1e-3, 1e7 * 2.220446049250313e-16  # those of R's optim
_ZERO = 1e-2
"""What stands for a printed 0, which no positive distribution has."""


def quantile_estimation(numbers: FiveNumbers) -> MeanAndSd:
    """Means and standard deviations of the distributions nearest to the quantiles.

    Parameters
    ----------
    numbers : what is printed, see `evidence.derivation.five_numbers`

    Examples
    --------
    >>> mean, sd = quantile_estimation(five_numbers(8, 40, q1=4, q3=13))
    >>> round(float(mean), 3), round(float(sd), 3)
    (9.401, 6.967)
    """
    parts = (numbers.minimum, numbers.q1, numbers.median, numbers.q3, numbers.maximum, numbers.n)
    mean, sd = np.full(numbers.n.shape, nan), np.full(numbers.n.shape, nan)
    case = (numbers.ranged | numbers.quartered | numbers.complete) & ~np.isnan(numbers.median)
    for place in np.ndindex(numbers.n.shape):
        if case[place]:
            low, q1, median, q3, high, n = (float(part[place]) for part in parts)
            own = five_numbers(median, n, q1=q1, q3=q3, minimum=low, maximum=high)
            _, mean[place], sd[place] = min(_fits(own))
    return mean, sd


def _fits(numbers: FiveNumbers) -> list[Fit]:
    """The squared distance, mean and standard deviation of each distribution that may be fitted."""
    printed, chances = _printed(numbers)
    mean, sd = _start(numbers, printed)
    middle = 1 if printed.size == 3 else 2
    around = (printed[0], printed[2]) if printed.size == 3 else (printed[1], printed[3])
    fits = [_normal(printed, chances, (mean, sd), (around, (_LEAST, 50.0)))]
    if printed.min() < 0.0:
        return fits
    if mean > 0.0 and printed[middle] > 0.0:
        fits += [
            _log_normal(printed, chances, (mean, sd), around),
            _gamma(printed, chances, (mean, sd)),
            _weibull(printed, chances, (mean, sd)),
        ]
        if printed.max() < 1.0:
            fits.append(_beta(printed, chances, (mean, sd)))
    return [fit for fit in fits if not np.isnan(fit[0])]


def _printed(numbers: FiveNumbers) -> tuple[FloatArray, FloatArray]:
    n = float(numbers.n)
    quantiles = np.array(
        [float(one) for one in (numbers.minimum, numbers.q1, numbers.median, numbers.q3, numbers.maximum)]
    )
    chances = np.array([1.0 / n, 0.25, 0.5, 0.75, 1.0 - 1.0 / n])
    known: NDArray[np.bool_] = ~np.isnan(quantiles)
    return np.where(quantiles == 0.0, _ZERO, quantiles)[known], chances[known]


def _start(numbers: FiveNumbers, printed: FloatArray) -> tuple[float, float]:
    """Luo's mean and Wan's standard deviation."""
    replaced = five_numbers(
        np.where(numbers.median == 0.0, _ZERO, numbers.median),
        numbers.n,
        q1=np.where(numbers.q1 == 0.0, _ZERO, numbers.q1),
        q3=np.where(numbers.q3 == 0.0, _ZERO, numbers.q3),
        minimum=np.where(numbers.minimum == 0.0, _ZERO, numbers.minimum),
        maximum=np.where(numbers.maximum == 0.0, _ZERO, numbers.maximum),
    )
    return float(luo_mean(replaced)), float(wan_sd(replaced))


class _Unbounded(ArithmeticError):
    """The distance was not finite on the way, where the reference program gives a distribution up."""


def _nearest(
    quantiles: Quantiles, printed: FloatArray, chances: FloatArray, start: tuple[float, float], bounds: Bounds
) -> tuple[float, float, float]:
    """The least squared distance to the printed quantiles, and its two parameters; nan if given up."""
    from scipy.optimize import minimize

    def distance(theta: FloatArray) -> float:
        with np.errstate(all="ignore"):
            value = float(((quantiles(theta, chances) - printed) ** 2).sum())
        if not np.isfinite(value):
            raise _Unbounded
        return value

    def slope(theta: FloatArray) -> FloatArray:
        parts = []
        for place, (low, high) in enumerate(bounds):
            up, down = theta.copy(), theta.copy()
            up[place], down[place] = min(theta[place] + _STEP, high), max(theta[place] - _STEP, low)
            parts.append((distance(up) - distance(down)) / (up[place] - down[place]))
        return np.array(parts)

    inside = [min(max(one, low), high) for one, (low, high) in zip(start, bounds, strict=True)]
    options = {"maxiter": 100, "ftol": _STOP, "gtol": 0.0}
    try:
        found = minimize(distance, inside, jac=slope, method="L-BFGS-B", bounds=bounds, options=options)
    except _Unbounded:
        return nan, nan, nan
    return float(found.fun), float(found.x[0]), float(found.x[1])


def _normal(printed: FloatArray, chances: FloatArray, start: tuple[float, float], bounds: Bounds) -> Fit:
    z = normal_quantile(chances)
    return _nearest(lambda theta, _: theta[0] + theta[1] * z, printed, chances, start, bounds)


def _log_normal(
    printed: FloatArray, chances: FloatArray, start: tuple[float, float], around: tuple[float, float]
) -> Fit:
    z, (mean, sd) = normal_quantile(chances), start
    square = log(1.0 + (sd / mean) ** 2)
    centre, bounds = log(mean) - 0.5 * square, ((log(around[0]), log(around[1])), (_LEAST, 10.0))
    cost, location, scale = _nearest(
        lambda theta, _: np.exp(theta[0] + theta[1] * z), printed, chances, (centre, sqrt(square)), bounds
    )
    if np.isnan(cost):
        return nan, nan, nan
    average = exp(location + 0.5 * scale**2)
    return cost, average, average * sqrt(exp(scale**2) - 1.0)


def _gamma(printed: FloatArray, chances: FloatArray, start: tuple[float, float]) -> Fit:
    from scipy.special import gammaincinv

    mean, sd = start
    cost, shape, rate = _nearest(
        lambda theta, p: gammaincinv(theta[0], p) / theta[1],
        printed,
        chances,
        ((mean / sd) ** 2, mean / sd**2),
        ((_LEAST, 100.0), (_LEAST, 100.0)),
    )
    return cost, shape / rate, sqrt(shape) / rate


def _weibull(printed: FloatArray, chances: FloatArray, start: tuple[float, float]) -> Fit:
    from scipy.optimize import minimize_scalar

    mean, sd = start
    first = (mean / sd) ** 1.086

    def off(shape: float) -> float:
        return (
            sd / mean - sqrt(max(gamma(1.0 + 2.0 / shape) / gamma(1.0 + 1.0 / shape) ** 2 - 1.0, 0.0))
        ) ** 2

    found = minimize_scalar(off, bounds=(max(0.5 * first, 0.05), 2.0 * first + 0.1), method="bounded")
    begin = (float(found.x), mean / gamma(1.0 + 1.0 / float(found.x)))
    cost, shape, scale = _nearest(
        lambda theta, p: theta[1] * (-np.log1p(-p)) ** (1.0 / theta[0]),
        printed,
        chances,
        begin,
        ((_LEAST, 100.0), (_LEAST, 100.0)),
    )
    if not shape > 0.02:
        return nan, nan, nan
    average = gamma(1.0 + 1.0 / shape)
    return cost, scale * average, scale * sqrt(gamma(1.0 + 2.0 / shape) - average**2)


def _beta(printed: FloatArray, chances: FloatArray, start: tuple[float, float]) -> Fit:
    from scipy.special import betaincinv

    mean, sd = start
    first = mean * (mean * (1.0 - mean) / sd**2 - 1.0)
    cost, one, other = _nearest(
        lambda theta, p: betaincinv(theta[0], theta[1], p),
        printed,
        chances,
        (first, first * (1.0 - mean) / mean),
        ((_LEAST, 40.0), (_LEAST, 40.0)),
    )
    total = one + other
    return cost, one / total, sqrt(one * other / (total**2 * (total + 1.0)))
