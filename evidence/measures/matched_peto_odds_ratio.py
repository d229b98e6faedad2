"""The conditional odds ratio of matched pairs by Peto's method, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.zero_cells import table_cells


def matched_peto_log_odds_ratio(
    ai: ArrayLike,
    bi: ArrayLike,
    ci: ArrayLike,
    di: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Conditional log odds ratios of pairs by Peto's method, and their variances.

    Parameters
    ----------
    ai, bi, ci, di : (..., k) pairs with the event on both occasions, only on the first, only on the
        second, on neither
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    (bi - (bi + ci) / 2) / V and 1 / V with V = (bi + ci) / 4.

    References
    ----------
    Yusuf S et al. Prog Cardiovasc Dis 1985;27:335-71.

    Examples
    --------
    >>> yi, vi = matched_peto_log_odds_ratio([20], [12], [5], [63])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.823529, 0.235294)
    """
    cells = table_cells(ai, bi, ci, di, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        spread = 0.25 * (cells.bi + cells.ci)
        return estimable(0.5 * (cells.bi - cells.ci) / spread, 1.0 / spread, cells.usable)


MEASURE = Measure(
    code="MPPETO",
    name="odds ratio (matched pairs, Peto)",
    inputs=("ai", "bi", "ci", "di"),
    effect=matched_peto_log_odds_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio (Peto)",
    kind="matched",
)
