"""The mean of a single group, in the unit of the outcome."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.variance_types import variance, weighted_mean


def raw_mean(
    mi: ArrayLike,
    sdi: ArrayLike,
    ni: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Means and their variances.

    Parameters
    ----------
    mi, sdi, ni : (..., k) means, standard deviations and sizes
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    mi. The variance is

    - LS: sdi^2 / ni
    - HO: s^2 / ni with s^2 the studies' variances averaged, weighted by ni - 1

    Examples
    --------
    >>> yi, vi = raw_mean([55], [47], [155])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (55.0, 14.251613)
    """
    mean, sd, size = floats(mi, sdi, ni)
    with np.errstate(all="ignore"):
        possible = (sd >= 0) & (size > 0)
        shared = weighted_mean(sd**2, size - 1.0, possible)
        vi = variance(vtype, {"LS": lambda: sd**2 / size, "HO": lambda: shared / size})
    return estimable(mean, vi, possible)


MEASURE = Measure(
    code="MN",
    name="mean",
    inputs=("mi", "sdi", "ni"),
    effect=raw_mean,
    scale="identity",
    null=None,
    back=identity,
    axis="Mean",
    kind="continuous",
    vtypes=("LS", "HO"),
)
