"""Trim and fill: how many studies a symmetric funnel lacks on one side, and the pool with them filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.describing import shown
from synthesis.diagnostics.records import Record, scale_of, too_few
from synthesis.diagnostics.refits import inverse_variance, repooled
from synthesis.errors import PoolingError, choose
from synthesis.fit import NotDefined, Pool

LEAST = 3
_LIMIT = 100
_NEAREST = {"GENQ": "DL", "DLIT": "PM", "SJIT": "PM"}
"""What a meta-regression has in place of an estimator; REML for the others."""
_EQUAL = 1e-12
SIDES = {"left": 1.0, "right": -1.0}


@dataclass(frozen=True, slots=True, eq=False)
class TrimAndFill(Record):
    """The result of trim and fill.

    Attributes
    ----------
    missing, missing_se : estimated number of studies missing, and its standard error
    p : of the hypothesis that none is missing, for the estimator R0 only
    side : where they are missing, "left" or "right"; `side_given` tells whether that was asked for
    filled_yi, filled_vi : (missing,) the studies filled in
    pool : the pool of all studies with them
    before : the pool given
    """

    missing: int
    missing_se: float
    p: float | NotDefined
    side: str
    side_given: bool
    estimator: str
    filled_yi: FloatArray
    filled_vi: FloatArray
    pool: Pool
    before: Pool
    notes: tuple[str, ...]

    def summary(self) -> str:
        """The number filled in, and the pool before and after."""
        scale = scale_of(self.pool.measure)
        studies = "1 study" if self.missing == 1 else f"{self.missing} studies"
        lines = [
            f"Trim and fill, {self.estimator}: {studies} filled in on the {self.side}"
            f" (SE {shown(self.missing_se)})"
        ]
        for name, one in (("before", self.before), ("after", self.pool)):
            bounds = scale.interval(one.ci.low, one.ci.high)
            lines.append(f"{name}: {scale.name} {scale.value(one.mu)} {bounds}, {one.k} studies")
        return "\n".join([*lines, *self.notes])


Counted = tuple[float, float]
"""How many studies are missing, unrounded, and the variance or standard error as the formula needs it."""


def _l0(ranks: FloatArray, k: int) -> Counted:
    s = float(ranks[ranks > 0.0].sum())
    n = (4.0 * s - k * (k + 1)) / (2.0 * k - 1.0)
    return n, 4.0 * sqrt(max(0.0, _variance(n, k))) / (2.0 * k - 1.0)


def _r0(ranks: FloatArray, k: int) -> Counted:
    n = k - float(np.max(-ranks, where=ranks < 0.0, initial=0.0)) - 1.0
    return n, sqrt(2.0 * max(0.0, n) + 2.0)


def _q0(ranks: FloatArray, k: int) -> Counted:
    s = float(ranks[ranks > 0.0].sum())
    inside = 2.0 * k * k - 4.0 * s + 0.25
    if inside < 0.0:
        return np.nan, np.nan
    n = k - 0.5 - sqrt(inside)
    return n, 2.0 * sqrt(max(0.0, _variance(n, k))) / sqrt((k - 0.5) ** 2 - n * (2.0 * k - n - 1.0))


def _variance(n: float, k: int) -> float:
    """The variance of the rank sum when n studies are missing."""
    cubic = 10.0 * n**3 + 27.0 * n**2 + 17.0 * n - 18.0 * k * n**2 - 18.0 * k * n + 6.0 * k**2 * n
    return (k * (k + 1.0) * (2.0 * k + 1.0) + cubic) / 24.0


ESTIMATORS: Mapping[str, Callable[[FloatArray, int], Counted]] = {"L0": _l0, "R0": _r0, "Q0": _q0}


def trim_and_fill(pool: Pool, *, estimator: str = "L0", side: str | None = None) -> TrimAndFill | NotDefined:
    """The pool with the studies that a symmetric funnel would have and this one lacks.

    Parameters
    ----------
    pool : what `synthesis.pool` gave; the filled studies are pooled with the same choices
    estimator : "L0" (default), "R0" or "Q0"
    side : "left" or "right", where studies may be missing; by default the side that Egger's meta-regression
        says, left for a slope of 0 or more

    Returns
    -------
    TrimAndFill; NotDefined below three studies, where the side cannot be told, or where the estimator
    has no value

    Raises
    ------
    UnknownName
        When the estimator or side does not exist.

    Notes
    -----
    As metafor's `trimfill`: with the n most extreme studies of the other side trimmed, effects less the
    trimmed mean are ranked by size with their signs, and n is estimated from the ranks, until it stays.
    Equal sizes share their mean rank, so that a symmetric funnel lacks nothing; metafor ranks the one on the
    left lower, which fills one study into such a funnel.

    References
    ----------
    Duval S, Tweedie R. Biometrics 2000;56:455-63; J Am Stat Assoc 2000;95:89-98.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = trim_and_fill(pool(yi=[0.1, 0.2, 0.3, 0.8, 0.9], vi=[0.01, 0.01, 0.02, 0.2, 0.3], tau2="DL"))
    >>> found.missing, found.side, found.filled_yi.round(4)
    (2, 'left', array([-0.44, -0.54]))
    """
    counted = choose("estimator", estimator, ESTIMATORS)
    if side is not None:
        choose("side", side, SIDES)
    if pool.k < LEAST:
        return too_few("trim and fill", pool.k, LEAST)
    if other := inverse_variance(pool):
        return other
    where = side or _side(pool)
    if isinstance(where, NotDefined):
        return where
    sign = SIDES[where]
    order = np.argsort(sign * pool.yi, kind="stable")
    y, v = sign * pool.yi[order], pool.vi[order]
    found = _iterated(pool, y, v, counted)
    if isinstance(found, NotDefined):
        return found
    missing, se, mu, settled = found
    filled_yi, filled_vi = sign * (2.0 * mu - y[y.size - missing :]), v[v.size - missing :]
    return TrimAndFill(
        missing=missing,
        missing_se=se,
        p=0.5 ** (missing + 1) if estimator == "R0" else NotDefined(f"{estimator} has no test; R0 has"),
        side=where,
        side_given=side is not None,
        estimator=estimator,
        filled_yi=filled_yi,
        filled_vi=filled_vi,
        pool=_filled(pool, filled_yi, filled_vi),
        before=pool,
        notes=() if settled else ("The number of studies missing did not settle in 100 steps.",),
    )


def _side(pool: Pool) -> str | NotDefined:
    """The side on which Egger's meta-regression, by the pool's estimator, misses small studies."""
    from synthesis.models.regression_tau2 import REGRESSION_TAU2
    from synthesis.regressing import regress

    sei = np.sqrt(pool.vi)
    if np.ptp(sei) <= 1e-10 * sei.max():
        return NotDefined("the standard errors are equal, so the side cannot be told; give side=")
    tau2: str | float = pool.tau2_method if pool.tau2_method != "none" else 0.0
    if tau2 == "given":
        tau2 = getattr(pool.heterogeneity, "tau2", 0.0)
    elif tau2 not in REGRESSION_TAU2:
        tau2 = _NEAREST.get(str(tau2), "REML")
    try:
        fit = regress(yi=pool.yi, vi=pool.vi, moderators={"sei": sei}, tau2=tau2, interval="Wald")
    except PoolingError as error:
        return NotDefined(f"the side cannot be told; give side= ({error})")
    return "right" if fit.b[1] < 0.0 else "left"


def _iterated(
    pool: Pool, y: FloatArray, v: FloatArray, counted: Callable[[FloatArray, int], Counted]
) -> tuple[int, float, float, bool] | NotDefined:
    """How many are missing on the left, its standard error, the trimmed mean, and whether that settled."""
    k, missing, se, mu = y.size, 0, 0.0, 0.0
    for _ in range(_LIMIT):
        mu = repooled(pool, y[: k - missing], v[: k - missing]).mu
        centred = y - mu
        estimated, se = counted(np.sign(centred) * _ranks(np.abs(centred)), k)
        if not np.isfinite(estimated):
            return NotDefined("Q0 has no value here, nearly all studies being on one side")
        new = min(max(0, round(estimated)), k - 1)
        if new == missing:
            return missing, max(0.0, se), mu, True
        missing = new
    return missing, max(0.0, se), mu, False


def _ranks(sizes: FloatArray) -> FloatArray:
    """Ranks from 1, the same mean rank for sizes that are equal but for rounding."""
    order = np.argsort(sizes, kind="stable")
    steps = np.diff(sizes[order]) > _EQUAL * float(sizes.max())
    group = np.concatenate([[0], np.cumsum(steps)])
    places = np.arange(1.0, sizes.size + 1.0)
    means = np.bincount(group, places) / np.bincount(group)
    ranks = np.empty(sizes.size)
    ranks[order] = means[group]
    return ranks


def _filled(pool: Pool, yi: FloatArray, vi: FloatArray) -> Pool:
    if yi.size == 0:
        return pool
    labels = (*pool.labels, *(f"filled {i + 1}" for i in range(yi.size)))
    return repooled(pool, np.concatenate([pool.yi, yi]), np.concatenate([pool.vi, vi]), labels)
