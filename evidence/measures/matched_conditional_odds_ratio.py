"""The conditional odds ratio of matched pairs, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.zero_cells import table_cells


def matched_conditional_log_odds_ratio(
    ai: ArrayLike,
    bi: ArrayLike,
    ci: ArrayLike,
    di: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Conditional log odds ratios of pairs, the first occasion against the second, and their variances.

    Parameters
    ----------
    ai, bi, ci, di : (..., k) pairs with the event on both occasions, only on the first, only on the
        second, on neither
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    log(bi / ci), variance 1 / bi + 1 / ci.

    References
    ----------
    McNemar Q. Psychometrika 1947;12:153-7.

    Examples
    --------
    >>> yi, vi = matched_conditional_log_odds_ratio([20], [12], [5], [63])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.875469, 0.283333)
    """
    cells = table_cells(ai, bi, ci, di, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        return estimable(np.log(cells.bi / cells.ci), 1.0 / cells.bi + 1.0 / cells.ci, cells.usable)


MEASURE = Measure(
    code="MPORC",
    name="odds ratio (matched pairs, conditional)",
    inputs=("ai", "bi", "ci", "di"),
    effect=matched_conditional_log_odds_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio",
    kind="matched",
)
