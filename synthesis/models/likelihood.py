"""How well one mean and tau2 fit: the log-likelihood and what is counted from it."""

from __future__ import annotations

from math import log, pi

import numpy as np

from synthesis.arrays import FloatArray, dot
from synthesis.fit import Likelihood


def likelihood_of(
    yi: FloatArray, vi: FloatArray, mu: float, tau2: float, restricted: bool, counted: int
) -> Likelihood:
    """The likelihood of a mean and tau2, restricted or not, with `counted` parameters.

    Notes
    -----
    metafor's definitions: the constant includes log(2 pi), the restricted one also log(k) / 2. AICc is
    -2 ll + 2 m n / (n - m - 1) with n at least m + 2, and n = k - 1 where restricted, as for BIC.

    Examples
    --------
    >>> fit = likelihood_of(np.array([0.2, 0.9]), np.array([0.05, 0.08]), 0.5285714285714, 0.18, True, 2)
    >>> round(fit.ll, 6)
    -0.71569
    """
    total, r, k = vi + tau2, yi - mu, yi.size
    w = 1.0 / total
    logs, squares = float(np.log(total).sum()), dot(w * r, r)
    ll = -0.5 * (k * log(2.0 * pi) + logs + squares)
    n = k
    if restricted:
        n = k - 1
        ll += 0.5 * (log(2.0 * pi) + log(k) - log(float(w.sum())))
    saturated = 0.0 if restricted else -0.5 * (k * log(2.0 * pi) + float(np.log(vi).sum()))
    large = max(n, counted + 2)
    return Likelihood(
        criterion="REML" if restricted else "ML",
        ll=ll,
        deviance=-2.0 * (ll - saturated),
        aic=-2.0 * ll + 2.0 * counted,
        bic=-2.0 * ll + counted * log(n),
        aicc=-2.0 * ll + 2.0 * counted * large / (large - counted - 1.0),
    )
