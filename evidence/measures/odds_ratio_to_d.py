"""The standardised mean difference behind an odds ratio, by the logistic distribution."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, identity
from evidence.measures.odds_ratio import log_odds_ratio


def d_from_odds_ratio(
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
    """Standardised mean differences from odds ratios, first arm against second, and their variances.

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
    The log odds ratio times the factor of the logistic distribution, sqrt(3) / pi;
    its variance, of each type that `evidence.measures.odds_ratio` has, times the square of that.

    References
    ----------
    Hasselblad V, Hedges LV. Psychol Bull 1995;117:167-78. Chinn S. Stat Med 2000;19:3127-31.

    Examples
    --------
    >>> yi, vi = d_from_odds_ratio([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.517529, 0.108553)
    """
    yi, vi = log_odds_ratio(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00, vtype=vtype)
    factor = np.sqrt(3.0) / np.pi
    return factor * yi, factor**2 * vi


MEASURE = Measure(
    code="OR2D",
    name="standardised mean difference (from odds ratio)",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=d_from_odds_ratio,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean difference",
    kind="binary",
    vtypes=("LS", "AV", "H0"),
)
