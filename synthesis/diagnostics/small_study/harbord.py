"""Harbord's score test for two-group counts."""

from __future__ import annotations

import numpy as np

from synthesis.diagnostics.counts import counts_of
from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.lines import dispersed
from synthesis.fit import NotDefined

KEY, NAME = "harbord", "Harbord's score test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """Z / V on 1 / sqrt V, weights V, with Z the score of the log odds ratio and V its variance."""
    found = counts_of(asked.pool, asked.counts)
    if isinstance(found, NotDefined):
        return found
    n, m = found.ni, found.events
    variance = found.n1i * found.n2i * m * (n - m) / (n * n * (n - 1.0))
    used = variance > 0.0
    v = np.where(used, variance, 1.0)
    score = found.ai - m * found.n1i / n
    return dispersed(asked, (KEY, NAME), 1.0 / np.sqrt(v), v, "sei", score / v, used)


TEST = Test(
    KEY,
    NAME,
    "Weighted regression of the efficient score over its variance on its standard error.",
    "Harbord RM, Egger M, Sterne JAC. Stat Med 2006;25:3443-57.",
    run,
)
