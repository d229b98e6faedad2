"""One mean of independent effects by inverse variance: arrays and choices in, a frozen `Pool` out."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, sqrt
from typing import Any

import numpy as np

from synthesis.arrays import Batch, FloatArray, batch
from synthesis.errors import PoolingError
from synthesis.fit import Estimate, Heterogeneity, Interval, NotDefined, Pool
from synthesis.heterogeneity import h2_of, i2_of, typical_variance
from synthesis.intervals import (
    INTERVALS,
    PREDICTIONS,
    STUDY_INTERVALS,
    STUDY_PREDICTIONS,
    Inference,
    Sample,
    Spread,
    chi_square_p,
    hartung_knapp_se,
    wald,
)
from synthesis.intervals.kenward_roger import kenward_roger
from synthesis.models.inverse_variance import Mean, mean_by_weights, weighted_mean
from synthesis.models.likelihood import likelihood_of
from synthesis.models.studies import Studies
from synthesis.tau2 import TAU2, WEIGHTED
from synthesis.tau2_errors import tau2_se
from synthesis.tau2_intervals import TAU2_INTERVALS, around, q_profile_of
from synthesis.tau2_kernels import KERNELS

ONE_STUDY = "one study"
COMMON = "the common-effect model has no variance between studies"
FEW = "fewer than three studies"
_OTHER_MEANS = {"Henmi-Copas": "common-effect", "profile-likelihood": "maximum-likelihood"}


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What was asked for.

    Attributes
    ----------
    model, interval, prediction, tau2_interval : keys
    tau2 : an estimator's key, a number, or "none"
    level : per cent
    weights : (k,) array, or None for inverse variances; `weighting` says where they come from
    seed, draws : of the pseudo-random numbers of permutations and bootstraps
    """

    model: str
    tau2: str | float
    interval: str
    level: float
    prediction: str
    tau2_interval: str = "Q-profile"
    weights: FloatArray | None = None
    weighting: str = "inverse-variance"
    seed: int = 0
    draws: int = 1000

    @property
    def tau2_method(self) -> str:
        """The estimator's key, or "given" for a number."""
        return self.tau2 if isinstance(self.tau2, str) else "given"


def fit(studies: Studies, choices: Choices) -> Pool:
    """The pooled effect of `studies`."""
    whole, _ = batch(studies.yi, studies.vi)
    tau2, converged = _tau2(studies, choices, whole)
    mean = _mean(studies, choices, tau2)
    common = mean if tau2 == 0.0 and choices.weights is None else weighted_mean(studies.yi, studies.vi)
    sample = _sample(studies, choices, mean, tau2)
    shown, applied = _shown(sample, choices)
    main = _estimate(shown, choices.level, applied)
    spread = _spread(sample, shown, choices.prediction)
    return Pool(
        b=_frozen([main.mu]),
        vb=_frozen([[main.se**2]]),
        names=("mu",),
        k=studies.k,
        model=choices.model,
        tau2_method=choices.tau2_method,
        interval_method=applied,
        interval_requested=choices.interval,
        interval_note=_interval_note(sample, choices, applied),
        level=choices.level,
        mu=main.mu,
        se=main.se,
        ci=main.ci,
        statistic=main.statistic,
        df=main.df,
        p=main.p,
        common=_common(common, choices.level),
        heterogeneity=_heterogeneity(studies, choices, whole, tau2, float(common.q)),
        prediction=_prediction(sample, choices, spread, choices.prediction),
        prediction_alternative=_prediction(sample, choices, spread, "t(k-2)"),
        weights=_frozen(100.0 * mean.weights),
        yi=studies.yi,
        vi=studies.vi,
        labels=studies.labels,
        measure=studies.measure,
        left_out=studies.left_out,
        table=studies.table,
        converged=converged,
        notes=_notes(studies, converged),
        weighting=choices.weighting,
        likelihood=_likelihood(studies, choices, float(mean.mu), tau2),
    )


def _frozen(values: Any) -> FloatArray:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


def _tau2(studies: Studies, choices: Choices, whole: Batch) -> tuple[float, bool]:
    if choices.tau2 == "none" or studies.k == 1:
        return 0.0, True
    if choices.tau2 in KERNELS:
        tau2, converged = KERNELS[str(choices.tau2)](whole)
        return float(tau2[0]), bool(converged[0])
    if isinstance(choices.tau2, str):
        own = {"weights": choices.weights} if choices.tau2 in WEIGHTED else {}
        tau2, converged = TAU2[choices.tau2](studies.yi, studies.vi, **own)
        return float(tau2), bool(converged)
    return choices.tau2, True


def _mean(studies: Studies, choices: Choices, tau2: float) -> Mean:
    if choices.weights is None:
        return weighted_mean(studies.yi, studies.vi, tau2)
    return mean_by_weights(studies.yi, studies.vi, choices.weights, tau2)


def _sample(studies: Studies, choices: Choices, mean: Mean, tau2: float) -> Sample:
    method = choices.tau2_method if choices.tau2_method not in WEIGHTED else "given"
    numbers = (tau2, method, float(mean.mu), float(mean.se), float(mean.q))
    return Sample(studies.yi, studies.vi, *numbers, choices.seed, choices.draws)


def _shown(sample: Sample, choices: Choices) -> tuple[Inference, str]:
    """The interval, and the name of the one that applied."""
    name = "Wald" if sample.k == 1 else choices.interval
    if name in STUDY_INTERVALS:
        if choices.weights is not None:
            raise PoolingError(f"the {name} interval is for inverse-variance weights; choose {_choices()}")
        return STUDY_INTERVALS[name](sample, choices.level), name
    inference = INTERVALS[name](sample.mu, sample.se, sample.q, sample.k, choices.level)
    if float(inference.df) == inf:
        return inference, "Wald"
    return inference, "HKSJ" if name == "HKSJ-wider" else name


def _choices() -> str:
    return ", ".join(INTERVALS)


def _interval_note(sample: Sample, choices: Choices, applied: str) -> str:
    if applied == "HKSJ-IQWiG" or (applied == choices.interval and applied not in _OTHER_MEANS):
        return ""
    if applied in _OTHER_MEANS:
        return f"the mean shown is the {_OTHER_MEANS[applied]} one, about which this interval is built"
    if sample.k == 1:
        return "one study has its own Wald interval"
    if sample.q == 0.0:
        return "the effects are equal, so the Hartung-Knapp variance is 0; the Wald interval is shown"
    other = "Wald" if applied == "HKSJ" else "Hartung-Knapp"
    name = "Hartung-Knapp" if applied == "HKSJ" else "Wald"
    return f"the {name} interval is shown, being wider than the {other} interval"


def _estimate(shown: Inference, level: float, method: str) -> Estimate:
    df = float(shown.df)
    return Estimate(
        mu=float(shown.mu),
        se=float(shown.se),
        ci=Interval(float(shown.low), float(shown.high), level, method),
        statistic=float(shown.statistic),
        df=None if df == inf else df,
        p=float(shown.p),
        method=method,
    )


def _common(mean: Mean, level: float) -> Estimate:
    return _estimate(wald(mean.mu, mean.se, mean.q, 1, level), level, "Wald")


def _heterogeneity(
    studies: Studies, choices: Choices, whole: Batch, tau2: float, q: float
) -> Heterogeneity | NotDefined:
    if studies.k == 1:
        return NotDefined(ONE_STUDY)
    df = studies.k - 1
    typical = float(typical_variance(studies.vi))
    between = choices.model != "common-effect"
    ci = _tau2_interval(studies, choices, whole, tau2) if between else NotDefined(COMMON)
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
        tau2_se=_tau2_error(studies, choices, tau2) if between else NotDefined(COMMON),
    )


def _tau2_interval(studies: Studies, choices: Choices, whole: Batch, tau2: float) -> Interval | NotDefined:
    name, level = choices.tau2_interval, choices.level
    if name == "none":
        return NotDefined("it was not asked for")
    if name == "Q-profile":
        low, high, found = q_profile_of(whole, level)
    elif name == "test-based":
        low, high, found = around(tau2, studies.yi, studies.vi, level)
    else:
        low, high, found = TAU2_INTERVALS[name](studies.yi, studies.vi, level)
    if not found.all():
        return NotDefined(f"the equations of the {name} interval were not solved")
    return Interval(low.item(), high.item(), level, name)


def _tau2_error(studies: Studies, choices: Choices, tau2: float) -> float:
    return float(tau2_se(choices.tau2_method, studies.yi, studies.vi, tau2, choices.weights))


def _likelihood(studies: Studies, choices: Choices, mu: float, tau2: float) -> Any:
    if studies.k == 1:
        return NotDefined(ONE_STUDY)
    counted = 1 if choices.tau2_method in ("none", "given") else 2
    restricted = choices.tau2_method in ("REML", "given")
    return likelihood_of(studies.yi, studies.vi, mu, tau2, restricted, counted)


def _i2_interval(ci: Interval | NotDefined, typical: float) -> Interval | NotDefined:
    if isinstance(ci, NotDefined):
        return ci
    return Interval(float(i2_of(ci.low, typical)), float(i2_of(ci.high, typical)), ci.level, ci.method)


def _spread(sample: Sample, shown: Inference, name: str) -> Spread:
    k = np.asarray(float(sample.k))
    se = np.asarray(sample.se)
    se_hk = hartung_knapp_se(se, sample.q, k)
    se_kr, df_kr = kenward_roger(sample.vi, sample.tau2) if name.startswith("KR") else (se, k)
    return Spread(np.asarray(sample.mu), np.asarray(sample.tau2), se, se_hk, se_kr, df_kr, shown, k)


def _prediction(sample: Sample, choices: Choices, spread: Spread, name: str) -> Interval | NotDefined:
    if choices.model == "common-effect":
        return NotDefined(COMMON)
    if sample.k == 1:
        return NotDefined(ONE_STUDY)
    if sample.k < 3:
        return NotDefined(FEW)
    if name in STUDY_PREDICTIONS:
        low, high = STUDY_PREDICTIONS[name](sample, choices.level)
    else:
        low, high = (float(bound) for bound in PREDICTIONS[name](spread, choices.level))
    if not isfinite(high):
        return NotDefined(f"no degrees of freedom are left for {name}")
    return Interval(low, high, choices.level, name)


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
