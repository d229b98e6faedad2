"""How much effects differ: Q, I2, H2, and the Q-profile interval of tau2.

Arrays have studies on the last axis and any batch in front; `where` leaves studies out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import BoolArray, FloatArray, batch, twice
from synthesis.intervals import chi_square_quantile
from synthesis.tau2 import generalised_q, generalised_q_root


def cochran_q(yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None) -> FloatArray:
    """Cochran's Q, the weighted sum of squares about the common-effect mean.

    Examples
    --------
    >>> round(float(cochran_q([0.2, 0.9], [0.05, 0.08])), 10)
    3.7692307692
    """
    whole, shape = batch(yi, vi, where)
    return generalised_q(whole, 0.0).reshape(shape)


def typical_variance(vi: ArrayLike, where: ArrayLike | None = None) -> FloatArray:
    """The typical sampling variance s2 = (k - 1) W / (W^2 - W2), W and W2 sums of 1/vi and 1/vi^2.

    References
    ----------
    Higgins JPT, Thompson SG. Stat Med 2002;21:1539-58, equation 9.
    """
    v = np.asarray(vi, dtype=np.float64)
    used = np.ones(v.shape, np.bool_) if where is None else np.broadcast_to(where, v.shape)
    smallest = np.min(v, axis=-1, where=used, initial=np.inf, keepdims=True)
    w = np.where(used, smallest / v, 0.0)
    s1, s2 = w.sum(axis=-1), (w * w).sum(axis=-1)
    k = used.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        typical = smallest[..., 0] * (k - 1) * s1 / (s1 * s1 - s2)
    result: FloatArray = np.where(k > 1, typical, np.inf)
    return result


def i2_of(tau2: ArrayLike, typical: ArrayLike) -> FloatArray:
    """I2 in per cent, the share of tau2 in the total variance.

    Examples
    --------
    >>> round(float(i2_of(0.18, 0.065)), 4)
    73.4694
    """
    between, within = np.asarray(tau2, float), np.asarray(typical, float)
    result: FloatArray = 100.0 * between / (between + within)
    return result


def h2_of(tau2: ArrayLike, typical: ArrayLike) -> FloatArray:
    """H2, the total variance in units of the typical sampling variance."""
    return np.asarray(tau2, float) / np.asarray(typical, float) + 1.0


def q_profile(
    yi: ArrayLike, vi: ArrayLike, level: float = 95.0, where: ArrayLike | None = None
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """The bounds of the Q-profile interval of tau2, and whether both were found.

    Notes
    -----
    The values of tau2 at which Q(tau2) equals the upper and lower quantile of chi-square on k - 1
    degrees of freedom; 0 where Q(0) is below the quantile already, so that very homogeneous effects
    give the interval [0, 0], as in metafor. The interval need not hold an estimate from another
    principle. There is no largest tau2; metafor stops at 100.

    References
    ----------
    Viechtbauer W. Stat Med 2007;26:37-52.

    Examples
    --------
    >>> low, high, found = q_profile([0.2, 0.9, 0.4], [0.05, 0.08, 0.04])
    >>> round(float(low), 6), round(float(high), 6), bool(found)
    (0.0, 5.066652, True)
    """
    whole, shape = batch(yi, vi, where)
    df = np.maximum(whole.k - 1.0, 1.0)
    share = (100.0 - level) / 200.0
    target = np.concatenate([chi_square_quantile(share, df), chi_square_quantile(1.0 - share, df)])
    roots, found = generalised_q_root(twice(whole), target)
    n = df.size
    scaled = roots.reshape(2, n) * whole.unit * whole.unit
    return scaled[0].reshape(shape), scaled[1].reshape(shape), found.reshape(2, n).all(axis=0).reshape(shape)
