"""The ratio of two arms' coefficients of variation, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.two_means import two_means
from evidence.measures.variance_types import variance


def log_coefficient_of_variation_ratio(
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
    """Log ratios of coefficients of variation, the first arm over the second, and their variances.

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
    log(sd1i / m1i) - log(sd2i / m2i), where corrected plus 1 / (2 (n1i - 1)) - 1 / (2 (n2i - 1)) +
    (c2 - c1) / 2 with c = sd^2 / (n m^2) of each arm. The means and standard deviations are taken to be
    unrelated. The variance is

    - LS: c1 + c2 + 1 / (2 (n1i - 1)) + 1 / (2 (n2i - 1))
    - LS2: c1 + c2 + (c1^2 + c2^2) / 2 + (n1i / (n1i - 1)^2 + n2i / (n2i - 1)^2) / 2

    References
    ----------
    Nakagawa S et al. Methods Ecol Evol 2015;6:143-52, eq. 12. Senior AM, Viechtbauer W, Nakagawa S. Res
    Synth Methods 2020;11:553-67, eq. 6 and 16.

    Examples
    --------
    >>> yi, vi = log_coefficient_of_variation_ratio([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.001419, 0.015852)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        first, second = arms.cv1, arms.cv2
        half1, half2 = 0.5 / (arms.n1 - 1.0), 0.5 / (arms.n2 - 1.0)
        yi = np.log(arms.sd1 / arms.m1) - np.log(arms.sd2 / arms.m2)
        yi = yi + (half1 - half2 + 0.5 * (second - first) if correct else 0.0)
        exact = 0.5 * (arms.n1 / (arms.n1 - 1.0) ** 2 + arms.n2 / (arms.n2 - 1.0) ** 2)
        ways = {
            "LS": lambda: first + second + half1 + half2,
            "LS2": lambda: first + second + 0.5 * (first**2 + second**2) + exact,
        }
        return estimable(yi, variance(vtype, ways), arms.possible)


MEASURE = Measure(
    code="CVR",
    name="coefficient of variation ratio",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=log_coefficient_of_variation_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Coefficient of variation ratio",
    kind="continuous",
    vtypes=("LS", "LS2"),
)
