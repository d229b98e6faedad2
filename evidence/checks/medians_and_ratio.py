"""AUD412: can the ratio of medians and the hazard ratio be of the same curves?"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log, sqrt

from evidence.checks.check import Check, Rule, consistent, screen
from evidence.checks.example_survival import group, hazard_ratio, named, survival
from evidence.checks.median_ratios import MedianRatio, median_ratios
from evidence.checks.ratio_boxes import said
from evidence.checks.wording import figures
from evidence.claims import SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.t import Box

RULE = Rule("AUD412", "medians-and-ratio")
FAR = 2.5
"""So many standard errors of their difference are too many."""
USUAL = 5.0
"""Ratios of medians lie between one over this and this."""
MOST_ALIKE = 0.85
"""Medians are at most so much as precise as the log-rank test: the correlation of their z in simulations."""


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether ln(m2 / m1) is near the log hazard ratio, given how precise each is."""
    for found in median_ratios(claim):
        least = found.se_of_ratio[2]
        error = max(found.se, least / MOST_ALIKE)
        yield _judge(claim, found, sqrt(error**2 - least**2))


def _judge(claim: SurvivalClaim, found: MedianRatio, error: float) -> Finding:
    b, m = found.log_ratio, found.log_medians
    gap = max(m[0] - b[2], b[0] - m[2], 0.0) / error
    seen = Range(*map(exp, m))
    facts = {"recomputed": seen, "power": _power(b, m, error)}
    message = f"the ratio of medians {figures(seen, 2)} and {said(found.ratio.effect)} are {gap:.1f} SE apart"
    if gap > FAR:
        more = "hazards that are not proportional, a wrong median, or a wrong ratio"
        return screen(RULE, claim.place, found.numbers, message, details=(more,), **facts)
    return consistent(RULE, claim.place, found.numbers, message, **facts)


def _power(b: Box, m: Box, error: float) -> float:
    """How likely a wrong median would be caught: the share of usual ratios, as logarithms, too far off."""
    near = 2 * FAR * error + b[2] - b[0] + m[2] - m[0]
    return max(0.0, 1.0 - near / (2 * log(USUAL)))


CHECK = Check(
    rule=RULE,
    title="medians and hazard ratio",
    what=(
        "Whether the ratio of the medians is as near the hazard ratio as two estimates of one thing are with "
        "constant hazards: within 2.5 standard errors of their difference, after Hausman."
    ),
    why="Medians far from the hazard ratio mean crossing curves, or numbers of another arm or endpoint.",
    formula="|ln(m2/m1) - ln HR| <= 2.5 sqrt(SE_m^2 - SE_b^2), SE_m from intervals or 1/(ln 2 sqrt n)",
    reference="Hausman 1978, Econometrica 46:1251-1271; McGrath 2025, arXiv 2503.03065",
    false_alarms=(
        "Hazards that change over time: medians of curves with a Weibull shape of 2 differ by the root of "
        "the hazard ratio. Delayed effects, plateaus, and adjusted ratios whose adjustment is not stated."
    ),
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(
            *named(group("207", median="10.8"), group("210", median="5.8")),
            ratios=(hazard_ratio("0.59", "0.45", "0.76"),),
        ),
    ),
    breaks=lambda: (
        survival(
            *named(group("207", median="5.8"), group("210", median="10.8")),
            ratios=(hazard_ratio("0.59", "0.48", "0.73"),),
        ),
    ),
)
