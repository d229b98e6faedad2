"""An estimate and its variance on another scale, by the delta method.

References
----------
van der Vaart AW. Asymptotic Statistics, 1998, ch. 3. Ridders CJF. Adv Eng Softw 1982;4:75-6 (the derivative).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, estimable, floats

Transform = Callable[[FloatArray], ArrayLike]

_LEVELS = 6


def transformed(
    yi: ArrayLike, vi: ArrayLike, transform: Transform, derivative: Transform | None = None
) -> Effect:
    """Estimates on the scale of `transform`, with their variances to first order.

    Parameters
    ----------
    yi, vi : (..., k) estimates and variances
    transform : array -> array, the new scale
    derivative : array -> array, its derivative; by differences where it is not given

    Notes
    -----
    transform(yi), variance vi derivative(yi)^2. The differences are central, halved six times and
    extrapolated: about 1e-11 relative.

    Examples
    --------
    >>> yi, vi = transformed(1.8, 0.09, np.log)
    >>> round(float(yi), 6), round(float(vi), 6)
    (0.587787, 0.027778)
    """
    value, spread = floats(yi, vi)
    with np.errstate(all="ignore"):
        slope = _slope(transform, value) if derivative is None else np.asarray(derivative(value), dtype=float)
        return estimable(np.asarray(transform(value), dtype=float), spread * slope**2, spread >= 0)


def _slope(transform: Transform, value: FloatArray) -> FloatArray:
    """The derivative by Richardson's extrapolation of central differences."""
    step = 0.02 * np.maximum(np.abs(value), 0.01)
    column: list[FloatArray] = []
    best, error = np.full(value.shape, np.nan), np.full(value.shape, np.inf)
    for _ in range(_LEVELS):
        up, down = value + step, value - step
        difference = np.asarray(transform(up), dtype=float) - np.asarray(transform(down), dtype=float)
        row = [difference / (up - down)]
        for level, above in enumerate(column, start=1):
            row.append(row[-1] + (row[-1] - above) / (4.0**level - 1.0))
            change = np.maximum(np.abs(row[-1] - row[-2]), np.abs(row[-1] - above))
            best, error = np.where(change <= error, row[-1], best), np.minimum(error, change)
        column, step = row, 0.5 * step
    return best
