"""AUD102: do the arms make up the total?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.adding import add_up
from evidence.checks.check import Check, Rule
from evidence.checks.examples import summed
from evidence.claims import Sum
from evidence.findings import WARNING, Finding

RULE = Rule("AUD102", "arms-make-total")


def run(claim: Sum) -> Iterator[Finding]:
    """Whether the printed sizes of the arms add up to the printed total."""
    if claim.what.startswith("the arms"):
        yield from add_up(RULE, claim, WARNING)


CHECK = Check(
    rule=RULE,
    title="arms and total",
    what="Whether the printed sizes of the arms add up to the printed total.",
    why="People who are in no arm, or in two, change every denominator.",
    formula="the sum of the parts = the total",
    reference="Grey et al. 2020 (REAPPRAISED), Nature 577:167-169",
    false_alarms=(
        "People allocated and never in an arm's table (withdrawn before treatment, a run-in, a third "
        "arm left out of the report) make a sum fall short of the total, so it is a warning."
    ),
    on=(Sum,),
    run=run,
    keeps=lambda: (summed("the arms", "52", "14", "25", "13"),),
    breaks=lambda: (summed("the arms", "52", "14", "24", "13"),),
)
