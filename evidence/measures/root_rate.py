"""A single incidence rate on the square root scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.scales import from_square_root
from evidence.measures.zero_cells import one_group_counts


def root_rate(
    xi: ArrayLike,
    ti: ArrayLike,
    *,
    add: float = 0.0,
    to: str = "only0",
) -> Effect:
    """Square roots of incidence rates and their variances.

    Parameters
    ----------
    xi : (..., k) events; ti : total times at risk
    add, to : what is added to empty cells, and to which studies, see `evidence.measures.zero_cells`

    Notes
    -----
    sqrt(xi / ti), variance 1 / (4 ti). Nothing is added to empty cells unless `add` says so.

    Examples
    --------
    >>> yi, vi = root_rate([7], [1344])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.072169, 0.000186)
    """
    events, time = floats(xi, ti)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (time > 0)
        counts = one_group_counts(events, events, possible, add=add, to=to)
        return estimable(np.sqrt(counts.x1 / time), 0.25 / time, possible)


MEASURE = Measure(
    code="IRS",
    name="incidence rate (square root)",
    inputs=("xi", "ti"),
    effect=root_rate,
    scale="square-root",
    null=None,
    back=from_square_root,
    axis="Incidence rate",
    kind="rate",
)
