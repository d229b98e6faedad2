"""The mean of a single group over its standard deviation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.standardised_mean_difference import bias_correction


def standardised_mean(
    mi: ArrayLike,
    sdi: ArrayLike,
    ni: ArrayLike,
    *,
    correct: bool | str = True,
) -> Effect:
    """Standardised means and their variances.

    Parameters
    ----------
    mi, sdi, ni : (..., k) means, standard deviations and sizes
    correct : whether Hedges' factor J is applied; `"approx"` takes its approximation

    Notes
    -----
    y = J mi / sdi with J on ni - 1 degrees of freedom, variance 1/ni + y^2 / (2 ni).

    References
    ----------
    Hedges LV. J Educ Stat 1981;6:107-28 (J).

    Examples
    --------
    >>> yi, vi = standardised_mean([55], [47], [155])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (1.164503, 0.010826)
    """
    mean, sd, size = floats(mi, sdi, ni)
    with np.errstate(all="ignore"):
        possible = (sd >= 0) & (size > 0)
        yi = bias_correction(size - 1.0, correct) * mean / sd
        vi = 1.0 / size + yi**2 / (2.0 * size)
    return estimable(yi, vi, possible)


MEASURE = Measure(
    code="SMN",
    name="standardised mean",
    inputs=("mi", "sdi", "ni"),
    effect=standardised_mean,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean",
    kind="continuous",
)
