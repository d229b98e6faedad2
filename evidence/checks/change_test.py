"""AUD317: can the t of a change between arms come from the printed values before and after?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isnan, sqrt
from typing import Any

from evidence.checks.check import (
    About,
    Check,
    Rule,
    consistent,
    consistent_under,
    inconsistent,
    not_checkable,
)
from evidence.checks.examples import change_test
from evidence.checks.printed_tests import meets, printed_p, region
from evidence.checks.range_tests import SD, SE, Group, groups, numbers, p_mismatch, printed_t, unsaid
from evidence.checks.wording import chance, equation, figure, symbol
from evidence.claims import ChangeTest
from evidence.distributions import t_sf
from evidence.findings import NOTE, WARNING, Finding, Range, Tried
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.t import Box, absolute, difference, quotient_range, spread, t_range

RULE = Rule("AUD317", "t-of-change")
FAR = 2.0
"""The delta method is an approximation: a t is far from it only beyond this factor."""
ABSOLUTE = "absolute change at some correlation"
PERCENT = "percent change at some correlation (delta method)"
AFTER = "t of the values after"


@dataclass(frozen=True, slots=True)
class Ways:
    """|t| under each way of comparing the arms: over all correlations, or of the values after."""

    absolute: Box
    percent: Box
    after: Box
    signed_after: float


def run(claim: ChangeTest) -> Iterator[Finding]:
    """Whether absolute or percent change, at any correlations, can give the printed t."""
    test = claim.test
    if len(claim.pairs) != 2 or (test.statistic is None and printed_p(test) is None):
        return
    summaries = tuple(summary for pair in claim.pairs for summary in pair)
    about = (test.statistic, printed_p(test), *numbers(*summaries))
    reading = SE if summaries[0].sd is None and not unsaid(summaries) else SD
    found = groups(summaries, reading)
    if isinstance(found, Unknown):
        yield not_checkable(RULE, test.place, about, f"the t cannot be recomputed: {found.reason}")
        return
    ways, t = _ways(found), printed_t(test)
    if isnan(ways.absolute[1]):
        yield not_checkable(RULE, test.place, about, "no t is defined for so few people or no spread")
    elif t is not None:
        yield _judge_t(claim, about, ways, t[0])
    elif test.statistic is not None:
        message = (
            f"{equation(symbol(test.letter), test.statistic)} is not computed from means and their spread"
        )
        yield not_checkable(RULE, test.place, about, message)
    else:
        yield _judge_p(claim, about, ways, found)


def _ways(four: tuple[Group, ...]) -> Ways:
    b1, a1, b2, a2 = four
    n1, n2 = min(b1.n, a1.n), min(b2.n, a2.n)
    change = difference(difference(b1.mean, a1.mean), difference(b2.mean, a2.mean))
    by_change = _over(change, _change_sd(b1, a1), n1, _change_sd(b2, a2), n2)
    by_percent = (0.0, float("nan"), inf)
    if all(g.mean[0] > 0 for g in four):
        r1, r2 = quotient_range(a1.mean, b1.mean), quotient_range(a2.mean, b2.mean)
        by_percent = _over(difference(r1, r2), _ratio_sd(b1, a1, r1), n1, _ratio_sd(b2, a2, r2), n2)
    own = t_range(a1.mean, a1.sd, n1, a2.mean, a2.sd, n2)
    return Ways(by_change, by_percent, absolute(own), own[1])


def _over(gap: Box, s1: Box, n1: int, s2: Box, n2: int) -> Box:
    """The range of |t| over both formulas of the standard error."""
    both = [absolute(quotient_range(gap, spread(s1, n1, s2, n2, is_pooled=p))) for p in (True, False)]
    return min(b[0] for b in both), both[0][1], max(b[2] for b in both)


def _change_sd(before: Group, after: Group) -> Box:
    """The SD of absolute change: least at a correlation of 1, middle at 0, greatest at -1."""
    least = _apart(before.sd, after.sd)
    return least, sqrt(_square(before.sd[1]) + _square(after.sd[1])), before.sd[2] + after.sd[2]


def _ratio_sd(before: Group, after: Group, ratio: Box) -> Box:
    """The SD of after / before by the delta method: R times that of the two coefficients of variation."""
    one, two = quotient_range(before.sd, before.mean), quotient_range(after.sd, after.mean)
    middle = ratio[1] * sqrt(_square(one[1]) + _square(two[1]))
    return ratio[0] * _apart(one, two), middle, ratio[2] * (one[2] + two[2])


def _apart(one: Box, two: Box) -> float:
    return max(0.0, one[0] - two[2], two[0] - one[2])


def _square(x: float) -> float:
    return x * x  # not x**2, which raises for 1e308 where this gives infinity


def _judge_t(claim: ChangeTest, about: About, ways: Ways, t: Box) -> Finding:
    test = claim.test
    statistic = test.statistic
    assert statistic is not None  # it gave t
    said = equation(symbol(test.letter), statistic)
    tried = tuple(
        Tried(name, Range(*way), hit=meets(way[0], way[2], t))
        for name, way in ((ABSOLUTE, ways.absolute), (PERCENT, ways.percent), (AFTER, ways.after))
        if not isnan(way[1])
    )
    own = PERCENT if test.of == "percent-change" else ABSOLUTE
    narrowest = sorted(tried, key=_width)  # a match of a narrow range says more
    hits = [each.test for each in narrowest if each.hit]
    facts: dict[str, Any] = {"tried": tried, "power": 0.0, "details": _details(ways)}
    if own in hits or (own == PERCENT and ABSOLUTE in hits):
        by = own if own in hits else ABSOLUTE
        recomputed = ways.percent if by == PERCENT else ways.absolute
        message = f"{said} can be that of {by}"
        return consistent(RULE, test.place, about, message, by=by, recomputed=Range(*recomputed), **facts)
    if hits:
        message = f"{said} can only be that of {hits[0]}, not of {own}"
        severity = WARNING if hits[0] == AFTER else NOTE
        return consistent_under(RULE, test.place, about, message, by=hits[0], severity=severity, **facts)
    recomputed = ways.percent if own == PERCENT and not isnan(ways.percent[1]) else ways.absolute
    facts |= {"recomputed": Range(*recomputed)}
    if own == PERCENT and not _far(ways.percent, t):
        message = f"{said} is near that of percent change, which the printed values give only approximately"
        return not_checkable(RULE, test.place, about, message, **facts)
    message = f"{said} cannot come from the printed values before and after, unless another visit is meant: "
    message += f"{_least(ways, t)}"
    return inconsistent(RULE, test.place, about, message, severity=WARNING, **facts)


def _width(tried: Tried) -> float:
    return tried.statistic.high - tried.statistic.low if tried.statistic is not None else inf


def _far(way: Box, t: Box) -> bool:
    return isnan(way[1]) is False and (t[2] < way[0] / FAR or t[0] > way[2] * FAR)


def _least(ways: Ways, t: Box) -> str:
    below = t[2] < ways.absolute[0]
    end = figure(ways.absolute[0] if below else ways.absolute[2], digits=3)
    bound = f"{'at least' if below else 'at most'} {end}"
    text = f"absolute change gives |t| of {bound} at any correlation"
    if isnan(ways.percent[1]):
        return text
    low, high = figure(ways.percent[0], digits=2), figure(ways.percent[2], digits=2)
    percent = f"{low} or more" if t[2] < ways.percent[0] else f"{high} or less"
    return f"{text}, percent change {percent} by the delta method"


def _details(ways: Ways) -> tuple[str, ...]:
    return (f"the values after by themselves differ by t = {figure(ways.signed_after, 2)}",)


def _judge_p(claim: ChangeTest, about: About, ways: Ways, four: tuple[Group, ...]) -> Finding:
    test, p, allowed = claim.test, printed_p(claim.test), region(claim.test)
    df = min(four[0].n, four[1].n) + min(four[2].n, four[3].n) - 2.0
    if p is None or allowed is None or df <= 0:
        return not_checkable(RULE, test.place, about, "the t cannot be bounded from these")
    if test.of == "percent-change":
        message = f"{equation('P', p)} of a percent change is not fixed by the means before and after"
        return not_checkable(RULE, test.place, about, message)
    sides = 1 if test.sided == 1 else 2
    low, high = sides * t_sf(ways.absolute[2], df), min(1.0, sides * t_sf(ways.absolute[0], df))
    span = Range(low, high, high)
    if allowed.meets(low, high):
        message = f"{equation('P', p)} agrees with {ABSOLUTE}, p {chance(low)} to {chance(high)}"
        return consistent(RULE, test.place, about, message, by=ABSOLUTE, recomputed=span, power=0.0)
    message = f"{equation('P', p)} is not that of an absolute change at any correlation: p {chance(low)} to "
    return p_mismatch(RULE, test, about, message + chance(high), span, power=0.0, details=_details(ways))


CHECK = Check(
    rule=RULE,
    title="t of change between arms",
    what=(
        "Whether the printed values before and after can give the printed t of their change between arms: "
        "absolute change at every pair of correlations (a hard bound), percent change by the delta method "
        "(far only beyond a factor of two). A warning, because another visit may be meant."
    ),
    why="A change and its two ends are printed apart, but the ends bound what the change can be.",
    formula="SD of change between |s1 - s2| and s1 + s2; |t| least at r = -1, greatest at r = 1",
    reference="Cochrane Handbook for Systematic Reviews of Interventions, section 6.5.2.8",
    false_alarms=(
        "Change to another visit than the one printed, a change adjusted for baseline, or percent "
        "change averaged over people rather than of the means; always a warning."
    ),
    on=(ChangeTest,),
    run=run,
    keeps=lambda: (
        change_test(
            "t", "2.50", "<0.05", "change",
            ("702.94", "105.64", "82"), ("93.63", "28.35", "82"),
            ("703.26", "106.84", "78"), ("132.78", "27.72", "78"),
        ),
        change_test(
            "t", "1.616", ">0.05", "percent-change",
            ("151.87", "25.21", "82"), ("44.25", "5.31", "82"),
            ("152.62", "25.62", "78"), ("42.00", "5.82", "78"),
        ),
    ),
    breaks=lambda: (
        change_test(
            "t", "1.272", ">0.05", "percent-change",
            ("702.94", "105.64", "82"), ("93.63", "28.35", "82"),
            ("703.26", "106.84", "78"), ("132.78", "27.72", "78"),
        ),
    ),
)  # fmt: skip
