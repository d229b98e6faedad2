"""An estimate, its interval and its p: any two of them fix the third.

Ratios are on the log scale throughout; a caller takes logarithms.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.distributions import normal_isf
from evidence.reanalysis.t import Box, absolute, quotient_range
from evidence.reanalysis.tails import Numbers, Statistic, normal_two_sided


def half_widths(level: float) -> float:
    """How many standard errors an interval at ``level`` per cent reaches to either side.

    Examples
    --------
    >>> round(half_widths(95), 6)
    1.959964
    """
    return normal_isf((1 - level / 100) / 2)


def standard_error(low: ArrayLike, high: ArrayLike, level: float = 95) -> Numbers:
    """The standard error behind a symmetrical interval at ``level`` per cent."""
    return (np.asarray(high, float) - np.asarray(low, float)) / (2 * half_widths(level))


def wald(estimate: ArrayLike, low: ArrayLike, high: ArrayLike, level: float = 95) -> Statistic:
    """z and two-sided p of an estimate against zero from its symmetrical interval.

    Examples
    --------
    >>> from math import log
    >>> float(wald(log(0.615), log(0.473), log(1.054)).p).__round__(4)
    0.0174
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.asarray(estimate, float) / standard_error(low, high, level)
    return Statistic(value, np.nan, normal_two_sided(value))


def asymmetry(estimate: Box, low: Box, high: Box) -> Box:
    """The range of estimate - (low + high) / 2: it holds zero where the interval can be symmetrical.

    References
    ----------
    Altman and Bland 2011, BMJ 343:d2090.
    """
    return (
        estimate[0] - (low[2] + high[2]) / 2,
        estimate[1] - (low[1] + high[1]) / 2,
        estimate[2] - (low[0] + high[0]) / 2,
    )


def z_range(estimate: Box, low: Box, high: Box, level: float = 95) -> Box:
    """The range of the signed z over everything that rounds to the printed estimate and limits.

    Notes
    -----
    z moves away from zero as the interval narrows, so its ends are at corners of the box.
    """
    reach = 2 * half_widths(level)
    error = tuple(max(x, 0.0) / reach for x in (high[0] - low[2], high[1] - low[1], high[2] - low[0]))
    return quotient_range(estimate, (error[0], error[1], error[2]))


def p_range(z: Box) -> Box:
    """The two-sided p over a range of z: least, middle, greatest."""
    least, middle, most = absolute(z)
    low, mid, high = (float(normal_two_sided(x)) for x in (most, middle, least))
    return low, mid, high
