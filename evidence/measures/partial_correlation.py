"""The correlation of two variables with others held constant."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.variance_types import variance, weighted_mean


def partial_correlation(
    ri: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Partial correlations and their variances.

    Parameters
    ----------
    ri : (..., k) correlations; mi : predictors in the model; ni : sizes
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    ri, of a model with mi predictors in all (one of them the variable itself). The variance is

    - LS: (1 - ri^2)^2 / (ni - mi); AV: the same with the studies' mean, weighted by size

    References
    ----------
    Aloe AM, Thompson CG. J Soc Social Work Res 2013;4:390-405. Aloe AM. J Gen Psychol 2014;141:47-64.

    Examples
    --------
    >>> yi, vi = partial_correlation([0.28], [4], [218])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.28, 0.003969)
    """
    r, terms, size = floats(ri, mi, ni)
    with np.errstate(all="ignore"):
        possible = (np.abs(r) <= 1) & (terms > 0) & (size - terms - 1.0 > 0)
        average = weighted_mean(r, size, possible)
        ways = {
            "LS": lambda: (1.0 - r**2) ** 2 / (size - terms),
            "AV": lambda: (1.0 - average**2) ** 2 / (size - terms),
        }
        return estimable(r, variance(vtype, ways), possible)


MEASURE = Measure(
    code="PCOR",
    name="partial correlation",
    inputs=("ri", "mi", "ni"),
    effect=partial_correlation,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Partial correlation",
    kind="association",
    vtypes=("LS", "AV"),
)
