"""A partial correlation on Fisher's z scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.scales import fisher_z, from_fisher_z


def fisher_z_of_partial_correlation(
    ri: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Fisher's z of partial correlations and their variances.

    Parameters
    ----------
    ri : (..., k) correlations; mi : predictors in the model; ni : sizes

    Notes
    -----
    atanh(ri), variance 1 / (ni - mi - 2).

    References
    ----------
    Fisher RA. Metron 1924;3:329-32.

    Examples
    --------
    >>> yi, vi = fisher_z_of_partial_correlation([0.28], [4], [218])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.287682, 0.004717)
    """
    r, terms, size = floats(ri, mi, ni)
    with np.errstate(all="ignore"):
        possible = (np.abs(r) <= 1) & (terms > 0) & (size - terms - 1.0 > 0)
        return estimable(fisher_z(r), 1.0 / (size - terms - 2.0), possible)


MEASURE = Measure(
    code="ZPCOR",
    name="partial correlation (Fisher's z)",
    inputs=("ri", "mi", "ni"),
    effect=fisher_z_of_partial_correlation,
    scale="fisher-z",
    null=0.0,
    back=from_fisher_z,
    axis="Partial correlation",
    kind="association",
)
