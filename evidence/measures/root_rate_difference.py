"""The difference of two groups' incidence rates on the square root scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.zero_cells import two_rate_counts


def root_rate_difference(
    x1i: ArrayLike,
    t1i: ArrayLike,
    x2i: ArrayLike,
    t2i: ArrayLike,
    *,
    add: float = 0.0,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Differences of the roots of rates, the first group less the second, and their variances.

    Parameters
    ----------
    x1i, x2i : (..., k) events of the two groups; t1i, t2i : their total times at risk
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    sqrt(x1i / t1i) - sqrt(x2i / t2i), variance 1 / (4 t1i) + 1 / (4 t2i). Nothing is added to empty cells
    unless `add` says so.

    Examples
    --------
    >>> yi, vi = root_rate_difference([7], [1344], [11], [1988])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.002217, 0.000312)
    """
    x1, t1, x2, t2 = floats(x1i, t1i, x2i, t2i)
    counts = two_rate_counts(x1, t1, x2, t2, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        yi = np.sqrt(counts.x1 / t1) - np.sqrt(counts.x2 / t2)
        vi = 0.25 / t1 + 0.25 / t2
    return estimable(yi, vi, counts.usable)


MEASURE = Measure(
    code="IRSD",
    name="square root rate difference",
    inputs=("x1i", "t1i", "x2i", "t2i"),
    effect=root_rate_difference,
    scale="square-root",
    null=0.0,
    back=identity,
    axis="Difference of square root rates",
    kind="rate",
)
