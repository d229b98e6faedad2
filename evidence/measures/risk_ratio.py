"""The risk ratio of two arms, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.zero_cells import two_arm_cells


def log_risk_ratio(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Log risk ratios of the first arm against the second, and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    log(ai / n1i) - log(ci / n2i), variance 1/ai - 1/n1i + 1/ci - 1/n2i, where a correction of the cells
    also enlarges both arms by twice `add`, as in metafor.

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
    size1, size2 = cells.ai + cells.bi, cells.ci + cells.di
    with np.errstate(divide="ignore", invalid="ignore"):
        yi = np.log(cells.ai / size1) - np.log(cells.ci / size2)
        vi = cells.bi / (cells.ai * size1) + cells.di / (cells.ci * size2)
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
)
