"""A correlation as it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, Effect, FloatArray, Measure, estimable, floats, identity
from evidence.measures.variance_types import Ways, variance, weighted_mean


def correlation_variances(yi: FloatArray, size: FloatArray, usable: BoolArray) -> Ways:
    """The variances that take a correlation at its value, or at the studies' mean, by type."""
    return {
        "LS": lambda: (1.0 - yi**2) ** 2 / (size - 1.0),
        "AV": lambda: (1.0 - weighted_mean(yi, size, usable) ** 2) ** 2 / (size - 1.0),
    }


def raw_correlation(
    ri: ArrayLike,
    ni: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Correlations and their variances.

    Parameters
    ----------
    ri : (..., k) correlations; ni : sizes
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    ri. Not estimable up to ni = 3. The variance is

    - LS: (1 - ri^2)^2 / (ni - 1); AV: the same with the studies' mean, weighted by size
    - H0, H0a: (1 - ri^2) / (ni - 2); H0b: 1 / ni

    References
    ----------
    Hedges LV. J Appl Psychol 1989;74:469-77.

    Examples
    --------
    >>> yi, vi = raw_correlation([0.35], [40])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.35, 0.019744)
    """
    r, size = floats(ri, ni)
    with np.errstate(all="ignore"):
        possible = (np.abs(r) <= 1) & (size > 3)
        ways = {
            **correlation_variances(r, size, np.abs(r) <= 1),
            "H0": lambda: (1.0 - r**2) / (size - 2.0),
            "H0a": lambda: (1.0 - r**2) / (size - 2.0),
            "H0b": lambda: 1.0 / size,
        }
        return estimable(r, variance(vtype, ways), possible)


MEASURE = Measure(
    code="COR",
    name="correlation",
    inputs=("ri", "ni"),
    effect=raw_correlation,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Correlation",
    kind="association",
    vtypes=("LS", "AV", "H0", "H0a", "H0b"),
)
