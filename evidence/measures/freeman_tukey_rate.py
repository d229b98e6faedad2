"""A single incidence rate on Freeman and Tukey's scale.

Its exact back-transformation depends on a time at risk, `rate_of`; for display the limit at unlimited
time is used, which needs none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, Measure, estimable, floats
from evidence.measures.scales import from_square_root
from evidence.measures.zero_cells import one_group_counts


def rate_of(yi: ArrayLike, ti: ArrayLike) -> FloatArray:
    """Incidence rates from their Freeman-Tukey values at times at risk `ti`; 0 below the least value.

    Examples
    --------
    >>> rate_of([0.4, 0.8], [20, 31]).round(6).tolist()
    [0.135977, 0.623973]
    """
    values, time = floats(yi, ti)
    with np.errstate(all="ignore"):
        rate = (1.0 / time - 8.0 * values**2 + 16.0 * time * values**4) / (16.0 * values**2 * time)
        return np.where((values <= 0.5 * np.sqrt(1.0 / time)) | (rate < 1e-15), 0.0, rate)


def rate_at_harmonic_mean(yi: ArrayLike, ti: ArrayLike) -> FloatArray:
    """A pooled Freeman-Tukey value as a rate, at the harmonic mean of the times at risk `ti` (..., k).

    Examples
    --------
    >>> round(float(rate_at_harmonic_mean(0.8, [20, 31, 12])), 6)
    0.612699
    """
    time = np.asarray(ti, dtype=np.float64)
    return rate_of(yi, time.shape[-1] / np.sum(1.0 / time, axis=-1))


def freeman_tukey_rate(
    xi: ArrayLike,
    ti: ArrayLike,
    *,
    add: float = 0.0,
    to: str = "only0",
) -> Effect:
    """Freeman-Tukey transformed incidence rates and their variances.

    Parameters
    ----------
    xi : (..., k) events; ti : total times at risk
    add, to : what is added to empty cells, and to which studies, see `evidence.measures.zero_cells`

    Notes
    -----
    (sqrt(xi / ti) + sqrt((xi + 1) / ti)) / 2, variance 1 / (4 ti).

    References
    ----------
    Freeman MF, Tukey JW. Ann Math Stat 1950;21:607-11.

    Examples
    --------
    >>> yi, vi = freeman_tukey_rate([7], [1344])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.07466, 0.000186)
    """
    events, time = floats(xi, ti)
    with np.errstate(all="ignore"):
        possible = (events >= 0) & (time > 0)
        counts = one_group_counts(events, events, possible, add=add, to=to)
        yi = 0.5 * (np.sqrt(counts.x1 / time) + np.sqrt((counts.x1 + 1.0) / time))
        return estimable(yi, 0.25 / time, possible)


MEASURE = Measure(
    code="IRFT",
    name="incidence rate (Freeman-Tukey)",
    inputs=("xi", "ti"),
    effect=freeman_tukey_rate,
    scale="freeman-tukey",
    null=None,
    back=from_square_root,
    axis="Incidence rate",
    kind="rate",
)
