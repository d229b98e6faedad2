"""A single incidence rate on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats
from evidence.measures.zero_cells import one_group_counts


def log_rate(
    xi: ArrayLike,
    ti: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
) -> Effect:
    """Logarithms of incidence rates and their variances.

    Parameters
    ----------
    xi : (..., k) events; ti : total times at risk
    add, to : what is added to empty cells, and to which studies, see `evidence.measures.zero_cells`

    Notes
    -----
    log(xi / ti), variance 1 / xi.

    Examples
    --------
    >>> yi, vi = log_rate([7], [1344])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-5.257495, 0.142857)
    """
    events, time = floats(xi, ti)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (time > 0)
        counts = one_group_counts(events, events, possible, add=add, to=to)
        return estimable(np.log(counts.x1 / time), 1.0 / counts.x1, possible)


MEASURE = Measure(
    code="IRLN",
    name="incidence rate (log scale)",
    inputs=("xi", "ti"),
    effect=log_rate,
    scale="log",
    null=None,
    back=exponential,
    axis="Incidence rate",
    kind="rate",
)
