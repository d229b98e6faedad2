"""The share of variance that a model explains."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.variance_types import variance, weighted_mean


def coefficient_of_determination(
    r2i: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Coefficients of determination and their variances.

    Parameters
    ----------
    r2i : (..., k) R squared; mi : predictors in the model; ni : sizes
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    r2i. The variance is

    - LS: 4 r2i (1 - r2i)^2 / ni
    - LS2: 4 r2i (1 - r2i)^2 (ni - mi - 1)^2 / ((ni^2 - 1) (ni + 3))
    - AV, AV2: the same with the studies' mean, weighted by size

    References
    ----------
    Kendall MG, Stuart A. The Advanced Theory of Statistics, vol. 2, 1979, eq. 27.87 and 27.88.

    Examples
    --------
    >>> yi, vi = coefficient_of_determination([0.24], [4], [218])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.24, 0.002544)
    """
    r2, terms, size = floats(r2i, mi, ni)
    with np.errstate(all="ignore"):
        possible = (r2 >= 0) & (r2 <= 1) & (terms > 0) & (size - terms - 1.0 > 0)
        average = weighted_mean(r2, size, possible)
        short, full = 1.0 / size, (size - terms - 1.0) ** 2 / ((size**2 - 1.0) * (size + 3.0))
        own, shared = 4.0 * r2 * (1.0 - r2) ** 2, 4.0 * average * (1.0 - average) ** 2
        ways = {
            "LS": lambda: own * short,
            "LS2": lambda: own * full,
            "AV": lambda: shared * short,
            "AV2": lambda: shared * full,
        }
        return estimable(r2, variance(vtype, ways), possible)


MEASURE = Measure(
    code="R2",
    name="coefficient of determination",
    inputs=("r2i", "mi", "ni"),
    effect=coefficient_of_determination,
    scale="identity",
    null=None,
    back=identity,
    axis="R squared",
    kind="association",
    vtypes=("LS", "LS2", "AV", "AV2"),
)
