"""The ratio of one group's coefficients of variation on two occasions, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.two_occasions import two_occasions
from evidence.measures.variability_ratio_within import second_order_variance
from evidence.measures.variance_types import variance


def log_coefficient_of_variation_ratio_within(
    m1i: ArrayLike,
    m2i: ArrayLike,
    sd1i: ArrayLike,
    sd2i: ArrayLike,
    ri: ArrayLike,
    ni: ArrayLike,
    *,
    correct: bool = True,
    vtype: str = "LS",
) -> Effect:
    """Log ratios of coefficients of variation, first occasion over second, and their variances.

    Parameters
    ----------
    m1i, m2i, sd1i, sd2i : (..., k) means and standard deviations of the two occasions
    ri : correlation of the two occasions within people; ni : people measured at both
    correct : whether the small-sample bias of the logarithm is taken off
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    log(sd1i / m1i) - log(sd2i / m2i), where corrected plus (c2^2 - c1^2) / (2 ni) with c the coefficients of
    variation. The variance is

    - LS: (c1^2 + c2^2 - 2 ri c1 c2) / ni + (1 - ri^2) / (ni - 1)
    - LS2: the sum of LS2 of `evidence.measures.ratio_of_means_within` and of
      `evidence.measures.variability_ratio_within`

    References
    ----------
    Senior AM, Viechtbauer W, Nakagawa S. Res Synth Methods 2020;11:553-67, eq. 9, 23 and 24.

    Examples
    --------
    >>> yi, vi = log_coefficient_of_variation_ratio_within([30], [24], [4.5], [4.7], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.266312, 0.032509)
    """
    pair = two_occasions(m1i, m2i, sd1i, sd2i, ri, ni)
    with np.errstate(all="ignore"):
        yi = np.log(pair.sd1 / pair.m1) - np.log(pair.sd2 / pair.m2)
        yi = yi - (pair.log_mean_bias if correct else 0.0)
        means = pair.log_mean_variance
        ways = {
            "LS": lambda: means + (1.0 - pair.r**2) / (pair.n - 1.0),
            "LS2": lambda: (
                means + pair.log_mean_second_order + second_order_variance(pair.sd1, pair.sd2, pair.r, pair.n)
            ),
        }
        return estimable(yi, variance(vtype, ways), pair.possible)


MEASURE = Measure(
    code="CVRC",
    name="coefficient of variation ratio (within people)",
    inputs=("m1i", "m2i", "sd1i", "sd2i", "ri", "ni"),
    effect=log_coefficient_of_variation_ratio_within,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Coefficient of variation ratio",
    kind="within",
    vtypes=("LS", "LS2"),
)
