"""AUD410: is a survival percentage a share of the arm, where nobody was censored before?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, consistent, screen
from evidence.checks.example_survival import group, point, survival
from evidence.checks.survival_arms import count
from evidence.claims import Landmark, SurvivalArm, SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import behind_percent
from evidence.values import Reported

RULE = Rule("AUD410", "survival-attainable")
MOST = 2
"""An attainable percentage is worth saying only where it leaves so few counts."""


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Which counts a printed survival is, were nobody censored; where nobody was, whether it is that one."""
    for arm in claim.arms:
        n = count(arm.n)
        for landmark in arm.landmarks if n else ():
            printed = landmark.survival
            if printed is not None and printed.is_number and n:
                yield from _judge(claim, arm, landmark, printed, n)


def _judge(
    claim: SurvivalClaim, arm: SurvivalArm, when: Landmark, printed: Reported, n: int
) -> Iterator[Finding]:
    events, at_risk = count(when.events), count(when.at_risk)
    possible = behind_percent(printed, n)
    said = f"{printed.text} % of {n} people of {arm.arm} at {when.time.said}"
    if events is not None and at_risk is not None and events + at_risk == n:
        share = 100 * at_risk / n
        numbers = (printed, when.events, when.at_risk, arm.n)
        facts = {"recomputed": Range(share, share, share)}
        if at_risk in possible:
            yield consistent(RULE, claim.place, numbers, f"{said} is {at_risk} of {n}", **facts)
        else:
            message = f"{said}: nobody was censored before, so it should be {at_risk}/{n}, {share:.2f} %"
            yield screen(RULE, claim.place, numbers, message, **facts)
    elif 0 < len(possible) <= MOST and 100 * len(possible) > n:
        counts = " or ".join(f"{k}/{n}" for k in possible)
        message = f"{said} is {counts}, if nobody was censored before"
        yield consistent(RULE, claim.place, (printed, arm.n), message)


CHECK = Check(
    rule=RULE,
    title="survival as a share of the arm",
    what=(
        "Which counts print as the survival percentage. Where the events by then and those at risk make "
        "up the arm, nobody was censored before, and survival is a plain proportion that must print "
        "so. Otherwise survival is a product of many proportions and need not be one."
    ),
    why="Before anybody is censored a landmark tells the number of events, which a pool can use.",
    formula="100 j / n rounds to S, j whole; j = n - d where d + R = n",
    reference="Brown and Heathers 2017, Social Psychological and Personality Science 8:363-369",
    false_alarms="An event exactly at the landmark is still counted as at risk there.",
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(group("82", point("12", "98.78"))),
        survival(group("82", point("12", "98.78", events="1", at_risk="81"))),
        survival(group("82", point("12", "97.13"))),
    ),
    breaks=lambda: (survival(group("82", point("12", "97.38", events="1", at_risk="81"))),),
)
