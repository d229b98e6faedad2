"""The ratio of two arms' means (response ratio), on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, Effect, FloatArray, Measure, estimable, exponential
from evidence.measures.two_means import TwoMeans, two_means
from evidence.measures.variance_types import variance, weighted_mean


def _with_average_variation(arms: TwoMeans, possible: BoolArray, alike: bool) -> FloatArray:
    """The variance with the coefficients of variation averaged over the studies, or over the arms too."""
    variation1, variation2 = arms.sd1 / arms.m1, arms.sd2 / arms.m2
    known = possible & np.isfinite(variation1) & np.isfinite(variation2)
    average1 = weighted_mean(variation1, arms.n1, known if alike else possible)
    average2 = weighted_mean(variation2, arms.n2, known if alike else possible)
    if alike:
        both = (variation1 * arms.n1 + variation2 * arms.n2) / arms.n
        average1 = average2 = weighted_mean(both, arms.n, known)
    return average1**2 / arms.n1 + average2**2 / arms.n2


def log_ratio_of_means(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    correct: bool = True,
    vtype: str = "LS",
) -> Effect:
    """Log ratios of means, the first arm over the second, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    correct : whether the small-sample bias of the logarithm is taken off
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    log(m1i / m2i), where corrected plus (c1 - c2) / 2 with c = sd^2 / (n m^2) of each arm. Not estimable
    unless both means have one sign. The variance is

    - LS: c1 + c2; LS2: that plus (c1^2 + c2^2) / 2
    - HO: LS with the pooled standard deviation in both arms
    - AV: LS with each arm's coefficient of variation averaged over the studies, weighted by its size; AVHO
      with one average for both arms

    References
    ----------
    Hedges LV, Gurevitch J, Curtis PS. Ecology 1999;80:1150-6. Lajeunesse MJ. Ecology 2015;96:2056-63,
    eq. 8 and 9.

    Examples
    --------
    >>> yi, vi = log_ratio_of_means([55], [47], [155], [75], [64], [156], correct=False)
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.310155, 0.009379)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        possible = arms.possible & (arms.m1 * arms.m2 > 0)
        first, second = arms.cv1, arms.cv2
        yi = np.log(np.abs(arms.m1)) - np.log(np.abs(arms.m2)) + (0.5 * (first - second) if correct else 0.0)
        ways = {
            "LS": lambda: first + second,
            "LS2": lambda: first + second + 0.5 * (first**2 + second**2),
            "HO": lambda: arms.pooled**2 * (1.0 / (arms.n1 * arms.m1**2) + 1.0 / (arms.n2 * arms.m2**2)),
            "AV": lambda: _with_average_variation(arms, arms.possible, alike=False),
            "AVHO": lambda: _with_average_variation(arms, arms.possible, alike=True),
        }
        return estimable(yi, variance(vtype, ways), possible)


MEASURE = Measure(
    code="ROM",
    name="ratio of means",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=log_ratio_of_means,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Ratio of means",
    kind="continuous",
    vtypes=("LS", "LS2", "HO", "AV", "AVHO"),
)
