"""AUD306: is a printed effect that of the printed numbers of its two arms?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from evidence.checks.check import (
    About,
    Check,
    Rule,
    consistent,
    consistent_under,
    inconsistent,
    not_checkable,
    slip,
)
from evidence.checks.examples import effect_of_arms
from evidence.checks.printed_tests import box, distance, meets
from evidence.checks.range_tests import SD, SE, Group, groups, numbers, unsaid
from evidence.checks.wording import a_few, as_float, figures
from evidence.claims import EffectOfArms, Share, Summary
from evidence.findings import ERROR, NOTE, WARNING, Finding, Range, Tried
from evidence.reanalysis.counts import Count, Unknown, vectors
from evidence.reanalysis.effect_sizes import OF_COUNTS, of_counts, ratio_of_means, standardised
from evidence.reanalysis.t import Box, difference
from evidence.values import Printed, Reported

RULE = Rule("AUD306", "effect-of-arms")
OF_MEANS = ("MD", "SMD", "ROM")
MOST_TABLES = 2_000
NEAR = 0.1
"""Stratified and adjusted effects of counts often differ from crude ones by less than this share."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of computing an effect: its range, and what is odd about it where that is worth saying."""

    name: str
    found: Range
    unusual: str = ""


def run(claim: EffectOfArms) -> Iterator[Finding]:
    """Whether the printed estimate, over all rounding and counts, is the effect of the two arms."""
    effect, place = claim.effect, claim.place
    estimate = effect.estimate
    if estimate is None or not estimate.is_number or effect.log_scale:
        return
    if effect.measure not in (*OF_COUNTS, *OF_MEANS):
        return  # hazard ratios and their like are not those of two numbers
    about: About = (estimate, *_numbers(claim))
    ways = _ways(claim)
    if isinstance(ways, Unknown):
        message = f"{effect.measure} {estimate.text} cannot be recomputed: {ways.reason}"
        yield not_checkable(RULE, place, about, message)
    elif ways:
        yield _judge(claim, estimate, about, ways)


def _numbers(claim: EffectOfArms) -> tuple[Printed | None, ...]:
    if isinstance(claim.first, Summary) and isinstance(claim.second, Summary):
        return numbers(claim.first, claim.second)
    sides = [side for side in (claim.first, claim.second) if isinstance(side, Share)]
    return tuple(n for side in sides for n in (side.percent, side.events, side.n))


def _ways(claim: EffectOfArms) -> list[Way] | Unknown:
    first, second, measure = claim.first, claim.second, claim.effect.measure
    if isinstance(first, Share) and isinstance(second, Share) and measure in OF_COUNTS:
        found = vectors(((first,), (second,)))
        if isinstance(found, Unknown):
            return found
        if not found:
            return Unknown("the printed numbers allow no counts")
        return _of_counts(measure, found) if len(found) <= MOST_TABLES else Unknown("they allow many tables")
    if isinstance(first, Summary) and isinstance(second, Summary) and measure in OF_MEANS:
        return _of_means(measure, first, second)
    return []


def _of_counts(measure: str, found: tuple[tuple[Count, ...], ...]) -> list[Way]:
    tables = [(a, n1, c, n2) for (a, n1), (c, n2) in found]
    swapped = [(c, n2, a, n1) for a, n1, c, n2 in tables]
    without = [(n1 - a, n1, n2 - c, n2) for a, n1, c, n2 in tables]
    names = {
        "the counts": (tables, ""),
        "the counts the other way round": (swapped, "with the arms the other way round"),
        "those without the event": (without, "of those without the event"),
    }
    ways = []
    for name, (each, unusual) in names.items():
        values = sorted(of_counts(measure, each))
        if values and values[0] < inf:
            ways.append(Way(name, Range(values[0], values[len(values) // 2], values[-1]), unusual))
    return ways


def _of_means(measure: str, first: Summary, second: Summary) -> list[Way] | Unknown:
    if measure in ("MD", "ROM"):
        if first.mean is None or second.mean is None:
            return Unknown("a mean is not printed")
        m1, m2 = box(first.mean), box(second.mean)
        found = difference(m1, m2) if measure == "MD" else ratio_of_means(m1, m2)
        other = difference(m2, m1) if measure == "MD" else ratio_of_means(m2, m1)
        return [
            Way("the means", Range(*found)),
            Way("the means the other way round", Range(*other), "with the arms the other way round"),
        ]
    reading = SE if first.sd is None and first.se is not None and not unsaid((first, second)) else SD
    pair = groups((first, second), reading)
    return pair if isinstance(pair, Unknown) else _of_groups(*pair)


def _of_groups(one: Group, two: Group) -> list[Way]:
    found = standardised(one.mean, one.sd, one.n, two.mean, two.sd, two.n)
    ways = [Way(name, Range(*each)) for name, each in found.items()]
    turned = [
        Way(name, Range(-w.high, -w.mid, -w.low), _TURNED) for name, w in ((w.name, w.found) for w in ways)
    ]
    return ways + turned


_TURNED = "with the arms the other way round"


def _judge(claim: EffectOfArms, estimate: Reported, about: About, ways: list[Way]) -> Finding:
    printed, unit = box(estimate), as_float(estimate.ulp)
    known = [w for w in ways if w.found.mid == w.found.mid]
    tried = tuple(_tried(way, printed, unit) for way in known)
    said = f"{claim.effect.measure} {estimate.text}"
    hit = next((w for w, t in zip(known, tried, strict=True) if t.hit), None)
    if not known:
        return not_checkable(RULE, claim.place, about, f"{said}: no such effect is defined for the two arms")
    facts: dict[str, Any] = {"tried": tried, "power": _power(known[0].found, printed)}
    if hit is not None:
        facts |= {"by": hit.name, "recomputed": hit.found}
        message = f"{said} is that of {hit.name}, {figures(hit.found, estimate.decimals)}"
        if not hit.unusual:
            return consistent(RULE, claim.place, about, message, **facts)
        text = f"{said} is that of the two arms {hit.unusual}, {figures(hit.found, estimate.decimals)}"
        return consistent_under(RULE, claim.place, about, text, severity=NOTE, **facts)
    away = min(inf if t.distance is None else t.distance for t in tried)
    shown = a_few([f"{w.name} {figures(w.found, estimate.decimals)}" for w in known if not w.unusual], 2)
    message = f"{said} is not the effect of the two arms: {shown}"
    facts |= {"recomputed": known[0].found, "relaxation": away}
    if away <= 1:
        return slip(RULE, claim.place, about, f"{message}, one unit of the last digit away", **facts)
    severity = _severity(claim, printed[1], known[0].found.mid)
    if severity != ERROR:
        facts["details"] = ("whether it is adjusted is not stated; an adjusted effect is another number",)
    return inconsistent(RULE, claim.place, about, message, severity=severity, **facts)


def _severity(claim: EffectOfArms, printed: float, found: float) -> str:
    """An error where nothing was adjusted for; else a note, unless ratios of counts are far from their arms.

    Adjusted differences of means may lie anywhere, and stratified ratios near the crude one.
    """
    if claim.effect.adjusted is False:
        return ERROR
    near = abs(printed - found) <= NEAR * max(abs(printed), abs(found))
    return NOTE if near or claim.effect.method is not None or claim.effect.measure in OF_MEANS else WARNING


def _tried(way: Way, printed: Box, unit: float) -> Tried:
    low, high = way.found.low, way.found.high
    return Tried(
        way.name, way.found, hit=meets(low, high, printed), distance=distance(low, high, printed, unit)
    )


def _power(found: Range, printed: Box) -> float:
    """How likely a wrong effect would be caught: of those up to ten times the printed one."""
    usual = 10 * max(abs(printed[1]), abs(found.mid))
    width = found.high - found.low + printed[2] - printed[0]
    return max(0.0, 1 - width / usual) if 0 < usual < inf and width < inf else 0.0


CHECK = Check(
    rule=RULE,
    title="effect of the two arms",
    what=(
        "Whether an unadjusted risk ratio, odds ratio, risk difference, number needed to treat, difference "
        "or ratio of means, or standardised difference is that of the printed numbers of its arms."
    ),
    why="A pool may take either the effect or the numbers of the arms; they must say the same.",
    formula="over every count that the percentages allow; means and SDs at the corners of their rounding",
    reference="Borenstein, Hedges, Higgins and Rothstein 2009, Introduction to Meta-Analysis, ch. 4 and 5",
    false_alarms=(
        "Effects of a model (adjusted, stratified, of imputed data) that are not said to be so: a note, or a "
        "warning where an effect of counts is more than a tenth away. An error only where the file says that "
        "nothing was adjusted for."
    ),
    on=(EffectOfArms,),
    run=run,
    keeps=lambda: (
        effect_of_arms("RR", "1.58", ("", "20", "40"), ("", "12", "38")),
        effect_of_arms("OR", "2.17", ("50.0", "", "40"), ("31.6", "", "38")),
        effect_of_arms("MD", "1.0", ("5.0", "2.0", "20"), ("4.0", "2.0", "20")),
        effect_of_arms("SMD", "0.49", ("5.0", "2.0", "20"), ("4.0", "2.0", "20")),
    ),
    breaks=lambda: (
        effect_of_arms("RR", "1.85", ("", "20", "40"), ("", "12", "38")),
        effect_of_arms("MD", "1.9", ("5.0", "2.0", "20"), ("4.0", "2.0", "20")),
        effect_of_arms("SMD", "0.94", ("5.00", "2.00", "20"), ("4.00", "2.00", "20")),
    ),
)
