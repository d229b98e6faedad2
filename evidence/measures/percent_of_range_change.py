"""The mean change of one group in per cent of what the scale can show (POMP)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.mean_change import mean_change
from evidence.measures.measure import Effect, Measure, floats, identity


def percent_of_range_change(
    m1i: ArrayLike,
    m2i: ArrayLike,
    sd1i: ArrayLike,
    sd2i: ArrayLike,
    ri: ArrayLike,
    ni: ArrayLike,
    mini: ArrayLike,
    maxi: ArrayLike,
) -> Effect:
    """Mean changes in per cent of the scale's range, and their variances.

    Parameters
    ----------
    m1i, m2i, sd1i, sd2i : (..., k) means and standard deviations of the two occasions
    ri : correlation of the two occasions within people; ni : people measured at both
    mini, maxi : the lowest and highest value that the scale has

    Notes
    -----
    The change and variance of `evidence.measures.mean_change`, of means and standard deviations in per cent
    of maxi - mini.

    References
    ----------
    Cohen P, Cohen J, Aiken LS, West SG. Multivariate Behav Res 1999;34:315-46.

    Examples
    --------
    >>> yi, vi = percent_of_range_change([18], [14], [6], [5], [0.5], [40], [0], [30])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (13.333333, 8.611111)
    """
    mean1, mean2, sd1, sd2, low, high = floats(m1i, m2i, sd1i, sd2i, mini, maxi)
    with np.errstate(all="ignore"):
        scale = np.where(high > low, 100.0 / (high - low), np.nan)
        return mean_change(scale * mean1, scale * mean2, scale * sd1, scale * sd2, ri, ni)


MEASURE = Measure(
    code="POMPMC",
    name="mean change (per cent of the range)",
    inputs=("m1i", "m2i", "sd1i", "sd2i", "ri", "ni", "mini", "maxi"),
    effect=percent_of_range_change,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Mean change (% of the range)",
    kind="range",
)
