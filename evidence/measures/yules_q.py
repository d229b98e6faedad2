"""Yule's Q: the odds ratio as a coefficient from -1 to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.zero_cells import two_arm_cells


def yules_q(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Yule's Q of two-by-two tables and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    (OR - 1) / (OR + 1), variance (1 - Q^2)^2 / 4 (1/ai + 1/bi + 1/ci + 1/di).

    References
    ----------
    Yule GU. Philos Trans R Soc A 1900;194:257-319, p. 285; J R Stat Soc 1912;75:579-652, p. 593.

    Examples
    --------
    >>> yi, vi = yules_q([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.437672, 0.058353)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        along, across = cells.ai * cells.di, cells.bi * cells.ci
        yi = (along - across) / (along + across)
        log_odds = 1.0 / cells.ai + 1.0 / cells.bi + 1.0 / cells.ci + 1.0 / cells.di
        vi = 0.25 * (1.0 - yi**2) ** 2 * log_odds
    return estimable(yi, vi, cells.usable)


MEASURE = Measure(
    code="YUQ",
    name="Yule's Q",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=yules_q,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Yule's Q",
    kind="binary",
)
