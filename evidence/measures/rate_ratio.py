"""The ratio of two groups' incidence rates, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats
from evidence.measures.zero_cells import two_rate_counts


def log_rate_ratio(
    x1i: ArrayLike,
    t1i: ArrayLike,
    x2i: ArrayLike,
    t2i: ArrayLike,
    *,
    add: float = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Log rate ratios, the first group over the second, and their variances.

    Parameters
    ----------
    x1i, x2i : (..., k) events of the two groups; t1i, t2i : their total times at risk
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    log(x1i / t1i) - log(x2i / t2i), variance 1 / x1i + 1 / x2i. A correction changes events, never times.

    Examples
    --------
    >>> yi, vi = log_rate_ratio([7], [1344], [11], [1988])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.060506, 0.233766)
    """
    x1, t1, x2, t2 = floats(x1i, t1i, x2i, t2i)
    counts = two_rate_counts(x1, t1, x2, t2, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        yi = np.log(counts.x1 / t1) - np.log(counts.x2 / t2)
        vi = 1.0 / counts.x1 + 1.0 / counts.x2
    return estimable(yi, vi, counts.usable)


MEASURE = Measure(
    code="IRR",
    name="incidence rate ratio",
    inputs=("x1i", "t1i", "x2i", "t2i"),
    effect=log_rate_ratio,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Rate ratio",
    kind="rate",
)
