"""The mean of a single group, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats


def log_mean(
    mi: ArrayLike,
    sdi: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Logarithms of means and their variances.

    Parameters
    ----------
    mi, sdi, ni : (..., k) means, standard deviations and sizes

    Notes
    -----
    log(mi), variance sdi^2 / (ni mi^2). Not estimable unless the mean is above 0.

    Examples
    --------
    >>> yi, vi = log_mean([55], [47], [155])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (4.007333, 0.004711)
    """
    mean, sd, size = floats(mi, sdi, ni)
    with np.errstate(all="ignore"):
        possible = (sd >= 0) & (size > 0)
        yi, vi = np.log(mean), sd**2 / (size * mean**2)
    return estimable(yi, vi, possible)


MEASURE = Measure(
    code="MNLN",
    name="mean (log scale)",
    inputs=("mi", "sdi", "ni"),
    effect=log_mean,
    scale="log",
    null=None,
    back=exponential,
    axis="Mean",
    kind="continuous",
)
