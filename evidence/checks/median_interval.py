"""AUD415: is the interval of a median wide enough for so many people?"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from evidence.checks.check import Check, Rule, consistent, screen
from evidence.checks.example_survival import group, point, survival
from evidence.checks.survival_arms import at, count, median, positive, reach, survival_at
from evidence.checks.wording import figure
from evidence.claims import SurvivalArm, SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.survival import se_from_interval, se_of_median, weibull_shape

RULE = Rule("AUD415", "median-interval")
SHARE = 0.6
"""Intervals have at least this share of the width that so many uncensored people give."""
STEEPEST = 4.0
"""The Weibull shape assumed where no landmark tells it: hardly any curve is steeper at its median."""


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether the standard error behind each median's interval is not far too small for n."""
    for arm in claim.arms:
        n, low, high = count(arm.n), positive(arm.low), positive(arm.high)
        if n and low is not None and high is not None and low[1] < high[1] and reach(arm.level):
            yield _judge(claim, arm, se_from_interval(low[0], high[2], float(arm.level or 95)), n)


def _judge(claim: SurvivalClaim, arm: SurvivalArm, error: float, n: int) -> Finding:
    shape = _shape(arm)
    least = SHARE * se_of_median(n) / shape
    numbers = (arm.low, arm.high, arm.median, arm.n)
    texts = [x.text if x is not None else "" for x in (arm.median, arm.low, arm.high)]
    said = f"the interval {texts[1]} to {texts[2]} of the median {texts[0]} of {n} people of {arm.arm}"
    facts = {"recomputed": Range(least, se_of_median(n), inf)}
    if error < least:
        message = (
            f"{said} is narrow: its standard error is {figure(error, digits=2)} on the log scale, and "
            f"{figure(least, digits=2)} is little"
        )
        return screen(RULE, claim.place, numbers, message, **facts)
    return consistent(RULE, claim.place, numbers, f"{said} is wide enough", **facts)


def _shape(arm: SurvivalArm) -> float:
    """The steepest Weibull shape that the landmarks allow, at least 1; where there are none, 4."""
    middle, found = median(arm), []
    for landmark, survived in survival_at(arm):
        time = at(landmark.time, arm.unit)
        shape = None if middle is None or time is None else weibull_shape(time, survived, middle)
        if shape is not None and shape[0] > 0:
            found.append(max(shape[2], 1.0))
    return max(found, default=STEEPEST)


CHECK = Check(
    rule=RULE,
    title="interval of a median",
    what=(
        "Whether the interval of a Kaplan-Meier median is not much narrower than without any censoring, with "
        "the shape of the curve from a landmark, or steep where none is printed."
    ),
    why="Too narrow an interval is of another level, of another n, or is a range of something else.",
    formula="SE(ln m) = ln(U/L) / (2 z) >= 0.6 / (k ln 2 sqrt n)",
    reference="McGrath 2025, arXiv 2503.03065; Brookmeyer and Crowley 1982, Biometrics 38:29-41",
    false_alarms=(
        "Curves with a cliff at the median, as where everybody is seen at the same visit; times rounded to "
        "whole months; few people."
    ),
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(group("207", median="10.8", ci=("9.1", "12.9"))),
        survival(group("207", point("6", "70.0"), median="10.8", ci=("9.1", "12.9"))),
    ),
    breaks=lambda: (
        survival(group("207", median="10.8", ci=("10.7", "10.9"))),
        survival(group("60", point("6", "70.0"), median="10.8", ci=("10.1", "11.5"))),
    ),
)
