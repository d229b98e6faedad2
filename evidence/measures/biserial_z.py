"""The biserial correlation on Fisher's z scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.biserial import biserial
from evidence.measures.measure import Effect, Measure, estimable
from evidence.measures.scales import fisher_z, from_fisher_z
from evidence.measures.two_means import two_means


def fisher_z_of_biserial(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
) -> Effect:
    """Fisher's z of biserial correlations, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms

    Notes
    -----
    atanh(r), its variance by the delta method from that of `evidence.measures.biserial`; not estimable where
    the correlation reaches 1. The scale does not make the variance independent of the value.

    Examples
    --------
    >>> yi, vi = fisher_z_of_biserial([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.224019, 0.005173)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        r, vi = biserial(arms)
        return estimable(fisher_z(r), vi / (1.0 - np.minimum(r**2, 1.0)) ** 2, arms.possible)


MEASURE = Measure(
    code="ZBIS",
    name="biserial correlation (Fisher's z)",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=fisher_z_of_biserial,
    scale="fisher-z",
    null=0.0,
    back=from_fisher_z,
    axis="Biserial correlation",
    kind="continuous",
)
