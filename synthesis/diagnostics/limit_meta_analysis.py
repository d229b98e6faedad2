"""Limit meta-analysis: the effect that infinitely precise studies would show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.describing import shown, shown_p
from synthesis.diagnostics.influence import between_variance
from synthesis.diagnostics.least_squares import fitted_line
from synthesis.diagnostics.records import Record, scale_of, too_few
from synthesis.diagnostics.small_study.asymmetry import FLAT, LEAST
from synthesis.fit import Estimate, Interval, NotDefined, Pool
from synthesis.intervals import chi_square_p, wald

ADJUSTED = "limit meta-analysis"


@dataclass(frozen=True, slots=True, eq=False)
class LimitMetaAnalysis(Record):
    """The result of a limit meta-analysis.

    Attributes
    ----------
    estimate : the effect adjusted for small-study effects, beta + tau alpha (metasens "beta0")
    alpha, beta : intercept and slope of the generalised radial plot
    limits : (k,) effects shrunk towards the line, those of the studies made infinitely precise
    q_small, q_small_p : Q due to the small-study effect, on one degree of freedom
    q_rest, q_rest_p : what remains, on k - 2
    g2 : per cent of the variance of the shrunken effects that the line does not explain
    """

    labels: tuple[str, ...]
    estimate: Estimate
    alpha: float
    beta: float
    tau2: float
    limits: FloatArray
    q_small: float
    q_small_p: float
    q_rest: float
    q_rest_p: float
    g2: float
    measure: str | None

    def summary(self) -> str:
        """The adjusted effect and the two tests."""
        scale, one, k = scale_of(self.measure), self.estimate, len(self.labels)
        bounds = scale.interval(one.ci.low, one.ci.high)
        return "\n".join(
            [
                f"Limit meta-analysis, {k} studies: {scale.name} {scale.value(one.mu)} {bounds}"
                f" ({one.ci.level:g} % interval; z = {shown(one.statistic)}, {shown_p(one.p)})",
                f"small-study effects: Q - Q' = {shown(self.q_small)} on 1 df, {shown_p(self.q_small_p)}",
                f"beyond them: Q' = {shown(self.q_rest)} on {k - 2} df, {shown_p(self.q_rest_p)};"
                f" G2 = {self.g2:.1f} %",
            ]
        )


def limit_meta_analysis(pool: Pool) -> LimitMetaAnalysis | NotDefined:
    """The mean effect adjusted for small-study effects by extrapolating to infinite precision.

    Parameters
    ----------
    pool : what `synthesis.pool` gave; its tau2 is used

    Returns
    -------
    LimitMetaAnalysis; NotDefined below three studies, or where standard errors do not differ

    Notes
    -----
    With s_i = sqrt(v_i + tau2) the generalised radial plot is y_i / s_i = alpha + beta / s_i; a study of
    infinite precision has s = tau, hence the mean beta + tau alpha, whose variance follows from the
    residual variance being 1. As the default ("beta0") of the R package metasens.

    References
    ----------
    Rücker G, Schwarzer G, Carpenter JR, Binder H, Schumacher M. Biostatistics 2011;12:122-42.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = limit_meta_analysis(pool(yi=[0.2, 0.9, 0.4, 0.3], vi=[0.05, 0.08, 0.04, 0.01], tau2="DL"))
    >>> round(found.estimate.mu, 4), round(found.q_small, 4)
    (0.1685, 1.582)
    """
    if pool.k < LEAST:
        return too_few("limit meta-analysis", pool.k, LEAST)
    tau2 = between_variance(pool)
    x = 1.0 / np.sqrt(pool.vi + tau2)
    # Egger's line is the radial one: a slope on 1/x weighted by x^2 is the radial plot's intercept.
    radial = fitted_line(pool.yi, 1.0 / x, x * x)
    egger = fitted_line(pool.yi, np.sqrt(pool.vi), 1.0 / pool.vi)
    if radial is None or egger is None:
        return FLAT
    alpha, beta, tau = radial.slope, radial.intercept, tau2**0.5
    sxx = float(np.square(x - x.mean()).sum())
    variance = (1.0 + tau2 * float(np.mean(x * x)) - 2.0 * tau * float(x.mean())) / sxx
    limits = beta + tau * x * (pool.yi - beta)
    q = float(np.sum(np.square(pool.yi - pool.common.mu) / pool.vi))
    rest = egger.dispersion * egger.df
    return LimitMetaAnalysis(
        labels=pool.labels,
        estimate=_estimate(beta + tau * alpha, variance**0.5, pool.level),
        alpha=alpha,
        beta=beta,
        tau2=tau2,
        limits=limits,
        q_small=max(0.0, q - rest),
        q_small_p=float(chi_square_p(max(0.0, q - rest), 1)),
        q_rest=rest,
        q_rest_p=float(chi_square_p(rest, pool.k - 2)),
        g2=_unexplained(limits, pool.vi),
        measure=pool.measure,
    )


def _estimate(mu: float, se: float, level: float) -> Estimate:
    found = wald(mu, se, 0.0, 1, level)
    ci = Interval(float(found.low), float(found.high), level, ADJUSTED)
    return Estimate(mu, se, ci, float(found.statistic), None, float(found.p), ADJUSTED)


def _unexplained(limits: FloatArray, vi: FloatArray) -> float:
    """Per cent of the variance in the radial plot of the shrunken effects that its line does not explain."""
    z = limits / np.sqrt(vi)
    line = fitted_line(limits, np.sqrt(vi), 1.0 / vi)
    total = float(np.square(z - z.mean()).sum())
    return 0.0 if line is None or total == 0.0 else 100.0 * line.dispersion * line.df / total
