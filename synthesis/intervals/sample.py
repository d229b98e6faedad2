"""Intervals that need the studies themselves, one meta-analysis at a time; each is loaded when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.intervals.kenward_roger import kenward_roger
from synthesis.intervals.moments import Inference, symmetric


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One meta-analysis, its fitted model, and how chance is to be drawn.

    Attributes
    ----------
    yi, vi : (k,) arrays
    tau2 : the variance between studies; `estimator` its key in `TAU2`, or "given"
    mu, se, q : the inverse-variance mean, its Wald standard error, the generalised Q at it
    seed, draws : of the pseudo-random numbers
    """

    yi: FloatArray
    vi: FloatArray
    tau2: float
    estimator: str
    mu: float
    se: float
    q: float
    seed: int = 0
    draws: int = 1000

    @property
    def k(self) -> int:
        """The number of studies."""
        return int(self.yi.size)


StudyInterval = Callable[[Sample, float], Inference]


def kenward_roger_interval(sample: Sample, level: float) -> Inference:
    """t with Kenward and Roger's standard error and degrees of freedom."""
    se, df = kenward_roger(sample.vi, sample.tau2)
    return symmetric(sample.mu, se, df, level)


def hartung_knapp_iqwig(sample: Sample, level: float) -> Inference:
    """Hartung-Knapp, or t with the Wald standard error where DerSimonian-Laird's interval is wider.

    Notes
    -----
    The rule of the German institute IQWiG (methods 6.1) in the R package meta's form
    (`adhoc.hakn.ci = "IQWiG6"`): the comparison is with the Wald interval under the estimate of
    DerSimonian and Laird, whatever estimator is used.
    """
    from synthesis.intervals.moments import hartung_knapp, t_interval, wald
    from synthesis.tau2 import dersimonian_laird

    own = hartung_knapp(sample.mu, sample.se, sample.q, sample.k, level)
    tau2, _ = dersimonian_laird(sample.yi, sample.vi)
    se = float(1.0 / np.sqrt(np.sum(1.0 / (sample.vi + tau2))))
    other = wald(sample.mu, se, sample.q, sample.k, level)
    if own.high - own.low >= other.high - other.low:
        return own
    return t_interval(sample.mu, sample.se, sample.q, sample.k, level)


def henmi_copas_interval(sample: Sample, level: float) -> Inference:
    """The interval of Henmi and Copas about the common-effect mean."""
    from synthesis.intervals.henmi_copas import henmi_copas

    return henmi_copas(sample.yi, sample.vi, level)


def profile_interval(sample: Sample, level: float) -> Inference:
    """The means that a likelihood-ratio test does not refuse."""
    from synthesis.intervals.profile_likelihood import profile_mean

    return profile_mean(sample.yi, sample.vi, level)


def permutation_interval(sample: Sample, level: float) -> Inference:
    """The means that a sign-flip permutation test does not refuse."""
    from synthesis.intervals.permutation import permutation

    return permutation(sample, level)


def bootstrap_interval(sample: Sample, level: float) -> Inference:
    """The studentised parametric bootstrap."""
    from synthesis.intervals.bootstrap import bootstrap_mean

    return bootstrap_mean(sample, level)


def predict_by_bootstrap(sample: Sample, level: float) -> tuple[float, float]:
    """The parametric bootstrap of Nagashima, Noma and Furukawa."""
    from synthesis.intervals.bootstrap import nagashima

    return nagashima(sample, level)


STUDY_INTERVALS: Mapping[str, StudyInterval] = {
    "KR": kenward_roger_interval,
    "HKSJ-IQWiG": hartung_knapp_iqwig,
    "Henmi-Copas": henmi_copas_interval,
    "profile-likelihood": profile_interval,
    "permutation": permutation_interval,
    "bootstrap": bootstrap_interval,
}

STUDY_PREDICTIONS: Mapping[str, Callable[[Sample, float], tuple[float, float]]] = {
    "bootstrap": predict_by_bootstrap,
}
