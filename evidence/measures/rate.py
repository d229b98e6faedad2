"""A single incidence rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.zero_cells import one_group_counts


def incidence_rate(
    xi: ArrayLike,
    ti: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
) -> Effect:
    """Incidence rates and their variances.

    Parameters
    ----------
    xi : (..., k) events; ti : total times at risk
    add, to : what is added to empty cells, and to which studies, see `evidence.measures.zero_cells`

    Notes
    -----
    xi / ti, variance xi / ti^2.

    Examples
    --------
    >>> yi, vi = incidence_rate([7], [1344])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.005208, 4e-06)
    """
    events, time = floats(xi, ti)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (time > 0)
        counts = one_group_counts(events, events, possible, add=add, to=to)
        return estimable(counts.x1 / time, counts.x1 / time**2, possible)


MEASURE = Measure(
    code="IR",
    name="incidence rate",
    inputs=("xi", "ti"),
    effect=incidence_rate,
    scale="identity",
    null=None,
    back=identity,
    axis="Incidence rate",
    kind="rate",
)
