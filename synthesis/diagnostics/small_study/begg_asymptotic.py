"""Begg and Mazumdar's rank correlation test by its normal approximation."""

from __future__ import annotations

from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.begg import correlated
from synthesis.fit import NotDefined

KEY, NAME = "begg-asymptotic", "Begg and Mazumdar's rank test (normal approximation)"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """As "begg", with z = score / se and no continuity correction (meta `metabias`)."""
    return correlated(asked, (KEY, NAME), exact=False)


TEST = Test(
    KEY,
    NAME,
    "Kendall's rank correlation of standardised effects and sampling variances, normal approximation.",
    "Begg CB, Mazumdar M. Biometrics 1994;50:1088-101.",
    run,
)
