"""Egger's regression test: effects on their standard errors, or on another measure of size."""

from __future__ import annotations

from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.lines import dispersed, predicted_by
from synthesis.fit import NotDefined

KEY, NAME = "egger", "Egger's regression test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """The slope of the regression weighted by 1 / vi (metafor `regtest(model="lm")`)."""
    x = predicted_by(asked)
    if isinstance(x, NotDefined):
        return x
    return dispersed(asked, (KEY, NAME), x, 1.0 / asked.pool.vi, asked.predictor)


TEST = Test(
    KEY,
    NAME,
    "Weighted regression of the effects on a measure of size, with multiplicative dispersion.",
    "Egger M, Davey Smith G, Schneider M, Minder C. BMJ 1997;315:629-34.",
    run,
)
