"""Cronbach's alpha as it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity


def cronbachs_alpha(
    ai: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Cronbach's alphas and their variances.

    Parameters
    ----------
    ai : (..., k) Cronbach's alphas; mi : items; ni : people

    Notes
    -----
    ai, variance 2 mi (1 - ai)^2 / ((mi - 1) (ni - 2)).

    References
    ----------
    Bonett DG. Psychol Methods 2010;15:368-85.

    Examples
    --------
    >>> yi, vi = cronbachs_alpha([0.93], [20], [103])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.93, 0.000102)
    """
    alpha, items, size = floats(ai, mi, ni)
    with np.errstate(all="ignore"):
        possible = (alpha <= 1) & (items >= 2) & (size > 0)
        return estimable(alpha, 2.0 * items * (1.0 - alpha) ** 2 / ((items - 1.0) * (size - 2.0)), possible)


MEASURE = Measure(
    code="ARAW",
    name="Cronbach's alpha",
    inputs=("ai", "mi", "ni"),
    effect=cronbachs_alpha,
    scale="identity",
    null=None,
    back=identity,
    axis="Cronbach's alpha",
    kind="reliability",
)
