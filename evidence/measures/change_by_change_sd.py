"""The mean change of one group over the standard deviation of the change."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.standardised_mean_difference import bias_correction
from evidence.measures.two_occasions import two_occasions
from evidence.measures.variance_types import variance


def mean_change_over_change_sd(
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
    """Mean changes over the standard deviation of the change, and their variances.

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
    g = J d with d = (m1i - m2i) / s, s^2 = sd1i^2 + sd2i^2 - 2 ri sd1i sd2i and J on m = ni - 1 degrees of
    freedom. The variance is

    - LS: 1/ni + g^2 / (2 ni); LS2: J^2 (1/ni + d^2 / (2 ni))
    - UB: 1/ni + (1 - (m - 2) / (m J^2)) g^2; H0: J^2 m / (ni (m - 2))

    References
    ----------
    Gibbons RD, Hedeker DR, Davis JM. J Educ Stat 1993;18:271-9, eq. 21. Viechtbauer W. J Educ Behav Stat
    2007;32:39-60, eq. 26 (UB).

    Examples
    --------
    >>> yi, vi = mean_change_over_change_sd([30], [24], [4.5], [4.7], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (1.262191, 0.071863)
    """
    pair = two_occasions(m1i, m2i, sd1i, sd2i, ri, ni)
    with np.errstate(all="ignore"):
        df = pair.n - 1.0
        factor, di = bias_correction(df, correct), (pair.m1 - pair.m2) / np.sqrt(pair.change_variance)
        yi = factor * di
        ways = {
            "LS": lambda: (1.0 + 0.5 * yi**2) / pair.n,
            "LS2": lambda: factor**2 * (1.0 + 0.5 * di**2) / pair.n,
            "UB": lambda: 1.0 / pair.n + (1.0 - (df - 2.0) / (df * factor**2)) * yi**2,
            "H0": lambda: np.where(df > 2.0, factor**2 * df / (pair.n * (df - 2.0)), np.nan),
        }
        return estimable(yi, variance(vtype, ways), pair.possible)


MEASURE = Measure(
    code="SMCC",
    name="standardised mean change (change score)",
    inputs=("m1i", "m2i", "sd1i", "sd2i", "ri", "ni"),
    effect=mean_change_over_change_sd,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean change",
    kind="within",
    vtypes=("LS", "LS2", "UB", "H0"),
)
