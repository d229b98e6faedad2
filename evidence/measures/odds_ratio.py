"""The odds ratio of two arms, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, Measure, estimable, exponential
from evidence.measures.variance_types import variance, weighted_mean
from evidence.measures.zero_cells import Cells, two_arm_cells


def log_odds_variance(cells: Cells, vtype: str) -> FloatArray:
    """The variance of the log odds ratio of tables, by type."""
    sizes = 1.0 / cells.n1 + 1.0 / cells.n2
    risk = (cells.ai + cells.ci) / (cells.n1 + cells.n2)
    average1 = weighted_mean(cells.p1, cells.n1, cells.usable)
    average2 = weighted_mean(cells.p2, cells.n2, cells.usable)
    return variance(
        vtype,
        {
            "LS": lambda: 1.0 / cells.ai + 1.0 / cells.bi + 1.0 / cells.ci + 1.0 / cells.di,
            "AV": lambda: (
                1.0 / (average1 * (1.0 - average1) * cells.n1)
                + 1.0 / (average2 * (1.0 - average2) * cells.n2)
            ),
            "H0": lambda: sizes / (risk * (1.0 - risk)),
        },
    )


def log_odds_ratio(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
    vtype: str = "LS",
) -> Effect:
    """Log odds ratios of the first arm against the second, and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    log(ai di / (bi ci)). The variance is

    - LS: 1/ai + 1/bi + 1/ci + 1/di (Woolf 1955)
    - AV: the same with each arm's risk averaged over the studies, weighted by its size
    - H0: (1/n1i + 1/n2i) / (p (1 - p)) with p the risk of both arms together

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
    with np.errstate(all="ignore"):
        yi = np.log(cells.ai) - np.log(cells.bi) - np.log(cells.ci) + np.log(cells.di)
        vi = log_odds_variance(cells, vtype)
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
    vtypes=("LS", "AV", "H0"),
)
