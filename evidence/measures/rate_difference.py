"""The difference of two groups' incidence rates."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.zero_cells import two_rate_counts


def rate_difference(
    x1i: ArrayLike,
    t1i: ArrayLike,
    x2i: ArrayLike,
    t2i: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Rate differences, the first group less the second, and their variances.

    Parameters
    ----------
    x1i, x2i : (..., k) events of the two groups; t1i, t2i : their total times at risk
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    x1i / t1i - x2i / t2i, variance x1i / t1i^2 + x2i / t2i^2. As in metafor the correction applies here too,
    though the difference exists without it.

    Examples
    --------
    >>> yi, vi = rate_difference([7], [1344], [11], [1988])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.000325, 7e-06)
    """
    x1, t1, x2, t2 = floats(x1i, t1i, x2i, t2i)
    counts = two_rate_counts(x1, t1, x2, t2, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        yi = counts.x1 / t1 - counts.x2 / t2
        vi = counts.x1 / t1**2 + counts.x2 / t2**2
    return estimable(yi, vi, counts.usable)


MEASURE = Measure(
    code="IRD",
    name="incidence rate difference",
    inputs=("x1i", "t1i", "x2i", "t2i"),
    effect=rate_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Rate difference",
    kind="rate",
)
