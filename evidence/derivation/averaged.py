"""The mean of an effect on its displayed scale over the true effects of many studies.

The displayed value of the mean is not the mean of the displayed values: exp(mu) is the median odds ratio,
expit(mu) a proportion below or above the average one. These functions average over a normal distribution of
true effects with variance tau2, cut off where the scale of the analysis ends.

References
----------
Viechtbauer W. metafor, transf.exp.int and its kin.
"""

from __future__ import annotations

from functools import cache
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from evidence.derivation.delta_method import Transform
from evidence.measures.measure import FloatArray, floats
from evidence.measures.normal import normal_area, normal_density

_NODES = 200
_REACH = 10.0


def averaged_exponential(yi: ArrayLike, tau2: ArrayLike) -> FloatArray:
    """The mean ratio where log ratios are normal about `yi`: exp(yi + tau2 / 2), exactly.

    Examples
    --------
    >>> round(float(averaged_exponential(0.3, 0.2)), 6)
    1.491825
    """
    value, spread = floats(yi, tau2)
    return np.exp(value + 0.5 * spread)


def averaged(
    back: Transform, yi: ArrayLike, tau2: ArrayLike, low: float = -inf, high: float = inf
) -> FloatArray:
    """The mean of `back` over true effects that are normal about `yi` with variance `tau2`.

    Parameters
    ----------
    back : array -> array, from the scale of the analysis to the displayed one
    yi, tau2 : (...) arrays
    low, high : where the scale of the analysis begins and ends; the distribution is cut off there

    Notes
    -----
    Gauss-Legendre with 200 nodes over ten standard deviations either side. nan where tau2 is negative.

    Examples
    --------
    >>> from evidence.measures.measure import expit
    >>> round(float(averaged(expit, -0.7, 0.4)), 6)
    0.344682
    """
    value, spread = floats(yi, tau2)
    nodes, weights = _legendre()
    with np.errstate(all="ignore"):
        tau = np.sqrt(spread)
        begin, end = np.maximum(low, value - _REACH * tau), np.minimum(high, value + _REACH * tau)
        places = 0.5 * ((end - begin)[..., None] * nodes + (end + begin)[..., None])
        density = normal_density((places - value[..., None]) / tau[..., None])
        inside = normal_area((high - value) / tau) - normal_area((low - value) / tau)
        shown = np.asarray(back(places), dtype=np.float64)
        total = 0.5 * (end - begin) / tau * (shown * density * weights).sum(axis=-1) / inside
        return np.where(spread > 0, total, np.where(spread == 0, np.asarray(back(value)), np.nan))


@cache
def _legendre() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return nodes, weights
