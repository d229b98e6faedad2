"""The odds ratio of two arms, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.zero_cells import two_arm_cells


def log_odds_ratio(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Log odds ratios of the first arm against the second, and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    log(ai di / (bi ci)), variance 1/ai + 1/bi + 1/ci + 1/di (Woolf 1955).

    References
    ----------
    Woolf B. Ann Hum Genet 1955;19:251-3.

    Examples
    --------
    >>> yi, vi = log_odds_ratio([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.938694, 0.357125)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(divide="ignore", invalid="ignore"):
        yi = np.log(cells.ai) - np.log(cells.bi) - np.log(cells.ci) + np.log(cells.di)
        vi = 1.0 / cells.ai + 1.0 / cells.bi + 1.0 / cells.ci + 1.0 / cells.di
    return estimable(yi, vi, cells.usable)


MEASURE = Measure(
    code="OR",
    name="odds ratio",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=log_odds_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio",
    kind="binary",
)
