"""The marginal risk difference of matched pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.zero_cells import table_cells


def matched_risk_difference(
    ai: ArrayLike,
    bi: ArrayLike,
    ci: ArrayLike,
    di: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Marginal risk differences of pairs, the first occasion less the second, and their variances.

    Parameters
    ----------
    ai, bi, ci, di : (..., k) pairs with the event on both occasions, only on the first, only on the
        second, on neither
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    (bi - ci) / n with n pairs, variance (p (1 - p) + q (1 - q) + 2 p q) / n with p = bi / n, q = ci / n.

    References
    ----------
    Fleiss JL, Levin B, Paik MC. Statistical Methods for Rates and Proportions, 2003.

    Examples
    --------
    >>> yi, vi = matched_risk_difference([20], [12], [5], [63])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.07, 0.001651)
    """
    cells = table_cells(ai, bi, ci, di, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        size = cells.n1 + cells.n2
        first, second = cells.bi / size, cells.ci / size
        vi = (first * (1.0 - first) + second * (1.0 - second) + 2.0 * first * second) / size
    return estimable(first - second, vi, cells.usable)


MEASURE = Measure(
    code="MPRD",
    name="risk difference (matched pairs)",
    inputs=("ai", "bi", "ci", "di"),
    effect=matched_risk_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Risk difference",
    kind="matched",
)
