"""AUD110: do the numbers of a participant flow add up?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.adding import add_up
from evidence.checks.check import Check, Rule
from evidence.checks.examples import summed
from evidence.claims import Sum
from evidence.findings import ERROR, Finding

RULE = Rule("AUD110", "flow-adds-up")


def run(claim: Sum) -> Iterator[Finding]:
    """Whether people screened, allocated, lost and analysed add up from stage to stage."""
    if claim.what.startswith("flow"):
        yield from add_up(RULE, claim, ERROR)


CHECK = Check(
    rule=RULE,
    title="participant flow",
    what="Whether people screened, allocated, lost and analysed add up from stage to stage.",
    why="Who left a study, and when, is read from these numbers.",
    formula="the sum of the parts = the total",
    reference="Grey et al. 2020 (REAPPRAISED), Nature 577:167-169",
    false_alarms=(
        "People who moved between arms, or were counted at more than one stage, are not in a sum of "
        "losses; the stages as printed may leave out a box of the diagram."
    ),
    on=(Sum,),
    run=run,
    keeps=lambda: (summed("flow of a", "40", "35", "5"),),
    breaks=lambda: (summed("flow of a", "40", "35", "6"),),
)
