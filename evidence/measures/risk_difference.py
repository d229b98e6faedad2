"""The difference of two arms' risks."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.variance_types import variance, weighted_mean
from evidence.measures.zero_cells import two_arm_cells


def risk_difference(
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
    """Risk differences, the first arm less the second, and their variances.

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
    p1 - p2. As in metafor the correction of empty cells applies here too, though the difference itself
    exists without it; others leave it out (`to="none"`), and then two empty arms have the difference 0 with
    variance 0, which cannot be pooled. The variance is

    - LS: p1 (1 - p1) / n1i + p2 (1 - p2) / n2i; UB: the same over n1i - 1 and n2i - 1
    - AV: LS with each arm's risk averaged over the studies, weighted by its size
    - H0: p (1 - p) (1/n1i + 1/n2i) with p the risk of both arms together

    Examples
    --------
    >>> yi, vi = risk_difference([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.046616, 0.00078)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        yi = cells.p1 - cells.p2
        average1 = weighted_mean(cells.p1, cells.n1, cells.usable)
        average2 = weighted_mean(cells.p2, cells.n2, cells.usable)
        spread1, spread2 = cells.ai * cells.bi / cells.n1**2, cells.ci * cells.di / cells.n2**2
        risk = (cells.ai + cells.ci) / (cells.n1 + cells.n2)
        vi = variance(
            vtype,
            {
                "LS": lambda: spread1 / cells.n1 + spread2 / cells.n2,
                "UB": lambda: spread1 / (cells.n1 - 1.0) + spread2 / (cells.n2 - 1.0),
                "AV": lambda: average1 * (1.0 - average1) / cells.n1 + average2 * (1.0 - average2) / cells.n2,
                "H0": lambda: risk * (1.0 - risk) * (1.0 / cells.n1 + 1.0 / cells.n2),
            },
        )
    return estimable(yi, vi, cells.usable)


MEASURE = Measure(
    code="RD",
    name="risk difference",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=risk_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Risk difference",
    kind="binary",
    vtypes=("LS", "UB", "AV", "H0"),
)
