"""AUD326: could everybody have been followed as long as an outcome says, given the printed dates?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from evidence.checks.check import About, Check, Rule, screen
from evidence.checks.dates import Span, dates_of
from evidence.checks.example_papers import arms
from evidence.checks.examples import bare, paper, share
from evidence.checks.wording import figure
from evidence.claims import TESTS, Calendar, Claim, Paper, Place, Share, Summary
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Unknown, whole_numbers
from evidence.values import Printed

RULE = Rule("AUD326", "calendar-query")
FEWEST = 1.0
"""Fewer people than this without the follow-up are nothing to ask about."""

_TIME = r"(\d{1,4}(?:\.\d{1,3})?)[\s-]*(day|week|month|year)s?"
_MONTHS = {"day": 12 / 365.25, "week": 12 * 7 / 365.25, "month": 1.0, "year": 12.0}


@dataclass(frozen=True, slots=True)
class Late:
    """An outcome of all people of some arms, so many months after their start."""

    months: float
    place: Place
    about: About
    people: int
    said: str


def run(claim: Paper) -> Iterator[Finding]:
    """Who cannot have reached an outcome's time by the end of follow-up, were all enrolled evenly."""
    dates = dates_of(claim.calendar)
    if dates is None:
        return
    late = [(each, _without(each, dates)) for each in _outcomes(claim)]
    late = [(each, people) for each, people in late if people.low >= FEWEST]
    if not late:
        return
    worst, people = max(late, key=lambda pair: (pair[1].mid, pair[0].months))
    recruited, until = claim.calendar.recruitment, claim.calendar.until
    low, mid, high = (figure(x, digits=2) for x in (people.low, people.mid, people.high))
    message = (
        f"{worst.said} is of all {worst.people} people as far as is printed, yet with enrolment "
        f"{recruited} and follow-up until {until} about {mid} of them ({low} to {high}) would not have "
        "been followed so long"
    )
    others = sorted({each.said for each, _ in late} - {worst.said})
    more = (f"the same is asked of {', '.join(others)}",) if others else ()
    assumed = "assuming even enrolment over the dates; a smaller n, or dates of something else, answers it"
    yield screen(
        RULE, worst.place, worst.about, message, recomputed=people, power=0.0, details=(assumed, *more)
    )


# --- times ------------------------------------------------------------------------------------------------


def months_of(at: tuple[str, ...]) -> float | None:
    """The one time in ``at``, in months; None for several times, or for a word.

    Examples
    --------
    >>> months_of(("1 year",)), months_of(("6 months", "12 months")), months_of(("best",))
    (12.0, None, None)
    """
    match = re.fullmatch(_TIME, at[0].strip(), re.ASCII) if len(at) == 1 else None
    return float(match[1]) * _MONTHS[match[2]] if match is not None else None


def _without(late: Late, dates: tuple[Span, Span, Span]) -> Range:
    """How many would not have been followed so long, over what the dates can mean."""

    def missing(start: float, end: float, until: float) -> float:
        return late.people * min(max((end - until + late.months) / (end - start), 0.0), 1.0)

    found = [missing(*corner) for corner in product(*dates)]
    start, end, until = ((low + high) / 2 for low, high in dates)
    return Range(min(found), missing(start, end, until), max(found))


# --- outcomes ---------------------------------------------------------------------------------------------


def _outcomes(whole: Paper) -> Iterator[Late]:
    """Outcomes with one stated time that leave nobody out; survival estimates allow for shorter follow-up."""
    allocated = {arm: _number(n) for arm, n in whole.sizes}
    for claim in whole.claims:
        place, sizes, about = _of(claim)
        months = months_of(place.at) if place is not None else None
        if place is None or not months or place.baseline or not sizes:
            continue
        people = [_number(n) for _, n in sizes]
        known = [n for n in people if n is not None]
        if len(known) == len(people) and all(allocated.get(arm) == _number(n) for arm, n in sizes):
            yield Late(months, place, about, sum(known), place.label)


def _of(claim: Claim) -> tuple[Place | None, list[tuple[str, Printed | None]], About]:
    if isinstance(claim, TESTS):
        test = claim.test
        sizes = list(zip(test.arms, test.sizes, strict=False))
        return test.place, sizes if _is_a_level(claim) else [], (test.statistic, test.p, *test.sizes)
    if isinstance(claim, Share) and not claim.survival:
        return claim.place, [(claim.arm, claim.n)], (claim.percent, claim.events, claim.n)
    if isinstance(claim, Summary) and claim.mean is not None:
        return claim.place, [(claim.arm, claim.n)], (claim.mean, claim.n)
    return None, [], ()


def _is_a_level(claim: Claim) -> bool:
    """Whether a test is of values at its time, and not of times themselves or of survival."""
    if not isinstance(claim, TESTS):
        return False
    shares = (share for side in getattr(claim, "sides", ()) for share in side)
    survival = any(share.survival for share in shares) or claim.test.place.kind == "time-to-event"
    return not survival and (claim.test.statistic is not None or claim.test.p is not None)


def _number(n: Printed | None) -> int | None:
    found = whole_numbers(n)
    return None if isinstance(found, Unknown) or len(found) != 1 else found[0]


def _dated(claim: Claim, recruitment: str, until: str, *sizes: str) -> Paper:
    return replace(paper(claim), sizes=arms(sizes), calendar=Calendar(recruitment, until))


def _at_a_year(n: str) -> Share:
    claim = share("50", n, label="response")
    return replace(claim, place=replace(claim.place, at=("12 months",), label="response at 12 months"))


def _tested_at(time: str) -> Claim:
    claim = bare("t", "1.661", "<0.05", n=("82", "78"))
    return replace(claim, test=replace(claim.test, place=replace(claim.test.place, at=(time,))))


CHECK = Check(
    rule=RULE,
    title="dates and length of follow-up",
    what=(
        "How many people cannot have been followed as long as an outcome at a stated time says, if they "
        "were enrolled evenly between the printed dates and followed until the printed end. Asked of "
        "outcomes that count everybody; estimates of survival allow for those followed less."
    ),
    why="An outcome at twelve months needs twelve months; who came in the last year has not had them.",
    formula="n (end of enrolment - end of follow-up + x) / length of enrolment, over what the dates can mean",
    reference="Clark, Altman, De Stavola 2002, Lancet 359:1309-1310 (completeness of follow-up)",
    false_alarms=(
        "Enrolment that slowed down, dates that are those of a registry, outcomes of those who reached "
        "the time without their n printed, and a last visit brought forward."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        _dated(_at_a_year("160"), "2018-01/2022-12", "2023-12", "160"),
        _dated(_at_a_year("130"), "2018-01/2023-12", "2023-12", "160"),
        _dated(_at_a_year("160"), "early 2018", "2023-12", "160"),
        _dated(_tested_at("6 weeks"), "2018-01/2023-10", "2023-12", "82", "78"),
    ),
    breaks=lambda: (
        _dated(_at_a_year("160"), "2018-01/2023-12", "2023-12", "160"),
        _dated(_tested_at("12 months"), "2018-01/2023-11", "2023-12-31", "82", "78"),
    ),
)
