"""A single proportion on the probit scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.normal import normal_quantile
from evidence.measures.scales import from_probit
from evidence.measures.zero_cells import one_group_counts


def probit_proportion(
    xi: ArrayLike,
    ni: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
) -> Effect:
    """Probits of proportions and their variances.

    Parameters
    ----------
    xi, ni : (..., k) events and sizes
    add, to : what is added to empty cells, and to which studies, see `evidence.measures.zero_cells`

    Notes
    -----
    The normal quantile z of xi / ni, variance 2 pi p (1 - p) exp(z^2) / ni.

    Examples
    --------
    >>> yi, vi = probit_proportion([16], [17])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (1.564726, 0.236737)
    """
    events, size = floats(xi, ni)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (events <= size) & (size > 0)
        counts = one_group_counts(events, size - events, possible, add=add, to=to)
        total = counts.x1 + counts.x2
        yi = normal_quantile(counts.x1 / total)
        vi = 2.0 * np.pi * counts.x1 * counts.x2 * np.exp(yi**2) / total**3
    return estimable(yi, vi, possible)


MEASURE = Measure(
    code="PRZ",
    name="proportion (probit)",
    inputs=("xi", "ni"),
    effect=probit_proportion,
    scale="probit",
    null=None,
    back=from_probit,
    axis="Proportion",
    kind="proportion",
)
