"""The chance that a value of the first occasion exceeds one of the second, for normal outcomes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.normal import normal_area
from evidence.measures.two_occasions import two_occasions


def common_language_change(
    m1i: ArrayLike,
    m2i: ArrayLike,
    sd1i: ArrayLike,
    sd2i: ArrayLike,
    ri: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Common language effect sizes of two occasions, and their variances.

    Parameters
    ----------
    m1i, m2i, sd1i, sd2i : (..., k) means and standard deviations of the two occasions
    ri : correlation of the two occasions within people; ni : people measured at both

    Notes
    -----
    Phi(d / sqrt(2)) with d = (m1i - m2i) / s, s^2 = (sd1i^2 + sd2i^2) / 2; variance exp(-d^2 / 2) / (4 pi)
    times that of d (LS of `evidence.measures.change_by_average_sd_heteroscedastic`, uncorrected).

    References
    ----------
    Bonett DG. Psychol Methods 2008;13:99-109, eq. 10.

    Examples
    --------
    >>> yi, vi = common_language_change([30], [24], [4.5], [4.7], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.821761, 0.002172)
    """
    pair = two_occasions(m1i, m2i, sd1i, sd2i, ri, ni)
    with np.errstate(all="ignore"):
        di = (pair.m1 - pair.m2) / np.sqrt(pair.average_variance)
        terms = pair.change_variance / pair.average_variance + di**2 * pair.kurtosis_term
        vi = np.exp(-0.5 * di**2) / (4.0 * np.pi) * terms / (pair.n - 1.0)
        return estimable(normal_area(di / np.sqrt(2.0)), vi, pair.possible)


MEASURE = Measure(
    code="CLESCN",
    name="common language effect size (within people)",
    inputs=("m1i", "m2i", "sd1i", "sd2i", "ri", "ni"),
    effect=common_language_change,
    scale="identity",
    null=0.5,
    back=identity,
    axis="Common language effect size",
    kind="within",
)
