"""`combine_p`: one p-value for several studies, where effects cannot be pooled.

The p-values are one-sided and all in one direction. A combined p-value says that some study shows an effect,
not how large it is; pool effects instead wherever they are known. The registry `METHODS` at the foot names
the methods.

References
----------
Becker BJ. Combining significance levels. In: Cooper H, Hedges LV, eds. The handbook of research synthesis.
1994:215-30. Cinar O, Viechtbauer W. J Stat Softw 2022;101(1) (effective numbers of tests).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, exp, factorial, inf, lgamma, log, sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthesis.correlated_tests import effective_number
from synthesis.errors import PoolingError, choose

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CombinedP:
    """A combined p-value.

    Attributes
    ----------
    p, statistic : the p-value and what it is the tail of; df : degrees of freedom, None where it has none
    method : key of `METHODS`; k : p-values combined
    tests : what k counts for where the p-values are correlated; k where they are not
    """

    p: float
    statistic: float
    df: float | None
    method: str
    k: int
    tests: int


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """The p-values, the number of tests they count for, and the options of the methods."""

    p: FloatArray
    tests: int
    weights: FloatArray | None
    degrees: FloatArray
    alpha: float
    rank: int

    @property
    def k(self) -> int:
        return int(self.p.size)

    @property
    def share(self) -> float:
        return self.tests / self.k


Told = tuple[float, float, float | None]
"""p, statistic, degrees of freedom"""


def combine_p(
    p: ArrayLike,
    method: str = "fisher",
    *,
    weights: ArrayLike | None = None,
    degrees: ArrayLike | float = 2.0,
    alpha: float | None = None,
    rank: int = 1,
    correlation: ArrayLike | None = None,
    adjust: str | None = None,
) -> CombinedP:
    """One p-value for several.

    Parameters
    ----------
    p : (k,) one-sided p-values, above 0 and at most 1
    method : a key of `METHODS`
    weights : (k,) weights of "stouffer", such as roots of sample sizes
    degrees : degrees of freedom of "inverse-chi-square", one number or (k,)
    alpha : where "binomial" (0.05), "votes" (0.5) and "truncated" (0.5) divide small from large
    rank : the p-value, counted from the smallest, of "wilkinson"
    correlation : (k, k) correlations of the tests
    adjust : a key of `correlated_tests.EFFECTIVE`, which says how many independent tests they count for;
        possible for the methods in `ADJUSTABLE`

    Raises
    ------
    PoolingError
        When p-values, weights or correlations cannot be used; it names them.
    UnknownName
        When a method does not exist; it lists those that do.

    Examples
    --------
    >>> found = combine_p([0.01, 0.04, 0.2])
    >>> round(found.p, 6), round(found.statistic, 4), found.df
    (0.004394, 18.867, 6.0)
    """
    combine = choose("method", method, METHODS)
    values = _p_values(p, method)
    number = _tests(values.size, method, correlation, adjust)
    default = 0.05 if method == "binomial" else 0.5
    asked = _Asked(
        values,
        number,
        _weights(weights, values.size, method),
        _degrees(degrees, values.size),
        _probability("alpha", default if alpha is None else alpha),
        _rank(rank, values.size),
    )
    combined, statistic, df = combine(asked)
    return CombinedP(min(1.0, float(combined)), float(statistic), df, method, values.size, number)


# --- what is asked ---------------------------------------------------------------------------------------


def _p_values(p: ArrayLike, method: str) -> FloatArray:
    values = np.array(p, dtype=np.float64)
    if values.ndim != 1 or values.size == 0:
        raise PoolingError(f"p has shape {values.shape}; give one row of p-values")
    top = "below 1" if method in _BELOW_ONE else "at most 1"
    good = (values > 0.0) & ((values < 1.0) if method in _BELOW_ONE else (values <= 1.0))
    bad = [f"row {i + 1}: p is {values[i]:g}" for i in np.flatnonzero(~good).tolist()]
    if bad:
        raise PoolingError(f"{'; '.join(bad[:10])}; a p-value is above 0 and {top} (0 is a rounded one)")
    return values


def _weights(weights: ArrayLike | None, k: int, method: str) -> FloatArray | None:
    if weights is None:
        return None
    if method != "stouffer":
        raise PoolingError(f"the method {method!r} has no weights; 'stouffer' has")
    values = np.array(weights, dtype=np.float64)
    if values.shape != (k,) or not (np.isfinite(values).all() and (values > 0.0).all()):
        raise PoolingError(f"weights must be {k} positive numbers")
    return values


def _degrees(degrees: ArrayLike | float, k: int) -> FloatArray:
    values = np.asarray(degrees, dtype=np.float64)
    if values.shape not in ((), (k,)) or not (np.isfinite(values).all() and (values > 0.0).all()):
        raise PoolingError(f"degrees must be one positive number or {k} of them")
    return np.broadcast_to(values, (k,))


def _probability(name: str, value: float) -> float:
    if not 0.0 < value <= 1.0:
        raise PoolingError(f"{name} is {value:g}; it is above 0 and at most 1")
    return float(value)


def _rank(rank: int, k: int) -> int:
    if not 1 <= rank <= k:
        raise PoolingError(f"rank is {rank}; it is from 1 to the number of p-values, {k}")
    return int(rank)


def _tests(k: int, method: str, correlation: ArrayLike | None, adjust: str | None) -> int:
    if correlation is None and adjust is None:
        return k
    if correlation is None or adjust is None:
        raise PoolingError("an adjustment needs both correlation= and adjust=")
    if method not in ADJUSTABLE:
        raise PoolingError(f"the method {method!r} is not adjusted; choose {', '.join(ADJUSTABLE)}")
    return effective_number(correlation, adjust, k)


# --- methods ---------------------------------------------------------------------------------------------


def _by_scipy(asked: _Asked, method: str) -> tuple[float, float]:
    from scipy.stats import combine_pvalues

    found = combine_pvalues(asked.p, method=method, weights=asked.weights)
    return float(found.pvalue), float(found.statistic)


def _fisher(asked: _Asked) -> Told:
    """-2 sum log p, chi-square on 2 k df; its share of the tests where they are correlated."""
    p, statistic = _by_scipy(asked, "fisher")
    if asked.tests == asked.k:
        return p, statistic, 2.0 * asked.k
    statistic, df = statistic * asked.share, 2.0 * asked.tests
    return _chi_square(statistic, df), statistic, df


def _chi_square(statistic: float, df: float) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, statistic))


def _stouffer(asked: _Asked) -> Told:
    """The (weighted) sum of normal scores over its standard deviation."""
    p, z = _by_scipy(asked, "stouffer")
    if asked.tests == asked.k:
        return p, z, None
    z *= sqrt(asked.share)
    return _normal(z), z, None


def _normal(z: float) -> float:
    from scipy.special import ndtr

    return float(ndtr(-z))


def _scores(asked: _Asked) -> FloatArray:
    from scipy.special import ndtri

    return -np.asarray(ndtri(asked.p))


def _inverse_chi_square(asked: _Asked) -> Told:
    """The sum of chi-square quantiles, each on its own degrees of freedom."""
    from scipy.special import chdtri

    statistic, df = float(np.sum(chdtri(asked.degrees, asked.p))), float(np.sum(asked.degrees))
    return _chi_square(statistic, df), statistic, df


def _binomial(asked: _Asked) -> Told:
    """How many p-values are at most alpha; the binomial chance of as many."""
    small = int(np.sum(asked.p <= asked.alpha))
    return _at_least(round(small * asked.share), asked.tests, asked.alpha), float(small), None


def _at_least(r: int, n: int, chance: float) -> float:
    from scipy.special import bdtrc

    return 1.0 if r <= 0 else float(bdtrc(r - 1, n, chance))


def _bonferroni(asked: _Asked) -> Told:
    """The smallest p-value times the number of tests."""
    smallest = float(asked.p.min())
    return smallest * asked.tests, smallest, None


def _tippett(asked: _Asked) -> Told:
    """The chance that the smallest of so many is as small."""
    p, smallest = _by_scipy(asked, "tippett")
    if asked.tests == asked.k:
        return p, smallest, None
    return -float(np.expm1(asked.tests * np.log1p(-smallest))), smallest, None


def _wilkinson(asked: _Asked) -> Told:
    """The chance that the p-value of a rank is as small; the largest for rank k."""
    from scipy.special import betainc

    value = float(np.sort(asked.p)[asked.rank - 1])
    return float(betainc(asked.rank, asked.k - asked.rank + 1, value)), value, None


def _maximum(asked: _Asked) -> Told:
    """The chance that the largest is as small."""
    largest = float(asked.p.max())
    return largest**asked.k, largest, None


def _logit(asked: _Asked) -> Told:
    """The sum of logits, scaled to Student's t on 5 k + 4 degrees of freedom."""
    from scipy.special import stdtr

    k, df = asked.k, 5.0 * asked.k + 4.0
    scale = sqrt(k * np.pi**2 * (5.0 * k + 2.0) / (3.0 * (5.0 * k + 4.0)))
    t = -float(np.sum(np.log(asked.p) - np.log1p(-asked.p))) / scale
    return float(stdtr(df, -t)), t, df


def _mean(asked: _Asked) -> Told:
    """The mean p-value, normal with mean 1/2 and variance 1 / (12 k)."""
    z = (0.5 - float(np.mean(asked.p))) * sqrt(12.0 * asked.k)
    return _normal(z), z, None


def _mean_z(asked: _Asked) -> Told:
    """The mean normal score over its standard error, which is estimated from the scores."""
    if asked.k < 2:
        raise PoolingError("the method 'mean-z' needs two p-values or more")
    scores = _scores(asked)
    spread = float(np.std(scores, ddof=1))
    z = float(np.mean(scores)) * sqrt(asked.k) / spread if spread > 0.0 else inf * float(np.sign(scores[0]))
    return _normal(z), z, None


def _sum(asked: _Asked) -> Told:
    """Edgington's sum of p-values: the volume of the unit cube below it, in exact fractions."""
    k, total = asked.k, sum(map(Fraction, asked.p.tolist()), Fraction(0))
    terms = ((-1) ** j * comb(k, j) * (total - j) ** k for j in range(ceil(total)))
    return float(sum(terms, Fraction(0)) / factorial(k)), float(total), None


def _votes(asked: _Asked) -> Told:
    """How many p-values are below alpha, those at it left out; the chance of as many by a fair coin."""
    small, large = int(np.sum(asked.p < asked.alpha)), int(np.sum(asked.p > asked.alpha))
    return _at_least(small, small + large, 0.5), float(small), None


def _truncated(asked: _Asked) -> Told:
    """Zaykin's product of the p-values that are at most alpha; the statistic is its logarithm."""
    k, tau = asked.k, asked.alpha
    log_w = float(np.sum(np.log(asked.p[asked.p <= tau])))
    if not (asked.p <= tau).any():
        return 1.0, 0.0, None
    chance = 0.0
    for r in range(1, k + 1):
        log_many = lgamma(k + 1) - lgamma(r + 1) - lgamma(k - r + 1)
        log_rest = (k - r) * log(1.0 - tau) if tau < 1.0 else (0.0 if r == k else -inf)
        chance += exp(log_many + log_rest + _log_product_tail(r, tau, log_w)) if log_rest > -inf else 0.0
    return chance, log_w, None


def _log_product_tail(r: int, tau: float, log_w: float) -> float:
    """log P(the product of r uniforms on (0, tau) is at most w, and they are all at most tau)."""
    excess = r * log(tau) - log_w
    if excess <= 0.0:
        return r * log(tau)
    series = [s * log(excess) - lgamma(s + 1) for s in range(r)]
    top = max(series)
    return log_w + top + log(sum(exp(one - top) for one in series))


_BELOW_ONE = ("stouffer", "logit", "mean-z")
ADJUSTABLE = ("fisher", "stouffer", "bonferroni", "tippett", "binomial")

METHODS: Mapping[str, Callable[[_Asked], Any]] = {
    "fisher": _fisher,
    "stouffer": _stouffer,
    "inverse-chi-square": _inverse_chi_square,
    "binomial": _binomial,
    "bonferroni": _bonferroni,
    "tippett": _tippett,
    "wilkinson": _wilkinson,
    "maximum": _maximum,
    "logit": _logit,
    "mean": _mean,
    "mean-z": _mean_z,
    "sum": _sum,
    "votes": _votes,
    "truncated": _truncated,
}
