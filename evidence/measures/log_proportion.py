"""A single proportion on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats
from evidence.measures.variance_types import variance, weighted_mean
from evidence.measures.zero_cells import one_group_counts


def log_proportion(
    xi: ArrayLike,
    ni: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
    vtype: str = "LS",
) -> Effect:
    """Logarithms of proportions and their variances.

    Parameters
    ----------
    xi, ni : (..., k) events and sizes
    add, to : what is added to empty cells, and to which studies, see `evidence.measures.zero_cells`
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    log(xi / ni). The variance is

    - LS: 1 / xi - 1 / ni
    - AV: 1 / (p ni) - 1 / ni with p averaged over the studies, weighted by size

    Examples
    --------
    >>> yi, vi = log_proportion([16], [17])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.060625, 0.003676)
    """
    events, size = floats(xi, ni)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (events <= size) & (size > 0)
        counts = one_group_counts(events, size - events, possible, add=add, to=to)
        total = counts.x1 + counts.x2
        average = weighted_mean(counts.x1 / total, total, possible)
        ways = {
            "LS": lambda: counts.x2 / (counts.x1 * total),
            "AV": lambda: (1.0 - average) / (average * total),
        }
        return estimable(np.log(counts.x1 / total), variance(vtype, ways), possible)


MEASURE = Measure(
    code="PLN",
    name="proportion (log scale)",
    inputs=("xi", "ni"),
    effect=log_proportion,
    scale="log",
    null=None,
    back=exponential,
    axis="Proportion",
    kind="proportion",
    vtypes=("LS", "AV"),
)
