"""The mean change of one group over one occasion's standard deviation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.hypergeometric import hypergeometric
from evidence.measures.measure import Effect, FloatArray, Measure, estimable, floats, identity
from evidence.measures.standardised_mean_difference import bias_correction
from evidence.measures.variance_types import variance


def _unshared(r: FloatArray, size: FloatArray) -> FloatArray:
    """2 (1 - r) / n with the unbiased correlation."""
    unbiased = r * hypergeometric(0.5, 0.5, 0.5 * (size - 2.0), 1.0 - r**2)
    return 2.0 * (1.0 - unbiased) / size


def mean_change_over_first_sd(
    m1i: ArrayLike,
    m2i: ArrayLike,
    sd1i: ArrayLike,
    ri: ArrayLike,
    ni: ArrayLike,
    *,
    correct: bool | str = True,
    vtype: str = "LS",
) -> Effect:
    """Mean changes over the standard deviation of one occasion, and their variances.

    Parameters
    ----------
    m1i, m2i : (..., k) means of the two occasions; sd1i : standard deviation to standardise by, that
        before treatment
    ri : correlation of the two occasions within people; ni : people measured at both
    correct : whether Hedges' factor J is applied; `"approx"` takes its approximation
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    g = J d with d = (m1i - m2i) / sd1i and J on m = ni - 1 degrees of freedom. The variances take the two
    occasions to have one standard deviation:

    - LS: 2 (1 - ri) / ni + g^2 / (2 ni); LS2: J^2 (2 (1 - ri) / ni + d^2 / (2 ni))
    - UB: 2 (1 - r) / ni + (1 - (m - 2) / (m J^2)) g^2; H0: J^2 2 (1 - r) m / (ni (m - 2)), both with the
      unbiased correlation r

    References
    ----------
    Becker BJ. Br J Math Stat Psychol 1988;41:257-78, eq. 13. Viechtbauer W. J Educ Behav Stat
    2007;32:39-60, eq. 37 (UB).

    Examples
    --------
    >>> yi, vi = mean_change_over_first_sd([30], [24], [4.5], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (1.291154, 0.073342)
    """
    mean1, mean2, sd, r, size = floats(m1i, m2i, sd1i, ri, ni)
    with np.errstate(all="ignore"):
        possible = (sd >= 0) & (np.abs(r) <= 1) & (size > 0)
        df = size - 1.0
        factor, di = bias_correction(df, correct), (mean1 - mean2) / sd
        yi = factor * di
        ways = {
            "LS": lambda: (2.0 * (1.0 - r) + 0.5 * yi**2) / size,
            "LS2": lambda: factor**2 * (2.0 * (1.0 - r) + 0.5 * di**2) / size,
            "UB": lambda: _unshared(r, size) + (1.0 - (df - 2.0) / (df * factor**2)) * yi**2,
            "H0": lambda: np.where(df > 2.0, factor**2 * _unshared(r, size) * df / (df - 2.0), np.nan),
        }
        return estimable(yi, variance(vtype, ways), possible)


MEASURE = Measure(
    code="SMCR",
    name="standardised mean change (raw score)",
    inputs=("m1i", "m2i", "sd1i", "ri", "ni"),
    effect=mean_change_over_first_sd,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean change",
    kind="within-raw",
    vtypes=("LS", "LS2", "UB", "H0"),
)
