"""AUD403: are the z of a hazard ratio and that of its log-rank test as near as they always are?"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from evidence.checks.check import About, Check, Rule, consistent, not_checkable, screen
from evidence.checks.example_survival import group, hazard_ratio, log_rank, named, survival
from evidence.checks.ratio_boxes import about, said
from evidence.checks.survival_arms import log_rank as its_test
from evidence.checks.survival_arms import log_ratio, root, standard_error
from evidence.checks.wording import figure, figures
from evidence.claims import HazardRatio, PrintedTest, SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.t import Box, absolute, quotient_range

RULE = Rule("AUD403", "wald-and-log-rank")
ABOVE = 0.06
"""Wald's z hardly ever exceeds the log-rank z; where it did, by less than this."""
BELOW = 0.5
"""It falls short by less than this ..."""
USUAL = 5.0
"""Statistics up to this size are usual, for saying how likely a wrong one would be caught."""
BELOW_SHARE = 0.1
"""... or by this share of a large z."""


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether |z| of each hazard ratio is about that of the log-rank test of the same arms."""
    for ratio in claim.ratios:
        beside = its_test(claim, ratio.effect.compare)
        estimate, error = log_ratio(ratio), standard_error(ratio)
        if beside is not None and estimate is not None and error is not None:
            yield _judge(claim, ratio, absolute(quotient_range(estimate, error)), *beside)


def _judge(claim: SurvivalClaim, ratio: HazardRatio, wald: Box, test: PrintedTest, chi2: Box) -> Finding:
    z = root(chi2)
    numbers: About = (*about(ratio.effect), test.statistic, test.p)
    words = f"z = {figures(Range(*wald), digits=3)} of {said(ratio.effect)}"
    tested = figures(Range(*z), digits=3) if z[2] < inf else f"{figure(z[0], digits=3)} or more"
    beside = f"z = {tested} of the log-rank test"
    facts: dict[str, Any] = {"recomputed": Range(*wald)}
    if ratio.crude is False or not ratio.plain:
        reason = "the ratio is adjusted or of another model, and the test is not"
        return not_checkable(RULE, claim.place, numbers, f"{words} beside {beside}: {reason}")
    room = max(BELOW, BELOW_SHARE * z[0])
    facts["power"] = _power(wald, z, room)
    if wald[0] > z[2] + ABOVE or wald[2] < z[0] - room:
        message = f"{words} is further from {beside} than in one and the same comparison"
        return screen(RULE, claim.place, numbers, message, **facts)
    return consistent(RULE, claim.place, numbers, f"{words} is near {beside}", **facts)


def _power(wald: Box, z: Box, room: float) -> float:
    """How likely a wrong z would be caught: the share of usual ones that are not near."""
    near = wald[2] - wald[0] + min(z[2], USUAL) - min(z[0], USUAL) + ABOVE + room
    return max(0.0, 1.0 - near / max(USUAL, z[0]))


_ARMS = named(group("80"), group("80"))

CHECK = Check(
    rule=RULE,
    title="hazard ratio and log-rank test",
    what="Whether z of a hazard ratio by its interval is about the root of the log-rank chi-square.",
    why="Both test the same difference; far apart, one is adjusted, of other people, or misprinted.",
    formula="|ln HR / SE| - sqrt(chi2) between -0.5 and 0.06, beyond the rounding of both",
    reference="Parmar, Torri, Stewart 1998, Stat Med 17:2815-2834; 26 two-arm data sets refitted",
    false_alarms=(
        "An adjusted or stratified ratio whose adjustment is not stated, few events with a large effect, "
        "and tied times; hence a note."
    ),
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(*_ARMS, ratios=(hazard_ratio("0.59", "0.42", "0.82"),), logranks=(log_rank("10.33"),)),
        survival(
            *_ARMS, ratios=(hazard_ratio("0.59", "0.45", "0.76"),), logranks=(log_rank(None, "<0.0001"),)
        ),
    ),
    breaks=lambda: (
        survival(*_ARMS, ratios=(hazard_ratio("0.59", "0.42", "0.82"),), logranks=(log_rank("1.033"),)),
        survival(*_ARMS, ratios=(hazard_ratio("0.98", "0.70", "1.37"),), logranks=(log_rank(None, "0.001"),)),
    ),
)
