"""The marginal risk ratio of matched pairs, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.zero_cells import table_cells


def matched_log_risk_ratio(
    ai: ArrayLike,
    bi: ArrayLike,
    ci: ArrayLike,
    di: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Marginal log risk ratios of pairs, the first occasion over the second, and their variances.

    Parameters
    ----------
    ai, bi, ci, di : (..., k) pairs with the event on both occasions, only on the first, only on the
        second, on neither
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    log((ai + bi) / (ai + ci)), variance (bi + ci) / ((ai + bi) (ai + ci)).

    References
    ----------
    Zou GY. Clin Trials 2007;4:25-31.

    Examples
    --------
    >>> yi, vi = matched_log_risk_ratio([20], [12], [5], [63])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.24686, 0.02125)
    """
    cells = table_cells(ai, bi, ci, di, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        first, second = cells.ai + cells.bi, cells.ai + cells.ci
        return estimable(np.log(first / second), (cells.bi + cells.ci) / (first * second), cells.usable)


MEASURE = Measure(
    code="MPRR",
    name="risk ratio (matched pairs)",
    inputs=("ai", "bi", "ci", "di"),
    effect=matched_log_risk_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Risk ratio",
    kind="matched",
)
