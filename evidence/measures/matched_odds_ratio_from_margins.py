"""The marginal odds ratio of matched pairs of which only the two margins are printed, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats
from evidence.measures.odds_ratio import log_odds_variance
from evidence.measures.zero_cells import table_cells


def matched_log_odds_ratio_from_margins(
    ai: ArrayLike,
    bi: ArrayLike,
    ci: ArrayLike,
    di: ArrayLike,
    ri: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Marginal log odds ratios of pairs from their margins and a correlation, and their variances.

    Parameters
    ----------
    ai, bi : (..., k) people with and without the event on the first occasion; ci, di : the same people on
        the second; ri : phi coefficient of the two occasions
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    log(ai di / (bi ci)). With n people and s = (ri sqrt(ai bi ci di) + ai bi) / n the variance is that of
    two separate groups less 2 n (n s - ai bi) / (ai bi ci di), as in metafor, whose n is half the table
    after correction, rounded.

    References
    ----------
    Zou GY. Clin Trials 2007;4:25-31. Becker MP, Balagtas CC. Biometrics 1993;49:997-1009.

    Examples
    --------
    >>> yi, vi = matched_log_odds_ratio_from_margins([32], [68], [25], [75], [0.4])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.34484, 0.059683)
    """
    cells = table_cells(ai, bi, ci, di, add=add, to=to, drop00=drop00)
    (phi,) = floats(ri)
    with np.errstate(all="ignore"):
        size = np.round(0.5 * (cells.n1 + cells.n2))
        product, first = cells.ai * cells.bi * cells.ci * cells.di, cells.ai * cells.bi
        shared = (phi * np.sqrt(product) + first) / size
        delta = size**2 * (size * shared - first) / product
        yi = np.log(cells.ai / cells.bi) - np.log(cells.ci / cells.di)
        vi = log_odds_variance(cells, "LS") - 2.0 * delta / size
        return estimable(yi, vi, cells.usable & (np.abs(phi) <= 1))


MEASURE = Measure(
    code="MPORM",
    name="odds ratio (matched pairs, from margins)",
    inputs=("ai", "bi", "ci", "di", "ri"),
    effect=matched_log_odds_ratio_from_margins,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio",
    kind="matched",
)
