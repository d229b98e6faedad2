"""Gauss's hypergeometric function, which the exact bias corrections of correlations need."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import FloatArray, floats

_SERIES_FROM = 20.0
_TERMS = 200


def hypergeometric(a: float, b: float, c: ArrayLike, x: ArrayLike) -> FloatArray:
    """2F1(a, b; c; x) for x from 0 to 1 where it converges up to 1, that is for c > a + b; nan elsewhere.

    Notes
    -----
    From c = 20 on by its series, whose terms then fall fast however near 1 x is; below by
    `scipy.special.hyp2f1`, which is not dependable for large c (it gives nan at 1/2, 1/2; 162; 0.9975).

    Examples
    --------
    >>> hypergeometric(0.5, 0.5, [19.0, 1.0, 162.0], [0.8775, 0.5, 0.9975]).round(6).tolist()
    [1.012173, nan, 1.00155]
    """
    bottom, argument = floats(c, x)
    with np.errstate(all="ignore"):
        good = (bottom > a + b) & (argument >= 0) & (argument <= 1)
        large = good & (bottom >= _SERIES_FROM)
        value = _series(a, b, np.where(large, bottom, _SERIES_FROM), np.where(large, argument, 0.0))
        if not np.all(large | ~good):
            from scipy.special import hyp2f1

            value = np.where(large, value, hyp2f1(a, b, np.where(good, bottom, 2.0), argument))
    return np.where(good, value, np.nan)


def _series(a: float, b: float, c: FloatArray, x: FloatArray) -> FloatArray:
    term = total = np.ones_like(c)
    for j in range(_TERMS):
        term = term * (a + j) * (b + j) / ((c + j) * (j + 1.0)) * x
        total = total + term
        if not np.any(np.abs(term) > 1e-18):
            break
    return total
