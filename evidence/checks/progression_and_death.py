"""AUD408: does nobody live longer without progression than they live at all?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import About, Check, Rule, consistent, inconsistent, screen
from evidence.checks.example_survival import group, of_endpoint, point, whole
from evidence.checks.survival_arms import at, count, median, survival_at
from evidence.claims import Paper, SurvivalArm, SurvivalClaim
from evidence.findings import Finding
from evidence.reanalysis.survival import converted

RULE = Rule("AUD408", "progression-and-death")
OVERALL = frozenset({"overall-survival", "os", "survival"})
COUNTS_DEATH = frozenset(
    {"progression-free-survival", "disease-free-survival", "event-free-survival", "relapse-free-survival",
     "recurrence-free-survival", "pfs", "dfs", "efs", "rfs"}
)  # fmt: skip
"""By their usual definition death is an event of these; of others that end so it need not be."""

Said = tuple[bool, str, About]
"""Whether the order is kept, in words, about which numbers."""


def run(claim: Paper) -> Iterator[Finding]:
    """Whether survival free of something is never longer than overall survival of the same arm."""
    claims = [each for each in claim.claims if isinstance(each, SurvivalClaim)]
    overall = [each for each in claims if each.place.endpoint in OVERALL]
    free = [each for each in claims if each.place.endpoint not in OVERALL and _is_free(each.place.endpoint)]
    for death in overall:
        for other in free:
            if (death.set, death.subgroup) == (other.set, other.subgroup) and not _different_cuts(
                death, other
            ):
                yield from _compare(other, death)


def _is_free(endpoint: str) -> bool:
    return endpoint in COUNTS_DEATH or endpoint.endswith("-free-survival")


def _different_cuts(one: SurvivalClaim, two: SurvivalClaim) -> bool:
    return one.cut is not None and two.cut is not None and one.cut != two.cut


def _compare(free: SurvivalClaim, death: SurvivalClaim) -> Iterator[Finding]:
    certain = free.place.endpoint in COUNTS_DEATH and free.cut is not None and free.cut == death.cut
    arms = {each.arm: each for each in death.arms}
    for one in free.arms:
        two = arms.get(one.arm)
        for kept, message, numbers in _orders(one, two, certain) if two is not None else ():
            if kept:
                yield consistent(RULE, free.place, numbers, message)
            elif certain:
                yield inconsistent(RULE, free.place, numbers, message)
            else:
                text = f"{message}; at one cut, with death an event of both, it cannot be"
                yield screen(RULE, free.place, numbers, text)


def _orders(free: SurvivalArm, death: SurvivalArm, certain: bool) -> Iterator[Said]:
    """Medians, landmarks at the same time, and, at one stated cut, events."""
    one, two = median(free), median(death)
    one = None if one is None else converted(one, free.unit, death.unit)
    if one is not None and two is not None and free.median is not None and death.median is not None:
        words = (
            f"medians of {free.arm}: {free.median.text} without the event, {death.median.text} until death"
        )
        yield one[0] <= two[2], words, (free.median, death.median)
    for first, low in survival_at(free):
        for second, high in survival_at(death):
            if at(first.time, second.time.unit) == at(second.time, second.time.unit):
                texts = [n.text if n is not None else "" for n in (first.survival, second.survival)]
                words = f"at {first.time.said} {texts[0]} % of {free.arm} are event-free, {texts[1]} % alive"
                yield low[0] <= high[2], words, (first.survival, second.survival)
    fewer, deaths = count(free.events), count(death.events)
    if certain and fewer is not None and deaths is not None:
        words = f"{fewer} events in {free.arm}, death among them, beside {deaths} deaths"
        yield fewer >= deaths, words, (free.events, death.events)


CHECK = Check(
    rule=RULE,
    title="progression-free and overall survival",
    what=(
        "Whether progression-free survival of an arm is nowhere longer than its overall survival: "
        "in medians, at landmarks, and in events. An error only at one stated cut, where death is an "
        "event of both."
    ),
    why="Swapped endpoints, or numbers of two cuts in one table, turn a benefit into something else.",
    formula="median PFS <= median OS; PFS(x) <= OS(x); events of PFS >= deaths",
    reference="US FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics",
    false_alarms=(
        "Progression-free survival censored at a new treatment or a missed visit can pass overall "
        "survival in small groups; different cuts that are not stated; local control, where death is no "
        "event."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        whole(
            of_endpoint("progression-free-survival", group("82", median="21", label="pfs")),
            of_endpoint("overall-survival", group("82", median="34", label="os")),
        ),
    ),
    breaks=lambda: (
        whole(
            of_endpoint("progression-free-survival", group("82", median="34", label="pfs"), cut="final"),
            of_endpoint("overall-survival", group("82", median="21", label="os"), cut="final"),
        ),
        whole(
            of_endpoint(
                "progression-free-survival", group("82", point("12", "81.2", label="pfs"), label="pfs")
            ),
            of_endpoint("overall-survival", group("82", point("12", "71.2", label="os"), label="os")),
        ),
        whole(
            of_endpoint("disease-free-survival", group("82", events="21", label="dfs"), cut="final"),
            of_endpoint("overall-survival", group("82", events="34", label="os"), cut="final"),
        ),
    ),
)
