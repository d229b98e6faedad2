"""The difference of two arms' means over the second arm's standard deviation (Glass's delta)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.standardised_mean_difference import standardised


def mean_difference_over_second_sd(
    m1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    correct: bool | str = True,
    vtype: str = "LS",
) -> Effect:
    """Differences of means over the second arm's standard deviation, and their variances.

    Parameters
    ----------
    m1i, n1i, m2i, sd2i, n2i : (..., k) means and sizes of the two arms, standard deviations of the second
    correct : whether Hedges' factor J is applied; `"approx"` takes its approximation
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    g = J (m1i - m2i) / sd2i with J on n2i - 1 degrees of freedom; the variances are those of
    `evidence.measures.standardised_mean_difference` with n2i for the people and n2i - 1 for the degrees of
    freedom behind the standard deviation. They take the arms to have one standard deviation.

    References
    ----------
    Glass GV. Educ Res 1976;5:3-8.

    Examples
    --------
    >>> yi, vi = mean_difference_over_second_sd([55], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.310985, 0.013172)
    """
    mean1, size1, mean2, sd2, size2 = floats(m1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        possible = (sd2 >= 0) & (size1 > 0) & (size2 > 0)
        di, df = (mean1 - mean2) / sd2, size2 - 1.0
        yi, vi = standardised(di, size1, size2, df, size2, possible, correct, vtype)
    return estimable(yi, vi, possible)


MEASURE = Measure(
    code="SMD1",
    name="standardised mean difference (second arm's standard deviation)",
    inputs=("m1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=mean_difference_over_second_sd,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean difference",
    kind="continuous",
    vtypes=("LS", "LS2", "LS3", "UB", "AV", "H0"),
)
