"""AUD105: do categories and subgroups make up the whole?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.adding import add_up
from evidence.checks.check import Check, Rule
from evidence.checks.examples import summed
from evidence.claims import Sum
from evidence.findings import WARNING, Finding

RULE = Rule("AUD105", "parts-make-whole")


def run(claim: Sum) -> Iterator[Finding]:
    """Whether the counts of categories, subgroups or arms add up to the printed count of all."""
    if not claim.what.startswith(("the arms", "flow")):
        yield from add_up(RULE, claim, WARNING)


CHECK = Check(
    rule=RULE,
    title="parts and whole",
    what="Whether the counts of categories, subgroups or arms add up to the printed count of all.",
    why="Categories that do not add up hide people or count them twice.",
    formula="the sum of the parts = the total",
    reference="Grey et al. 2020 (REAPPRAISED), Nature 577:167-169",
    false_alarms=(
        "Categories that overlap, or of which one may have several (sites of metastasis), need not "
        "add up; unknown values left out of the table make a sum fall short. Hence a warning."
    ),
    on=(Sum,),
    run=run,
    keeps=lambda: (summed("categories of a", "40", "3", "17", "12", "8"),),
    breaks=lambda: (summed("categories of a", "40", "3", "17", "12", "18"),),
)
