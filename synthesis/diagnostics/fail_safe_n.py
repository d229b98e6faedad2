"""Fail-safe N: how many null results in file drawers would overturn a conclusion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from evidence.distributions import normal_isf, normal_sf
from synthesis.describing import shown, shown_p
from synthesis.diagnostics.records import Record
from synthesis.errors import PoolingError, choose
from synthesis.fit import NotDefined, Pool
from synthesis.models.inverse_variance import weighted_mean
from synthesis.tau2 import TAU2

MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class FailSafeN(Record):
    """How many studies averaging null results would be needed.

    Attributes
    ----------
    n : the number; 0 where the conclusion does not hold even without them
    p : of the studies themselves, one-sided for Rosenthal, else two-sided; NotDefined where not used
    mu : their mean, NotDefined for Rosenthal
    target, alpha : what is to be reached
    """

    method: str
    n: int
    p: float | NotDefined
    mu: float | NotDefined
    target: float | NotDefined
    alpha: float
    k: int

    def summary(self) -> str:
        """The number, and what it would bring about."""
        goal = (
            f"raise p above {self.alpha:g}"
            if isinstance(self.target, NotDefined)
            else f"bring the mean to {shown(self.target)}"
        )
        now = f" (now {shown_p(self.p)})" if not isinstance(self.p, NotDefined) else ""
        return f"Fail-safe N, {self.method}: {self.n} null results beside {self.k} studies would {goal}{now}"


NO_P = NotDefined("Orwin's method uses no test")
NO_MEAN = NotDefined("Rosenthal's method combines p-values")
NO_TARGET = NotDefined("the method aims at a p-value")
Method = Callable[[Pool, float, float | None], FailSafeN]


def fail_safe_n(
    pool: Pool, *, method: str = "Rosenthal", alpha: float = 0.05, target: float | None = None
) -> FailSafeN:
    """The number of studies averaging null results that would overturn the conclusion.

    Parameters
    ----------
    pool : what `synthesis.pool` gave
    method : "Rosenthal" (one-sided Stouffer test), "Orwin" (common-effect mean brought to a target),
        "Orwin-unweighted" (plain mean), "Rosenberg" (two-sided test of the common-effect mean) or "General"
        (two-sided test of the random-effects mean, REML unless the pool uses another estimator)
    alpha : level to be reached
    target : of Orwin's methods, half the mean by default; its sign is that of the mean

    Raises
    ------
    UnknownName
        When the method does not exist.
    PoolingError
        When alpha is not between 0 and 1, or the target is 0.

    Notes
    -----
    As metafor's `fsn`. It is not an estimate of how many studies are missing, and of historical interest.

    References
    ----------
    Rosenthal R. Psychol Bull 1979;86:638-41. Orwin RG. J Educ Stat 1983;8:157-9. Rosenberg MS. Evolution
    2005;59:464-8.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = fail_safe_n(pool(yi=[0.5, 0.9, 0.4], vi=[0.05, 0.08, 0.04]))
    >>> found.n
    18
    """
    run = choose("method", method, METHODS)
    if not 0.0 < alpha < 1.0:
        raise PoolingError(f"alpha is {alpha:g}; it is between 0 and 1")
    if target == 0.0:
        raise PoolingError("target is 0, which no number of null results reaches")
    return run(pool, alpha, target)


def _needed(n: float) -> int:
    return max(0, ceil(n - 1e-9))


def _rosenthal(pool: Pool, alpha: float, target: float | None) -> FailSafeN:
    z = abs(float((pool.yi / np.sqrt(pool.vi)).sum())) / sqrt(pool.k)
    n = _needed(pool.k * (z / normal_isf(alpha)) ** 2 - pool.k)
    return FailSafeN("Rosenthal", n, normal_sf(z), NO_MEAN, NO_TARGET, alpha, pool.k)


def _orwin_weighted(pool: Pool, alpha: float, target: float | None) -> FailSafeN:
    return _orwin(pool, alpha, target, "Orwin", float(weighted_mean(pool.yi, pool.vi).mu))


def _orwin_unweighted(pool: Pool, alpha: float, target: float | None) -> FailSafeN:
    return _orwin(pool, alpha, target, "Orwin-unweighted", float(pool.yi.mean()))


def _orwin(pool: Pool, alpha: float, target: float | None, method: str, mu: float) -> FailSafeN:
    goal = abs(mu) / 2.0 if target is None else abs(target)
    n = _needed(pool.k * (abs(mu) - goal) / goal) if goal > 0.0 else 0
    return FailSafeN(method, n, NO_P, mu, float(np.copysign(goal, mu)), alpha, pool.k)


def _rosenberg(pool: Pool, alpha: float, target: float | None) -> FailSafeN:
    mean = weighted_mean(pool.yi, pool.vi)
    z, mu = abs(float(mean.mu / mean.se)), float(mean.mu)
    n = _needed(pool.k * ((z / normal_isf(alpha / 2.0)) ** 2 - 1.0))
    return FailSafeN("Rosenberg", n, 2.0 * normal_sf(z), mu, NO_TARGET, alpha, pool.k)


def _general(pool: Pool, alpha: float, target: float | None) -> FailSafeN:
    """Null studies have the typical variance and the same tau2 about 0 (metafor's `exact=FALSE`)."""
    estimator = pool.tau2_method if pool.tau2_method in TAU2 else "REML"
    tau2 = float(TAU2[estimator](pool.yi, pool.vi)[0])
    mean = weighted_mean(pool.yi, pool.vi, tau2)
    mu, typical = float(mean.mu), 1.0 / float(np.mean(1.0 / pool.vi))

    def p_with(n: int) -> float:
        moved = pool.k * mu / (pool.k + n)
        squares = (pool.k - 1 + max(0, n - 1)) * tau2 + pool.k * (mu - moved) ** 2 + n * moved**2
        between = max(0.0, squares / (pool.k + n - 1))
        w = 1.0 / (pool.vi + between)
        total = float(w.sum()) + n / (typical + between)
        return 2.0 * normal_sf(abs(float(w @ pool.yi)) / sqrt(total))

    p = 2.0 * normal_sf(abs(float(mean.mu / mean.se)))
    n = 0 if p > alpha else _first(lambda n: p_with(n) > alpha)
    return FailSafeN("General", n, p, mu, NO_TARGET, alpha, pool.k)


def _first(reached: Callable[[int], bool]) -> int:
    """The smallest number from 0 on at which it is reached, at most ten million."""
    if reached(0):
        return 0
    low, high = 0, 1
    while high < MOST and not reached(high):
        low, high = high, min(2 * high, MOST)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


METHODS: Mapping[str, Method] = {
    "Rosenthal": _rosenthal,
    "Orwin": _orwin_weighted,
    "Orwin-unweighted": _orwin_unweighted,
    "Rosenberg": _rosenberg,
    "General": _general,
}
