"""Whether printed quantiles are too lopsided for the methods that take the data to be normal.

References
----------
Shi J, Luo D, Wan X, Liu Y, Liu J, Bian Z, Tong T. Stat Methods Med Res 2023;32:1338-60.
"""

from __future__ import annotations

import numpy as np

from evidence.derivation.five_numbers import FiveNumbers
from evidence.measures.measure import BoolArray, FloatArray


def skewness(numbers: FiveNumbers) -> tuple[FloatArray, FloatArray]:
    """The test statistic and its 5 % critical value; the larger the statistic the more skewed.

    Notes
    -----
    With the range, |a + b - 2 m| / (b - a) against 1 / log(n + 9) + 2.5 / (n + 1); with the quartiles the
    same of these against 2.65 / sqrt(n) - 6 / n^2; with both, the larger of 2.65 log(0.6 n) / sqrt(n) times
    the first and the second, against 3 / sqrt(n) - 40 / n^3.

    Examples
    --------
    >>> from evidence.derivation.five_numbers import five_numbers
    >>> [float(one.round(6)) for one in skewness(five_numbers(10, 85, minimum=1.5, maximum=41))]
    [0.56962, 0.249174]
    """
    n = numbers.n
    with np.errstate(all="ignore"):
        ends = numbers.minimum + numbers.maximum - 2.0 * numbers.median
        outer = np.abs(ends / (numbers.maximum - numbers.minimum))
        inner = np.abs((numbers.q1 + numbers.q3 - 2.0 * numbers.median) / (numbers.q3 - numbers.q1))
        both = np.maximum(2.65 * np.log(0.6 * n) / np.sqrt(n) * outer, inner)
        statistic = numbers.by_case(outer, inner, both)
        critical = numbers.by_case(
            1.0 / np.log(n + 9.0) + 2.5 / (n + 1.0),
            2.65 / np.sqrt(n) - 6.0 / n**2,
            3.0 / np.sqrt(n) - 40.0 / n**3,
        )
    return statistic, critical


def skewed(numbers: FiveNumbers) -> BoolArray:
    """Where the test rejects symmetry at 5 %; False where it cannot be made.

    Examples
    --------
    >>> from evidence.derivation.five_numbers import five_numbers
    >>> bool(skewed(five_numbers(10, 85, minimum=1.5, maximum=41)))
    True
    """
    statistic, critical = skewness(numbers)
    with np.errstate(invalid="ignore"):
        return np.asarray(statistic >= critical)
