"""Cronbach's alpha on Bonett's log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.scales import bonett, from_bonett


def bonett_alpha(
    ai: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Log transformed Cronbach's alphas and their variances.

    Parameters
    ----------
    ai : (..., k) Cronbach's alphas; mi : items; ni : people

    Notes
    -----
    -log(1 - ai), variance 2 mi / ((mi - 1) (ni - 2)).

    References
    ----------
    Bonett DG. J Educ Behav Stat 2002;27:335-40.

    Examples
    --------
    >>> yi, vi = bonett_alpha([0.93], [20], [103])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (2.65926, 0.020844)
    """
    alpha, items, size = floats(ai, mi, ni)
    with np.errstate(all="ignore"):
        possible = (alpha <= 1) & (items >= 2) & (size > 0)
        return estimable(bonett(alpha), 2.0 * items / ((items - 1.0) * (size - 2.0)), possible)


MEASURE = Measure(
    code="ABT",
    name="Cronbach's alpha (log)",
    inputs=("ai", "mi", "ni"),
    effect=bonett_alpha,
    scale="log-complement",
    null=None,
    back=from_bonett,
    axis="Cronbach's alpha",
    kind="reliability",
)
