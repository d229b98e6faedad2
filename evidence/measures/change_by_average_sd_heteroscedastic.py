"""The mean change of one group over the occasions' average standard deviation, where they are unlike."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.standardised_mean_difference import bias_correction
from evidence.measures.two_occasions import two_occasions
from evidence.measures.variance_types import variance


def heteroscedastic_mean_change_over_average_sd(
    m1i: ArrayLike,
    m2i: ArrayLike,
    sd1i: ArrayLike,
    sd2i: ArrayLike,
    ri: ArrayLike,
    ni: ArrayLike,
    *,
    correct: bool | str = True,
    vtype: str = "LS",
) -> Effect:
    """Mean changes over the root mean variance of the two occasions, and their variances.

    Parameters
    ----------
    m1i, m2i, sd1i, sd2i : (..., k) means and standard deviations of the two occasions
    ri : correlation of the two occasions within people; ni : people measured at both
    correct : whether Hedges' factor J is applied; `"approx"` takes its approximation
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    g = J (m1i - m2i) / s with s^2 = (sd1i^2 + sd2i^2) / 2 and J on 2 (ni - 1) / (1 + ri^2) degrees of
    freedom. With c^2 the variance of the change the variance is

    - LS: c^2 / (s^2 (ni - 1)) + g^2 (sd1i^4 + sd2i^4 + 2 ri^2 sd1i^2 sd2i^2) / (8 s^4 (ni - 1))
    - LS2: the same with ni for ni - 1

    References
    ----------
    Bonett DG. Psychol Methods 2008;13:99-109, eq. 10.

    Examples
    --------
    >>> yi, vi = heteroscedastic_mean_change_over_average_sd([30], [24], [4.5], [4.7], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (1.278375, 0.063009)
    """
    pair = two_occasions(m1i, m2i, sd1i, sd2i, ri, ni)
    with np.errstate(all="ignore"):
        df = 2.0 * (pair.n - 1.0) / (1.0 + pair.r**2)
        yi = bias_correction(df, correct) * (pair.m1 - pair.m2) / np.sqrt(pair.average_variance)
        terms = pair.change_variance / pair.average_variance + yi**2 * pair.kurtosis_term
        ways = {"LS": lambda: terms / (pair.n - 1.0), "LS2": lambda: terms / pair.n}
        return estimable(yi, variance(vtype, ways), pair.possible)


MEASURE = Measure(
    code="SMCRPH",
    name="standardised mean change (average, unlike standard deviations)",
    inputs=("m1i", "m2i", "sd1i", "sd2i", "ri", "ni"),
    effect=heteroscedastic_mean_change_over_average_sd,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean change",
    kind="within",
    vtypes=("LS", "LS2"),
)
