"""How much each study moves the pool: the table of influence diagnostics, Baujat's and Galbraith's plots."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from synthesis.arrays import BoolArray, FloatArray
from synthesis.describing import shown
from synthesis.diagnostics.deletion import all_but_one, deleted, total_precision
from synthesis.diagnostics.records import Record, aligned, model_words, scale_of, too_few
from synthesis.diagnostics.refits import Refits, inverse_variance, refits_of
from synthesis.errors import PoolingError
from synthesis.fit import NotDefined, Pool
from synthesis.intervals import chi_square_quantile

LEAST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """(k,) residuals, their standard errors, and their ratio `z`."""

    residual: FloatArray
    se: FloatArray
    z: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Influence(Record):
    """Influence diagnostics, arrays (k,) in the order of the studies.

    Attributes
    ----------
    rstudent : residuals from the pool without the study (externally standardised)
    rstandard : residuals from the pool of all studies (internally standardised)
    dffits : change of the fitted value, in its standard errors
    cook : Cook's distance
    cov_ratio : generalised variance of the coefficients without the study, in units of that with it
    tau2_deleted, q_deleted : tau2 and Cochran's Q (with moderators QE) without the study
    hat : leverage, summing to the number of coefficients; weight : per cent
    dfbetas : (k, p), change of each coefficient in its standard errors; `names` name the columns
    influential : whether a study crosses one of the four limits in `limits`
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    rstudent: Residuals
    rstandard: Residuals
    dffits: FloatArray
    cook: FloatArray
    cov_ratio: FloatArray
    tau2_deleted: FloatArray
    q_deleted: FloatArray
    hat: FloatArray
    weight: FloatArray
    dfbetas: FloatArray
    influential: BoolArray
    limits: Limits
    model: str

    def summary(self) -> str:
        """One line a study; an asterisk where a limit is crossed."""
        header = [
            "study",
            "rstudent",
            "DFFITS",
            "Cook",
            "cov ratio",
            "tau2 del",
            "Q del",
            "hat",
            "weight %",
            "",
        ]
        moved = (self.rstudent.z, self.dffits, self.cook, self.cov_ratio)
        columns = (*moved, self.tau2_deleted, self.q_deleted, self.hat, self.weight)
        rows = [
            [label, *(shown(float(one[i])) for one in columns), "*" if self.influential[i] else ""]
            for i, label in enumerate(self.labels)
        ]
        c = self.limits
        told = f"* |DFFITS| > {c.dffits:.3g}, Cook > {c.cook:.3g}, hat > {c.hat:.3g}"
        told += f" or |DFBETAS| > {c.dfbetas:g}"
        return "\n".join([f"Influence, {self.model}", *aligned(header, rows), told])


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond these a study is called influential: conventions to look at, not tests."""

    dffits: float
    cook: float
    hat: float
    dfbetas: float


@dataclass(frozen=True, slots=True, eq=False)
class Baujat(Record):
    """Coordinates of Baujat's plot, arrays (k,): contribution to heterogeneity, influence on the mean."""

    labels: tuple[str, ...]
    contribution: FloatArray
    influence: FloatArray

    def summary(self) -> str:
        """One line a study."""
        rows = [
            [label, shown(float(self.contribution[i])), shown(float(self.influence[i]))]
            for i, label in enumerate(self.labels)
        ]
        return "\n".join(aligned(["study", "contribution to Q", "influence on the mean"], rows))


@dataclass(frozen=True, slots=True, eq=False)
class Radial(Record):
    """Coordinates of Galbraith's radial plot: precision `x` = 1 / sqrt(vi + tau2) and `z` = yi x.

    The line through 0 with slope `mu` is the pool, those with `low` and `high` its interval; studies
    scatter about it with variance 1.
    """

    labels: tuple[str, ...]
    x: FloatArray
    z: FloatArray
    mu: float
    low: float
    high: float
    measure: str | None

    def summary(self) -> str:
        """One line a study, the effect being the slope of its line."""
        scale = scale_of(self.measure)
        rows = [
            [
                label,
                shown(float(self.x[i])),
                shown(float(self.z[i])),
                scale.value(float(self.z[i] / self.x[i])),
            ]
            for i, label in enumerate(self.labels)
        ]
        return "\n".join(aligned(["study", "precision", "z", scale.name], rows))


def influence(pool: Pool) -> Influence | NotDefined:
    """The influence diagnostics of every study of a pool.

    Parameters
    ----------
    pool : what `synthesis.pool` gave; what `synthesis.regress` gave has an `influence()` of its own

    Returns
    -------
    Influence; NotDefined below three studies

    Notes
    -----
    As metafor's `influence`. With s2w the variance factor of the interval (1 but for Hartung-Knapp's) and
    (i) marking the pool without study i: rstudent = (y_i - mu(i)) / sqrt(s2w(i) (v_i + tau2(i)) + var mu(i)),
    DFFITS = (mu - mu(i)) / sqrt(s2w(i) h_i (v_i + tau2(i))), Cook's distance (mu - mu(i))^2 / var mu,
    DFBETAS = (mu - mu(i)) / sqrt(s2w(i) / sum 1 / (v_j + tau2(i))). The interval that applied to all
    studies applies to every deletion, so that like is compared with like.

    References
    ----------
    Viechtbauer W, Cheung MWL. Res Synth Methods 2010;1:112-25.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = influence(pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], tau2="DL", interval="Wald"))
    >>> found.cook.round(4), found.influential
    (array([0.6157, 0.6753, 0.1204]), array([ True,  True, False]))
    """
    if not isinstance(pool, Pool):
        raise PoolingError("influence() takes a pool; ask a regression for its own, fit.influence()")
    if pool.k < LEAST:
        return too_few("influence", pool.k, LEAST)
    if other := inverse_variance(pool):
        return other
    tau2 = between_variance(pool)
    total = pool.vi + tau2
    without = _without(pool)
    hat = pool.weights / 100.0
    change = pool.mu - without.mu
    own = without.s2w * (pool.vi + without.tau2)
    spread = total_precision(pool.vi, without.tau2)
    dffits, cook = change / np.sqrt(own * hat), np.square(change / pool.se)
    dfbetas = change * np.sqrt(spread / without.s2w)
    outer, inner = np.sqrt(own + np.square(without.se)), np.sqrt(total * np.maximum(1.0 - hat, 0.0))
    limits = limits_of(pool.k, 1)
    return Influence(
        labels=pool.labels,
        names=pool.names,
        rstudent=_residuals(pool.yi - without.mu, outer),
        rstandard=_residuals(pool.yi - pool.mu, inner),
        dffits=dffits,
        cook=cook,
        cov_ratio=np.square(without.se / pool.se),
        tau2_deleted=without.tau2,
        q_deleted=without.q,
        hat=hat,
        weight=pool.weights,
        dfbetas=dfbetas[:, None],
        influential=beyond(limits, dffits, cook, hat, dfbetas[:, None]),
        limits=limits,
        model=model_words(pool),
    )


def _residuals(residual: FloatArray, se: FloatArray) -> Residuals:
    """Residuals and their ratios to their standard errors; 0 for a study that is the mean by itself."""
    z = np.divide(residual, se, out=np.zeros_like(residual), where=se > 0.0)
    return Residuals(residual, se, z)


def _without(pool: Pool) -> Refits:
    """The pools without each study, with the interval that applied to all."""
    return refits_of(pool, pool.k, all_but_one(pool.k), pool.interval_method, lambda: deleted(pool))


def between_variance(pool: Pool) -> float:
    """tau2 of a pool; 0 where it has none."""
    return 0.0 if isinstance(pool.heterogeneity, NotDefined) else pool.heterogeneity.tau2


def limits_of(k: int, p: int) -> Limits:
    """The customary limits for k studies and p coefficients."""
    median = float(chi_square_quantile(0.5, p))
    return Limits(
        dffits=3.0 * sqrt(p / (k - p)) if k > p else np.inf, cook=median, hat=3.0 * p / k, dfbetas=1.0
    )


def beyond(
    limits: Limits, dffits: FloatArray, cook: FloatArray, hat: FloatArray, dfbetas: FloatArray
) -> BoolArray:
    """Whether each study crosses one of the limits."""
    far = (np.abs(dfbetas) > limits.dfbetas).any(axis=1)
    result: BoolArray = (np.abs(dffits) > limits.dffits) | (cook > limits.cook) | (hat > limits.hat) | far
    return result


def baujat(pool: Pool) -> Baujat | NotDefined:
    """The coordinates of Baujat's plot: what each study adds to Q, and how far it moves the mean.

    Notes
    -----
    contribution = (y_i - mu)^2 / (v_i + tau2); influence = (mu - mu(i))^2 / var mu(i). NotDefined below
    three studies.

    References
    ----------
    Baujat B, Mahé C, Pignon JP, Hill C. Stat Med 2002;21:2641-52.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = baujat(pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], model="common-effect"))
    >>> found.contribution.round(4)
    array([1.1437, 2.655 , 0.0383])
    """
    if pool.k < LEAST:
        return too_few("Baujat's plot", pool.k, LEAST)
    if other := inverse_variance(pool):
        return other
    without = _without(pool)
    return Baujat(
        labels=pool.labels,
        contribution=np.square(pool.yi - pool.mu) / (pool.vi + between_variance(pool)),
        influence=np.square((pool.mu - without.mu) / without.se),
    )


def radial(pool: Pool) -> Radial:
    """The coordinates of the radial (Galbraith) plot.

    Notes
    -----
    As metafor's `radial`: x = 1 / sqrt(vi + tau2), z = yi x.

    References
    ----------
    Galbraith RF. Stat Med 1988;7:889-94.

    Examples
    --------
    >>> from synthesis import pool
    >>> radial(pool(yi=[0.2, 0.9, 0.4], vi=[0.04, 0.09, 0.04], model="common-effect")).x.round(4)
    array([5.    , 3.3333, 5.    ])
    """
    x = 1.0 / np.sqrt(pool.vi + between_variance(pool))
    return Radial(pool.labels, x, pool.yi * x, pool.mu, pool.ci.low, pool.ci.high, pool.measure)
