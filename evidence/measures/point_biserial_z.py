"""The point-biserial correlation on Fisher's z scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable
from evidence.measures.point_biserial import point_biserial
from evidence.measures.scales import fisher_z, from_fisher_z
from evidence.measures.two_means import two_means


def fisher_z_of_point_biserial(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Fisher's z of point-biserial correlations, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    atanh(r), its variance by the delta method from those of `evidence.measures.point_biserial`. For this
    correlation the scale does not make the variance independent of the value.

    Examples
    --------
    >>> yi, vi = fisher_z_of_point_biserial([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.177656, 0.003186)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        r, vi = point_biserial(arms, vtype)
        return estimable(fisher_z(r), vi / (1.0 - np.minimum(r**2, 1.0)) ** 2, arms.possible)


MEASURE = Measure(
    code="ZPB",
    name="point-biserial correlation (Fisher's z)",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=fisher_z_of_point_biserial,
    scale="fisher-z",
    null=0.0,
    back=from_fisher_z,
    axis="Point-biserial correlation",
    kind="continuous",
    vtypes=("LS", "ST", "CS"),
)
