"""The ratio of two arms' standard deviations, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats
from evidence.measures.variance_types import variance


def log_variability_ratio(
    sd1i: ArrayLike,
    n1i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    correct: bool = True,
    vtype: str = "LS",
) -> Effect:
    """Log ratios of standard deviations, the first arm over the second, and their variances.

    Parameters
    ----------
    sd1i, n1i, sd2i, n2i : (..., k) standard deviations and sizes of the two arms
    correct : whether the small-sample bias of the logarithm is taken off
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    log(sd1i / sd2i), where corrected plus 1 / (2 (n1i - 1)) - 1 / (2 (n2i - 1)). The variance is

    - LS: 1 / (2 (n1i - 1)) + 1 / (2 (n2i - 1))
    - LS2: (n1i / (n1i - 1)^2 + n2i / (n2i - 1)^2) / 2

    References
    ----------
    Nakagawa S et al. Methods Ecol Evol 2015;6:143-52, eq. 9. Senior AM, Viechtbauer W, Nakagawa S. Res
    Synth Methods 2020;11:553-67, eq. 5 and 15.

    Examples
    --------
    >>> yi, vi = log_variability_ratio([47], [155], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.308715, 0.006473)
    """
    sd1, size1, sd2, size2 = floats(sd1i, n1i, sd2i, n2i)
    with np.errstate(all="ignore"):
        possible = (sd1 >= 0) & (sd2 >= 0) & (size1 > 1) & (size2 > 1)
        half1, half2 = 0.5 / (size1 - 1.0), 0.5 / (size2 - 1.0)
        yi = np.log(sd1) - np.log(sd2) + (half1 - half2 if correct else 0.0)
        ways = {
            "LS": lambda: half1 + half2,
            "LS2": lambda: 0.5 * (size1 / (size1 - 1.0) ** 2 + size2 / (size2 - 1.0) ** 2),
        }
        return estimable(yi, variance(vtype, ways), possible)


MEASURE = Measure(
    code="VR",
    name="variability ratio",
    inputs=("sd1i", "n1i", "sd2i", "n2i"),
    effect=log_variability_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Variability ratio",
    kind="continuous",
    vtypes=("LS", "LS2"),
)
