"""Intervals for the effect of a further study.

Each takes a `Spread` of any batch shape and `level` in per cent and gives two arrays of bounds.
`PREDICTIONS` at the foot names them; the bootstrap, which needs the studies, is in `bootstrap`.

References
----------
Higgins JPT, Thompson SG, Spiegelhalter DJ. J R Stat Soc A 2009;172:137-59. Partlett C, Riley RD. Stat Med
2017;36:301-17. Veroniki AA et al. Res Synth Methods 2019;10:23-43. Matrai P et al. Res Synth Methods
2025 (degrees of freedom).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.intervals.moments import Inference, critical_t


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What a prediction interval needs, all of one batch shape.

    Attributes
    ----------
    mu, tau2, k : the mean, the variance between studies, the number of studies
    se, se_hk : the Wald and the Hartung-Knapp standard error of the mean
    se_kr, df_kr : Kenward and Roger's standard error and degrees of freedom
    shown : the interval of the mean that is shown
    """

    mu: FloatArray
    tau2: FloatArray
    se: FloatArray
    se_hk: FloatArray
    se_kr: FloatArray
    df_kr: FloatArray
    shown: Inference
    k: FloatArray


Bounds = tuple[FloatArray, FloatArray]
PredictionFunction = Callable[[Spread, float], Bounds]


def _predict(spread: Spread, se: ArrayLike, df: ArrayLike, level: float) -> Bounds:
    nu = np.asarray(df, float)
    usable = nu > 0.0
    half = critical_t(np.where(usable, nu, 1.0), level) * np.sqrt(spread.tau2 + np.square(se))
    half = half if usable.all() else np.where(usable, half, inf)
    return spread.mu - half, spread.mu + half


def predict_larger_1(spread: Spread, level: float) -> Bounds:
    """t(k - 1), on the larger of the Wald and Hartung-Knapp standard errors."""
    return _predict(spread, np.maximum(spread.se, spread.se_hk), spread.k - 1.0, level)


def predict_larger_2(spread: Spread, level: float) -> Bounds:
    """t(k - 2), on the larger of the Wald and Hartung-Knapp standard errors."""
    return _predict(spread, np.maximum(spread.se, spread.se_hk), spread.k - 2.0, level)


def predict_own_1(spread: Spread, level: float) -> Bounds:
    """t(k - 1), on the standard error of the interval shown (metafor `predtype="t"`)."""
    return _predict(spread, spread.shown.se, spread.k - 1.0, level)


def predict_own_2(spread: Spread, level: float) -> Bounds:
    """t(k - 2), but never below 1, on the standard error of the interval (metafor `predtype="riley"`)."""
    return _predict(spread, spread.shown.se, np.maximum(spread.k - 2.0, 1.0), level)


def predict_as_interval(spread: Spread, level: float) -> Bounds:
    """The quantile and standard error of the interval shown (metafor's default)."""
    return _predict(spread, spread.shown.se, spread.shown.df, level)


def predict_tau_only(spread: Spread, level: float) -> Bounds:
    """Normal, leaving out the uncertainty of the mean (metafor `predtype="simple"`)."""
    return _predict(spread, 0.0, np.full(np.shape(spread.k), inf), level)


def predict_hts_1(spread: Spread, level: float) -> Bounds:
    """t(k - 1), on the Wald standard error (meta `"V"`)."""
    return _predict(spread, spread.se, spread.k - 1.0, level)


def predict_hts(spread: Spread, level: float) -> Bounds:
    """t(k - 2), on the Wald standard error: Higgins, Thompson and Spiegelhalter (meta `"HTS"`)."""
    return _predict(spread, spread.se, spread.k - 2.0, level)


def predict_hk(spread: Spread, level: float) -> Bounds:
    """t(k - 1), on the Hartung-Knapp standard error (meta `"HK"`)."""
    return _predict(spread, spread.se_hk, spread.k - 1.0, level)


def predict_hk_2(spread: Spread, level: float) -> Bounds:
    """t(k - 2), on the Hartung-Knapp standard error (meta `"HK-PR"`)."""
    return _predict(spread, spread.se_hk, spread.k - 2.0, level)


def predict_kr(spread: Spread, level: float) -> Bounds:
    """t on Kenward and Roger's degrees of freedom and standard error (meta `"KR"`)."""
    return _predict(spread, spread.se_kr, spread.df_kr, level)


def predict_kr_1(spread: Spread, level: float) -> Bounds:
    """As `predict_kr` with one degree of freedom fewer; without bounds where none is left."""
    return _predict(spread, spread.se_kr, spread.df_kr - 1.0, level)


def predict_normal(spread: Spread, level: float) -> Bounds:
    """Normal, on the Wald standard error (meta `"S"`)."""
    return _predict(spread, spread.se, np.full(np.shape(spread.k), inf), level)


PREDICTIONS: Mapping[str, PredictionFunction] = {
    "t(k-1)": predict_larger_1,
    "t(k-2)": predict_larger_2,
    "t(k-1)-own": predict_own_1,
    "t(k-2)-own": predict_own_2,
    "as-interval": predict_as_interval,
    "tau-only": predict_tau_only,
    "HTS": predict_hts,
    "HTS(k-1)": predict_hts_1,
    "HK": predict_hk,
    "HK(k-2)": predict_hk_2,
    "KR": predict_kr,
    "KR(df-1)": predict_kr_1,
    "normal": predict_normal,
}
