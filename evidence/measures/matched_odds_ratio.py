"""The marginal odds ratio of matched pairs, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.scales import logit
from evidence.measures.zero_cells import table_cells


def matched_log_odds_ratio(
    ai: ArrayLike,
    bi: ArrayLike,
    ci: ArrayLike,
    di: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Marginal log odds ratios of pairs, the first occasion against the second, and their variances.

    Parameters
    ----------
    ai, bi, ci, di : (..., k) pairs with the event on both occasions, only on the first, only on the
        second, on neither
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    The logit of (ai + bi) / n less that of (ai + ci) / n. With p, q = bi / n, ci / n the variance is
    (p (1 - p) + q (1 - q) + 2 p q) / (n r (1 - r) s (1 - s)), r and s the two margins.

    References
    ----------
    Agresti A, Min Y. Stat Med 2004;23:65-75.

    Examples
    --------
    >>> yi, vi = matched_log_odds_ratio([20], [12], [5], [63])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.34484, 0.040466)
    """
    cells = table_cells(ai, bi, ci, di, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        size = cells.n1 + cells.n2
        first, second = cells.bi / size, cells.ci / size
        margin1, margin2 = cells.n1 / size, (cells.ai + cells.ci) / size
        spread = first * (1.0 - first) + second * (1.0 - second) + 2.0 * first * second
        vi = spread / (size * margin1 * (1.0 - margin1) * margin2 * (1.0 - margin2))
        return estimable(logit(margin1) - logit(margin2), vi, cells.usable)


MEASURE = Measure(
    code="MPOR",
    name="odds ratio (matched pairs, marginal)",
    inputs=("ai", "bi", "ci", "di"),
    effect=matched_log_odds_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio",
    kind="matched",
)
