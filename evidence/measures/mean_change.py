"""The change of one group's mean, in the unit of the outcome."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.two_occasions import two_occasions


def mean_change(
    m1i: ArrayLike,
    m2i: ArrayLike,
    sd1i: ArrayLike,
    sd2i: ArrayLike,
    ri: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Mean changes, the first occasion less the second, and their variances.

    Parameters
    ----------
    m1i, m2i, sd1i, sd2i : (..., k) means and standard deviations of the two occasions
    ri : correlation of the two occasions within people; ni : people measured at both

    Notes
    -----
    m1i - m2i, variance (sd1i^2 + sd2i^2 - 2 ri sd1i sd2i) / ni. With the correlation left out (ri = 0)
    the variance is that of independent groups, usually far too large.

    Examples
    --------
    >>> yi, vi = mean_change([30], [24], [4.5], [4.7], [0.5], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (6.0, 0.8476)
    """
    pair = two_occasions(m1i, m2i, sd1i, sd2i, ri, ni)
    with np.errstate(all="ignore"):
        return estimable(pair.m1 - pair.m2, pair.change_variance / pair.n, pair.possible)


MEASURE = Measure(
    code="MC",
    name="mean change",
    inputs=("m1i", "m2i", "sd1i", "sd2i", "ri", "ni"),
    effect=mean_change,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Mean change",
    kind="within",
)
