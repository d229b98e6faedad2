"""A printed test against ranges: each way of computing it from rounded summaries gives a range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, sqrt
from typing import Any

from evidence.checks.check import About, Rule, consistent, consistent_under, inconsistent, not_checkable, slip
from evidence.checks.other_tests import near_that_of_means
from evidence.checks.printed_tests import (
    ALPHA,
    box,
    by_words,
    decision_of,
    distance,
    meets,
    printed_p,
    region,
    size,
)
from evidence.checks.wording import as_float, chances, equation, figures, symbol
from evidence.claims import PrintedTest, Summary
from evidence.findings import ERROR, FLIPS, NOTE, SAME, WARNING, Finding, Range, Tried
from evidence.reanalysis.counts import Unknown, whole_numbers
from evidence.reanalysis.t import Box
from evidence.values import Printed, Reported

ANOTHER = "another test or model of the same data"
SD, SE = "standard deviations", "standard errors"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way of computing the test: the range of its |t| and of its p.

    ``unusual`` says what is odd about this way, where a match under it is itself worth saying.
    """

    test: str
    t: Range
    p: Range
    unusual: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A summary as numbers: boxes of mean and of standard deviation, and n."""

    mean: Box
    sd: Box
    n: int


def groups(summaries: tuple[Summary, ...], spread: str) -> tuple[Group, ...] | Unknown:
    """The summaries as numbers, with what was printed after ± read as SDs or as SEs."""
    found = []
    for summary in summaries:
        size_ = whole_numbers(summary.n)
        printed = spread_of(summary, spread)
        if isinstance(size_, Unknown):
            return size_
        if summary.mean is None or not summary.mean.is_number:
            return Unknown("a mean is not printed")
        if printed is None:
            return Unknown("a standard deviation is not printed")
        if len(size_) > 1:
            return Unknown("n can be several numbers")
        if size_[0] < 1:
            return Unknown("n is 0")
        scale = sqrt(size_[0]) if spread == SE else 1.0
        low, mid, high = (x * scale for x in box(printed))
        found.append(Group(box(summary.mean), (max(low, 0.0), mid, high), size_[0]))
    return tuple(found)


def spread_of(summary: Summary, kind: str) -> Reported | None:
    """The number that is read as a spread of this kind."""
    sd = summary.sd or summary.plusminus
    chosen = sd if kind == SD else summary.se or sd  # an SD read as an SE is a hypothesis of its own
    return chosen if chosen is not None and chosen.is_number else None


def printed_spread(summary: Summary) -> Reported | None:
    """The number that stands for a spread, whatever it is."""
    return summary.sd or summary.plusminus or summary.se


def unsaid(summaries: tuple[Summary, ...]) -> bool:
    """Whether the source does not say if its ± are SDs or SEs."""
    return any(summary.plusminus is not None for summary in summaries)


def numbers(*summaries: Summary) -> tuple[Reported | None, ...]:
    """The printed numbers of summaries, in order."""
    return tuple(n for each in summaries for n in (each.mean, printed_spread(each), _plain(each.n)))


def _plain(n: Printed | None) -> Reported | None:
    return n if isinstance(n, Reported) else None


def printed_t(test: PrintedTest) -> tuple[Box, float] | None:
    """The size of a printed t, z or root of an F of two groups, with its unit; an F of more as it is.

    None where it is another statistic.
    """
    statistic = test.statistic
    if statistic is None or not statistic.is_number:
        return None
    ends, unit = size(box(statistic)), as_float(statistic.ulp)
    if test.letter in ("t", "z", "statistic"):
        return ends, unit
    if test.letter == "f" and len(test.sizes) > 2:
        return ends, unit
    if test.letter == "f":
        roots = tuple(sqrt(max(x, 0.0)) for x in ends)
        return (roots[0], roots[1], roots[2]), max((roots[2] - roots[0]), 1e-300)
    return None


def judge(
    rule: Rule, test: PrintedTest, about: About, candidates: list[Candidate], said: str
) -> Iterator[Finding]:
    """What the candidates say of the printed t, or of the printed p where there is no statistic."""
    known = [c for c in candidates if c.t.mid == c.t.mid]
    p, t = printed_p(test), printed_t(test)
    if not known:
        yield not_checkable(rule, test.place, about, f"no statistic is defined for {said}")
    elif t is not None:
        yield _judge_t(rule, test, about, known, said, t)
    elif test.statistic is not None:
        name = equation(symbol(test.letter), test.statistic)
        yield not_checkable(rule, test.place, about, f"{name} is not computed from means and their spread")
    elif p is not None:
        yield _judge_p(rule, test, about, known, said, p)


def _judge_t(
    rule: Rule, test: PrintedTest, about: About, candidates: list[Candidate], said: str, t: tuple[Box, float]
) -> Finding:
    ends, unit = t
    statistic = test.statistic
    assert statistic is not None  # it gave t
    tried = tuple(_tried(c, ends, unit) for c in candidates)
    name = equation(symbol(test.letter), statistic)
    hit = next((c for c, tr in zip(candidates, tried, strict=True) if tr.hit), None)
    facts: dict[str, Any] = {"tried": tried, "power": power(candidates, ends, unit)}
    if hit is not None:
        facts |= {"by": hit.test, "recomputed": hit.t}
        message = f"{name} is {hit.test} of {said}"
        if not hit.unusual:
            return consistent(rule, test.place, about, message, decision=_same(test, hit.p), **facts)
        text = f"{message}, {hit.unusual}"
        return consistent_under(rule, test.place, about, text, severity=WARNING, **facts)
    usual = candidates[0]
    away = min(inf if tr.distance is None else tr.distance for tr in tried)
    facts |= {"recomputed": usual.t, "relaxation": away}
    message = f"{name} is not reproduced by {said}: {usual.test} gives {figures(usual.t, statistic.decimals)}"
    if away <= 1:
        return slip(rule, test.place, about, f"{message}, one unit of the last digit away", **facts)
    return inconsistent(rule, test.place, about, message, **facts)


def _tried(candidate: Candidate, ends: Box, unit: float) -> Tried:
    low, high = candidate.t.low, candidate.t.high
    hit, away = meets(low, high, ends), distance(low, high, ends, unit)
    return Tried(candidate.test, candidate.t, candidate.p, hit=hit, distance=away)


def power(candidates: list[Candidate], ends: Box, unit: float) -> float:
    """How likely a wrong t would be caught: the share of usual values that no candidate covers."""
    usual = max(10.0, ends[2])
    covered = sum(min(c.t.high, usual) - min(c.t.low, usual) + unit for c in candidates)
    return max(0.0, 1.0 - covered / usual)


def _same(test: PrintedTest, p: Range) -> str:
    printed = decision_of(test)
    side = True if p.high < ALPHA else False if p.low >= ALPHA else None
    return SAME if printed is not None and printed == side else "none"


def _judge_p(
    rule: Rule, test: PrintedTest, about: About, candidates: list[Candidate], said: str, p: Reported
) -> Finding:
    allowed = region(test)
    name = equation("P", p)
    if allowed is None:
        return not_checkable(rule, test.place, about, f"{p.text} is no probability")
    hits = [allowed.meets(c.p.low, c.p.high) for c in candidates]
    tried = tuple(Tried(c.test, c.t, c.p, hit=h) for c, h in zip(candidates, hits, strict=True))
    hit = next((c for c, h in zip(candidates, hits, strict=True) if h), None)
    facts: dict[str, Any] = {"tried": tried, "power": 0.0}
    if hit is not None:
        message = f"{name} agrees with {hit.test} of {said}, p {chances(hit.p)}"
        facts |= {"by": hit.test, "recomputed": hit.p}
        if not hit.unusual:
            return consistent(rule, test.place, about, message, **facts)
        text = f"{message}, {hit.unusual}"
        return consistent_under(rule, test.place, about, text, severity=WARNING, **facts)
    usual = candidates[0]
    message = f"{name} is not reproduced by {said}: {usual.test} has p {chances(usual.p)}"
    plain = [c.p for c in candidates if not c.unusual]
    if test.named is None and any(near_that_of_means(each, allowed) for each in plain):
        facts |= {"by": ANOTHER, "recomputed": usual.p}
        text = f"{message}, but it may be of ranks, of logarithms, or adjusted for the values before"
        return consistent_under(rule, test.place, about, text, severity=NOTE, **facts)
    return p_mismatch(rule, test, about, message, usual.p, **facts)


def p_mismatch(rule: Rule, test: PrintedTest, about: About, message: str, p: Range, **facts: Any) -> Finding:
    """A p that its summaries do not give: an error where the decision flips, else a warning.

    Which test was made is not known where only a p is printed, so a digit alone is no error.
    """
    words = by_words(test)
    printed = decision_of(test) if words is None else words
    flips = printed is not None and ((p.high < ALPHA and not printed) or (p.low >= ALPHA and printed))
    decision, severity = (FLIPS, ERROR) if flips else ("none", WARNING)
    return inconsistent(
        rule, test.place, about, message, decision=decision, severity=severity, recomputed=p, **facts
    )
