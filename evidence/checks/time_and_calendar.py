"""AUD409: is there time enough between the printed dates for the medians and the follow-up?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, consistent, impossible, screen
from evidence.checks.dates import dates_of
from evidence.checks.example_survival import group, of_endpoint, point, whole
from evidence.checks.survival_arms import at, median, positive
from evidence.checks.wording import figure
from evidence.claims import Paper, Place, SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.survival import converted
from evidence.reanalysis.t import Box
from evidence.values import Reported

RULE = Rule("AUD409", "time-and-calendar")
FROM_ENROLMENT = frozenset({"randomised-trial"})
"""In other studies time may run from a diagnosis before anybody was enrolled."""

Length = tuple[str, Box, Reported, Place, bool]
"""In words, in months, as printed, where, and whether it is of a data cut-off of its own."""


def run(claim: Paper) -> Iterator[Finding]:
    """Whether any follow-up, median or landmark is longer than from the first enrolment to the end."""
    dates = dates_of(claim.calendar)
    if dates is None:
        return
    (start, first), _, (before, end) = dates
    span = Range(before - first, (before + end - start - first) / 2, end - start)
    lengths = list(_lengths(claim))
    for length in lengths:
        if length[1][0] > span.high:
            yield _too_long(claim, length, span)
    fits = [length for length in lengths if length[1][0] <= span.high]
    if fits and len(fits) == len(lengths):
        words, _, _, place, _ = max(fits, key=lambda length: length[1][1])
        message = f"{words} lies within the {figure(span.high, digits=3)} months between the printed dates"
        yield consistent(RULE, place, tuple(length[2] for length in fits), message, recomputed=span)


def _too_long(claim: Paper, length: Length, span: Range) -> Finding:
    words, _, number, place, own_cut = length
    dates = f"{claim.calendar.recruitment} and {claim.calendar.until}"
    message = f"{words} is longer than the {figure(span.high, digits=3)} months between {dates}"
    if claim.design in FROM_ENROLMENT and not own_cut:
        return impossible(RULE, place, (number,), message, recomputed=span)
    text = f"{message}; time may run from before enrolment, or to another cut"
    return screen(RULE, place, (number,), text, recomputed=span)


def _lengths(claim: Paper) -> Iterator[Length]:
    where = Place(claim.study, f"{claim.study}/follow-up", "follow-up", "follow-up", design=claim.design)
    for number, unit in claim.calendar.followed:
        months = _months(positive(number), unit)
        if months is not None:
            yield f"a follow-up of {number.text} {unit}", months, number, where, False
    for each in claim.claims:
        if isinstance(each, SurvivalClaim):
            yield from _of_endpoint(each)


def _of_endpoint(claim: SurvivalClaim) -> Iterator[Length]:
    own = claim.cut is not None
    for arm in claim.arms:
        months = _months(median(arm), arm.unit)
        if months is not None and arm.median is not None:
            yield (
                f"a median of {arm.median.text} {arm.unit} in {arm.arm}",
                months,
                arm.median,
                claim.place,
                own,
            )
        for each in arm.landmarks:
            reached, printed = at(each.time, "months"), each.survival
            if reached is not None and printed is not None:
                yield f"survival at {each.time.said} in {arm.arm}", reached, printed, claim.place, own


def _months(box: Box | None, unit: str | None) -> Box | None:
    return None if box is None else converted(box, unit, "months")


CHECK = Check(
    rule=RULE,
    title="time between the printed dates",
    what=(
        "Whether the longest follow-up, every median and every landmark fit between the first enrolment and "
        "the end of follow-up, over what the dates can mean."
    ),
    why="Nobody can be followed for longer than the study lasted; the dates or the numbers are others'.",
    formula="time <= end of follow-up - start of enrolment",
    reference="Clark, Altman, De Stavola 2002, Lancet 359:1309-1310 (completeness of follow-up)",
    false_alarms=(
        "Time counted from diagnosis or first treatment, before enrolment: outside randomised trials the "
        "finding is a note."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        whole(
            of_endpoint("overall-survival", group("82", median="34")),
            recruitment="2018-01/2023-12",
            until="2023-12",
            followed="71.5",
        ),
    ),
    breaks=lambda: (
        whole(
            of_endpoint("overall-survival", group("82", median="34")),
            recruitment="2018-01/2019-12",
            until="2020-06",
        ),
        whole(
            of_endpoint("overall-survival", group("82", point("60", "31.0"))),
            recruitment="2018-01/2019-12",
            until="2020-06",
        ),
        whole(recruitment="2018-01/2019-12", until="2020-06", followed="38"),
    ),
)
