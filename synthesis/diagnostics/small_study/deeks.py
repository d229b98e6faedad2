"""Deeks's test for two-group counts: effects on the effective sample size."""

from __future__ import annotations

import numpy as np

from synthesis.diagnostics.counts import counts_of
from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.lines import dispersed
from synthesis.fit import NotDefined

KEY, NAME = "deeks", "Deeks's test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """Log odds ratios on 1 / sqrt ESS, weights ESS = 4 n1 n2 / (n1 + n2)."""
    found = counts_of(asked.pool, asked.counts)
    if isinstance(found, NotDefined):
        return found
    effective = 4.0 * found.n1i * found.n2i / found.ni
    return dispersed(asked, (KEY, NAME), 1.0 / np.sqrt(effective), effective, "sqrtninv")


TEST = Test(
    KEY,
    NAME,
    "Weighted regression of log (diagnostic) odds ratios on the root of the inverse effective sample size.",
    "Deeks JJ, Macaskill P, Irwig L. J Clin Epidemiol 2005;58:882-93.",
    run,
)
