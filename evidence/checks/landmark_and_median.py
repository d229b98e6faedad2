"""AUD406: is survival above one half before the median, and below it after?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import About, Check, Rule, consistent, inconsistent, slip
from evidence.checks.example_survival import group, point, survival
from evidence.checks.survival_arms import SOME_POWER, at, median, not_reached, survival_at
from evidence.checks.wording import as_float
from evidence.claims import Landmark, SurvivalArm, SurvivalClaim
from evidence.findings import Finding
from evidence.reanalysis.t import Box
from evidence.values import Reported

RULE = Rule("AUD406", "landmark-and-median")
HALF = 0.5


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether every printed survival lies on the side of one half that the arm's median says."""
    for arm in claim.arms:
        for landmark, survived in survival_at(arm):
            if arm.median is not None and landmark.survival is not None:
                yield from _judge(claim, arm, arm.median, landmark, landmark.survival, survived)


def _judge(
    claim: SurvivalClaim, arm: SurvivalArm, middle: Reported, when: Landmark, printed: Reported, survived: Box
) -> Iterator[Finding]:
    numbers: About = (printed, middle)
    said = f"{printed.text} % survive {when.time.said} in {arm.arm}"
    ends, time = median(arm), at(when.time, arm.unit)
    unit = as_float(printed.ulp) / 100
    if not_reached(arm):
        message, off = f"{said}, and the median is said not to be reached", HALF - survived[2]
    elif ends is None or time is None:
        return
    elif time[2] < ends[0]:
        message, off = f"{said}, before the median of {middle.text}", HALF - survived[2]
    elif time[0] > ends[2]:
        message, off = f"{said}, after the median of {middle.text}", survived[0] - HALF
    else:
        return
    if off <= 0:
        yield consistent(RULE, claim.place, numbers, message, power=SOME_POWER)
    elif off <= unit:
        yield slip(RULE, claim.place, numbers, message, relaxation=off / unit, power=SOME_POWER)
    else:
        yield inconsistent(RULE, claim.place, numbers, message, relaxation=off / unit, power=SOME_POWER)


CHECK = Check(
    rule=RULE,
    title="survival on the right side of the median",
    what=(
        "Whether survival printed before the median is at least one half, and after it at most one half. A "
        "median is where the curve reaches one half, or the middle of a stretch at one half."
    ),
    why="A landmark or a median on the wrong side is of another arm, another endpoint or another cut.",
    formula="x < m implies S(x) >= 0.5; x > m implies S(x) <= 0.5; not reached: S(x) >= 0.5",
    reference="Brookmeyer and Crowley 1982, Biometrics 38:29-41",
    false_alarms=(
        "Landmarks of a fitted model beside a Kaplan-Meier median, or adjusted curves; times printed in "
        "other units than the median are compared with 28 to 31 days a month."
    ),
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(group("82", point("12", "98.78"), point("36", "41.0"), median="34")),
        survival(group("82", point("12", "50.0"), median="11.8")),
        survival(group("82", point("12", "61.2"), median="not-reached")),
    ),
    breaks=lambda: (
        survival(group("82", point("12", "41.5"), median="21.0")),
        survival(group("82", point("24", "58.1"), median="21.0")),
        survival(group("82", point("24", "41.0"), median="not-reached")),
    ),
)
