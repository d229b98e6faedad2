"""Egger's test as a mixed-effects meta-regression."""

from __future__ import annotations

from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.lines import mixed, predicted_by
from synthesis.fit import NotDefined

KEY, NAME = "egger-mixed", "Egger's test by meta-regression"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """The slope of the meta-regression (metafor `regtest(model="rma")`)."""
    x = predicted_by(asked)
    if isinstance(x, NotDefined):
        return x
    return mixed(asked, (KEY, NAME), x, asked.predictor, asked.tau2, asked.interval)


TEST = Test(
    KEY,
    NAME,
    'Meta-regression of the effects on a measure of size, with residual variance tau2 ("none" for 0).',
    "Sterne JAC, Egger M. In: Publication bias in meta-analysis, 2005, 99-110.",
    run,
)
