"""A correlation on Fisher's z scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.scales import fisher_z, from_fisher_z


def fisher_z_of_correlation(
    ri: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Fisher's z of correlations and their variances.

    Parameters
    ----------
    ri : (..., k) correlations; ni : sizes

    Notes
    -----
    atanh(ri), variance 1 / (ni - 3). Not estimable at -1 and 1, nor up to ni = 3.

    References
    ----------
    Fisher RA. Metron 1921;1:3-32.

    Examples
    --------
    >>> yi, vi = fisher_z_of_correlation([0.35], [40])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.365444, 0.027027)
    """
    r, size = floats(ri, ni)
    with np.errstate(all="ignore"):
        possible = (np.abs(r) <= 1) & (size > 3)
        return estimable(fisher_z(r), 1.0 / (size - 3.0), possible)


MEASURE = Measure(
    code="ZCOR",
    name="correlation (Fisher's z)",
    inputs=("ri", "ni"),
    effect=fisher_z_of_correlation,
    scale="fisher-z",
    null=0.0,
    back=from_fisher_z,
    axis="Correlation",
    kind="association",
)
