"""Pustejovsky and Rodgers's test: a predictor that does not depend on the effect."""

from __future__ import annotations

import numpy as np

from synthesis.diagnostics.counts import counts_of
from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.lines import dispersed
from synthesis.fit import NotDefined

KEY, NAME = "pustejovsky", "Pustejovsky and Rodgers's test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """Effects on sqrt(1 / n1 + 1 / n2), weights 1 / vi; events are not used."""
    found = counts_of(asked.pool, asked.counts)
    if isinstance(found, NotDefined):
        return found
    x = np.sqrt(1.0 / found.n1i + 1.0 / found.n2i)
    return dispersed(asked, (KEY, NAME), x, 1.0 / asked.pool.vi, "sqrtninv")


TEST = Test(
    KEY,
    NAME,
    "Weighted regression of standardised mean differences on the part of their standard error due to size.",
    "Pustejovsky JE, Rodgers MA. Res Synth Methods 2019;10:57-71.",
    run,
)
