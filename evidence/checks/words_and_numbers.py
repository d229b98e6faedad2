"""AUD324: do the words of a result say what its numbers say?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import sqrt

from evidence.checks import means_test as of_means
from evidence.checks import two_by_two_tests as of_shares
from evidence.checks.check import About, Check, Rule, inconsistent, screen
from evidence.checks.examples import means_test, paper, shares_test, within_test
from evidence.checks.printed_tests import ALPHA, box, by_words, decision_of, printed_p
from evidence.checks.range_tests import SD, SE, groups, numbers, unsaid
from evidence.checks.wording import figure
from evidence.claims import TESTS, AnyTest, MeansTest, Paper, Share, SharesTest, WithinTest
from evidence.distributions import normal_isf
from evidence.findings import FLIPS, INCONSISTENT, WARNING, Finding, Range
from evidence.reanalysis.counts import Unknown, vectors
from evidence.reanalysis.t import Box, difference, spread
from evidence.values import Reported, reported

RULE = Rule("AUD324", "words-and-numbers")
SAME = r"\b(equivalen\w+|similar\w*|comparable|equal\w*|no differences?|non-?inferior\w*)\b"
"""Words that say more than that a difference was not shown."""

Side = tuple[str, Box, About]
"""What is compared: its name, its value as (low, mid, high), and the numbers that give it."""


def run(claim: Paper) -> Iterator[Finding]:
    """Whether the side called higher is printed lower, a claim contradicts values, or sameness is claimed."""
    for test in claim.claims:
        if isinstance(test, TESTS):
            yield from _direction(test)
            yield from _decision(test)
            yield from _sameness(test)


# --- which side is higher ---------------------------------------------------------------------------------


def _direction(claim: AnyTest) -> Iterator[Finding]:
    higher = claim.test.higher
    sides = _sides(claim)
    called = next((side for side in sides if side[0] == higher), None)
    if called is None:
        return
    above = [side for side in sides if side[1][0] > called[1][2]]
    if above:
        name, value, _ = above[0]
        about = tuple(n for side in sides for n in side[2])
        message = (
            f"{claim.test.place.label} is called higher for {higher}, where it is printed as "
            f"{_shown(called)}, than for {name}, where it is {_shown(above[0])}"
        )
        details = ("what is called higher may be another thing than the values printed beside it",)
        yield inconsistent(
            RULE, claim.test.place, about, message, severity=WARNING, details=details, power=0.5,
            recomputed=Range(*value),
        )  # fmt: skip


def _sides(claim: AnyTest) -> tuple[Side, ...]:
    """The sides of a test of levels with their printed values; none where a value is not printed."""
    if isinstance(claim, SharesTest):
        found = [_share(side[0]) for side in claim.sides if len(side) == 1]
        return tuple(side for side in found if side is not None) if len(found) == len(claim.sides) else ()
    if isinstance(claim, MeansTest):
        return tuple((s.arm, box(s.mean), (s.mean,)) for s in claim.groups if s.mean is not None)
    if isinstance(claim, WithinTest):
        pair = (claim.before, claim.after)
        return tuple((s.time, box(s.mean), (s.mean,)) for s in pair if s.mean is not None and s.time)
    return ()


def _share(share: Share) -> Side | None:
    found = vectors(((share,),))
    if not isinstance(found, Unknown) and found and all(n for _, n in found[0]):
        percents = sorted(100 * k / n for ((k, n),) in found)
        return share.arm, (percents[0], percents[0], percents[-1]), (share.percent, share.events)
    percent = share.percent
    if isinstance(percent, Reported) and percent.is_number:
        return share.arm, box(percent), (percent,)
    return None


def _shown(side: Side) -> str:
    return " or ".join(n.text for n in side[2] if isinstance(n, Reported))


# --- whether the words decide as the values ---------------------------------------------------------------


def _decision(claim: AnyTest) -> Iterator[Finding]:
    """Words that stand alone, without statistic and p, against what every usual test of the values says."""
    words, test = by_words(claim.test), claim.test
    if words is None or test.statistic is not None or printed_p(test) is not None:
        return
    side = reported(f"{'<' if words else '>'}{ALPHA}")
    asked = replace(claim, test=replace(test, p=side, claim=None))
    found = next(iter(_recomputed(asked)), None)
    if found is None or found.verdict != INCONSISTENT or found.recomputed is None:
        return
    if (found.recomputed.high < ALPHA) == words or (found.recomputed.low < ALPHA) == words:
        return
    said = "significant" if words else "not significant"
    low, high = (figure(x, digits=2) for x in (found.recomputed.low, found.recomputed.high))
    message = (
        f"{test.place.label} is called {said}, but every usual test of what is printed has p {low} to {high}"
    )
    about = tuple(n for n in found.about if n != side)
    details = ("the words may be of an adjusted test, or of one at another level",)
    yield inconsistent(
        RULE, test.place, about, message, decision=FLIPS, severity=WARNING, details=details,
        recomputed=found.recomputed, tried=found.tried,
    )  # fmt: skip


def _recomputed(claim: AnyTest) -> Iterator[Finding]:
    if isinstance(claim, SharesTest):
        yield from of_shares.run(claim)
    elif isinstance(claim, MeansTest):
        yield from of_means.run(claim)


# --- sameness ---------------------------------------------------------------------------------------------


def _sameness(claim: AnyTest) -> Iterator[Finding]:
    """Sameness claimed because nothing was significant: what the interval does not exclude."""
    test = claim.test
    if test.within or decision_of(test) is not False:
        return
    said = (*test.place.quotes, test.place.label)
    words = next((m[0] for text in said if (m := re.search(SAME, text, re.IGNORECASE))), None)
    found = _interval(claim) if words is not None else None
    if found is None:
        return
    interval, unit, about = found
    low, high = figure(interval.low, digits=3), figure(interval.high, digits=3)
    message = (
        f'{test.place.label} is called "{words}" where p is not below {ALPHA:g}: differences from {low} to '
        f"{high}{unit} are not excluded (95 % interval)"
    )
    details = (
        "that a difference was not shown is not that there is none; a margin set beforehand would tell",
    )
    yield screen(RULE, test.place, (test.p, *about), message, recomputed=interval, details=details, power=0.0)


def _interval(claim: AnyTest) -> tuple[Range, str, About] | None:
    """The difference of two arms with its usual 95 % interval, its unit and its numbers."""
    reach = normal_isf(0.025)
    if isinstance(claim, SharesTest) and len(claim.sides) == 2:
        found = vectors(claim.sides, claim.shared)
        if isinstance(found, Unknown) or not found or min(n for _, n in found[0]) < 1:
            return None
        (a, n1), (c, n2) = found[len(found) // 2]
        p1, p2 = a / n1, c / n2
        error = sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
        ends = (100 * (p1 - p2 + step * reach * error) for step in (-1, 0, 1))
        return Range(*ends), " percentage points", tuple(s.percent for side in claim.sides for s in side)
    if isinstance(claim, MeansTest) and len(claim.groups) == 2:
        reading = SE if claim.groups[0].sd is None and not unsaid(claim.groups) else SD
        pair = groups(claim.groups, reading)
        if isinstance(pair, Unknown):
            return None
        one, two = pair
        gap, error = (
            difference(one.mean, two.mean)[1],
            spread(one.sd, one.n, two.sd, two.n, is_pooled=False)[1],
        )
        unit = f" {claim.groups[0].unit}" if claim.groups[0].unit else ""
        return Range(gap - reach * error, gap, gap + reach * error), unit, numbers(*claim.groups)
    return None


def _higher(claim: AnyTest, side: str) -> Paper:
    return paper(replace(claim, test=replace(claim.test, higher=side)))


def _called(claim: AnyTest, words: str) -> Paper:
    return paper(replace(claim, test=replace(claim.test, place=replace(claim.test.place, quotes=(words,)))))


ORR = ("89.02", "82"), ("74.36", "78")
ALIKE = ("50.0", "40"), ("45.0", "40")
BEFORE, AFTER = ("151.87", "25.21", "82"), ("44.25", "5.31", "82")

CHECK = Check(
    rule=RULE,
    title="words and numbers",
    what=(
        "Whether the side that the words call higher is printed lower, beyond all rounding; whether a "
        'result that is only called "significant", or not, is so by every usual test of its printed values; '
        "and, as a note, what a claim of sameness leaves open where it rests on P > 0.05."
    ),
    why="Readers take the words; where the numbers say another thing, one of the two was mistaken.",
    formula="low(a) > high(b) though b is called higher; difference ± 1.96 SE for a claim of sameness",
    reference="Altman and Bland 1995, BMJ 311:485 (absence of evidence is not evidence of absence)",
    false_alarms=(
        "Words about an adjusted comparison, about a change and not a level, or about better where lower "
        "is better; sameness shown against a margin that is printed elsewhere."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        _higher(shares_test("chi2", "5.794", "<0.05", *ORR), "a"),
        _higher(within_test("t", "37.8", "<0.05", BEFORE, AFTER), "before"),
        paper(shares_test(None, None, None, *ORR, claim="significant")),
        _called(shares_test("chi2", "0.201", ">0.05", *ALIKE, claim="not-significant"), "did not differ"),
    ),
    breaks=lambda: (
        _higher(shares_test("chi2", "5.794", "<0.05", *ORR), "b"),
        _higher(within_test("t", "37.8", "<0.05", BEFORE, AFTER), "after"),
        _higher(means_test("t", "-8.83", "<0.05", ("93.63", "28.35", "82"), ("132.78", "27.72", "78")), "a"),
        paper(shares_test(None, None, None, *ALIKE, claim="significant")),
        paper(means_test(None, None, None, ("5.0", "1.0", "40"), ("5.0", "1.0", "40"), claim="significant")),
        _called(shares_test("chi2", "0.201", ">0.05", *ALIKE), "rates were similar (P>0.05)"),
    ),
)
