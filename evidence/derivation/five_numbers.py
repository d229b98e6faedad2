"""The quantiles a study prints in place of a mean, and which of them there are.

Three cases have estimators of the mean and standard deviation: the median with the smallest and largest
value, the median with the quartiles, and all five. Sizes below 5 are not used, as in metafor, nor numbers
that are not in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, FloatArray, floats
from evidence.measures.normal import normal_quantile

LEAST = 5


@dataclass(frozen=True, slots=True, eq=False)
class FiveNumbers:
    """Arrays of one shape, nan where a quantile is not printed.

    `ranged`, `quartered` and `complete` tell which of the three cases a study is.
    """

    minimum: FloatArray
    q1: FloatArray
    median: FloatArray
    q3: FloatArray
    maximum: FloatArray
    n: FloatArray
    usable: BoolArray

    @property
    def ranged(self) -> BoolArray:
        """Smallest and largest value without quartiles."""
        return self.usable & self._has_range & ~self._has_quartiles & np.isnan(self.q1) & np.isnan(self.q3)

    @property
    def quartered(self) -> BoolArray:
        """Quartiles without smallest and largest value."""
        missing = np.isnan(self.minimum) & np.isnan(self.maximum)
        return self.usable & self._has_quartiles & missing

    @property
    def complete(self) -> BoolArray:
        """All of them."""
        return self.usable & self._has_range & self._has_quartiles

    @property
    def _has_range(self) -> BoolArray:
        return ~(np.isnan(self.minimum) | np.isnan(self.maximum))

    @property
    def _has_quartiles(self) -> BoolArray:
        return ~(np.isnan(self.q1) | np.isnan(self.q3))

    @property
    def range_width(self) -> FloatArray:
        """How many standard deviations a normal sample's range is wide (Blom's approximation)."""
        return 2.0 * normal_quantile((self.n - 0.375) / (self.n + 0.25))

    @property
    def quartile_width(self) -> FloatArray:
        """How many standard deviations a normal sample's interquartile range is wide."""
        return 2.0 * normal_quantile((0.75 * self.n - 0.125) / (self.n + 0.25))

    def by_case(self, ranged: FloatArray, quartered: FloatArray, complete: FloatArray) -> FloatArray:
        """The value of each study's own case, nan where it is none."""
        cases = [self.ranged, self.quartered, self.complete]
        return np.select(cases, [ranged, quartered, complete], nan)


def five_numbers(
    median: ArrayLike,
    n: ArrayLike,
    *,
    q1: ArrayLike = nan,
    q3: ArrayLike = nan,
    minimum: ArrayLike = nan,
    maximum: ArrayLike = nan,
) -> FiveNumbers:
    """The quantiles as arrays of one shape, and where they can be used.

    Parameters
    ----------
    median, n : (..., k) medians and sizes
    q1, q3, minimum, maximum : quartiles, smallest and largest values; nan where they are not printed

    Examples
    --------
    >>> five_numbers([8, 12], [40, 20], q1=[4, 13], q3=[13, 20]).quartered.tolist()
    [True, False]
    """
    low, first, middle, third, high, size = floats(minimum, q1, median, q3, maximum, n)
    with np.errstate(invalid="ignore"):
        ordered = np.ones(size.shape, dtype=np.bool_)
        highest = np.full(size.shape, -np.inf)
        for one in (low, first, middle, third, high):
            ordered &= np.isnan(one) | (one >= highest)
            highest = np.fmax(highest, one)
        usable = ordered & (size >= LEAST)
    return FiveNumbers(low, first, middle, third, high, size, usable)


def logarithms(numbers: FiveNumbers) -> FiveNumbers:
    """The same numbers on the log scale; not usable where one of them is not above 0."""
    parts = (numbers.minimum, numbers.q1, numbers.median, numbers.q3, numbers.maximum)
    with np.errstate(divide="ignore", invalid="ignore"):
        positive = np.logical_and.reduce([np.isnan(one) | (one > 0) for one in parts])
        logs = [np.log(np.where(one > 0, one, nan)) for one in parts]
    return FiveNumbers(logs[0], logs[1], logs[2], logs[3], logs[4], numbers.n, numbers.usable & positive)
