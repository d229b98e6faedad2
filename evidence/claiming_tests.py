"""From the tests of an entry to claims: each with what it can be recomputed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.claiming_results import Book, cells, one, share_of, shared_shares, summary_of
from evidence.claims import (
    BareTest,
    ChangeTest,
    Claim,
    MeansTest,
    Place,
    PrintedTest,
    Share,
    SharesTest,
    StratifiedTest,
    Summary,
    TableTest,
    WithinTest,
)
from evidence.denominators import ALL, denominator
from evidence.values import Printed, Reported

if TYPE_CHECKING:
    from evidence.entry import Entry, Test
    from evidence.study import Study

_TIME_TO_EVENT_TESTS = frozenset({"log-rank", "stratified-log-rank", "gehan", "cox"})
_Sides = tuple[tuple[str, ...], ...]
_TOLD_APART_BY = ("at", "cut", "set", "assessor", "criteria", "confirmed", "grade")


def claims_of_test(book: Book, entry: Entry, test: Test, place: Place) -> Iterator[Claim]:
    if test.within is not None:
        yield from _within(book, entry, test, place)
    else:
        yield _between(book, entry, test, place)


def _printed_test(
    test: Test, place: Place, arms: Iterable[str], sizes: Iterable[Printed | None], within: bool = False
) -> PrintedTest:
    return PrintedTest(
        place=place,
        address=test.address,
        contrast=test.contrast,
        letter=test.letter,
        statistic=one(test.statistic),
        df=tuple(n for n in map(one, test.df) if n is not None),
        p=test.p if isinstance(test.p, Reported) else None,
        sided=test.sided,
        named=test.test,
        claim=test.claim,
        higher=test.higher,
        within=within,
        of=test.of,
        arms=tuple(arms),
        sizes=tuple(sizes),
    )


def _within(book: Book, entry: Entry, test: Test, place: Place) -> Iterator[Claim]:
    study = book.study
    arms = tuple(study.arms) if test.within == "each" else (str(test.within),)
    times = [side[0] for side in test.compare if side]
    for arm in arms:
        n = denominator(study, entry, arm)
        printed = _printed_test(test, place, (arm,), (n,), within=True)
        found = [_summary_at(book, entry, arm, time) for time in times]
        if len(found) == 2 and found[0] is not None and found[1] is not None:
            yield WithinTest(printed, found[0], found[1])
        else:
            yield BareTest(printed)


def _summary_at(book: Book, entry: Entry, arm: str, time: str) -> Summary | None:
    """The mean of an arm at a time: of this entry, else of another entry of the same endpoint."""
    same = [e for e in book.study.entries if e.endpoint == entry.endpoint and e.subgroup == entry.subgroup]
    for candidate in (entry, *(e for e in same if e is not entry)):
        for result in candidate.results:
            at = result.time or (candidate.at[0] if len(candidate.at) == 1 else None)
            if result.arm == arm and at == time and result.mean is not None:
                return summary_of(book.study, candidate, result, book.place(candidate))
    return None


def _between(book: Book, entry: Entry, test: Test, place: Place) -> Claim:
    study = book.study
    sides = _sides(study, entry, test)
    printed = without_values(book, entry, test, place)
    if test.across is not None and test.test == "cmh":
        return _stratified(book, entry, printed, test.across) or BareTest(printed)
    if test.across is not None or test.test in _TIME_TO_EVENT_TESTS or entry.pairs is not None:
        return BareTest(printed)
    if test.of != "level":
        return _change(book, entry, printed, sides)
    return (
        _table(book, entry, printed, sides)
        or _shares(book, entry, printed, sides)
        or _means(book, entry, printed, sides)
        or BareTest(printed)
    )


def without_values(book: Book, entry: Entry, test: Test, place: Place) -> PrintedTest:
    """A test between arms as printed, without what it was computed from."""
    sides = _sides(book.study, entry, test)
    arms = tuple("+".join(side) for side in sides)
    sizes = tuple(denominator(book.study, entry, side[0]) if len(side) == 1 else None for side in sides)
    return _printed_test(test, place, arms, sizes)


def _sides(study: Study, entry: Entry, test: Test) -> _Sides:
    if test.compare:
        return tuple(tuple(side) for side in test.compare)
    own = [r.arm for r in entry.results if r.arm in study.arms]
    shared = [arm for s in entry.shared for arm in (study.arms if tuple(s.arms) == (ALL,) else s.arms)]
    named = [arm for arm in study.arms if arm in own or arm in shared]
    return tuple((arm,) for arm in (named if len(named) > 1 else study.arms))


def _shares(book: Book, entry: Entry, printed: PrintedTest, sides: _Sides) -> Claim | None:
    study, place = book.study, printed.place
    found = {r.arm: share_of(study, entry, r, place) for r in entry.results if r.time is None}
    shared = tuple(shared_shares(study, entry, place))
    ranged = {share.arm: share for group in shared for share in group.arms}
    levels = _shares_of_levels(book, entry)
    shares = [[found.get(arm) or ranged.get(arm) or levels.get(arm) for arm in side] for side in sides]
    if any(share is None for side in shares for share in side):
        return None
    whole = tuple(tuple(share for share in side if share is not None) for side in shares)
    used = tuple(g for g in shared if any(s.arm not in found for side in whole for s in side))
    return SharesTest(printed, whole, used)


def _shares_of_levels(book: Book, entry: Entry) -> dict[str, Share]:
    """The share of every subgroup level for which this entry's endpoint is printed of one arm alone."""
    found = {}
    for other in book.study.entries if book.study.subgroups else ():
        if other.subgroup is not None and all(
            getattr(other, name) == getattr(entry, name) for name in ("endpoint", "baseline", *_TOLD_APART_BY)
        ):
            shares = [untimed_share(book, other, arm) for arm in dict.fromkeys(r.arm for r in other.results)]
            if len(shares) == 1 and shares[0] is not None:
                found[other.subgroup] = replace(shares[0], arm=other.subgroup)
    return found


def _table(book: Book, entry: Entry, printed: PrintedTest, sides: _Sides) -> Claim | None:
    by_arm = {r.arm: r for r in entry.results if r.by_category and r.time is None}
    arms = [side[0] for side in sides if len(side) == 1]
    if len(arms) != len(sides) or any(arm not in by_arm for arm in arms):
        return None
    rows = tuple(cells(book.study, entry, by_arm[arm], printed.place) for arm in arms)
    categories = tuple(by_arm[arms[0]].by_category or ())
    return TableTest(printed, tuple(arms), categories, rows, bool(entry.ordered))


def _means(book: Book, entry: Entry, printed: PrintedTest, sides: _Sides) -> Claim | None:
    untimed = [r for r in entry.results if r.time is None and r.mean is not None]
    times = {r.time for r in entry.results if r.mean is not None}
    usable = untimed if untimed else [r for r in entry.results if r.mean is not None and len(times) == 1]
    study = book.study
    by_arm = {r.arm: summary_of(study, entry, r, printed.place) for r in usable}
    groups = [by_arm.get(side[0]) if len(side) == 1 else None for side in sides]
    if any(group is None for group in groups):
        return None
    compared = {arm for side in sides for arm in side}
    others = tuple(
        s for arm, s in by_arm.items() if s is not None and arm in study.arms and arm not in compared
    )
    return MeansTest(printed, tuple(group for group in groups if group is not None), others)


def _stratified(book: Book, entry: Entry, printed: PrintedTest, factor: str) -> Claim | None:
    """The shares of two arms in every level of a factor, where all of them are printed."""
    levels = book.study.subgroups[factor].levels if factor in book.study.subgroups else ()
    strata = []
    for level in levels:
        entries = [e for e in book.study.entries if e.endpoint == entry.endpoint and e.subgroup == level]
        pair = [untimed_share(book, entries[0], arm) for arm in printed.arms] if len(entries) == 1 else []
        if len(pair) != 2 or pair[0] is None or pair[1] is None:
            return None
        strata.append((pair[0], pair[1]))
    return StratifiedTest(printed, tuple(strata)) if strata else None


def untimed_share(book: Book, entry: Entry, arm: str) -> Share | None:
    found = (r for r in entry.results if r.arm == arm and r.time is None)
    shares = (share_of(book.study, entry, r, book.place(entry)) for r in found)
    return next((s for s in shares if s is not None and not s.survival), None)


def _change(book: Book, entry: Entry, printed: PrintedTest, sides: _Sides) -> Claim:
    pairs = []
    for side in sides:
        before = _summary_at(book, entry, side[0], "before") if len(side) == 1 else None
        after = _summary_at(book, entry, side[0], "after") if len(side) == 1 else None
        if before is None or after is None:
            return BareTest(printed)
        pairs.append((before, after))
    return ChangeTest(printed, tuple(pairs))
