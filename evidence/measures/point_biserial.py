"""The point-biserial correlation of arm and outcome."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.two_means import TwoMeans, two_means
from evidence.measures.variance_types import variance


def point_biserial(arms: TwoMeans, vtype: str) -> Effect:
    """The correlations and variances; not yet screened for what is not estimable."""
    di, harmonic = arms.d, arms.df / arms.n1 + arms.df / arms.n2
    yi = di / np.sqrt(di**2 + harmonic)
    spread = 1.0 / arms.n1 + 1.0 / arms.n2 + di**2 / (2.0 * arms.n)
    tate = arms.n * yi**2 / (4.0 * arms.n1 * arms.n2) + (2.0 - 3.0 * yi**2) / (2.0 * arms.n)
    stratified = harmonic**2 / (harmonic + di**2) ** 3 * spread
    ways = {
        "LS": lambda: stratified,
        "ST": lambda: stratified,
        "CS": lambda: (1.0 - yi**2) ** 2 * tate,
    }
    return yi, variance(vtype, ways)


def point_biserial_correlation(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Point-biserial correlations from two arms' means, and their variances.

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
    r = d / sqrt(d^2 + h) with d the difference of the means over the pooled standard deviation on m degrees
    of freedom and h = m/n1i + m/n2i. The variance is

    - LS, ST: h^2 / (h + d^2)^3 (1/n1i + 1/n2i + d^2 / (2 n)), for arms of fixed size
    - CS: (1 - r^2)^2 (n r^2 / (4 n1i n2i) + (2 - 3 r^2) / (2 n)), for arms that came about

    References
    ----------
    Tate RF. Ann Math Stat 1954;25:603-7; Biometrika 1955;42:205-16 (CS).

    Examples
    --------
    >>> yi, vi = point_biserial_correlation([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.17581, 0.002992)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        yi, vi = point_biserial(arms, vtype)
    return estimable(yi, vi, arms.possible)


MEASURE = Measure(
    code="RPB",
    name="point-biserial correlation",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=point_biserial_correlation,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Point-biserial correlation",
    kind="continuous",
    vtypes=("LS", "ST", "CS"),
)
