"""The ratio of one group's means on two occasions, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.two_occasions import two_occasions
from evidence.measures.variance_types import variance


def log_ratio_of_means_within(
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
    """Log ratios of means, the first occasion over the second, and their variances.

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
    log(m1i / m2i), where corrected plus (c1^2 - c2^2) / (2 ni) with c the coefficients of variation. Not
    estimable unless both means have one sign. The variance is

    - LS: (c1^2 + c2^2 - 2 ri c1 c2) / ni
    - LS2: that plus (c1^4 + c2^4 + ri^2 c1^2 c2^2 (m1i^4 + m2i^4) / (m1i m2i)^2) / (2 ni^2), as published
      and in metafor 5.1

    References
    ----------
    Lajeunesse MJ. Ecology 2011;92:2049-55, eq. 6. Senior AM, Viechtbauer W, Nakagawa S. Res Synth Methods
    2020;11:553-67, eq. 7, 18 and 19.

    Examples
    --------
    >>> yi, vi = log_ratio_of_means_within([30], [24], [4.5], [4.7], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.222827, 0.001259)
    """
    pair = two_occasions(m1i, m2i, sd1i, sd2i, ri, ni)
    with np.errstate(all="ignore"):
        yi = np.log(pair.m1 / pair.m2) + (pair.log_mean_bias if correct else 0.0)
        ways = {
            "LS": lambda: pair.log_mean_variance,
            "LS2": lambda: pair.log_mean_variance + pair.log_mean_second_order,
        }
        return estimable(yi, variance(vtype, ways), pair.possible)


MEASURE = Measure(
    code="ROMC",
    name="ratio of means (within people)",
    inputs=("m1i", "m2i", "sd1i", "sd2i", "ri", "ni"),
    effect=log_ratio_of_means_within,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Ratio of means",
    kind="within",
    vtypes=("LS", "LS2"),
)
