"""Begg and Mazumdar's rank correlation test, its p exact where there are no ties."""

from __future__ import annotations

import numpy as np

from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.ranks import ranked
from synthesis.fit import NotDefined
from synthesis.models.inverse_variance import weighted_mean

KEY, NAME = "begg", "Begg and Mazumdar's rank test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """Kendall's tau of standardised effects and variances (metafor `ranktest`)."""
    return correlated(asked, (KEY, NAME), exact=True)


def correlated(asked: Asked, test: tuple[str, str], exact: bool) -> Asymmetry | NotDefined:
    """Effects less the common-effect mean over their standard error from it, against variances."""
    yi, vi = asked.pool.yi, asked.pool.vi
    mean = weighted_mean(yi, vi)
    variance = vi * (1.0 - mean.weights)
    if not (variance > 0.0).all():
        return NotDefined("one study has all the weight")
    standardised = (yi - mean.mu) / np.sqrt(variance)
    return ranked(asked, test, standardised, vi, "vi", exact)


TEST = Test(
    KEY,
    NAME,
    "Kendall's rank correlation of standardised effects and sampling variances.",
    "Begg CB, Mazumdar M. Biometrics 1994;50:1088-101.",
    run,
)
