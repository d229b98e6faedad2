"""Intervals for a mean effect that need its standard error and the spread of the effects only.

Interval functions take the mean `mu`, its standard error `se` (inverse-variance), the generalised Q at
the model's weights `q` and the number of studies `k`, all of one batch shape, and `level` in per cent;
they give an `Inference` of that shape. `INTERVALS` at the foot names them.

References
----------
Hartung J, Knapp G. Stat Med 2001;20:3875-89. Sidik K, Jonkman JN. Stat Med 2002;21:3153-9.
Knapp G, Hartung J. Stat Med 2003;22:2693-710 (the floor).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from evidence.distributions import chi2_isf, chi2_sf, t_isf, t_sf
from synthesis.arrays import FloatArray

_FEW = 64
"""Up to here tails are computed one by one; importing scipy.special costs more."""


@dataclass(frozen=True, slots=True, eq=False)
class Inference:
    """Mean, standard error, bounds, statistic, degrees of freedom (inf for normal) and two-sided `p`."""

    mu: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    statistic: FloatArray
    df: FloatArray
    own_p: FloatArray | None = None

    @property
    def p(self) -> FloatArray:
        """`own_p` of a method that has its own, else the tails of t."""
        return two_sided_p(self.statistic, self.df) if self.own_p is None else self.own_p


IntervalFunction = Callable[[ArrayLike, ArrayLike, ArrayLike, ArrayLike, float], Inference]


def critical_t(df: ArrayLike, level: float) -> FloatArray:
    """The quantile of t that leaves (100 - level) / 2 per cent above it; df may be inf.

    Examples
    --------
    >>> critical_t([1, float("inf")], 95).round(6)
    array([12.706205,  1.959964])
    """
    upper = (100.0 - level) / 200.0
    return _per_df(lambda one: t_isf(upper, one), df)


def _per_df(quantile: Callable[[float], float], df: ArrayLike) -> FloatArray:
    """A quantile for each of the degrees of freedom, computed once for each distinct one."""
    degrees = np.asarray(df, dtype=np.float64)
    if degrees.ndim == 0:
        return np.asarray(quantile(float(degrees)))
    if degrees.size == 0:
        return degrees
    first = degrees.flat[0]
    if degrees.size == 1 or (degrees == first).all():
        return np.full(degrees.shape, quantile(float(first)))
    distinct, back = np.unique(degrees, return_inverse=True)
    quantiles = np.array([quantile(one) for one in distinct.tolist()], dtype=np.float64)
    return quantiles[back].reshape(degrees.shape)


def two_sided_p(statistic: ArrayLike, df: ArrayLike) -> FloatArray:
    """The two-sided p of a t statistic; df may be inf.

    Examples
    --------
    >>> round(float(two_sided_p(2.0, float("inf"))), 6)
    0.0455
    """
    t, nu = np.broadcast_arrays(np.abs(np.asarray(statistic, float)), np.asarray(df, float))
    if t.size <= _FEW:
        tails = [t_sf(*pair) for pair in zip(t.ravel().tolist(), nu.ravel().tolist(), strict=True)]
        return 2.0 * np.array(tails).reshape(t.shape)
    from scipy.special import ndtr, stdtr

    normal = np.isinf(nu)
    return 2.0 * np.where(normal, ndtr(-t), stdtr(np.where(normal, 1.0, nu), -t))


def chi_square_p(q: ArrayLike, df: ArrayLike) -> FloatArray:
    """The upper tail of chi-square at `q`."""
    x, nu = np.broadcast_arrays(np.asarray(q, float), np.asarray(df, float))
    if x.size <= _FEW:
        tails = [chi2_sf(*pair) for pair in zip(x.ravel().tolist(), nu.ravel().tolist(), strict=True)]
        return np.array(tails).reshape(x.shape)
    from scipy.special import chdtrc

    return np.asarray(chdtrc(nu, x))


def chi_square_quantile(upper: float, df: ArrayLike) -> FloatArray:
    """The value chi-square exceeds with probability `upper`."""
    return _per_df(lambda one: chi2_isf(upper, one), df)


def symmetric(mu: ArrayLike, se: ArrayLike, df: ArrayLike, level: float) -> Inference:
    """mu plus and minus a quantile of t of standard errors, with the test that goes with it."""
    centre, error = np.asarray(mu, float), np.asarray(se, float)
    nu = np.broadcast_to(np.asarray(df, float), error.shape)
    half = critical_t(nu, level) * error
    statistic = centre / error
    return Inference(centre, error, centre - half, centre + half, statistic, nu)


def wald(mu: ArrayLike, se: ArrayLike, q: ArrayLike, k: ArrayLike, level: float) -> Inference:
    """mu plus and minus a normal quantile of standard errors; `q` and `k` are not used."""
    return symmetric(mu, se, inf, level)


def t_interval(mu: ArrayLike, se: ArrayLike, q: ArrayLike, k: ArrayLike, level: float) -> Inference:
    """As `wald`, with t on k - 1 degrees of freedom; Wald for a single study."""
    return symmetric(mu, se, _t_df(k), level)


def hartung_knapp(mu: ArrayLike, se: ArrayLike, q: ArrayLike, k: ArrayLike, level: float) -> Inference:
    """t on k - 1 degrees of freedom with the variance multiplied by q / (k - 1) (metafor `knha`).

    Notes
    -----
    With equal effects the factor is 0 and the interval would have no width; there, as for a single
    study, the result is Wald's, which `df` = inf tells.
    """
    factor, df = _factor(q, k)
    return symmetric(mu, np.asarray(se, float) * np.sqrt(factor), df, level)


def hartung_knapp_floor(mu: ArrayLike, se: ArrayLike, q: ArrayLike, k: ArrayLike, level: float) -> Inference:
    """As `hartung_knapp`, the factor being never below 1 (metafor `adhoc`)."""
    factor = np.maximum(_factor(q, k)[0], 1.0)
    return symmetric(mu, np.asarray(se, float) * np.sqrt(factor), _t_df(k), level)


def hartung_knapp_wider(mu: ArrayLike, se: ArrayLike, q: ArrayLike, k: ArrayLike, level: float) -> Inference:
    """The wider of `hartung_knapp` and `wald`; `df` = inf where that is Wald's."""
    error, plain = np.asarray(se, float), critical_t(inf, level)
    factor, df = _factor(q, k)
    knapp, centre = error * np.sqrt(factor), np.asarray(mu, float)
    wide, narrow = critical_t(_t_df(k), level) * knapp, plain * error
    first = (wide >= narrow) & (df < inf)
    own, half = np.where(first, knapp, error), np.where(first, wide, narrow)
    return Inference(centre, own, centre - half, centre + half, centre / own, np.where(first, df, inf))


def hartung_knapp_se(se: ArrayLike, q: ArrayLike, k: ArrayLike) -> FloatArray:
    """The standard error that `hartung_knapp` uses."""
    result: FloatArray = np.asarray(se, float) * np.sqrt(_factor(q, k)[0])
    return result


def _t_df(k: ArrayLike) -> FloatArray:
    studies = np.asarray(k, float)
    single = studies <= 1.0
    return np.where(single, inf, studies - 1.0) if single.any() else studies - 1.0


def _factor(q: ArrayLike, k: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """q / (k - 1) and k - 1; 1 and inf where that is not defined."""
    squares, studies = np.asarray(q, float), np.asarray(k, float)
    usable = (squares > 0.0) & (studies > 1)
    if usable.all():
        return squares / (studies - 1.0), studies - 1.0
    df = np.where(usable, studies - 1.0, inf)
    return np.where(usable, squares / np.where(usable, df, 1.0), 1.0), df


INTERVALS: Mapping[str, IntervalFunction] = {
    "HKSJ-wider": hartung_knapp_wider,
    "HKSJ": hartung_knapp,
    "HKSJ-floor": hartung_knapp_floor,
    "Wald": wald,
    "t": t_interval,
}
