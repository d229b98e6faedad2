"""Mean and standard deviation from quantiles by older rules, for data taken to be normal.

Kept because published reviews used them; `evidence.derivation.luo_wan_shi` is nearer the truth.

References
----------
Hozo SP, Djulbegovic B, Hozo I. BMC Med Res Methodol 2005;5:13. Bland M. Int J Stat Med Res 2015;4:57-64.
Walter SD, Yao X. J Clin Epidemiol 2007;60:849-52. Wan X et al. BMC Med Res Methodol 2014;14:135.
"""

from __future__ import annotations

from math import nan

import numpy as np

from evidence.derivation.five_numbers import FiveNumbers
from evidence.derivation.luo_wan_shi import MeanAndSd, wan_sd
from evidence.measures.measure import FloatArray
from evidence.measures.normal import normal_area


def hozo(numbers: FiveNumbers) -> MeanAndSd:
    """Hozo's means and standard deviations from the range; nan where quartiles are printed.

    Examples
    --------
    >>> from evidence.derivation.five_numbers import five_numbers
    >>> [float(one) for one in hozo(five_numbers(12, 20, minimum=2, maximum=26))]
    [13.0, 6.0]
    """
    n, width = numbers.n, numbers.maximum - numbers.minimum
    ends = numbers.minimum - 2.0 * numbers.median + numbers.maximum
    mean = np.where(
        n <= 25, 0.25 * (numbers.minimum + 2.0 * numbers.median + numbers.maximum), numbers.median
    )
    small = np.sqrt((0.25 * ends**2 + width**2) / 12.0)
    sd = np.where(n <= 15, small, np.where(n <= 70, width / 4.0, width / 6.0))
    return np.where(numbers.ranged, mean, nan), np.where(numbers.ranged, sd, nan)


def wan(numbers: FiveNumbers) -> MeanAndSd:
    """Wan's means and standard deviations.

    Examples
    --------
    >>> from evidence.derivation.five_numbers import five_numbers
    >>> [float(one.round(6)) for one in wan(five_numbers(8, 40, q1=4, q3=13))]
    [8.333333, 6.920369]
    """
    hinges = numbers.q1 + numbers.median + numbers.q3
    ends = numbers.minimum + 2.0 * numbers.median + numbers.maximum
    return numbers.by_case(0.25 * ends, hinges / 3.0, _eighths(numbers)), wan_sd(numbers)


def bland(numbers: FiveNumbers) -> MeanAndSd:
    """Bland's means and standard deviations from five numbers; nan where not all are printed.

    Examples
    --------
    >>> from evidence.derivation.five_numbers import five_numbers
    >>> [float(one.round(6)) for one in bland(five_numbers(15, 50, q1=9, q3=21, minimum=2, maximum=33))]
    [15.625, 7.916557]
    """
    a, q1, m, q3, b = numbers.minimum, numbers.q1, numbers.median, numbers.q3, numbers.maximum
    mean = _eighths(numbers)
    squares = (a**2 + 2.0 * q1**2 + 2.0 * m**2 + 2.0 * q3**2 + b**2) / 16.0
    products = (a * q1 + q1 * m + m * q3 + q3 * b) / 8.0
    with np.errstate(invalid="ignore"):
        sd = np.sqrt(squares + products - mean**2)
    return np.where(numbers.complete, mean, nan), np.where(numbers.complete, sd, nan)


def walter(numbers: FiveNumbers) -> MeanAndSd:
    """Medians for means, and Walter and Yao's standard deviations from the range; nan with quartiles.

    Examples
    --------
    >>> from evidence.derivation.five_numbers import five_numbers
    >>> [float(one.round(6)) for one in walter(five_numbers(12, 20, minimum=2, maximum=26))]
    [12.0, 6.425789]
    """
    sd = (numbers.maximum - numbers.minimum) / expected_range(numbers.n)
    return np.where(numbers.ranged, numbers.median, nan), np.where(numbers.ranged, sd, nan)


def expected_range(n: FloatArray) -> FloatArray:
    """The mean range of n standard normal values, exactly.

    Examples
    --------
    >>> float(expected_range(np.array(20.0)).round(6))
    3.73495
    """
    places = np.linspace(-12.0, 12.0, 1201)
    below = normal_area(places)
    inside = 1.0 - (1.0 - below) ** n[..., None] - below ** n[..., None]
    result: FloatArray = inside.sum(axis=-1) * (places[1] - places[0])
    return result


def _eighths(numbers: FiveNumbers) -> FloatArray:
    inner = numbers.q1 + numbers.median + numbers.q3
    return (numbers.minimum + 2.0 * inner + numbers.maximum) / 8.0
