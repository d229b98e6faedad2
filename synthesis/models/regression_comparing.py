"""Regressions compared: likelihoods, the share of tau2 explained, the likelihood-ratio test."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi
from typing import TYPE_CHECKING

import numpy as np

from synthesis.errors import PoolingError
from synthesis.fit import Likelihood, NotDefined
from synthesis.intervals import chi_square_p
from synthesis.models.inverse_variance import weighted_mean
from synthesis.models.regression_basis import RANK_TOLERANCE, basis_of, weighted
from synthesis.models.regression_tau2 import between

if TYPE_CHECKING:
    from synthesis.models.regression_fit import Regression


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """Twice the gain in log-likelihood of a larger model, its test, and the tau2 it explains (per cent)."""

    statistic: float
    df: int
    p: float
    r2: float | NotDefined


def parameters(fit: Regression) -> int:
    """How many parameters were estimated: coefficients, and tau2 unless it was given or 0."""
    return len(fit.names) + (0 if fit.tau2_method in ("none", "given") else 1)


def likelihood_of(fit: Regression) -> Likelihood:
    """The likelihood of a regression, restricted where tau2 was estimated by REML.

    Notes
    -----
    The restricted likelihood includes log |X'X| / 2, as in metafor; the deviance is taken from the
    saturated model for ML, from 0 for REML.
    """
    p, k = len(fit.names), fit.k
    variance = fit.vi + fit.tau2
    at = weighted(fit.basis, fit.yi.reshape(-1, 1), (1.0 / variance).reshape(-1, 1))
    q, spread = float(at.q[0]), float(np.sum(np.log(variance)))
    restricted = fit.tau2_method == "REML"
    n = k - p if restricted else k
    value = -0.5 * (n * log(2.0 * pi) + spread + q)
    if restricted:
        value += 0.5 * float(np.linalg.slogdet(at.a_inv[0])[1])
        deviance = -2.0 * value
    else:
        deviance = q + spread - float(np.sum(np.log(fit.vi)))
    free = parameters(fit)
    size = max(n, free + 2)
    return Likelihood(
        criterion="REML" if restricted else "ML",
        ll=value,
        deviance=deviance,
        aic=-2.0 * value + 2.0 * free,
        bic=-2.0 * value + free * log(n),
        aicc=-2.0 * value + 2.0 * free * size / (size - free - 1.0),
    )


def explained(fit: Regression) -> float | NotDefined:
    """R2: by how much the moderators lower tau2, per cent, never below 0.

    Notes
    -----
    100 max(0, (t0 - t) / t0) with t0 the tau2 of the same estimator without moderators; for the
    common-effect model the adjusted R2 of the weighted regression, as in metafor.

    References
    ----------
    Raudenbush SW. In: Cooper H et al. The handbook of research synthesis, 2nd ed., 2009, p. 304.
    Lopez-Lopez JA et al. Br J Math Stat Psychol 2014;67:30-48.
    """
    ones = np.ones((fit.k, 1))
    if np.max(np.abs(fit.basis.unexplained(ones))) > RANK_TOLERANCE:
        return NotDefined("the model has no intercept, so it holds no model without moderators")
    if fit.tau2_method == "given":
        return NotDefined("tau2 was given")
    if fit.tau2_method == "none":
        total = float(weighted_mean(fit.yi, fit.vi).q)
        if total == 0.0:
            return NotDefined("the effects are equal, so there is nothing to explain")
        left = (fit.q / fit.residual_df) / (total / (fit.k - 1))
        return 100.0 * max(0.0, 1.0 - left)
    before = float(between(fit.tau2_method, basis_of(ones), fit.yi, fit.vi)[0])
    return _lowered(before, fit.tau2)


def _lowered(before: float, after: float) -> float | NotDefined:
    if before == 0.0:
        return NotDefined("tau2 is 0 without the moderators, so there is nothing to explain")
    return 100.0 * max(0.0, (before - after) / before)


def likelihood_ratio(full: Regression, reduced: Regression) -> LikelihoodRatio:
    """The likelihood-ratio test of a regression against a smaller one of the same studies.

    Raises
    ------
    PoolingError
        When the studies differ, the likelihoods cannot be compared, or neither model holds the other.

    Notes
    -----
    Restricted likelihoods of different moderators are of different data; fit both with tau2="ML".
    """
    _refuse(full, reduced)
    after, before = full.likelihood, reduced.likelihood
    statistic = max(0.0, before.deviance - after.deviance)
    df = parameters(full) - parameters(reduced)
    r2 = _lowered(reduced.tau2, full.tau2)
    return LikelihoodRatio(statistic, df, float(chi_square_p(statistic, df)), r2)


def _refuse(full: Regression, reduced: Regression) -> None:
    if not (np.array_equal(full.yi, reduced.yi) and np.array_equal(full.vi, reduced.vi)):
        raise PoolingError("the two models are of different effects; fit both to the same studies")
    if full.tau2_method != reduced.tau2_method:
        raise PoolingError(
            f"tau2 is by {full.tau2_method} in one model and by {reduced.tau2_method} in the other"
        )
    unexplained = full.basis.unexplained(reduced.x) / np.linalg.norm(reduced.x, axis=0)
    nested = bool(np.max(np.abs(unexplained)) <= RANK_TOLERANCE)
    if not nested or len(full.names) <= len(reduced.names):
        raise PoolingError("the first model is not the second with moderators added")
    if full.tau2_method == "REML":
        raise PoolingError('restricted likelihoods of different moderators; fit both with tau2="ML"')
    if full.tau2_method not in ("ML", "none", "given"):
        raise PoolingError(f'tau2 by {full.tau2_method} maximises no likelihood; fit both with tau2="ML"')
