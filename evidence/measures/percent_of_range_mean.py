"""The mean of a single group in per cent of what the scale can show (POMP)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.mean import raw_mean
from evidence.measures.measure import Effect, Measure, floats, identity


def percent_of_range_mean(
    mi: ArrayLike,
    sdi: ArrayLike,
    ni: ArrayLike,
    mini: ArrayLike,
    maxi: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Means in per cent of the scale's range, and their variances.

    Parameters
    ----------
    mi, sdi, ni : (..., k) means, standard deviations and sizes
    mini, maxi : the lowest and highest value that the scale has
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    100 (mi - mini) / (maxi - mini); the variances of `evidence.measures.mean`, of standard deviations in per
    cent of maxi - mini.

    References
    ----------
    Cohen P, Cohen J, Aiken LS, West SG. Multivariate Behav Res 1999;34:315-46.

    Examples
    --------
    >>> yi, vi = percent_of_range_mean([18], [6], [40], [0], [30])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (60.0, 10.0)
    """
    mean, sd, low, high = floats(mi, sdi, mini, maxi)
    with np.errstate(all="ignore"):
        scale = np.where(high > low, 100.0 / (high - low), np.nan)
        return raw_mean(scale * (mean - low), scale * sd, ni, vtype=vtype)


MEASURE = Measure(
    code="POMPMN",
    name="mean (per cent of the range)",
    inputs=("mi", "sdi", "ni", "mini", "maxi"),
    effect=percent_of_range_mean,
    scale="identity",
    null=None,
    back=identity,
    axis="Mean (% of the range)",
    kind="range",
    vtypes=("LS", "HO"),
)
