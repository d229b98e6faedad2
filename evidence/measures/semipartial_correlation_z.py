"""A semi-partial correlation on Fisher's z scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.scales import fisher_z, from_fisher_z
from evidence.measures.semipartial_correlation import semipartial_variance


def fisher_z_of_semipartial_correlation(
    ri: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
    r2i: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Fisher's z of semi-partial correlations and their variances.

    Parameters
    ----------
    ri : (..., k) semi-partial correlations; mi : predictors in the model; ni : sizes; r2i : R squared of
        the whole model
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    atanh(ri), its variance by the delta method from those of `evidence.measures.semipartial_correlation`. For
    this correlation the scale does not make the variance independent of the value.

    Examples
    --------
    >>> yi, vi = fisher_z_of_semipartial_correlation([0.24], [4], [218], [0.24])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.244774, 0.003754)
    """
    r, terms, size, r2 = floats(ri, mi, ni, r2i)
    with np.errstate(all="ignore"):
        possible = (np.abs(r) <= 1) & (r2 >= 0) & (r2 <= 1) & (terms > 0) & (size - terms - 1.0 > 0)
        vi = semipartial_variance(r, size, r2, possible, vtype) / (1.0 - np.minimum(r**2, 1.0)) ** 2
        return estimable(fisher_z(r), vi, possible)


MEASURE = Measure(
    code="ZSPCOR",
    name="semi-partial correlation (Fisher's z)",
    inputs=("ri", "mi", "ni", "r2i"),
    effect=fisher_z_of_semipartial_correlation,
    scale="fisher-z",
    null=0.0,
    back=from_fisher_z,
    axis="Semi-partial correlation",
    kind="association",
    vtypes=("LS", "AV"),
)
