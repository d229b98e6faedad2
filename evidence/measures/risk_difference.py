"""The difference of two arms' risks."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.zero_cells import two_arm_cells


def risk_difference(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Risk differences, the first arm less the second, and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    p1 - p2, variance p1 (1 - p1) / n1i + p2 (1 - p2) / n2i. As in metafor the correction applies here
    too, though the difference itself exists without it; others leave it out (`to="none"`), and then two
    empty arms have the difference 0 with variance 0, which cannot be pooled.

    Examples
    --------
    >>> yi, vi = risk_difference([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.046616, 0.00078)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    size1, size2 = cells.ai + cells.bi, cells.ci + cells.di
    with np.errstate(divide="ignore", invalid="ignore"):
        yi = cells.ai / size1 - cells.ci / size2
        vi = cells.ai * cells.bi / size1**3 + cells.ci * cells.di / size2**3
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
)
