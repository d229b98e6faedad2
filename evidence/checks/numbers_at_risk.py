"""AUD407: can so many be at risk, given how many there were and how many survive?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evidence.checks.check import Check, Rule, consistent, impossible, inconsistent, screen
from evidence.checks.example_survival import group, point, survival
from evidence.checks.survival_arms import SOME_POWER, before, count, survival_at
from evidence.claims import Landmark, SurvivalArm, SurvivalClaim
from evidence.findings import Finding
from evidence.reanalysis.t import Box

RULE = Rule("AUD407", "numbers-at-risk")

AtRisk = tuple[Landmark, int]


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether numbers at risk never rise, and are no more than those who survive."""
    for arm in claim.arms:
        at_risk = [(each, count(each.at_risk)) for each in arm.landmarks]
        known = [(each, n) for each, n in at_risk if n is not None]
        if known:
            yield from _falling(claim, arm, known)
            yield from _left(claim, arm, known)
            yield from _surviving(claim, arm, known)


def _falling(claim: SurvivalClaim, arm: SurvivalArm, known: list[AtRisk]) -> Iterator[Finding]:
    n = count(arm.n)
    first, most = known[0]
    if n is not None and most > n:
        message = f"{most} are at risk at {first.time.said} in {arm.arm}, of {n} people"
        yield impossible(RULE, claim.place, (first.at_risk, arm.n), message, power=SOME_POWER)
    risen = [(a, b) for a, b in pairwise(known) if before(a[0].time, b[0].time) and b[1] > a[1]]
    for (early, few), (late, many) in risen:
        message = f"in {arm.arm} {few} are at risk at {early.time.said} and {many} at {late.time.said}"
        pair = (late.at_risk, early.at_risk)
        yield impossible(RULE, claim.place, pair, message, power=SOME_POWER)
    if not risen and len(known) > 1:
        numbers = tuple(each.at_risk for each, _ in known)
        message = f"the numbers at risk in {arm.arm} never rise"
        yield consistent(RULE, claim.place, numbers, message, power=SOME_POWER)


def _left(claim: SurvivalClaim, arm: SurvivalArm, known: list[AtRisk]) -> Iterator[Finding]:
    """Who has had the event is at risk no more."""
    n = count(arm.n)
    for landmark in arm.landmarks if n else ():
        gone = count(landmark.events)
        late = [(each, r) for each, r in known if gone and n and r > n - gone]
        for each, r in [pair for pair in late if before(landmark.time, pair[0].time)][:1]:
            message = (
                f"{r} of {n} people of {arm.arm} are at risk at {each.time.said}, and {gone} have had the "
                f"event by {landmark.time.said}"
            )
            numbers = (each.at_risk, landmark.events, arm.n)
            yield impossible(RULE, claim.place, numbers, message, power=SOME_POWER)


def _surviving(claim: SurvivalClaim, arm: SurvivalArm, known: list[AtRisk]) -> Iterator[Finding]:
    """Those at risk later have survived; those at risk at the same time may have the event just then."""
    n = count(arm.n)
    if not n:
        return
    for landmark, survived in survival_at(arm):
        later = [(each, r) for each, r in known if before(landmark.time, each.time) and r > n * survived[2]]
        same = [(each, r) for each, r in known if each.time == landmark.time and r > n * survived[2] + 1]
        for each, r in (later or same)[:1]:
            message = _said(arm, landmark, survived, each, r, n)
            numbers = (landmark.survival, each.at_risk, arm.n)
            yield (inconsistent if later else screen)(RULE, claim.place, numbers, message, power=SOME_POWER)


def _said(arm: SurvivalArm, landmark: Landmark, survived: Box, late: Landmark, r: int, n: int) -> str:
    printed = landmark.survival.text if landmark.survival is not None else ""
    return (
        f"{r} of {n} people of {arm.arm}, {100 * r / n:.1f} %, are at risk at {late.time.said}, and "
        f"{printed} % are said to survive {landmark.time.said}"
    )


CHECK = Check(
    rule=RULE,
    title="numbers at risk",
    what=(
        "Whether numbers at risk never rise, start from no more than the arm, and are no more than survive: "
        "everybody at risk later has survived, and censoring only takes people away."
    ),
    why="Numbers at risk are what curves are rebuilt from; a misprinted one distorts the whole curve.",
    formula="R(x2) <= R(x1) <= n; R(y) <= n - d(x) and S(x) >= R(y) / n for y > x",
    reference="Guyot et al. 2012, BMC Medical Research Methodology 12:9",
    false_alarms=(
        "Delayed entry, where people join after the start; weighted curves; numbers at risk of another set "
        "than n. At one and the same time people can be at risk and have the event: a note."
    ),
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(group("72", *(point(t, at_risk=r) for t, r in (("0", "72"), ("6", "40"), ("12", "19"))))),
        survival(group("72", point("6", "60.1", at_risk="40"), point("12", "48.0", at_risk="19"))),
    ),
    breaks=lambda: (
        survival(group("72", *(point(t, at_risk=r) for t, r in (("0", "72"), ("6", "40"), ("12", "49"))))),
        survival(group("72", point("6", "50.1"), point("9", at_risk="45"))),
        survival(group("72", point("6", "50.1", at_risk="45"))),
        survival(group("72", point("0", at_risk="77"))),
        survival(group("72", point("6", events="30"), point("9", at_risk="45"))),
    ),
)
