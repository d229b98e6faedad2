"""Mean effects at new moderators, and where the effect of a further study may lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError, choose
from synthesis.fit import NotDefined
from synthesis.intervals import critical_t
from synthesis.models.regression_design import INTERCEPT

if TYPE_CHECKING:
    from synthesis.models.regression_fit import Predicted, Regression

Rule = Callable[["Regression", FloatArray], tuple[FloatArray, float]]
"""(fit, the interval's standard errors) -> the standard errors of the means to use, degrees of freedom"""


def _larger(fit: Regression, se: FloatArray) -> FloatArray:
    """The larger of the Wald and Knapp-Hartung standard errors."""
    return se * np.sqrt(max(1.0, fit.residual_variance) / fit.factor)


PREDICTIONS: Mapping[str, Rule] = {
    "t(k-p)": lambda fit, se: (_larger(fit, se), fit.residual_df),
    "t(k-p-1)": lambda fit, se: (_larger(fit, se), max(fit.residual_df - 1, 1)),
    "t(k-p)-own": lambda fit, se: (se, fit.residual_df),
    "t(k-p-1)-own": lambda fit, se: (se, max(fit.residual_df - 1, 1)),
    "as-interval": lambda fit, se: (se, inf if fit.df is None else fit.df),
    "tau-only": lambda fit, se: (0.0 * se, inf),
}
"""As `synthesis.intervals.PREDICTIONS`, with k - p for k - 1; metafor's default is "as-interval"."""


def predict(fit: Regression, moderators: Mapping[str, Any] | Any, prediction: str) -> Predicted:
    """See `Regression.predict`."""
    from synthesis.models.regression_fit import Predicted

    rule = choose("prediction interval", prediction, PREDICTIONS)
    x = fit.x if moderators is None else _rows(fit, moderators)
    mu = x @ fit.b
    se = np.sqrt(np.maximum(np.add.reduce((x @ fit.vb) * x, axis=1), 0.0))
    half = float(critical_t(inf if fit.df is None else fit.df, fit.level)) * se
    if fit.tau2_method == "none":
        why = NotDefined("the common-effect model has no variance between studies")
        return Predicted(mu, se, mu - half, mu + half, why, why, fit.level, prediction)
    used, df = rule(fit, se)
    wide = float(critical_t(df, fit.level)) * np.sqrt(fit.tau2 + used * used)
    return Predicted(mu, se, mu - half, mu + half, mu - wide, mu + wide, fit.level, prediction)


def _rows(fit: Regression, moderators: Mapping[str, Any] | Any) -> FloatArray:
    """The design rows of new moderators."""
    if hasattr(moderators, "keys"):  # a mapping, or a table of pandas
        return _coded(fit, moderators)
    try:
        given = np.asarray(moderators, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PoolingError(f"new moderators are no numbers ({error}); give them by name") from error
    names = tuple(name for name in fit.names if name != INTERCEPT)
    if given.ndim < 2:
        given = given.reshape(-1, 1) if len(names) == 1 else given.reshape(1, -1)
    if given.ndim != 2 or given.shape[1] != len(names) or not np.isfinite(given).all():
        raise PoolingError(
            f"new moderators of shape {given.shape}: give a finite number for each of {', '.join(names)}"
        )
    return np.column_stack([np.ones(len(given)), given]) if INTERCEPT in fit.names else given


def _coded(fit: Regression, moderators: Mapping[str, Any]) -> FloatArray:
    if fit.coding is None:
        raise PoolingError("the moderators were given as an array; give new ones as an array too")
    wanted = fit.coding.moderators
    missing = [name for name in wanted if name not in moderators]
    for name in moderators:
        choose("moderator", name, {one: one for one in wanted})
    if missing:
        raise PoolingError(f"new values are missing for: {', '.join(missing)}")
    values = {name: np.atleast_1d(np.asarray(moderators[name])) for name in wanted}
    length = max((len(one) for one in values.values()), default=1)
    uneven = [name for name, one in values.items() if len(one) not in (1, length)]
    if uneven:
        raise PoolingError(f"new values differ in number: {', '.join(uneven)}")
    filled = {name: np.broadcast_to(one, (length,)) for name, one in values.items()}
    return fit.coding.matrix(filled, length)
