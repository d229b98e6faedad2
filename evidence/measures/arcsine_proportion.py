"""A single proportion on the arcsine square root scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.scales import arcsine, from_arcsine
from evidence.measures.zero_cells import one_group_counts


def arcsine_proportion(
    xi: ArrayLike,
    ni: ArrayLike,
    *,
    add: float = 0.0,
    to: str = "only0",
) -> Effect:
    """Arcsines of the roots of proportions and their variances.

    Parameters
    ----------
    xi, ni : (..., k) events and sizes
    add, to : what is added to empty cells, and to which studies, see `evidence.measures.zero_cells`

    Notes
    -----
    asin(sqrt(xi / ni)), variance 1 / (4 ni). Nothing is added to empty cells unless `add` says so.

    Examples
    --------
    >>> yi, vi = arcsine_proportion([16], [17])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (1.325818, 0.014706)
    """
    events, size = floats(xi, ni)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (events <= size) & (size > 0)
        counts = one_group_counts(events, size - events, possible, add=add, to=to)
        total = counts.x1 + counts.x2
        return estimable(arcsine(counts.x1 / total), 0.25 / total, possible)


MEASURE = Measure(
    code="PAS",
    name="proportion (arcsine)",
    inputs=("xi", "ni"),
    effect=arcsine_proportion,
    scale="arcsine",
    null=None,
    back=from_arcsine,
    axis="Proportion",
    kind="proportion",
)
