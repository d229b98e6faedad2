"""The risk ratio of two arms, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.variance_types import variance, weighted_mean
from evidence.measures.zero_cells import two_arm_cells


def log_risk_ratio(
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
    """Log risk ratios of the first arm against the second, and their variances.

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
    log(ai / n1i) - log(ci / n2i), where a correction of the cells also enlarges both arms by twice `add`,
    as in metafor. The variance is

    - LS: 1/ai - 1/n1i + 1/ci - 1/n2i
    - AV: the same with each arm's risk averaged over the studies, weighted by its size
    - H0: (1 - p) / p (1/n1i + 1/n2i) with p the risk of both arms together

    References
    ----------
    Katz D et al. Biometrics 1978;34:469-74.

    Examples
    --------
    >>> yi, vi = log_risk_ratio([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.889311, 0.325585)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        yi = np.log(cells.p1) - np.log(cells.p2)
        average1 = weighted_mean(cells.p1, cells.n1, cells.usable)
        average2 = weighted_mean(cells.p2, cells.n2, cells.usable)
        risk = (cells.ai + cells.ci) / (cells.n1 + cells.n2)
        vi = variance(
            vtype,
            {
                "LS": lambda: cells.bi / (cells.ai * cells.n1) + cells.di / (cells.ci * cells.n2),
                "AV": lambda: (
                    (1.0 - average1) / (average1 * cells.n1) + (1.0 - average2) / (average2 * cells.n2)
                ),
                "H0": lambda: (1.0 - risk) / risk * (1.0 / cells.n1 + 1.0 / cells.n2),
            },
        )
    return estimable(yi, vi, cells.usable)


MEASURE = Measure(
    code="RR",
    name="risk ratio",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=log_risk_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Risk ratio",
    kind="binary",
    vtypes=("LS", "AV", "H0"),
)
