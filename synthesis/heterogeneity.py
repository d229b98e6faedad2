"""How much effects differ: Q, I2, H2, Rb.

Arrays have studies on the last axis and any batch in front; `where` leaves studies out.
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray, batch
from synthesis.dominance import spread
from synthesis.intervals import critical_t
from synthesis.q_statistics import generalised_q
from synthesis.tau2_errors import tau2_se


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
    if where is None:
        smallest = np.min(v, axis=-1, initial=np.inf, keepdims=True)
        w, k = smallest / v, np.asarray(v.shape[-1])
    else:
        used = np.broadcast_to(where, v.shape)
        smallest = np.min(v, axis=-1, where=used, initial=np.inf, keepdims=True)
        w, k = np.where(used, smallest / v, 0.0), used.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        typical = smallest[..., 0] * (k - 1) / spread(w)
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


def q_based(q: ArrayLike, k: ArrayLike, level: float = 95.0) -> tuple[FloatArray, FloatArray, FloatArray]:
    """H2 = Q / (k - 1), never below 1, and the bounds of its test-based interval.

    I2 in per cent is 100 (1 - 1 / H2), for the bounds too.

    Notes
    -----
    The logarithm of H is taken to be normal with standard error (log Q - log(k - 1)) / (2 sqrt(2 Q) -
    2 sqrt(2 k - 3)) where Q > k, else sqrt((1 - 1 / (3 (k - 2)^2)) / (2 (k - 2))). Two studies have that
    only where Q > 2; otherwise their bounds are nan.

    References
    ----------
    Higgins JPT, Thompson SG. Stat Med 2002;21:1539-58, page 1549.

    Examples
    --------
    >>> h2, low, high = q_based(152.233008082373, 13)
    >>> (100 - 100 / low).round(6), (100 - 100 / high).round(6)
    (np.float64(88.316379), np.float64(94.681767))
    """
    squares, studies = np.asarray(q, float), np.asarray(k, float)
    df = np.maximum(studies - 1.0, 1.0)
    h2 = np.maximum(squares / df, 1.0)
    reach = critical_t(inf, level) * log_h_se(squares, studies)
    return h2, np.maximum(h2 * np.exp(-2.0 * reach), 1.0), np.maximum(h2 * np.exp(2.0 * reach), 1.0)


def log_h_se(q: ArrayLike, k: ArrayLike) -> FloatArray:
    """The standard error of log H, as `q_based` has it; nan where it is not defined."""
    squares, studies = np.asarray(q, float), np.asarray(k, float)
    df = np.maximum(studies - 1.0, 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        large = 0.5 * (np.log(squares) - np.log(df)) / (np.sqrt(2.0 * squares) - np.sqrt(2.0 * df - 1.0))
        small = np.sqrt((1.0 - 1.0 / (3.0 * (df - 1.0) ** 2)) / (2.0 * (df - 1.0)))
    result: FloatArray = np.where(squares > studies, large, np.where(studies > 2, small, np.nan))
    return result


def rb_of(
    yi: ArrayLike, vi: ArrayLike, tau2: ArrayLike, level: float = 95.0, q: ArrayLike | None = None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Rb in per cent, the mean share of tau2 in the studies' total variances, and its interval.

    `q` is Cochran's Q where it is taken about another mean, such as Mantel and Haenszel's.

    Notes
    -----
    Rb = tau2 / (k var mu) = mean of tau2 / (vi + tau2). Its standard error is that of Q under `tau2`
    times the slope of Rb in Q, taken as meta does at DerSimonian and Laird's tau2 before that is cut
    off at 0, whatever estimator is used. Bounds are kept within 0 and 100.

    References
    ----------
    Crippa A, Khudyakov P, Wang M, Orsini N, Spiegelman D. Stat Med 2016;35:3661-75, appendix D.
    """
    v, between = np.asarray(vi, np.float64), np.asarray(tau2, np.float64)
    k = v.shape[-1]
    share = 100.0 * (between[..., None] / (v + between[..., None])).mean(axis=-1)
    w = 1.0 / v
    squares = cochran_q(yi, v) if q is None else np.asarray(q, np.float64)
    moment = (squares - (k - 1.0)) / spread(w)
    slope = 100.0 * (v / (v + moment[..., None]) ** 2).mean(axis=-1)
    half = critical_t(inf, level) * slope * tau2_se("DL", np.zeros_like(v), v, between)
    return share, np.maximum(share - half, 0.0), np.minimum(share + half, 100.0)
