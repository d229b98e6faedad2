"""The exact distribution of a weighted sum of squares about its weighted mean.

For weights a_i and independent effects with variances s_i, Q = sum a_i (y_i - ybar)^2 is a sum of
multiples of chi-square variables. Its Laplace transform needs no eigenvalues: by the rank-one update,
E exp(-pQ) = [prod (1 + 2 p a_i s_i) sum (a_i / sum a) / (1 + 2 p a_i s_i)]^(-1/2), linear in k.
"""

from __future__ import annotations

from math import inf

import numpy as np

from synthesis.arrays import BoolArray, FloatArray

_NODES = ((16, 32), (64, 48), (inf, 96))
"""Up to so many studies so many points of the integral, which give 1e-12 or nearly."""
_PRODUCT = 8
"""So many factors are multiplied before a logarithm is taken of them."""
_REACH = 36.0
"""The integrand is left where it has fallen by this many e-folds, or after so many of its widths."""
_WIDTHS = 9.0
_NONE = 1e-30
_FEW = 15.0
"""From so many equally large terms on the sum is nearly normal, and its upper tail needs its own path."""
_HALVINGS = 20
"""The integral does not depend on the place; near the saddle point it needs the fewest points."""
_TOGETHER = 2**14


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


@np.errstate(invalid="ignore", divide="ignore", over="ignore")
def approximate_sf(q: FloatArray, a: FloatArray, s: FloatArray) -> FloatArray:
    """As `squares_sf`, to a few hundredths: a gamma law with the mean and variance of Q, by its cube root.

    References
    ----------
    Wilson EB, Hilferty MM. Proc Natl Acad Sci 1931;17:684-8.
    """
    total = np.add.reduce(a, axis=0)
    d = a * s
    mean = np.add.reduce(d * (1.0 - a / total), axis=0)
    square = d * d
    lost = np.add.reduce(a * d, axis=0) / total
    half = np.add.reduce(square, axis=0) - 2.0 * np.add.reduce(square * a, axis=0) / total + lost * lost
    ninth = 2.0 * half / (9.0 * mean * mean)
    z = (np.cbrt(q / mean) - (1.0 - ninth)) / np.sqrt(ninth)
    result: FloatArray = 1.0 / (1.0 + np.exp(z * (1.5976 + 0.070565 * z * z)))
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
    nodes = next(points for most, points in _NODES if len(d) <= most)
    step = far / nodes
    integral = np.zeros_like(saddle)
    together = max(1, _TOGETHER // max(1, d.size))
    for first in range(0, nodes, together):
        y = (np.arange(first, min(first + together, nodes))[:, None] + 0.5) * step
        place = (saddle - bow * y * y, y, -2.0 * bow * y)
        integral += np.add.reduce(_integrand(place, d, share), axis=0)
    integral *= step / np.pi
    return np.where(saddle > 0.0, 1.0 - integral, -integral)


def _integrand(
    place: tuple[FloatArray, FloatArray, FloatArray], d: FloatArray, share: FloatArray
) -> FloatArray:
    """The imaginary part of (slant + i) exp(p) E exp(-pQ) / p, at (m, n) points p = x + iy of the contour.

    In logarithms and angles, several times faster than complex numbers; `place` is x, y, slant.
    """
    x, y, slant = place
    across, along = 1.0 + (2.0 * x)[:, None, :] * d, (2.0 * y)[:, None, :] * d
    size = across * across
    size += along * along
    angle = np.add.reduce(np.arctan2(along, across), axis=1)
    length = np.zeros_like(x)
    for cut in range(0, len(d), _PRODUCT):
        length += np.log(np.multiply.reduce(size[:, cut : cut + _PRODUCT], axis=1))
    np.divide(share, size, out=size)
    across *= size
    along *= size
    right, down = np.add.reduce(across, axis=1), np.add.reduce(along, axis=1)
    length += np.log(right * right + down * down)
    angle -= np.arctan2(down, right)
    turn = y - 0.5 * angle
    square = x * x + y * y
    result: FloatArray = np.exp(x - 0.25 * length) * (
        np.cos(turn) * (x - slant * y) / square + np.sin(turn) * (slant * x + y) / square
    )
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
