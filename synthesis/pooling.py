"""`pool`: the mean effect of several studies, from a table of effects or from plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import ArrayLike

from synthesis.errors import PoolingError, choose
from synthesis.fit import Pool
from synthesis.intervals import INTERVALS, PREDICTIONS, STUDY_INTERVALS, STUDY_PREDICTIONS
from synthesis.models.single_mean import Choices, fit
from synthesis.models.studies import given_tau2, percent, studies_of
from synthesis.models.weighting import weights_of
from synthesis.tau2_intervals import TAU2_INTERVALS

ALL_INTERVALS = {**INTERVALS, **STUDY_INTERVALS}
ALL_PREDICTIONS = {**PREDICTIONS, **STUDY_PREDICTIONS}

MODELS = {
    "random-effects": "HKSJ-wider",
    "common-effect": "Wald",
    "mantel-haenszel": "Wald",
    "peto": "Wald",
}
"""Each model and the interval it takes when none is asked for."""
OF_COUNTS = ("mantel-haenszel", "peto")
"""The models that need a table with counts; see `synthesis.counting`."""


def pool(
    table: Any = None,
    *,
    yi: ArrayLike | None = None,
    vi: ArrayLike | None = None,
    labels: Sequence[str] | None = None,
    measure: str | None = None,
    model: str = "random-effects",
    tau2: str | float = "REML",
    interval: str | None = None,
    level: float = 95.0,
    prediction: str = "t(k-1)",
    tau2_interval: str = "Q-profile",
    weights: ArrayLike | str | None = None,
    seed: int = 0,
    draws: int = 1000,
) -> Pool:
    """The mean effect of several studies, with interval, heterogeneity and prediction interval.

    Parameters
    ----------
    table : EffectTable, the effects to pool; or
    yi, vi : (k,) effects and their sampling variances (squared standard errors), logs for ratios
    labels : names of the studies, for messages; measure : its code, for display ("RR")
    model : "random-effects", "common-effect" (tau2 = 0); "mantel-haenszel" or "peto" of a table with counts
    tau2 : a key of `synthesis.tau2.TAU2`, or a number to be used as it is
    interval : a key of `synthesis.intervals.INTERVALS` or `STUDY_INTERVALS`; when None, "HKSJ-wider",
        the wider of the Hartung-Knapp-Sidik-Jonkman and Wald intervals, and "Wald" for the common-effect
        model
    level : per cent
    prediction : a key of `synthesis.intervals.PREDICTIONS` or `STUDY_PREDICTIONS`
    tau2_interval : a key of `synthesis.tau2_intervals.TAU2_INTERVALS`, or "none"
    weights : (k,) weights of the mean (and of Q for "GENQ" and "GENQM"), or "equal", or "sample-size" for
        a table whose studies say how many people they had; inverse variances when None
    seed, draws : of the pseudo-random numbers that permutations and bootstraps take

    Raises
    ------
    PoolingError
        When there is nothing to pool, or effects or variances cannot be pooled; it names the rows.
    UnknownName
        When a method does not exist; it lists those that do.

    Notes
    -----
    One study gives its own Wald interval. Two give a result whose `headline` is False. Defaults follow
    the Cochrane Handbook, chapter 10 (version 6.5).

    Coming from metafor: `rma(test="z" | "knha" | "adhoc" | "t")` is `interval="Wald" | "HKSJ" |
    "HKSJ-floor" | "t"`; `method="EE"` is `model="common-effect"`, other methods are keys of `tau2`;
    `predict()` gives `prediction="as-interval"`; `confint()` is `heterogeneity.tau2_ci`; `hc()` is
    `interval="Henmi-Copas"` with `tau2="DL"`; `permutest()` is `interval="permutation"`. Rows without an
    effect or variance are an error here, not dropped: leave them out with `np.isfinite`.

    Examples
    --------
    >>> result = pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04])
    >>> round(result.mu, 6), result.interval_method
    (0.463526, 'HKSJ')
    """
    default = choose("model", model, MODELS)
    if model in OF_COUNTS:
        from synthesis.counting import pool_counts

        return pool_counts(table, model, interval, level)
    method = default if interval is None else interval
    choose("interval", method, ALL_INTERVALS)
    choose("prediction interval", prediction, ALL_PREDICTIONS)
    choose("tau2 interval", tau2_interval, {**TAU2_INTERVALS, "none": None})
    studies = studies_of(table, yi, vi, labels, measure)
    between = given_tau2(tau2) if model == "random-effects" else "none"
    share, weighting = weights_of(studies, weights)
    drawing = (seed, checked_draws(draws))
    choices = (model, between, method, percent(level), prediction, tau2_interval, share, weighting)
    return fit(studies, Choices(*choices, *drawing))


def checked_draws(draws: int) -> int:
    """A number of draws, checked."""
    if not 100 <= draws <= 10_000_000:
        raise PoolingError(f"draws is {draws}; take from 100 to 10,000,000")
    return int(draws)
