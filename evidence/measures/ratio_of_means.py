"""The ratio of two arms' means (response ratio), on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats


def log_ratio_of_means(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    correct: bool = True,
) -> Effect:
    """Log ratios of means, the first arm over the second, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    correct : whether the small-sample bias of the log ratio is taken off, as metafor does

    Notes
    -----
    log(m1i / m2i), where corrected plus (sd1i^2 / (n1i m1i^2) - sd2i^2 / (n2i m2i^2)) / 2; variance
    sd1i^2 / (n1i m1i^2) + sd2i^2 / (n2i m2i^2). Not estimable unless both means have one sign.

    References
    ----------
    Hedges LV, Gurevitch J, Curtis PS. Ecology 1999;80:1150-6. Lajeunesse MJ. Ecology 2015;96:2056-63.

    Examples
    --------
    >>> yi, vi = log_ratio_of_means([55], [47], [155], [75], [64], [156], correct=False)
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.310155, 0.009379)
    """
    mean1, sd1, size1, mean2, sd2, size2 = floats(m1i, sd1i, n1i, m2i, sd2i, n2i)
    possible = (sd1 >= 0) & (sd2 >= 0) & (size1 > 0) & (size2 > 0) & (mean1 * mean2 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = sd1**2 / (size1 * mean1**2), sd2**2 / (size2 * mean2**2)
        yi = np.log(np.abs(mean1)) - np.log(np.abs(mean2))
    if correct:
        yi = yi + 0.5 * (first - second)
    return estimable(yi, first + second, possible)


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
)
