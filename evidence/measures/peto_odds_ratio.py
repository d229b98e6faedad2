"""The odds ratio of two arms by Peto's method, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.zero_cells import two_arm_cells


def peto_log_odds_ratio(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Peto's log odds ratios of the first arm against the second, and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    (O - E) / V and 1 / V with O = ai, E and V its hypergeometric mean and variance under no effect. Biased
    where the effect is large or the arms are of unlike size. As in metafor's escalc the correction of empty
    cells applies, though only tables without any event (or with nothing else) need it; `to="none"` leaves
    it out, as pooling by Peto's method does.

    References
    ----------
    Yusuf S et al. Prog Cardiovasc Dis 1985;27:335-71. Bradburn MJ et al. Stat Med 2007;26:53-77.

    Examples
    --------
    >>> yi, vi = peto_log_odds_ratio([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.860383, 0.282836)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        size = cells.n1 + cells.n2
        events, others = cells.ai + cells.ci, cells.bi + cells.di
        spread = events * others * (cells.n1 / size) * (cells.n2 / size) / (size - 1.0)
        yi, vi = (cells.ai - events * cells.n1 / size) / spread, 1.0 / spread
    return estimable(yi, vi, cells.usable)


MEASURE = Measure(
    code="PETO",
    name="odds ratio (Peto)",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=peto_log_odds_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio (Peto)",
    kind="binary",
)
