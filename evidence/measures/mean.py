"""The mean of a single group, in the unit of the outcome."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity


def raw_mean(mi: ArrayLike, sdi: ArrayLike, ni: ArrayLike) -> Effect:
    """Means and their variances.

    Parameters
    ----------
    mi, sdi, ni : (..., k) means, standard deviations and sizes

    Notes
    -----
    mi, variance sdi^2 / ni.

    Examples
    --------
    >>> yi, vi = raw_mean([55], [47], [155])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (55.0, 14.251613)
    """
    mean, sd, size = floats(mi, sdi, ni)
    with np.errstate(divide="ignore", invalid="ignore"):
        vi = sd**2 / size
    return estimable(mean, vi, (sd >= 0) & (size > 0))


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
)
