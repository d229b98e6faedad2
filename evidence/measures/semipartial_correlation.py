"""The correlation of an outcome with what others leave of a variable."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, Effect, FloatArray, Measure, estimable, floats, identity
from evidence.measures.variance_types import variance, weighted_mean


def semipartial_variance(
    r: FloatArray, size: FloatArray, r2: FloatArray, usable: BoolArray, vtype: str
) -> FloatArray:
    """The variance of semi-partial correlations, by type."""

    def spread(value: FloatArray) -> FloatArray:
        rest = r2 - value**2
        return (r2**2 - 2.0 * r2 + rest + 1.0 - rest**2) / size

    return variance(vtype, {"LS": lambda: spread(r), "AV": lambda: spread(weighted_mean(r, size, usable))})


def semipartial_correlation(
    ri: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
    r2i: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Semi-partial correlations and their variances.

    Parameters
    ----------
    ri : (..., k) semi-partial correlations; mi : predictors in the model; ni : sizes; r2i : R squared of
        the whole model
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    ri. With q = r2i - ri^2 the variance is

    - LS: (r2i^2 - 2 r2i + q + 1 - q^2) / ni; AV: the same with the studies' mean, weighted by size

    References
    ----------
    Aloe AM, Becker BJ. J Educ Behav Stat 2012;37:278-97.

    Examples
    --------
    >>> yi, vi = semipartial_correlation([0.24], [4], [218], [0.24])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.24, 0.003334)
    """
    r, terms, size, r2 = floats(ri, mi, ni, r2i)
    with np.errstate(all="ignore"):
        possible = (np.abs(r) <= 1) & (r2 >= 0) & (r2 <= 1) & (terms > 0) & (size - terms - 1.0 > 0)
        return estimable(r, semipartial_variance(r, size, r2, possible, vtype), possible)


MEASURE = Measure(
    code="SPCOR",
    name="semi-partial correlation",
    inputs=("ri", "mi", "ni", "r2i"),
    effect=semipartial_correlation,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Semi-partial correlation",
    kind="association",
    vtypes=("LS", "AV"),
)
