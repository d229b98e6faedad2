"""The difference of two arms' means in per cent of what the scale can show (POMP)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.mean_difference import mean_difference
from evidence.measures.measure import Effect, Measure, floats, identity


def percent_of_range_difference(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    mini: ArrayLike,
    maxi: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Mean differences in per cent of the scale's range, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    mini, maxi : the lowest and highest value that the scale has
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    The difference and variances of `evidence.measures.mean_difference`, of means and standard deviations in
    per cent of maxi - mini.

    References
    ----------
    Cohen P, Cohen J, Aiken LS, West SG. Multivariate Behav Res 1999;34:315-46.

    Examples
    --------
    >>> yi, vi = percent_of_range_difference([18], [6], [40], [14], [5], [38], [0], [30])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (13.333333, 17.309942)
    """
    low, high = floats(mini, maxi)
    with np.errstate(all="ignore"):
        scale = np.where(high > low, 100.0 / (high - low), np.nan)
        spread1, spread2 = scale * np.asarray(sd1i), scale * np.asarray(sd2i)
        means = scale * np.asarray(m1i), scale * np.asarray(m2i)
    return mean_difference(means[0], spread1, n1i, means[1], spread2, n2i, vtype=vtype)


MEASURE = Measure(
    code="POMPMD",
    name="mean difference (per cent of the range)",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i", "mini", "maxi"),
    effect=percent_of_range_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Mean difference (% of the range)",
    kind="range",
    vtypes=("LS", "UB", "HO"),
)
