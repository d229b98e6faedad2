"""The means and standard deviations of two arms, and what the measures made of them share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, FloatArray, floats


@dataclass(frozen=True, slots=True, eq=False)
class TwoMeans:
    """Arrays of one shape; `possible` where no standard deviation is negative and no arm is empty."""

    m1: FloatArray
    sd1: FloatArray
    n1: FloatArray
    m2: FloatArray
    sd2: FloatArray
    n2: FloatArray
    possible: BoolArray

    @property
    def n(self) -> FloatArray:
        """The people of both arms."""
        return self.n1 + self.n2

    @property
    def df(self) -> FloatArray:
        """The degrees of freedom of the pooled standard deviation."""
        return self.n1 + self.n2 - 2.0

    @property
    def pooled(self) -> FloatArray:
        """The pooled standard deviation."""
        squares = (self.n1 - 1.0) * self.sd1**2 + (self.n2 - 1.0) * self.sd2**2
        result: FloatArray = np.sqrt(squares / self.df)
        return result

    @property
    def average(self) -> FloatArray:
        """The root of the mean of the two variances, whatever the sizes of the arms."""
        result: FloatArray = np.sqrt(0.5 * (self.sd1**2 + self.sd2**2))
        return result

    @property
    def d(self) -> FloatArray:
        """Cohen's d: the difference of the means over the pooled standard deviation."""
        return (self.m1 - self.m2) / self.pooled

    @property
    def cv1(self) -> FloatArray:
        """The first arm's squared coefficient of variation over its size."""
        return self.sd1**2 / (self.n1 * self.m1**2)

    @property
    def cv2(self) -> FloatArray:
        """The second arm's squared coefficient of variation over its size."""
        return self.sd2**2 / (self.n2 * self.m2**2)


def two_means(
    m1i: ArrayLike, sd1i: ArrayLike, n1i: ArrayLike, m2i: ArrayLike, sd2i: ArrayLike, n2i: ArrayLike
) -> TwoMeans:
    """The arms as arrays of floats of one shape, and where they can be.

    Examples
    --------
    >>> arms = two_means([55], [47], [155], [75], [64], [156])
    >>> arms.pooled.round(6).tolist(), arms.d.round(6).tolist()
    ([56.174313], [-0.356035])
    """
    m1, sd1, n1, m2, sd2, n2 = floats(m1i, sd1i, n1i, m2i, sd2i, n2i)
    possible = (sd1 >= 0) & (sd2 >= 0) & (n1 > 0) & (n2 > 0)
    return TwoMeans(m1, sd1, n1, m2, sd2, n2, possible)
