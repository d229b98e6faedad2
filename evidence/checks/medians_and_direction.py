"""AUD413: do the medians and the hazard ratio favour the same arm?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, consistent, screen
from evidence.checks.example_survival import group, hazard_ratio, named, survival
from evidence.checks.median_ratios import median_ratios
from evidence.checks.ratio_boxes import said
from evidence.claims import SurvivalClaim
from evidence.findings import Finding
from evidence.reanalysis.t import Box

RULE = Rule("AUD413", "medians-and-direction")
CLEAR = 2.0
"""A direction is clear from so many standard errors on."""


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether medians and ratio point the same way, where both are clear of no difference."""
    for found in median_ratios(claim):
        error = (found.se, found.se, found.se)
        signs = _sign(found.log_medians, error), _sign(found.log_ratio, found.se_of_ratio)
        if 0 in signs:
            continue
        texts = " and ".join(n.text for n in found.numbers[:2] if n is not None)
        message = f"medians of {texts} and {said(found.ratio.effect)}"
        if signs[0] == signs[1]:
            yield consistent(RULE, claim.place, found.numbers, f"{message} favour the same arm")
        else:
            yield screen(RULE, claim.place, found.numbers, f"{message} favour different arms, both clearly")


def _sign(box: Box, error: Box) -> int:
    """1 or -1 where all of a box is clear of zero, else 0."""
    if box[0] > CLEAR * error[2]:
        return 1
    return -1 if box[2] < -CLEAR * error[2] else 0


CHECK = Check(
    rule=RULE,
    title="direction of medians and hazard ratio",
    what="Whether the arm with the longer median is the one that the ratio favours, where both are clear.",
    why="Arms swapped in a ratio, or in a table, turn a benefit into harm.",
    formula="sign ln(m2/m1) = sign ln HR, where both |z| > 2",
    reference="Michiels et al. 2005, Int J Technology Assessment in Health Care 21:119-125",
    false_alarms="Crossing curves, where medians and hazard ratio speak of different times.",
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(
            *named(group("207", median="10.8"), group("210", median="5.8")),
            ratios=(hazard_ratio("0.59", "0.45", "0.76"),),
        ),
        survival(
            *named(group("82", median="21"), group("78", median="22")),
            ratios=(hazard_ratio("0.87", "0.60", "1.26"),),
        ),
    ),
    breaks=lambda: (
        survival(
            *named(group("207", median="10.8"), group("210", median="5.8")),
            ratios=(hazard_ratio("1.69", "1.32", "2.22"),),
        ),
    ),
)
