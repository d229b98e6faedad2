"""The difference of two arms' means, in the unit of the outcome."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.two_means import two_means
from evidence.measures.variance_types import variance


def mean_difference(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Mean differences, the first arm less the second, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    m1i - m2i. The variance is

    - LS, UB: sd1i^2 / n1i + sd2i^2 / n2i; the arms' variances are not taken to be equal
    - HO: s^2 (1/n1i + 1/n2i) with s the pooled standard deviation

    Examples
    --------
    >>> yi, vi = mean_difference([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-20.0, 40.508023)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        apart = arms.sd1**2 / arms.n1 + arms.sd2**2 / arms.n2
        ways = {
            "LS": lambda: apart,
            "UB": lambda: apart,
            "HO": lambda: arms.pooled**2 * (1.0 / arms.n1 + 1.0 / arms.n2),
        }
        return estimable(arms.m1 - arms.m2, variance(vtype, ways), arms.possible)


MEASURE = Measure(
    code="MD",
    name="mean difference",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=mean_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Mean difference",
    kind="continuous",
    vtypes=("LS", "UB", "HO"),
)
