"""Cronbach's alpha on Hakstian and Whalen's cube-root scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats
from evidence.measures.scales import from_hakstian_whalen, hakstian_whalen


def hakstian_whalen_alpha(
    ai: ArrayLike,
    mi: ArrayLike,
    ni: ArrayLike,
) -> Effect:
    """Cube-root transformed Cronbach's alphas and their variances.

    Parameters
    ----------
    ai : (..., k) Cronbach's alphas; mi : items; ni : people

    Notes
    -----
    1 - (1 - ai)^(1/3), variance 18 mi (ni - 1) (1 - ai)^(2/3) / ((mi - 1) (9 ni - 11)^2).

    References
    ----------
    Hakstian AR, Whalen TE. Psychometrika 1976;41:219-31.

    Examples
    --------
    >>> yi, vi = hakstian_whalen_alpha([0.93], [20], [103])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.587871, 0.000391)
    """
    alpha, items, size = floats(ai, mi, ni)
    with np.errstate(all="ignore"):
        possible = (alpha <= 1) & (items >= 2) & (size > 0)
        scale = 18.0 * items * (size - 1.0) / ((items - 1.0) * (9.0 * size - 11.0) ** 2)
        return estimable(hakstian_whalen(alpha), scale * np.cbrt(1.0 - alpha) ** 2, possible)


MEASURE = Measure(
    code="AHW",
    name="Cronbach's alpha (cube root)",
    inputs=("ai", "mi", "ni"),
    effect=hakstian_whalen_alpha,
    scale="cube-root",
    null=None,
    back=from_hakstian_whalen,
    axis="Cronbach's alpha",
    kind="reliability",
)
