"""The difference of two arms' risks on the arcsine square root scale: defined with empty cells too."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.scales import arcsine
from evidence.measures.zero_cells import two_arm_cells


def arcsine_difference(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.0,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Arcsine square root risk differences, the first arm less the second, and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    asin(sqrt(p1)) - asin(sqrt(p2)), variance 1 / (4 n1i) + 1 / (4 n2i). Nothing is added to empty cells
    unless `add` says so. A difference on this scale has no display of its own.

    References
    ----------
    Ruecker G, Schwarzer G, Carpenter J, Olkin I. Stat Med 2009;28:721-38.

    Examples
    --------
    >>> yi, vi = arcsine_difference([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.103836, 0.003831)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        yi = arcsine(cells.p1) - arcsine(cells.p2)
        vi = 0.25 / cells.n1 + 0.25 / cells.n2
    return estimable(yi, vi, cells.usable)


MEASURE = Measure(
    code="AS",
    name="arcsine square root risk difference",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=arcsine_difference,
    scale="arcsine",
    null=0.0,
    back=identity,
    axis="Arcsine risk difference",
    kind="binary",
)
