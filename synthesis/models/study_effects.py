"""What a fitted mean says of each study: best linear unbiased predictions and residuals."""

from __future__ import annotations

from math import inf

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.fit import NotDefined, Pool, StudyEffects
from synthesis.intervals import critical_t


def study_effects(pool: Pool) -> StudyEffects:
    """The predicted true effect of each study, and its residual.

    Notes
    -----
    With lambda = tau2 / (tau2 + vi) the prediction is lambda yi + (1 - lambda) mu, of variance
    lambda vi + (1 - lambda)^2 se^2; the residual yi - mu has the variance vi + tau2 less twice its
    covariance with mu, plus se^2. se is that of the interval shown. Quantiles are those of its test.

    References
    ----------
    Raudenbush SW, Bryk AS. J Educ Stat 1985;10:75-98. metafor `blup`, `rstandard`.

    Examples
    --------
    >>> from synthesis import pool
    >>> study_effects(pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04])).effect.round(4)
    array([0.3343, 0.6274, 0.4288])
    """
    h = pool.heterogeneity
    tau2 = 0.0 if isinstance(h, NotDefined) else h.tau2
    share = tau2 / (tau2 + pool.vi)
    effect = share * pool.yi + (1.0 - share) * pool.mu
    se = np.sqrt(share * pool.vi + (1.0 - share) ** 2 * pool.se**2)
    half = critical_t(inf if pool.df is None else pool.df, pool.level) * se
    residual = pool.yi - pool.mu
    w = pool.weights / pool.weights.sum()
    total = pool.vi + tau2
    variance = total * (1.0 - 2.0 * w) + float((w * w * total).sum())
    tiny = 16 * np.finfo(np.float64).eps * total
    standardised = np.where(variance > tiny, residual / np.sqrt(np.maximum(variance, tiny)), 0.0)
    arrays = (effect, se, effect - half, effect + half, residual, standardised)
    return StudyEffects(*(_frozen(one) for one in arrays))


def _frozen(values: FloatArray) -> FloatArray:
    values.flags.writeable = False
    return values
