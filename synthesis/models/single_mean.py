"""One mean of independent effects by inverse variance: arrays and choices in, a frozen `Pool` out."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import Any

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.fit import Estimate, Heterogeneity, Interval, NotDefined, Pool
from synthesis.heterogeneity import h2_of, i2_of, q_profile, typical_variance
from synthesis.intervals import (
    INTERVALS,
    PREDICTIONS,
    Inference,
    Spread,
    chi_square_p,
    hartung_knapp_se,
    wald,
)
from synthesis.models.inverse_variance import Mean, weighted_mean
from synthesis.models.studies import Studies
from synthesis.tau2 import TAU2

ONE_STUDY = "one study"
COMMON = "the common-effect model has no variance between studies"
FEW = "fewer than three studies"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was asked for; `tau2` is an estimator's key, a number, or "none"."""

    model: str
    tau2: str | float
    interval: str
    level: float
    prediction: str

    @property
    def tau2_method(self) -> str:
        """The estimator's key, or "given" for a number."""
        return self.tau2 if isinstance(self.tau2, str) else "given"


def fit(studies: Studies, choices: Choices) -> Pool:
    """The pooled effect of `studies`."""
    tau2, converged = _tau2(studies, choices)
    mean = weighted_mean(studies.yi, studies.vi, tau2)
    common = mean if tau2 == 0.0 else weighted_mean(studies.yi, studies.vi)
    shown, applied = _shown(studies, choices, mean)
    main = _estimate(mean, shown, choices.level, applied)
    spread = _spread(studies, mean, tau2, shown)
    return Pool(
        b=_frozen([main.mu]),
        vb=_frozen([[main.se**2]]),
        names=("mu",),
        k=studies.k,
        model=choices.model,
        tau2_method=choices.tau2_method,
        interval_method=applied,
        interval_requested=choices.interval,
        interval_note=_interval_note(studies, choices, applied, mean),
        level=choices.level,
        mu=main.mu,
        se=main.se,
        ci=main.ci,
        statistic=main.statistic,
        df=main.df,
        p=main.p,
        common=_common(common, choices.level),
        heterogeneity=_heterogeneity(studies, choices, tau2, float(common.q)),
        prediction=_prediction(studies, choices, spread, choices.prediction),
        prediction_alternative=_prediction(studies, choices, spread, "t(k-2)"),
        weights=_frozen(100.0 * mean.weights),
        yi=studies.yi,
        vi=studies.vi,
        labels=studies.labels,
        measure=studies.measure,
        left_out=studies.left_out,
        table=studies.table,
        converged=converged,
        notes=_notes(studies, converged),
    )


def _frozen(values: Any) -> FloatArray:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


def _tau2(studies: Studies, choices: Choices) -> tuple[float, bool]:
    if choices.tau2 == "none" or studies.k == 1:
        return 0.0, True
    if isinstance(choices.tau2, str):
        tau2, converged = TAU2[choices.tau2](studies.yi, studies.vi)
        return float(tau2), bool(converged)
    return choices.tau2, True


def _shown(studies: Studies, choices: Choices, mean: Mean) -> tuple[Inference, str]:
    """The interval, and the name of the one that applied."""
    name = "Wald" if studies.k == 1 else choices.interval
    inference = INTERVALS[name](mean.mu, mean.se, mean.q, studies.k, choices.level)
    if float(inference.df) == inf:
        return inference, "Wald"
    return inference, "HKSJ" if name == "HKSJ-wider" else name


def _interval_note(studies: Studies, choices: Choices, applied: str, mean: Mean) -> str:
    if applied == choices.interval:
        return ""
    if studies.k == 1:
        return "one study has its own Wald interval"
    if float(mean.q) == 0.0:
        return "the effects are equal, so the Hartung-Knapp variance is 0; the Wald interval is shown"
    other = "Wald" if applied == "HKSJ" else "Hartung-Knapp"
    name = "Hartung-Knapp" if applied == "HKSJ" else "Wald"
    return f"the {name} interval is shown, being wider than the {other} interval"


def _estimate(mean: Mean, shown: Inference, level: float, method: str) -> Estimate:
    df = float(shown.df)
    return Estimate(
        mu=float(mean.mu),
        se=float(shown.se),
        ci=Interval(float(shown.low), float(shown.high), level, method),
        statistic=float(shown.statistic),
        df=None if df == inf else df,
        p=float(shown.p),
        method=method,
    )


def _common(mean: Mean, level: float) -> Estimate:
    return _estimate(mean, wald(mean.mu, mean.se, mean.q, 1, level), level, "Wald")


def _heterogeneity(studies: Studies, choices: Choices, tau2: float, q: float) -> Heterogeneity | NotDefined:
    if studies.k == 1:
        return NotDefined(ONE_STUDY)
    df = studies.k - 1
    typical = float(typical_variance(studies.vi))
    between = choices.model != "common-effect"
    ci = _tau2_interval(studies, choices.level) if between else NotDefined(COMMON)
    return Heterogeneity(
        q=q,
        df=df,
        p=float(chi_square_p(q, df)),
        i2=float(i2_of(tau2, typical)) if between else 100.0 * max(0.0, (q - df) / q if q > 0 else 0.0),
        h2=float(h2_of(tau2, typical)) if between else q / df,
        tau2=tau2,
        tau=sqrt(tau2),
        tau2_method=choices.tau2_method,
        tau2_ci=ci,
        i2_ci=_i2_interval(ci, typical),
    )


def _tau2_interval(studies: Studies, level: float) -> Interval | NotDefined:
    low, high, found = q_profile(studies.yi, studies.vi, level)
    if not found:
        return NotDefined("the Q-profile equations were not solved")
    return Interval(float(low), float(high), level, "Q-profile")


def _i2_interval(ci: Interval | NotDefined, typical: float) -> Interval | NotDefined:
    if isinstance(ci, NotDefined):
        return ci
    return Interval(float(i2_of(ci.low, typical)), float(i2_of(ci.high, typical)), ci.level, ci.method)


def _spread(studies: Studies, mean: Mean, tau2: float, shown: Inference) -> Spread:
    k = np.asarray(float(studies.k))
    larger = np.maximum(mean.se, hartung_knapp_se(mean.se, mean.q, k))
    return Spread(mean.mu, np.asarray(tau2), larger, shown, k)


def _prediction(studies: Studies, choices: Choices, spread: Spread, name: str) -> Interval | NotDefined:
    if choices.model == "common-effect":
        return NotDefined(COMMON)
    if studies.k == 1:
        return NotDefined(ONE_STUDY)
    if studies.k < 3:
        return NotDefined(FEW)
    low, high = PREDICTIONS[name](spread, choices.level)
    return Interval(float(low), float(high), choices.level, name)


def _notes(studies: Studies, converged: bool) -> tuple[str, ...]:
    notes = []
    if studies.k == 1:
        notes.append("One study: its own estimate and interval, nothing is pooled.")
    if studies.k == 2:
        notes.append(
            "Two studies: how much they differ can hardly be estimated, so read both studies and the "
            "common-effect estimate; no diamond is drawn."
        )
    if not converged:
        notes.append("The estimator of tau2 did not converge; its last value is used.")
    return tuple(notes)
