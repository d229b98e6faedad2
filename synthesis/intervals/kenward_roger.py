"""Kenward and Roger's standard error and degrees of freedom of a random-effects mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.dominance import deviations, form_variance


def kenward_roger(
    vi: ArrayLike, tau2: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, FloatArray]:
    """The standard error and the degrees of freedom, arrays of the batch's shape.

    Parameters
    ----------
    vi : (..., k) array of sampling variances
    tau2 : array of the batch's shape, meant to be the REML estimate
    where : (..., k) array of bool, studies used

    Notes
    -----
    With w = 1 / (vi + tau2), S1, S2, S3 the sums of its powers and I = S2 / 2 - S3 / S1 + (S2 / S1)^2 / 2
    the expected information on tau2, the variance is V = 1 / S1 + 2 (S3 - S2^2 / S1) / (I S1^2) and the
    degrees of freedom 2 I / (V S2)^2, as in the R package meta; Kenward and Roger have 1 / S1 for V
    there. A single study has the Wald standard error and infinitely many.

    References
    ----------
    Kenward MG, Roger JH. Biometrics 1997;53:983-97. Partlett C, Riley RD. Stat Med 2017;36:301-17.

    Examples
    --------
    >>> se, df = kenward_roger([0.05, 0.08], 0.18)
    >>> round(float(se), 6), round(float(df), 6)
    (0.351962, 0.956122)
    """
    variance = np.asarray(vi, np.float64) + np.asarray(tau2, np.float64)[..., None]
    if where is not None:
        variance = np.where(where, variance, np.inf)
    smallest = np.min(variance, axis=-1, keepdims=True, initial=np.inf)
    w = smallest / variance  # at most 1
    s1, s2 = w.sum(axis=-1), (w * w).sum(axis=-1)
    information = 0.5 * form_variance(w, np.ones_like(w))
    several = (w > 0.0).sum(axis=-1) > 1
    with np.errstate(invalid="ignore", divide="ignore"):
        wider = 1.0 / s1 + 2.0 * (w * deviations(w) ** 2).sum(axis=-1) / (information * s1 * s1)
        df = 2.0 * information / (wider * s2) ** 2
    v = np.where(several, wider, 1.0 / s1)
    return np.sqrt(v * smallest[..., 0]), np.where(several, df, np.inf)
