"""The share of variance that a model explains, on Fisher's z scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.scales import fisher_z_of_r2, r2_from_fisher_z


def fisher_z_of_r_squared(
    r2i: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Fisher's z of multiple correlations and their variances.

    Parameters
    ----------
    r2i : (..., k) R squared; mi : predictors in the model; ni : sizes

    Notes
    -----
    atanh(sqrt(r2i)), variance 1 / ni.

    References
    ----------
    Olkin I, Finn JD. Psychol Bull 1995;118:155-64, p. 162.

    Examples
    --------
    >>> yi, vi = fisher_z_of_r_squared([0.24], [4], [218])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.535926, 0.004587)
    """
    r2, terms, size = floats(r2i, mi, ni)
    with np.errstate(all="ignore"):
        possible = (r2 >= 0) & (r2 <= 1) & (terms > 0) & (size - terms - 1.0 > 0)
        return estimable(fisher_z_of_r2(r2), 1.0 / size, possible)


MEASURE = Measure(
    code="ZR2",
    name="coefficient of determination (Fisher's z)",
    inputs=("r2i", "mi", "ni"),
    effect=fisher_z_of_r_squared,
    scale="fisher-z-of-root",
    null=None,
    back=r2_from_fisher_z,
    axis="R squared",
    kind="association",
)
