"""A single proportion on the logit scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, expit, floats
from evidence.measures.zero_cells import corrected_studies


def logit_proportion(xi: ArrayLike, ni: ArrayLike, *, add: float = 0.5, to: str = "only0") -> Effect:
    """Logits of proportions and their variances.

    Parameters
    ----------
    xi, ni : (..., k) events and sizes
    add, to : what is added to events and non-events, and to which studies, see
        `evidence.measures.zero_cells`

    Notes
    -----
    log(xi / (ni - xi)), variance 1 / xi + 1 / (ni - xi).

    Examples
    --------
    >>> yi, vi = logit_proportion([16, 10], [17, 10])
    >>> yi.round(6).tolist(), vi.round(6).tolist()
    ([2.772589, 3.044522], [1.0625, 2.095238])
    """
    events, size = floats(xi, ni)
    others = size - events
    possible = (events >= 0) & (others >= 0) & (size > 0)
    extra = np.where(corrected_studies((events, others), possible, to, add), add, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        yi = np.log(events + extra) - np.log(others + extra)
        vi = 1.0 / (events + extra) + 1.0 / (others + extra)
    return estimable(yi, vi, possible)


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
)
