"""A single proportion on the logit scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, expit, floats
from evidence.measures.variance_types import variance, weighted_mean
from evidence.measures.zero_cells import one_group_counts


def logit_proportion(
    xi: ArrayLike,
    ni: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
    vtype: str = "LS",
) -> Effect:
    """Logits of proportions and their variances.

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
    log(xi / (ni - xi)). The variance is

    - LS: 1 / xi + 1 / (ni - xi)
    - AV: 1 / (p ni) + 1 / ((1 - p) ni) with p averaged over the studies, weighted by size

    Examples
    --------
    >>> yi, vi = logit_proportion([16, 10], [17, 10])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (2.772589, 1.0625)
    """
    events, size = floats(xi, ni)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (events <= size) & (size > 0)
        counts = one_group_counts(events, size - events, possible, add=add, to=to)
        total = counts.x1 + counts.x2
        yi = np.log(counts.x1) - np.log(counts.x2)
        average = weighted_mean(counts.x1 / total, total, possible)
        ways = {
            "LS": lambda: 1.0 / counts.x1 + 1.0 / counts.x2,
            "AV": lambda: 1.0 / (average * total) + 1.0 / ((1.0 - average) * total),
        }
        return estimable(yi, variance(vtype, ways), possible)


MEASURE = Measure(
    code="PLO",
    name="proportion",
    inputs=("xi", "ni"),
    effect=logit_proportion,
    scale="logit",
    null=None,
    back=expit,
    axis="Proportion",
    kind="proportion",
    vtypes=("LS", "AV"),
)
