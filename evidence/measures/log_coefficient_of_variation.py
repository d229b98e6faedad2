"""The coefficient of variation of a single group, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats


def log_coefficient_of_variation(
    mi: ArrayLike,
    sdi: ArrayLike,
    ni: ArrayLike,
    *,
    correct: bool = True,
) -> Effect:
    """Logarithms of coefficients of variation and their variances.

    Parameters
    ----------
    mi, sdi, ni : (..., k) means, standard deviations and sizes
    correct : whether the small-sample bias of the logarithm is taken off

    Notes
    -----
    log(sdi / mi), where corrected plus 1 / (2 (ni - 1)); variance 1 / (2 (ni - 1)) + sdi^2 / (ni mi^2).

    References
    ----------
    Nakagawa S et al. Methods Ecol Evol 2015;6:143-52.

    Examples
    --------
    >>> yi, vi = log_coefficient_of_variation([55], [47], [155])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.153939, 0.007958)
    """
    mean, sd, size = floats(mi, sdi, ni)
    with np.errstate(all="ignore"):
        possible = (sd >= 0) & (size > 0)
        half = 0.5 / (size - 1.0)
        yi = np.log(sd / mean) + (half if correct else 0.0)
        vi = half + sd**2 / (size * mean**2)
    return estimable(yi, vi, possible)


MEASURE = Measure(
    code="CVLN",
    name="coefficient of variation",
    inputs=("mi", "sdi", "ni"),
    effect=log_coefficient_of_variation,
    scale="log",
    null=None,
    back=exponential,
    axis="Coefficient of variation",
    kind="continuous",
)
