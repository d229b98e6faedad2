"""Macaskill's test: effects on study size."""

from __future__ import annotations

from synthesis.diagnostics.counts import counts_of, sizes_of
from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.lines import dispersed
from synthesis.fit import NotDefined

KEY, NAME = "macaskill", "Macaskill's test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """Effects on the number of participants, weights 1 / vi, as in the R package meta.

    Macaskill and colleagues also weight by (1 / events + 1 / non-events)^-1; see "peters" for these.
    """
    if asked.ni is None and asked.counts is not None:
        found = counts_of(asked.pool, asked.counts)
        sizes = found if isinstance(found, NotDefined) else found.ni
    else:
        sizes = sizes_of(asked.pool, asked.ni)
    if isinstance(sizes, NotDefined):
        return sizes
    return dispersed(asked, (KEY, NAME), sizes, 1.0 / asked.pool.vi, "ni")


TEST = Test(
    KEY,
    NAME,
    "Weighted regression of the effects on the number of participants.",
    "Macaskill P, Walter SD, Irwig L. Stat Med 2001;20:641-54.",
    run,
)
