"""The ratio of one group's standard deviations on two occasions, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, Measure, estimable, exponential, floats
from evidence.measures.variance_types import variance


def second_order_variance(sd1: FloatArray, sd2: FloatArray, r: FloatArray, size: FloatArray) -> FloatArray:
    """The variance of log(sd1 / sd2) to second order, within people."""
    ratio = (sd1 / sd2) ** 4
    return (size - r**2 * (size - 1.0) + 0.5 * r**4 * (ratio + 1.0 / ratio)) / (size - 1.0) ** 2


def log_variability_ratio_within(
    sd1i: ArrayLike,
    sd2i: ArrayLike,
    ri: ArrayLike,
    ni: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Log ratios of standard deviations, the first occasion over the second, and their variances.

    Parameters
    ----------
    sd1i, sd2i : (..., k) standard deviations of the two occasions
    ri : correlation of the two occasions within people; ni : people measured at both
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    log(sd1i / sd2i). The variance is

    - LS: (1 - ri^2) / (ni - 1)
    - LS2: ni / (ni - 1)^2 - ri^2 / (ni - 1) + ri^4 (sd1i^8 + sd2i^8) / (2 (ni - 1)^2 sd1i^4 sd2i^4), as
      published and in metafor 5.1

    References
    ----------
    Senior AM, Viechtbauer W, Nakagawa S. Res Synth Methods 2020;11:553-67, eq. 8, 21 and 22.

    Examples
    --------
    >>> yi, vi = log_variability_ratio_within([4.5], [4.7], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.043485, 0.03125)
    """
    sd1, sd2, r, size = floats(sd1i, sd2i, ri, ni)
    with np.errstate(all="ignore"):
        possible = (sd1 >= 0) & (sd2 >= 0) & (np.abs(r) <= 1) & (size > 1)
        first = (1.0 - r**2) / (size - 1.0)
        ways = {"LS": lambda: first, "LS2": lambda: second_order_variance(sd1, sd2, r, size)}
        return estimable(np.log(sd1 / sd2), variance(vtype, ways), possible)


MEASURE = Measure(
    code="VRC",
    name="variability ratio (within people)",
    inputs=("sd1i", "sd2i", "ri", "ni"),
    effect=log_variability_ratio_within,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Variability ratio",
    kind="within",
    vtypes=("LS", "LS2"),
)
