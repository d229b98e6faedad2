"""AUD404: are there enough events for the interval of a hazard ratio?"""

from __future__ import annotations

from collections.abc import Iterator
from math import log, sqrt

from evidence.checks.check import About, Check, Rule, consistent, inconsistent, screen
from evidence.checks.example_survival import group, hazard_ratio, named, survival
from evidence.checks.ratio_boxes import about, said
from evidence.checks.survival_arms import (
    SOME_POWER,
    Pair,
    count,
    events_of,
    log_ratio,
    pair,
    standard_error,
)
from evidence.checks.wording import figure, figures
from evidence.claims import HazardRatio, SurvivalClaim
from evidence.findings import NOTE, Finding, Range
from evidence.reanalysis.survival import events_behind, variance_of_allocation
from evidence.reanalysis.t import Box

RULE = Rule("AUD404", "ratio-and-events")
USUAL = (0.85, 1.13)
"""SE sqrt(V) of unadjusted Cox ratios, V = D n1 n2 / N^2, lies between these in real data."""
_POWER = 1 - log(USUAL[1] / USUAL[0]) / log(100)
"""The share of standard errors from a tenth of the usual one to ten times it, in logarithms, that are not."""
STRONG = 1.0
"""With a log hazard ratio beyond this, V of the allocation is no guide."""


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether the standard error of each ratio can come from the events, or from all people."""
    for ratio in claim.ratios:
        arms, error = pair(claim, ratio), standard_error(ratio)
        if arms is not None and error is not None and ratio.plain:
            yield from _judge(claim, ratio, arms, error)


def _judge(claim: SurvivalClaim, ratio: HazardRatio, arms: Pair, error: Box) -> Iterator[Finding]:
    sizes = [count(each.n) for each in arms]
    known = events_of(claim, arms)
    if known is None and (sizes[0] is None or sizes[1] is None):
        return
    people = (sizes[0] or 0) + (sizes[1] or 0)
    most = known[0] if known is not None else people
    numbers: About = (*about(ratio.effect), *(known[1] if known is not None else (arms[0].n, arms[1].n)))
    needed = events_behind(error[2])
    seen = Range(needed, events_behind(error[1]), events_behind(error[0]))
    power = _POWER if known is not None and _is_usual(ratio, known[0], sizes) else SOME_POWER
    facts = {"recomputed": seen, "power": power}
    what = f"{most} events" if known is not None else f"{people} people"
    if needed > most:
        message = (
            f"{said(ratio.effect)} needs at least {figure(needed, digits=3)} events, and there are {what}"
        )
        severe = {"severity": NOTE} if ratio.crude is False else {}
        yield inconsistent(RULE, claim.place, numbers, message, **facts, **severe)
    elif known is not None and _odd(ratio, error, known[0], sizes):
        message = (
            f"the interval of {said(ratio.effect)} is unlike that of {what}: {_share(error, most, sizes)}"
        )
        yield screen(RULE, claim.place, numbers, message, **facts)
    else:
        yield consistent(RULE, claim.place, numbers, f"{what} are enough for {said(ratio.effect)}", **facts)


def _ratios(error: Box, events: int, sizes: list[int | None]) -> Range:
    scale = sqrt(variance_of_allocation(events, float(sizes[0] or 0), float(sizes[1] or 0)))
    return Range(error[0] * scale, error[1] * scale, error[2] * scale)


def _odd(ratio: HazardRatio, error: Box, events: int, sizes: list[int | None]) -> bool:
    """Whether the standard error of a crude ratio is far from what its events give."""
    if not _is_usual(ratio, events, sizes):
        return False
    found = _ratios(error, events, sizes)
    return found.high < USUAL[0] or found.low > USUAL[1]


def _is_usual(ratio: HazardRatio, events: int, sizes: list[int | None]) -> bool:
    """Whether the events should give the standard error of a ratio: crude, not strong, of two arms."""
    b = log_ratio(ratio)
    if ratio.crude is False or b is None or max(abs(b[0]), abs(b[2])) >= STRONG:
        return False
    return bool(sizes[0] and sizes[1] and events >= 1)


def _share(error: Box, events: int, sizes: list[int | None]) -> str:
    return f"its standard error is {figures(_ratios(error, events, sizes), digits=3)} times the usual one"


CHECK = Check(
    rule=RULE,
    title="events behind a hazard ratio",
    what=(
        "Whether the interval of a Cox hazard ratio of two groups is as wide as its events make it. Each "
        "event adds at most a quarter to the information, in any such model; for a crude ratio the interval "
        "is about as wide as events and allocation say."
    ),
    why="An interval too narrow for its events has too large a weight in every pool.",
    formula="D >= 4 / SE^2 (error); SE sqrt(D n1 n2) / N from 0.85 to 1.13 (note); SE from the interval",
    reference="Schoenfeld 1981, Biometrika 68:316-319; Parmar 1998, Statistics in Medicine 17:2815-2834",
    false_alarms=(
        "A robust or weighted (IPTW) standard error is not bound by the events; say so under `method` or "
        "`adjusted`. Events of another cut than the ratio's. The note meets stratified ratios whose strata "
        "are not stated."
    ),
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(
            *named(group("90", events="53"), group("138", events="112")),
            ratios=(hazard_ratio("0.59", "0.42", "0.82"),),
        ),
        survival(*named(group("207"), group("210")), ratios=(hazard_ratio("0.59", "0.45", "0.76"),)),
    ),
    breaks=lambda: (
        survival(
            *named(group("90", events="20"), group("88", events="25")),
            ratios=(hazard_ratio("0.59", "0.45", "0.76"),),
        ),
        survival(*named(group("20"), group("22")), ratios=(hazard_ratio("0.59", "0.45", "0.76"),)),
        survival(
            *named(group("90", events="53"), group("90", events="60")),
            ratios=(hazard_ratio("0.80", "0.45", "1.42"),),
        ),
    ),
)
