"""Peters's test for two-group counts: effects on the inverse of study size."""

from __future__ import annotations

from synthesis.diagnostics.counts import counts_of
from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.lines import dispersed
from synthesis.fit import NotDefined

KEY, NAME = "peters", "Peters's test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """Log odds ratios on 1 / n, weights (1 / events + 1 / non-events)^-1."""
    found = counts_of(asked.pool, asked.counts)
    if isinstance(found, NotDefined):
        return found
    n, m = found.ni, found.events
    weights = m * (n - m) / n
    return dispersed(asked, (KEY, NAME), 1.0 / n, weights, "ninv", used=weights > 0.0)


TEST = Test(
    KEY,
    NAME,
    "Weighted regression of the effects on the inverse of the number of participants.",
    "Peters JL, Sutton AJ, Jones DR, Abrams KR, Rushton L. JAMA 2006;295:676-80.",
    run,
)
