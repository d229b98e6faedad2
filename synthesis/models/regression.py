"""Meta-regression of independent effects: arrays, a design and choices in, a frozen `Regression` out."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import Any

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError
from synthesis.intervals import critical_t
from synthesis.models.regression_basis import Basis, basis_of, redundant, weighted
from synthesis.models.regression_design import Coding
from synthesis.models.regression_fit import Regression
from synthesis.models.regression_tau2 import between
from synthesis.models.single_mean import Studies

_UNLIKE, _EXTREME = 1e14, 1e100
_EQUAL = (16 * np.finfo(np.float64).eps) ** 2
INTERVALS = ("HKSJ-wider", "HKSJ", "HKSJ-floor", "Wald", "t")
"""The intervals of `synthesis.intervals` that a regression has too, on k - p degrees of freedom."""


@dataclass(frozen=True, slots=True)
class RegressionChoices:
    """What was asked for; `tau2` is an estimator's key, a number, or "none"."""

    tau2: str | float
    interval: str
    level: float

    @property
    def tau2_method(self) -> str:
        """The estimator's key, or "given" for a number."""
        return self.tau2 if isinstance(self.tau2, str) else "given"


def fit_regression(
    studies: Studies, x: FloatArray, names: tuple[str, ...], choices: RegressionChoices, coding: Coding | None
) -> Regression:
    """The regression of the effects of `studies` on the columns of the (k, p) design matrix `x`.

    Raises
    ------
    PoolingError
        When studies are no more than coefficients, or columns are redundant; it names them.
    """
    _refuse_few(studies.k, names)
    refuse_unlike(studies)
    basis = basis_of(x)
    _refuse_redundant(x, basis, names)
    tau2, converged = _tau2(studies, basis, choices)
    weights = 1.0 / np.array((studies.vi + tau2, studies.vi))
    fit = weighted(basis, studies.yi.reshape(-1, 1), weights.T)
    q = float(fit.q[1])
    df = studies.k - basis.p
    spread = _rounded(float(fit.q[0]), fit.w[:, 0], studies.yi) / df
    factor, nu, applied = _scale(choices.interval, spread, df, choices.level)
    root = basis.coefficients(np.eye(basis.p))
    b = root @ fit.g[:, 0]
    vb = factor * (root @ fit.a_inv[0] @ root.T)
    se = np.sqrt(np.diagonal(vb))
    half = float(critical_t(nu, choices.level)) * se
    return Regression(
        b=_frozen(b),
        vb=_frozen(vb),
        names=names,
        se=_frozen(se),
        low=_frozen(b - half),
        high=_frozen(b + half),
        statistic=_frozen(b / se),
        df=None if nu == inf else nu,
        k=studies.k,
        model="common-effect meta-regression" if choices.tau2 == "none" else "meta-regression",
        tau2=tau2,
        tau2_method=choices.tau2_method,
        interval_method=applied,
        interval_requested=choices.interval,
        interval_note=_interval_note(choices.interval, applied, spread),
        level=choices.level,
        q=_rounded(q, 1.0 / studies.vi, studies.yi),
        factor=factor,
        residual_variance=spread,
        x=_frozen(x),
        coding=coding,
        basis=basis,
        yi=studies.yi,
        vi=studies.vi,
        labels=studies.labels,
        measure=studies.measure,
        left_out=studies.left_out,
        table=studies.table,
        converged=converged,
        notes=() if converged else ("The estimator of tau2 did not converge; its last value is used.",),
    )


def shared_tau2(method: str, x: FloatArray, yi: FloatArray, vi: FloatArray) -> float:
    """tau2 by an estimator beside the columns of `x`, for groups that share it."""
    return float(between(method, basis_of(x), yi, vi)[0])


def _frozen(values: Any) -> FloatArray:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


def _refuse_few(k: int, names: tuple[str, ...]) -> None:
    if k <= len(names):
        raise PoolingError(
            f"{k} studies do not give {len(names)} coefficients ({', '.join(names)}) and a residual "
            "variance; leave moderators out"
        )


def refuse_unlike(studies: Studies) -> None:
    """Variances of which the largest would leave nothing of the smallest, or whose squares overflow."""
    low, high = int(np.argmin(studies.vi)), int(np.argmax(studies.vi))
    smallest, largest = float(studies.vi[low]), float(studies.vi[high])
    if smallest < 1.0 / _EXTREME or largest > _EXTREME:
        raise PoolingError(
            f"variances from {smallest:g} to {largest:g} cannot be computed with; are they in the right unit?"
        )
    if largest > _UNLIKE * smallest:
        raise PoolingError(
            f"the variance of {studies.labels[low]} ({smallest:g}) is so small beside that of "
            f"{studies.labels[high]} ({largest:g}) that rounding leaves nothing of the latter; a regression "
            f"takes variances that differ by a factor of {_UNLIKE:g} at most"
        )


def _refuse_redundant(x: FloatArray, basis: Basis, names: tuple[str, ...]) -> None:
    if basis.full_rank:
        return
    extra = ", ".join(names[j] for j in redundant(x))
    raise PoolingError(
        f"{extra}: constant, or a combination of the columns before; leave out what repeats them"
    )


def _tau2(studies: Studies, basis: Basis, choices: RegressionChoices) -> tuple[float, bool]:
    if choices.tau2 == "none":
        return 0.0, True
    if isinstance(choices.tau2, str):
        tau2, converged = between(choices.tau2, basis, studies.yi, studies.vi)
        return float(tau2), bool(converged)
    return choices.tau2, True


def _rounded(q: float, w: FloatArray, yi: FloatArray) -> float:
    """A sum of squares, 0 where the effects differ from the fitted means by rounding only."""
    return 0.0 if q <= _EQUAL * float(w @ (yi * yi)) else q


def _scale(interval: str, spread: float, df: int, level: float) -> tuple[float, float, str]:
    """The factor on the covariance, the degrees of freedom, and the interval that applied.

    Every coefficient has the same factor, so the wider interval is the same one for all of them.
    """
    if interval == "t":
        return 1.0, df, "t"
    if interval == "HKSJ-floor":
        return max(1.0, spread), df, "HKSJ-floor"
    knapp = float(critical_t(df, level)) * sqrt(spread)
    wider = interval == "HKSJ" or knapp >= float(critical_t(inf, level))
    if interval == "Wald" or spread == 0.0 or not wider:
        return 1.0, inf, "Wald"
    return spread, df, "HKSJ"


def _interval_note(asked: str, applied: str, spread: float) -> str:
    if applied == asked:
        return ""
    if spread == 0.0:
        return "the moderators fit the effects exactly, so the Knapp-Hartung variance is 0; Wald is shown"
    name, other = ("Knapp-Hartung", "Wald") if applied == "HKSJ" else ("Wald", "Knapp-Hartung")
    return f"the {name} intervals are shown, being wider than the {other} intervals"
