"""AUD325: how many people are behind a printed statistic?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from evidence.checks import means_test as of_means
from evidence.checks import two_by_two_tests as of_shares
from evidence.checks.calendar_query import months_of
from evidence.checks.check import About, Check, Rule, screen
from evidence.checks.example_papers import arms
from evidence.checks.examples import means_test, number, paper, place, share
from evidence.checks.range_tests import SD, SE, Group, groups, printed_t, unsaid
from evidence.checks.wording import a_few, equation, listed, symbol
from evidence.claims import MeansTest, Paper, Share, SharesTest
from evidence.findings import CONSISTENT, INCONSISTENT, Finding
from evidence.reanalysis.counts import Unknown, counts_of, whole_numbers
from evidence.reanalysis.t import absolute, t_range
from evidence.values import Printed, Reported

RULE = Rule("AUD325", "n-behind-test")
SMALLER = 0.8
"""Sizes down to this share of n are tried: people who dropped out, or whose value is missing."""
MOST_LEFT_OUT = 20

OfArms = MeansTest | SharesTest


def run(claim: Paper) -> Iterator[Finding]:
    """Statistics that fit another n than the one beside them, or the n of people no longer there."""
    allocated = dict(claim.sizes)
    gone = _gone(claim)
    for test in claim.claims:
        if (
            isinstance(test, MeansTest | SharesTest)
            and test.test.statistic is not None
            and not test.test.place.baseline
        ):
            found = tuple(_whole_arms(test, allocated))
            if isinstance(test, MeansTest):
                found = found or (*_fewer(test), *_still_there(test, gone))
            yield from found


def _verdict(claim: OfArms) -> str:
    found = of_means.run(claim) if isinstance(claim, MeansTest) else of_shares.run(claim)
    return next((finding.verdict for finding in found), "")


def _said(claim: OfArms) -> str:
    assert claim.test.statistic is not None  # only such tests are asked
    return equation(symbol(claim.test.letter), claim.test.statistic)


def _sizes(claim: OfArms) -> list[tuple[str, int]]:
    """The arms and their one n; empty where one is not known, or where sides are sums of arms."""
    if isinstance(claim, SharesTest) and any(len(side) != 1 for side in claim.sides):
        return []
    parts = claim.groups if isinstance(claim, MeansTest) else [side[0] for side in claim.sides]
    known = [(part.arm, whole_numbers(part.n)) for part in parts]
    return [(arm, n[0]) for arm, n in known if not isinstance(n, Unknown) and len(n) == 1 and len(known) == 2]


def _resized(claim: OfArms, sizes: dict[str, Printed]) -> OfArms:
    test = replace(claim.test, sizes=tuple(sizes.values()))
    if isinstance(claim, MeansTest):
        return replace(claim, test=test, groups=tuple(replace(g, n=sizes[g.arm]) for g in claim.groups))
    sides = tuple(tuple(replace(share, n=sizes[share.arm]) for share in side) for side in claim.sides)
    return replace(claim, test=test, sides=sides)


def _about(claim: OfArms) -> About:
    return (claim.test.statistic, claim.test.p, *claim.test.sizes)


# --- the whole arms in place of a part --------------------------------------------------------------------


def _whole_arms(claim: OfArms, allocated: dict[str, Printed]) -> Iterator[Finding]:
    sizes = _sizes(claim)
    whole = {arm: allocated[arm] for arm, _ in sizes if arm in allocated}
    if len(sizes) != 2 or len(whole) != 2 or all(whole_numbers(whole[arm]) == (n,) for arm, n in sizes):
        return
    if _verdict(claim) != INCONSISTENT or _verdict(_resized(claim, whole)) != CONSISTENT:
        return
    own, other = listed([str(n) for _, n in sizes]), listed([_text(n) for n in whole.values()])
    message = f"{_said(claim)} is not that of {own} people but of all {other} who were allocated"
    details = ("the values may be those of a part and the test that of the whole, or the other way round",)
    yield screen(RULE, claim.test.place, _about(claim), message, details=details, power=0.9)


def _text(n: Printed) -> str:
    return n.text if isinstance(n, Reported) else "?"


# --- fewer people than printed ----------------------------------------------------------------------------


def _fewer(claim: MeansTest) -> Iterator[Finding]:
    """The smaller arms, if any, of which the printed means and SDs have the printed t."""
    t = printed_t(claim.test)
    reading = SE if claim.groups[0].sd is None and not unsaid(claim.groups) else SD
    found = groups(claim.groups, reading)
    if t is None or isinstance(found, Unknown) or len(found) != 2 or _verdict(claim) != INCONSISTENT:
        return
    one, two = found
    pairs = list(product(_down_from(one.n), _down_from(two.n)))
    hits = [pair for pair in pairs if _gives(one, two, pair, t[0])]
    if not hits:
        return
    nearest = min(hits, key=lambda pair: max(1 - pair[0] / one.n, 1 - pair[1] / two.n))
    message = (
        f"{_said(claim)} is not that of {one.n} and {two.n} people, but of {nearest[0]} and {nearest[1]} "
        "with these means and spreads"
    )
    details = (
        f"{len(hits)} of the {len(pairs)} pairs of sizes down to four fifths do: who was left out, if "
        "anybody, is not printed here",
    )
    power = 1 - len(hits) / len(pairs)
    yield screen(RULE, claim.test.place, _about(claim), message, details=details, power=power)


def _down_from(n: int) -> range:
    return range(n, max(int(n * SMALLER), n - MOST_LEFT_OUT, 2) - 1, -1)


def _gives(one: Group, two: Group, sizes: tuple[int, int], t: tuple[float, float, float]) -> bool:
    box = absolute(t_range(one.mean, one.sd, sizes[0], two.mean, two.sd, sizes[1]))
    return box[0] <= t[2] and box[2] >= t[0]


# --- people who are no longer there -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gone:
    """How many of an arm are no longer there, from which time on (None: not said), and why."""

    arm: str
    people: int
    since: float | None
    why: str
    about: About


def _gone(whole: Paper) -> list[Gone]:
    lost = [_left(share, None, "were lost or withdrew") for share in whole.lost]
    dead = [
        _left(share, months_of(share.place.at), f"had died by {share.place.at[0]}", survivors=True)
        for share in whole.claims
        if isinstance(share, Share) and share.survival and share.place.endpoint == "overall-survival"
        and months_of(share.place.at) is not None
    ]  # fmt: skip
    return [each for each in (*lost, *dead) if each is not None and each.people > 0]


def _left(share: Share, since: float | None, why: str, survivors: bool = False) -> Gone | None:
    found = counts_of(share)
    if isinstance(found, Unknown) or not found:
        return None
    people = min(n - k if survivors else k for k, n in found)
    return Gone(share.arm, people, since, why, (share.events, share.percent))


def _still_there(claim: MeansTest, gone: list[Gone]) -> Iterator[Finding]:
    """A statistic of everybody allocated, and not of those who can still have been measured."""
    at, sizes = months_of(claim.test.place.at), dict(_sizes(claim))
    missing = [g for g in gone if g.arm in sizes and (g.since is None or (at is not None and at >= g.since))]
    if len(sizes) != 2 or not missing or at is None or _verdict(claim) != CONSISTENT:
        return
    left = {arm: n - max((g.people for g in missing if g.arm == arm), default=0) for arm, n in sizes.items()}
    fewer: dict[str, Printed] = {arm: Reported(str(n), exact=Fraction(n)) for arm, n in left.items()}
    if min(left.values()) < 2 or _verdict(_resized(claim, fewer)) == CONSISTENT:
        return  # with those people or without them the t is the same to its digits
    who = a_few([f"{g.people} of {g.arm} {g.why}" for g in missing])
    message = f"{_said(claim)} is that of all {listed([str(n) for n in sizes.values()])} people, though {who}"
    details = ("values carried forward or imputed for those who left answer it",)
    about = (*_about(claim), *(n for g in missing for n in g.about))
    yield screen(RULE, claim.test.place, about, message, details=details, power=0.5)


CELLS = ("93.63", "28.35"), ("132.78", "27.72")


def _of(t: str, sizes: tuple[str, str], allocated: tuple[str, str], *at: str) -> Paper:
    claim = means_test("t", t, "<0.001", *((*cell, n) for cell, n in zip(CELLS, sizes, strict=True)))
    claim = replace(claim, test=replace(claim.test, place=replace(claim.test.place, at=at)))
    return replace(paper(claim), sizes=arms(allocated))


def _lost(whole: Paper, *counts: str) -> Paper:
    pairs = zip(whole.sizes, counts, strict=True)
    lost = tuple(Share(place("lost"), arm, n, number(k, f"{arm}/lost")) for (arm, n), k in pairs)
    return replace(whole, lost=lost)


CHECK = Check(
    rule=RULE,
    title="n behind a test",
    what=(
        "Whether a statistic that the printed n does not give is given by the whole arms where a part is "
        "reported, or by somewhat fewer people; and whether a t at a stated time is that of everybody, "
        "though some had died or were lost by then. A query: it names the n that fits."
    ),
    why="The wrong n beside a right statistic looks like a wrong statistic, and hides who was left out.",
    formula="n' with t(m1, s1, n1'; m2, s2, n2') = t, down to four fifths of n, at most 20 fewer",
    reference="Brown and Heathers 2017, Social Psychological and Personality Science 8:363-369 (unstated n)",
    false_alarms=(
        "A t falls slowly with n, so that a mistyped t just below the right one also fits somewhat fewer "
        "people; the power says how many of the sizes tried would not. Imputed values count everybody by "
        "design."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        _of("-8.83", ("82", "78"), ("82", "78")),
        _of("-3.00", ("82", "78"), ("82", "78")),
        _lost(_of("-8.83", ("82", "78"), ("82", "78"), "6 months"), "0", "0"),
    ),
    breaks=lambda: (
        _of("-8.83", ("40", "38"), ("82", "78")),
        _of("-8.83", ("90", "85"), ("90", "85")),
        _lost(_of("-8.83", ("82", "78"), ("82", "78"), "6 months"), "6", "5"),
        replace(
            _of("-8.83", ("82", "78"), ("82", "78"), "12 months"),
            claims=(
                *(
                    replace(each, place=replace(each.place, at=("1 year",), endpoint="overall-survival"))
                    for each in (
                        share("90.24", "82", survival=True),
                        share("89.74", "78", arm="b", survival=True),
                    )
                ),
                *_of("-8.83", ("82", "78"), ("82", "78"), "12 months").claims,
            ),
        ),
    ),
)
