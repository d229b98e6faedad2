"""Mean and standard deviation from quantiles: the weights of Luo, Wan and Shi, for normal or log-normal data.

The recommended route where the data are not too skewed, see `evidence.derivation.skewness_test`.

References
----------
Luo D, Wan X, Liu J, Tong T. Stat Methods Med Res 2018;27:1785-805 (mean; eq. 7, 11, 15).
Wan X, Wang W, Liu J, Tong T. BMC Med Res Methodol 2014;14:135 (standard deviation; eq. 9, 16).
Shi J, Luo D, Weng H, et al. Res Synth Methods 2020;11:641-54 (standard deviation from five numbers; eq. 10).
Shi J, Tong T, Wang Y, Genton MG. Stat Interface 2020;13:519-31 (log-normal data).
"""

from __future__ import annotations

import numpy as np

from evidence.derivation.five_numbers import FiveNumbers, logarithms
from evidence.derivation.skewness_test import skewed
from evidence.measures.measure import FloatArray

MeanAndSd = tuple[FloatArray, FloatArray]


def normal_data(numbers: FiveNumbers, *, test: bool = True) -> MeanAndSd:
    """Means and standard deviations, the data taken to be normal.

    Parameters
    ----------
    numbers : what is printed, see `evidence.derivation.five_numbers`
    test : whether skewed numbers give nan (Shi's test at 5 %)

    Examples
    --------
    >>> from evidence.derivation.five_numbers import five_numbers
    >>> mean, sd = normal_data(five_numbers(8, 40, q1=4, q3=13))
    >>> round(float(mean), 6), round(float(sd), 6)
    (8.354875, 6.920369)
    """
    return _screened(numbers, luo_mean(numbers), shi_sd(numbers), test)


def log_normal_data(numbers: FiveNumbers, *, test: bool = True) -> MeanAndSd:
    """Means and standard deviations, the data taken to be log-normal.

    The same estimators on the log scale, with what the estimated variance adds to the back-transformation
    taken off. nan where a number is not above 0.

    Examples
    --------
    >>> from evidence.derivation.five_numbers import five_numbers
    >>> mean, sd = log_normal_data(five_numbers(8, 40, q1=4, q3=13))
    >>> round(float(mean), 6), round(float(sd), 6)
    (10.799745, 10.473138)
    """
    logs = logarithms(numbers)
    n, logged = logs.n, np.log(logs.n)
    with np.errstate(all="ignore"):
        location, scale = luo_mean(logs), shi_sd(logs)
        inflation = logs.by_case(1.01 + 0.25 / logged**2, 1.0 + 1.58 / n, 1.0 + 0.28 / logged**2)
        fourth = scale**4 / logs.by_case(1.0 + 2.23 / logged**2, 1.0 + 19.2 / n**1.2, 1.0 + 3.93 / n)
        square = scale**2 / inflation

        def shrinkage(second: tuple[float, ...], fourths: tuple[float, ...]) -> FloatArray:
            pick = [
                logs.by_case(*(np.full(n.shape, one) for one in weights)) for weights in (second, fourths)
            ]
            return 1.0 + (pick[0] * square + pick[1] * fourth) / n

        mean = np.exp(location + 0.5 * square) / shrinkage((0.565, 0.57, 0.405), (0.37, 0.75, 0.315))
        upper = np.exp(2.0 * (location + square)) / shrinkage((2.26, 2.28, 1.62), (5.92, 12.0, 5.04))
        lower = np.exp(2.0 * location + square) / shrinkage((2.26, 2.28, 1.62), (1.48, 3.0, 1.26))
        return _screened(logs, mean, np.sqrt(upper - lower), test)


def luo_mean(numbers: FiveNumbers) -> FloatArray:
    """Luo's means: the median and the middles of what is printed, weighted by size."""
    n = numbers.n
    with np.errstate(all="ignore"):
        middle = 0.5 * (numbers.minimum + numbers.maximum)
        hinge = 0.5 * (numbers.q1 + numbers.q3)
        outer, quarter = 4.0 / (4.0 + n**0.75), 0.7 + 0.39 / n
        weight1, weight2 = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
        return numbers.by_case(
            outer * middle + (1.0 - outer) * numbers.median,
            quarter * hinge + (1.0 - quarter) * numbers.median,
            weight1 * middle + weight2 * hinge + (1.0 - weight1 - weight2) * numbers.median,
        )


def wan_sd(numbers: FiveNumbers) -> FloatArray:
    """Wan's standard deviations; from five numbers the mean of that of the range and of the quartiles."""
    return _sd(numbers, np.full(numbers.n.shape, 0.5))


def shi_sd(numbers: FiveNumbers) -> FloatArray:
    """Wan's standard deviations, and Shi's from five numbers: the range weighs less in a large sample."""
    with np.errstate(all="ignore"):
        return _sd(numbers, 1.0 / (1.0 + 0.07 * numbers.n**0.6))


def _sd(numbers: FiveNumbers, weight: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        outer = (numbers.maximum - numbers.minimum) / numbers.range_width
        inner = (numbers.q3 - numbers.q1) / numbers.quartile_width
        return numbers.by_case(outer, inner, weight * outer + (1.0 - weight) * inner)


def _screened(numbers: FiveNumbers, mean: FloatArray, sd: FloatArray, test: bool) -> MeanAndSd:
    if not test:
        return mean, sd
    too_skewed = skewed(numbers)
    return np.where(too_skewed, np.nan, mean), np.where(too_skewed, np.nan, sd)
