"""The exact distribution of a weighted sum of squares about its weighted mean.

For weights a_i and independent effects with variances s_i, Q = sum a_i (y_i - ybar)^2 is a sum of
multiples of chi-square variables. Its Laplace transform needs no eigenvalues: by the rank-one update,
E exp(-pQ) = [prod (1 + 2 p a_i s_i) sum (a_i / sum a) / (1 + 2 p a_i s_i)]^(-1/2), linear in k.
"""

from __future__ import annotations

import numpy as np

from synthesis.arrays import BoolArray, FloatArray

_NODES = 96
_REACH = 36.0
"""The integrand is left where it has fallen by this many e-folds, or after so many of its widths."""
_WIDTHS = 9.0
_NONE = 1e-30
_FEW = 15.0
"""From so many equally large terms on the sum is nearly normal, and its upper tail needs its own path."""
_HALVINGS = 36
_TOGETHER = 2**15


def squares_sf(q: FloatArray, a: FloatArray, s: FloatArray) -> FloatArray:
    """The probability that Q exceeds `q`, to about 1e-12.

    Parameters
    ----------
    q : (n,) array
    a, s : (k, n) arrays, weights (0 for what is left out) and variances

    Notes
    -----
    The Bromwich integral of the distribution function along a parabola through (nearly) its saddle
    point, where its integrand is smooth and falls like a normal density; the trapezium rule then
    converges geometrically. Davies and Farebrother, whom others use, need the eigenvalues.

    References
    ----------
    Jackson D. Res Synth Methods 2013;4:220-9 (the distribution). Weideman JAC, Trefethen LN. Math Comput
    2007;76:1341-56 (the contour).

    Examples
    --------
    >>> equal = np.ones((5, 1))  # chi-square on four degrees of freedom
    >>> squares_sf(np.array([9.487729036781154]), equal, equal).round(10)
    array([0.05])
    """
    d = np.where(a > 0.0, a * s, 0.0)
    size = np.add.reduce(d, axis=0)
    positive = (q > _NONE * size) & (size > _NONE * q)
    d = np.where(positive, d / np.where(positive, q, 1.0), 1.0)  # Q in units of q: its tail at 1 is wanted
    share = np.where(positive, a, 1.0)
    share = share / np.add.reduce(share, axis=0)
    tail = np.clip(_tail_at_one(d, share), 0.0, 1.0)
    result: FloatArray = np.where(positive, tail, q <= _NONE * size)
    return result


def _tail_at_one(d: FloatArray, share: FloatArray) -> FloatArray:
    """The upper tail at 1: below the mean as 1 less the integral right of the pole at 0, else left of it."""
    total, squared = np.add.reduce(d, axis=0), np.add.reduce(d * d, axis=0)
    few = total * total < _FEW * squared
    saddle = _saddle(d, few)
    ratio = 2.0 * d / (1.0 + 2.0 * saddle * d)
    pole = np.where(few, 1.0 / saddle, 0.0)
    second = 0.5 * np.add.reduce(ratio**2, axis=0)
    bow = (np.add.reduce(ratio**3, axis=0) + 2.0 * pole**3) / (6.0 * (second + pole**2))
    far = np.minimum(np.sqrt(_REACH / bow), _WIDTHS / np.sqrt(second))
    step = far / _NODES
    integral = np.zeros_like(saddle)
    together = max(1, _TOGETHER // d.size)
    for first in range(0, _NODES, together):
        y = (np.arange(first, min(first + together, _NODES))[:, None] + 0.5) * step
        p = saddle + 1j * y - bow * y * y
        integral += np.add.reduce((_transform(p, d, share) * (1j - 2.0 * bow * y)).imag, axis=0)
    integral *= step / np.pi
    return np.where(saddle > 0.0, 1.0 - integral, -integral)


def _transform(p: FloatArray, d: FloatArray, share: FloatArray) -> FloatArray:
    factor = 1.0 + 2.0 * p[:, None, :] * d
    logs = np.add.reduce(np.log(factor), axis=1) + np.log(np.add.reduce(share / factor, axis=1))
    result: FloatArray = np.exp(p - 0.5 * logs) / p
    return result


def _saddle(d: FloatArray, few: BoolArray) -> FloatArray:
    """The p where the exponent of the integrand is stationary, the lost degree of freedom spread.

    Right of the pole at 0 where 1 is below the mean or few terms matter, else between the pole and the
    nearest branch point.
    """
    k = np.maximum(np.add.reduce(d > 0.0, axis=0), 2)
    lost = (k - 1.0) / k
    right = (lost * np.add.reduce(d, axis=0) > 1.0) | few
    edge = 0.5 / np.maximum.reduce(d, axis=0)
    low, high = np.where(right, -60.0, -40.0), np.where(right, 60.0, 0.0)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        p = _place(middle, right, edge)
        slope = 1.0 - lost * np.add.reduce(d / (1.0 + 2.0 * p * d), axis=0) - 1.0 / p
        rising = (slope < 0.0) == right
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return _place(0.5 * (low + high), right, edge)


def _place(x: FloatArray, right: BoolArray, edge: FloatArray) -> FloatArray:
    return np.where(right, np.exp(x), -edge * np.exp(np.minimum(x, -1e-12)))
