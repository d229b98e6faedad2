"""The tetrachoric correlation on Fisher's z scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable
from evidence.measures.scales import fisher_z, from_fisher_z
from evidence.measures.tetrachoric import tetrachoric_correlation


def fisher_z_of_tetrachoric(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.0,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Fisher's z of tetrachoric correlations and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    atanh(r), its variance by the delta method from that of `evidence.measures.tetrachoric`; not estimable
    with an empty cell. The scale does not make the variance independent of the value.

    Examples
    --------
    >>> yi, vi = fisher_z_of_tetrachoric([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.269461, 0.027203)
    """
    r, vi = tetrachoric_correlation(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        return estimable(fisher_z(r), vi / (1.0 - r**2) ** 2)


MEASURE = Measure(
    code="ZTET",
    name="tetrachoric correlation (Fisher's z)",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=fisher_z_of_tetrachoric,
    scale="fisher-z",
    null=0.0,
    back=from_fisher_z,
    axis="Tetrachoric correlation",
    kind="binary",
)
