"""The means of one group on two occasions, and what the measures of change share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, FloatArray, floats


@dataclass(frozen=True, slots=True, eq=False)
class TwoOccasions:
    """Arrays of one shape; `possible` where no standard deviation is negative, |r| <= 1 and n > 0."""

    m1: FloatArray
    sd1: FloatArray
    m2: FloatArray
    sd2: FloatArray
    r: FloatArray
    n: FloatArray
    possible: BoolArray

    @property
    def change_variance(self) -> FloatArray:
        """The variance of the change within people; never below 0, as its written-out form may be."""
        return (self.sd1 - self.sd2) ** 2 + 2.0 * (1.0 - self.r) * self.sd1 * self.sd2

    @property
    def average_variance(self) -> FloatArray:
        """The mean of the two variances."""
        return 0.5 * (self.sd1**2 + self.sd2**2)

    @property
    def kurtosis_term(self) -> FloatArray:
        """(sd1^4 + sd2^4 + 2 r^2 sd1^2 sd2^2) / (8 s^4) with s^2 the mean of the two variances."""
        fourth = self.sd1**4 + self.sd2**4 + 2.0 * self.r**2 * self.sd1**2 * self.sd2**2
        return fourth / (8.0 * self.average_variance**2)

    @property
    def log_mean_variance(self) -> FloatArray:
        """The variance of log(m1) - log(m2), to first order."""
        cv1, cv2 = self.sd1 / self.m1, self.sd2 / self.m2
        return ((cv1 - cv2) ** 2 + 2.0 * (1.0 - self.r) * cv1 * cv2) / self.n

    @property
    def log_mean_second_order(self) -> FloatArray:
        """What the second-order term adds to that variance, as Senior et al. (2020, eq. 19) print it."""
        cv1, cv2 = (self.sd1 / self.m1) ** 2, (self.sd2 / self.m2) ** 2
        ratio = (self.m1 / self.m2) ** 2
        return 0.5 * (cv1**2 + cv2**2 + self.r**2 * cv1 * cv2 * (ratio + 1.0 / ratio)) / self.n**2

    @property
    def log_mean_bias(self) -> FloatArray:
        """What log(m1) - log(m2) is too small by, to second order."""
        cv1, cv2 = (self.sd1 / self.m1) ** 2, (self.sd2 / self.m2) ** 2
        return 0.5 * (cv1 - cv2) / self.n


def two_occasions(
    m1i: ArrayLike, m2i: ArrayLike, sd1i: ArrayLike, sd2i: ArrayLike, ri: ArrayLike, ni: ArrayLike
) -> TwoOccasions:
    """The occasions as arrays of floats of one shape, and where they can be.

    Examples
    --------
    >>> two_occasions([30], [24], [4.5], [4.7], [0.5], [25]).change_variance.round(6).tolist()
    [21.19]
    """
    m1, m2, sd1, sd2, r, n = floats(m1i, m2i, sd1i, sd2i, ri, ni)
    with np.errstate(invalid="ignore"):
        possible = (sd1 >= 0) & (sd2 >= 0) & (np.abs(r) <= 1) & (n > 0)
    return TwoOccasions(m1, sd1, m2, sd2, r, n, possible)
