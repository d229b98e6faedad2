"""A single proportion as it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.variance_types import variance, weighted_mean
from evidence.measures.zero_cells import one_group_counts


def raw_proportion(
    xi: ArrayLike,
    ni: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
    vtype: str = "LS",
) -> Effect:
    """Proportions and their variances.

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
    xi / ni. As in metafor the correction of empty cells applies, though the proportion exists without it. The
    variance is

    - LS: p (1 - p) / ni; UB: p (1 - p) / (ni - 1)
    - AV: LS with p averaged over the studies, weighted by size

    Examples
    --------
    >>> yi, vi = raw_proportion([16], [17])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.941176, 0.003257)
    """
    events, size = floats(xi, ni)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (events <= size) & (size > 0)
        counts = one_group_counts(events, size - events, possible, add=add, to=to)
        total = counts.x1 + counts.x2
        yi, spread = counts.x1 / total, counts.x1 * counts.x2 / total**2
        average = weighted_mean(yi, total, possible)
        ways = {
            "LS": lambda: spread / total,
            "UB": lambda: spread / (total - 1.0),
            "AV": lambda: average * (1.0 - average) / total,
        }
        return estimable(yi, variance(vtype, ways), possible)


MEASURE = Measure(
    code="PR",
    name="proportion (raw)",
    inputs=("xi", "ni"),
    effect=raw_proportion,
    scale="identity",
    null=None,
    back=identity,
    axis="Proportion",
    kind="proportion",
    vtypes=("LS", "UB", "AV"),
)
