"""The standardised mean difference of two arms with unlike standard deviations."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, Measure, estimable, identity
from evidence.measures.standardised_mean_difference import bias_correction
from evidence.measures.two_means import TwoMeans, two_means
from evidence.measures.variance_types import variance


def _spread(arms: TwoMeans, yi: FloatArray, outer: float, inner: float) -> FloatArray:
    """The variance with n - `outer` under the fourth powers and n - `inner` under the squares."""
    fourth = arms.sd1**4 / (arms.n1 - outer) + arms.sd2**4 / (arms.n2 - outer)
    second = arms.sd1**2 / (arms.n1 - inner) + arms.sd2**2 / (arms.n2 - inner)
    return yi**2 * fourth / (8.0 * arms.average**4) + second / arms.average**2


def heteroscedastic_mean_difference(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    correct: bool | str = True,
    vtype: str = "LS",
) -> Effect:
    """Differences of means over the root mean variance, first arm less second, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    correct : whether Hedges' factor J is applied; `"approx"` takes its approximation
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    g = J (m1i - m2i) / s with s^2 = (sd1i^2 + sd2i^2) / 2 and J on n1i + n2i - 2 degrees of freedom. The
    variance is g^2 (sd1i^4 / f1 + sd2i^4 / f2) / (8 s^4) + (sd1i^2 / e1 + sd2i^2 / e2) / s^2 with

    - LS: f = e = n - 1; LS2: f = e = n; LS3: f = n - 1, e = n

    Bonett puts the uncorrected value into the formula; here, as in metafor, the corrected one goes in.

    References
    ----------
    Bonett DG. Psychol Methods 2008;13:99-109, eq. 8; 2009;14:225-38, eq. 5.

    Examples
    --------
    >>> yi, vi = heteroscedastic_mean_difference([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.355342, 0.013155)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        yi = bias_correction(arms.df, correct) * (arms.m1 - arms.m2) / arms.average
        ways = {
            "LS": lambda: _spread(arms, yi, 1.0, 1.0),
            "LS2": lambda: _spread(arms, yi, 0.0, 0.0),
            "LS3": lambda: _spread(arms, yi, 1.0, 0.0),
        }
        return estimable(yi, variance(vtype, ways), arms.possible)


MEASURE = Measure(
    code="SMDH",
    name="standardised mean difference (unlike standard deviations)",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=heteroscedastic_mean_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean difference",
    kind="continuous",
    vtypes=("LS", "LS2", "LS3"),
)
