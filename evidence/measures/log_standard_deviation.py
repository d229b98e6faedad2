"""The standard deviation of a single group, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats


def log_standard_deviation(
    sdi: ArrayLike,
    ni: ArrayLike,
    *,
    correct: bool = True,
) -> Effect:
    """Logarithms of standard deviations and their variances.

    Parameters
    ----------
    sdi, ni : (..., k) standard deviations and sizes
    correct : whether the small-sample bias of the logarithm is taken off

    Notes
    -----
    log(sdi), where corrected plus 1 / (2 (ni - 1)); variance 1 / (2 (ni - 1)).

    References
    ----------
    Nakagawa S et al. Methods Ecol Evol 2015;6:143-52.

    Examples
    --------
    >>> yi, vi = log_standard_deviation([47], [155])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (3.853394, 0.003247)
    """
    sd, size = floats(sdi, ni)
    with np.errstate(all="ignore"):
        half = 0.5 / (size - 1.0)
        yi = np.log(sd) + (half if correct else 0.0)
        return estimable(yi, half, (sd >= 0) & (size > 1))


MEASURE = Measure(
    code="SDLN",
    name="standard deviation (log scale)",
    inputs=("sdi", "ni"),
    effect=log_standard_deviation,
    scale="log",
    null=None,
    back=exponential,
    axis="Standard deviation",
    kind="continuous",
)
