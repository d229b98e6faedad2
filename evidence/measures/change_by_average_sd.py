"""The mean change of one group over the two occasions' average standard deviation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.standardised_mean_difference import bias_correction
from evidence.measures.two_occasions import two_occasions


def mean_change_over_average_sd(
    m1i: ArrayLike,
    m2i: ArrayLike,
    sd1i: ArrayLike,
    sd2i: ArrayLike,
    ri: ArrayLike,
    ni: ArrayLike,
    *,
    correct: bool | str = True,
) -> Effect:
    """Mean changes over the root mean variance of the two occasions, and their variances.

    Parameters
    ----------
    m1i, m2i, sd1i, sd2i : (..., k) means and standard deviations of the two occasions
    ri : correlation of the two occasions within people; ni : people measured at both
    correct : whether Hedges' factor J is applied; `"approx"` takes its approximation

    Notes
    -----
    g = J (m1i - m2i) / s with s^2 = (sd1i^2 + sd2i^2) / 2 and J on 2 (ni - 1) / (1 + ri^2) degrees of
    freedom, variance 2 (1 - ri) / ni + g^2 (1 + ri^2) / (4 ni).

    References
    ----------
    Cousineau D. Quant Methods Psychol 2020;16:418-21, eq. 2.

    Examples
    --------
    >>> yi, vi = mean_change_over_average_sd([30], [24], [4.5], [4.7], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (1.278375, 0.060428)
    """
    pair = two_occasions(m1i, m2i, sd1i, sd2i, ri, ni)
    with np.errstate(all="ignore"):
        df = 2.0 * (pair.n - 1.0) / (1.0 + pair.r**2)
        yi = bias_correction(df, correct) * (pair.m1 - pair.m2) / np.sqrt(pair.average_variance)
        vi = (2.0 * (1.0 - pair.r) + 0.25 * yi**2 * (1.0 + pair.r**2)) / pair.n
        return estimable(yi, vi, pair.possible)


MEASURE = Measure(
    code="SMCRP",
    name="standardised mean change (average standard deviation)",
    inputs=("m1i", "m2i", "sd1i", "sd2i", "ri", "ni"),
    effect=mean_change_over_average_sd,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean change",
    kind="within",
)
