"""AUD405: can a median be reached, or not, with so many events of so many people?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, consistent, impossible, inconsistent
from evidence.checks.example_survival import group, named, survival
from evidence.checks.survival_arms import SOME_POWER, count, median, not_reached
from evidence.claims import SurvivalArm, SurvivalClaim
from evidence.findings import Finding

RULE = Rule("AUD405", "median-and-events")


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether the events of each arm agree with its median, and those of everybody with the people."""
    for arm in claim.arms:
        yield from _of_arm(claim, arm)
    yield from _of_all(claim)


def _of_arm(claim: SurvivalClaim, arm: SurvivalArm) -> Iterator[Finding]:
    events, n = count(arm.events), count(arm.n)
    numbers = (arm.median, arm.events, arm.n)
    if events is None or arm.median is None:
        return
    if events == 0 and median(arm) is not None:
        message = f"a median of {arm.median.text} cannot be reached without an event in {arm.arm}"
        yield impossible(RULE, claim.place, numbers, message, power=SOME_POWER)
    elif n and n >= events and not_reached(arm) and 2 * events > n:
        message = (
            f"{events} events among {n} people of {arm.arm} leave survival at {100 * (n - events) / n:.1f} % "
            "or less, and the median is said not to be reached"
        )
        yield inconsistent(RULE, claim.place, numbers, message, power=SOME_POWER)
    elif n:
        reached = "not reached" if not_reached(arm) else f"of {arm.median.text}"
        message = f"a median {reached} can go with {events} events among {n} people of {arm.arm}"
        yield consistent(RULE, claim.place, numbers, message, power=SOME_POWER)


def _of_all(claim: SurvivalClaim) -> Iterator[Finding]:
    """Events of everybody against those of the arms; where an arm lacks them, against the people."""
    whole = count(claim.events)
    events = [count(arm.events) for arm in claim.arms]
    if whole is None or all(each is not None for each in events):
        return
    people = [count(arm.n) for arm in claim.arms]
    known = [n for n in people if n is not None]
    if len(known) == len(people) and whole > sum(known):
        numbers = (claim.events, *(arm.n for arm in claim.arms))
        message = f"{whole} events are more than the {sum(known)} people of all arms"
        yield impossible(RULE, claim.place, numbers, message, power=SOME_POWER)


CHECK = Check(
    rule=RULE,
    title="median survival and events",
    what=(
        "Whether a median can be reached, or not, with the printed events. With more events than half of the "
        "people the curve ends below one half, however many were censored; without any it stays at one."
    ),
    why="Events and medians are often of different cuts, or of different definitions of the event.",
    formula="S(end) <= 1 - d/n; reached: d >= 1; not reached: d <= n/2; D <= N",
    reference="Kaplan and Meier 1958, Journal of the American Statistical Association 53:457-481",
    false_alarms="Events of a later cut than the curve's, where the cut is not stated.",
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(
            group("40", events="18", median="not-reached"), *named(group("40"), group("38", median="9.1"))[1:]
        ),
        survival(group("40", events="3", median="30.1")),
    ),
    breaks=lambda: (
        survival(group("40", events="24", median="not-reached")),
        survival(group("40", events="0", median="12.1")),
        survival(*named(group("40"), group("38")), events="81"),
    ),
)
