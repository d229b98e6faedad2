"""Regressions of effects on a measure of study size, as results of a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from synthesis.arrays import BoolArray, FloatArray
from synthesis.diagnostics.counts import sizes_of
from synthesis.diagnostics.least_squares import fitted_line
from synthesis.diagnostics.small_study.asymmetry import (
    FLAT,
    NO_LIMIT,
    NOT_ADDITIVE,
    NOT_MULTIPLICATIVE,
    NOT_RANKS,
    Asked,
    Asymmetry,
)
from synthesis.errors import choose
from synthesis.fit import Interval, NotDefined

OF_SIZE: Mapping[str, Callable[[FloatArray], FloatArray]] = {
    "ni": lambda n: n,
    "ninv": lambda n: 1.0 / n,
    "sqrtni": np.sqrt,
    "sqrtninv": lambda n: 1.0 / np.sqrt(n),
}
OF_VARIANCE: Mapping[str, Callable[[FloatArray], FloatArray]] = {"sei": np.sqrt, "vi": lambda v: v}
VANISHING = {"sei", "vi", "ninv", "sqrtninv"}
"""Predictors that tend to 0 as studies grow, so that the intercept is the effect of the largest."""


def predicted_by(asked: Asked) -> FloatArray | NotDefined:
    """The (k,) values of the predictor."""
    choose("predictor", asked.predictor, {**OF_VARIANCE, **OF_SIZE})
    if asked.predictor in OF_VARIANCE:
        return OF_VARIANCE[asked.predictor](asked.pool.vi)
    sizes = sizes_of(asked.pool, asked.ni)
    return sizes if isinstance(sizes, NotDefined) else OF_SIZE[asked.predictor](sizes)


def dispersed(
    asked: Asked,
    test: tuple[str, str],
    x: FloatArray,
    w: FloatArray,
    predictor: str,
    y: FloatArray | None = None,
    used: BoolArray | None = None,
) -> Asymmetry | NotDefined:
    """The weighted regression of effects on `x` with multiplicative dispersion; `test` is (key, name)."""
    keep = np.ones(x.shape, np.bool_) if used is None else used
    effects = asked.pool.yi if y is None else y
    line = fitted_line(effects[keep], x[keep], w[keep])
    if line is None:
        return FLAT
    statistic, p = line.test("slope")
    vanishes = predictor in VANISHING
    return Asymmetry(
        *test,
        k=int(keep.sum()),
        predictor=predictor,
        statistic=statistic,
        df=float(line.df),
        p=p,
        bias=line.slope,
        bias_se=line.slope_se,
        limit=line.intercept if vanishes else NO_LIMIT,
        limit_ci=line.limit(asked.pool.level) if vanishes else NO_LIMIT,
        dispersion=line.dispersion,
        tau2=NOT_ADDITIVE,
        correlation=NOT_RANKS,
        measure=asked.pool.measure,
        notes=left_aside(asked.pool.k - int(keep.sum())),
    )


def left_aside(n: int) -> tuple[str, ...]:
    """A note on studies that say nothing."""
    if n == 0:
        return ()
    return (f"{n} {'study' if n == 1 else 'studies'} without events, or with nothing else, left aside.",)


def mixed(
    asked: Asked, test: tuple[str, str], x: FloatArray, predictor: str, tau2: str | float, interval: str
) -> Asymmetry | NotDefined:
    """The regression of effects on `x` with residual variance between studies."""
    from synthesis.regressing import regress

    if np.ptp(x) <= 1e-10 * np.abs(x).max():
        return FLAT
    pool = asked.pool
    model = "common-effect" if tau2 == "none" else "random-effects"
    fit = regress(
        yi=pool.yi,
        vi=pool.vi,
        moderators={predictor: x},
        model=model,
        tau2="REML" if tau2 == "none" else tau2,
        interval=interval,
        level=pool.level,
    )
    if not np.isfinite(fit.statistic[1]):
        return FLAT
    vanishes = predictor in VANISHING
    return Asymmetry(
        *test,
        k=pool.k,
        predictor=predictor,
        statistic=float(fit.statistic[1]),
        df=fit.df,
        p=float(fit.p[1]),
        bias=float(fit.b[1]),
        bias_se=float(fit.se[1]),
        limit=float(fit.b[0]) if vanishes else NO_LIMIT,
        limit_ci=Interval(float(fit.low[0]), float(fit.high[0]), pool.level, fit.interval_method)
        if vanishes
        else NO_LIMIT,
        dispersion=NOT_MULTIPLICATIVE,
        tau2=fit.tau2,
        correlation=NOT_RANKS,
        measure=pool.measure,
        notes=(),
    )
