"""The same model on other selections of the same studies, many selections at once.

A selection is a row of an array of bool, True for the studies used. `refits_of` gives for every row what
`synthesis.pool` would give for those studies; nothing is held for all rows at once but the answers. Models
and intervals that work on one meta-analysis at a time are fitted one at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from synthesis.arrays import BLOCK_BYTES, BoolArray, FloatArray
from synthesis.fit import NotDefined
from synthesis.heterogeneity import h2_of, i2_of, typical_variance
from synthesis.intervals import INTERVALS, chi_square_p
from synthesis.models.inverse_variance import weighted_mean
from synthesis.tau2 import TAU2

if TYPE_CHECKING:
    from synthesis.fit import Pool

_TEMPORARIES = 16
_CACHED = 2**17
"""Numbers of a block that stay near the processor, so that passes over them are quick."""


@dataclass(frozen=True, slots=True, eq=False)
class Refits:
    """n pools, each quantity an array (n,); of one study q, tau2 and i2 are 0, q_p and h2 are 1.

    `s2w` is the variance factor of the interval, 1 but for Hartung-Knapp's.
    """

    mu: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    statistic: FloatArray
    df: FloatArray
    p: FloatArray
    q: FloatArray
    q_p: FloatArray
    tau2: FloatArray
    i2: FloatArray
    h2: FloatArray
    k: FloatArray
    s2w: FloatArray
    converged: BoolArray


def arrays_of(refits: Refits) -> dict[str, Any]:
    """The quantities by name, for a record that has them and more."""
    return {one.name: getattr(refits, one.name) for one in fields(Refits)}


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What the quantities of n pools are made of: the weighted mean, its plain standard error, the
    generalised Q at the model's weights, Cochran's Q, tau2, the typical variance and k."""

    mu: FloatArray
    se: FloatArray
    generalised: FloatArray
    q: FloatArray
    tau2: FloatArray
    typical: FloatArray
    k: FloatArray
    converged: BoolArray


Selection = Callable[[int, int], BoolArray]
Summing = Callable[["Pool", BoolArray], Sums]


def given_tau2(pool: Pool) -> float:
    """The tau2 that was given beforehand, or 0."""
    h = pool.heterogeneity
    return h.tau2 if pool.tau2_method == "given" and not isinstance(h, NotDefined) else 0.0


def tau2_of(pool: Pool, where: BoolArray) -> tuple[FloatArray, BoolArray]:
    """tau2 of each selection by the pool's estimator, and whether it was found."""
    if pool.tau2_method in TAU2:
        return TAU2[pool.tau2_method](pool.yi, pool.vi, where=where)
    fixed = np.where(where.sum(axis=-1) > 1, given_tau2(pool), 0.0)
    return fixed, np.ones(fixed.shape, np.bool_)


def summed(pool: Pool, where: BoolArray) -> Sums:
    """The sums of each selection, a row of `where`."""
    tau2, converged = tau2_of(pool, where)
    mean = weighted_mean(pool.yi, pool.vi, tau2, where)
    common = weighted_mean(pool.yi, pool.vi, np.zeros_like(tau2), where)
    k = where.sum(axis=-1).astype(np.float64)
    typical = typical_variance(np.broadcast_to(pool.vi, where.shape), where)
    return Sums(mean.mu, mean.se, mean.q, common.q, tau2, typical, k, converged)


def answers(pool: Pool, sums: Sums, interval: str) -> Refits:
    """Intervals, tests and heterogeneity from sums, as `synthesis.pool` would give them."""
    k, several = sums.k, sums.k > 1
    shown = INTERVALS[interval](sums.mu, sums.se, sums.generalised, k, pool.level)
    q, i2, h2 = heterogeneity(pool, sums)
    df = np.maximum(k - 1.0, 1.0)
    return Refits(
        mu=sums.mu,
        se=shown.se,
        low=shown.low,
        high=shown.high,
        statistic=shown.statistic,
        df=shown.df,
        p=shown.p,
        q=q,
        q_p=np.where(several, chi_square_p(q, df), 1.0),
        tau2=sums.tau2,
        i2=i2,
        h2=h2,
        k=k,
        s2w=np.square(shown.se / sums.se),
        converged=sums.converged,
    )


def heterogeneity(pool: Pool, sums: Sums) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Q, I2 and H2 by the definitions of the pool's model."""
    several, df = sums.k > 1, np.maximum(sums.k - 1.0, 1.0)
    q = np.where(several, sums.q, 0.0)
    if pool.model == "common-effect":
        i2 = 100.0 * np.maximum(0.0, (q - df) / np.where(q > 0.0, q, 1.0)) * (q > 0.0)
        h2 = q / df
    else:
        i2, h2 = i2_of(sums.tau2, sums.typical), h2_of(sums.tau2, sums.typical)
    return q, np.where(several, i2, 0.0), np.where(several, h2, 1.0)


def refitted(pool: Pool, n: int, selection: Selection, sums: Summing | None = None) -> Sums:
    """The sums of n selections; `selection(start, stop)` gives rows (stop - start, k) of bool.

    `sums` says how those of a block are computed, by default as `summed` does.
    """
    of_block = summed if sums is None else sums
    rows = max(1, min(BLOCK_BYTES // (8 * _TEMPORARIES), _CACHED) // max(pool.k, 1))
    parts = [of_block(pool, selection(at, min(at + rows, n))) for at in range(0, n, rows)]
    return joined(parts)


def joined(parts: list[Sums]) -> Sums:
    """Blocks one after the other."""
    if len(parts) == 1:
        return parts[0]
    return Sums(
        mu=np.concatenate([part.mu for part in parts]),
        se=np.concatenate([part.se for part in parts]),
        generalised=np.concatenate([part.generalised for part in parts]),
        q=np.concatenate([part.q for part in parts]),
        tau2=np.concatenate([part.tau2 for part in parts]),
        typical=np.concatenate([part.typical for part in parts]),
        k=np.concatenate([part.k for part in parts]),
        converged=np.concatenate([part.converged for part in parts]),
    )


def inverse_variance(pool: Pool) -> NotDefined | None:
    """Why a pool is not a mean by inverse variance, which some diagnostics are about; None where it is."""
    weighting = getattr(pool, "weighting", "inverse-variance")
    if pool.model not in ("random-effects", "common-effect"):
        return NotDefined(f"it is defined for inverse-variance means; this is the {pool.model} model")
    if weighting != "inverse-variance":
        return NotDefined(f"it is defined for inverse-variance means; these weights are {weighting}")
    return None


def refits_of(
    pool: Pool, n: int, selection: Selection, interval: str, sums: Callable[[], Sums] | None = None
) -> Refits:
    """The pools of n selections; `sums` gives their sums by a quicker way, where they are batched."""
    usual = pool.tau2_method in TAU2 or pool.tau2_method in ("given", "none")
    if inverse_variance(pool) is None and usual and interval in INTERVALS:
        return answers(pool, refitted(pool, n, selection) if sums is None else sums(), interval)
    return _one_by_one([_selected(pool, selection(i, i + 1)[0]) for i in range(n)])


def _one_by_one(pools: list[Pool]) -> Refits:
    """The pools as arrays."""

    def row(of: Callable[[Pool], float]) -> FloatArray:
        return np.array([of(one) for one in pools], dtype=np.float64)

    def of_heterogeneity(name: str, otherwise: float) -> FloatArray:
        return row(lambda one: getattr(one.heterogeneity, name, otherwise))

    return Refits(
        mu=row(lambda one: one.mu),
        se=row(lambda one: one.se),
        low=row(lambda one: one.ci.low),
        high=row(lambda one: one.ci.high),
        statistic=row(lambda one: one.statistic),
        df=row(lambda one: inf if one.df is None else one.df),
        p=row(lambda one: one.p),
        q=of_heterogeneity("q", 0.0),
        q_p=of_heterogeneity("p", 1.0),
        tau2=of_heterogeneity("tau2", 0.0),
        i2=of_heterogeneity("i2", 0.0),
        h2=of_heterogeneity("h2", 1.0),
        k=row(lambda one: one.k),
        s2w=np.ones(len(pools)),
        converged=np.array([one.converged for one in pools], dtype=np.bool_),
    )


def _selected(pool: Pool, keep: BoolArray) -> Pool:
    """The pool of some of the studies."""
    if pool.model not in ("random-effects", "common-effect"):
        from synthesis.pooling import pool as pooled

        rows = tuple(row for row, kept in zip(pool.table.rows, keep.tolist(), strict=True) if kept)
        table = replace(pool.table, rows=rows)
        return pooled(table, model=pool.model, interval=pool.interval_requested, level=pool.level)
    weights = None if inverse_variance(pool) is None else pool.weights[keep]
    return repooled(pool, pool.yi[keep], pool.vi[keep], weights=weights)


def repooled(
    pool: Pool,
    yi: FloatArray,
    vi: FloatArray,
    labels: tuple[str, ...] | None = None,
    weights: FloatArray | None = None,
) -> Pool:
    """The pool of other effects with the same choices."""
    from synthesis.pooling import pool as pooled

    tau2: str | float = given_tau2(pool) if pool.tau2_method in ("given", "none") else pool.tau2_method
    return pooled(
        yi=yi,
        vi=vi,
        labels=labels,
        measure=pool.measure,
        model=pool.model,
        tau2=tau2,
        interval=pool.interval_requested,
        level=pool.level,
        weights=weights,
    )
