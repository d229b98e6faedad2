"""From a study to its claims: each printed number and test, with what it can be recomputed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.claiming_survival import Reader, survival_claims
from evidence.claims import (
    BareTest,
    Calendar,
    ChangeTest,
    Claim,
    EffectClaim,
    EffectOfArms,
    MeansTest,
    Ordered,
    Paper,
    Place,
    PrintedTest,
    Share,
    SharedShare,
    SharesTest,
    StratifiedTest,
    Sum,
    Summary,
    TableTest,
    WithinTest,
)
from evidence.denominators import denominator
from evidence.readings import CORRECTED, read_as
from evidence.values import Between, Printed, Reported

if TYPE_CHECKING:
    from evidence.entry import Effect, Entry, Interval, Result, Test
    from evidence.review import Review
    from evidence.study import Study

_TIME_TO_EVENT_TESTS = frozenset({"log-rank", "stratified-log-rank", "gehan", "cox"})
_ALL = "all"
_STAGES_OF_LOSS = ("lost", "withdrawn")
_Sides = tuple[tuple[str, ...], ...]
_CENTRES = ("median", "mean", "survival", "rate", "percent")


def paper(study: Study, reading: str = CORRECTED, review: Review | None = None) -> Paper:
    """Everything a study claims, under a reading.

    Raises
    ------
    ValueError
        For a reading that does not exist.
    """
    book = Book(read_as(study, reading), review)
    return Paper(
        study.study,
        study.design.kind,
        tuple(_claims(book)),
        sizes=tuple((arm, each.n) for arm, each in book.study.arms.items()),
        lost=tuple(_lost(book)),
        calendar=_calendar(book.study),
    )


@dataclass(frozen=True, slots=True)
class Book:
    """A study beside the review that names its endpoints."""

    study: Study
    review: Review | None

    def place(self, entry: Entry) -> Place:
        return Place(
            study=self.study.study,
            address=entry.address,
            endpoint=entry.endpoint,
            label=self.label(entry),
            at=tuple(entry.at),
            where=entry.where,
            quotes=tuple(entry.quotes),
            kind=self.kind(entry.endpoint),
            design=self.study.design.kind,
            paired=bool(self.study.design.paired),
            baseline=entry.baseline,
        )

    def whole(self, what: str) -> Place:
        key = self.study.study
        design = self.study.design.kind
        return Place(study=key, address=f"{key}/{what}", endpoint=what, label=what, design=design)

    def label(self, entry: Entry) -> str:
        at = f" at {', '.join(entry.at)}" if entry.at else ""
        return (entry.label or self.endpoint_label(entry.endpoint)) + at

    def endpoint_label(self, key: str) -> str:
        named = self.review.endpoints.get(key) if self.review is not None else None
        named = named or self.study.endpoints.get(key)
        label = getattr(named, "label", None)
        return label or key.replace("-", " ").capitalize()

    def kind(self, key: str) -> str | None:
        named = self.review.endpoints.get(key) if self.review is not None else None
        named = named or self.study.endpoints.get(key)
        return getattr(named, "kind", None)


def _claims(book: Book) -> Iterator[Claim]:
    yield from _totals(book)
    for entry in book.study.entries:
        place = book.place(entry)
        for result in entry.results:
            yield from _result_claims(book, entry, result, place)
        yield from shared_shares(book.study, entry, place)
        yield from _pooled_sums(entry, place)
        for test in entry.tests:
            yield from _tests(book, entry, test, place)
        for effect in entry.effects:
            yield from _effects(book, entry, effect, place)
    reader = Reader(book.place, effect_claim, lambda e, test, where: _without_values(book, e, test, where))
    yield from survival_claims(book.study, reader)


def _calendar(study: Study) -> Calendar:
    """The dates of a study, and the longest that it says anybody was followed."""
    chosen = study.follow_up
    results = () if chosen is None else (chosen, *chosen.results)
    longest = (_one(each.range[1]) for each in results if each.range is not None)
    followed = tuple((n, chosen.unit) for n in longest if n is not None and chosen is not None)
    return Calendar(study.design.recruitment, study.design.follow_up_until, followed)


# --- one result -------------------------------------------------------------------------------------------


def share_of(study: Study, entry: Entry, result: Result, place: Place) -> Share | None:
    """The yes/no claim in a result, if it holds one."""
    survival = result.survival is not None
    percent = result.survival if survival else result.percent
    if result.events is None and percent is None:
        return None
    n, others = denominator(study, entry, result.arm, result.n), _others(study, entry, result.arm)
    return Share(place, result.arm, n, None if survival else result.events, percent, survival, others)


def _others(study: Study, entry: Entry, arm: str) -> tuple[Printed, ...]:
    """The n of the other arms, which a percentage may have been taken of by mistake."""
    found = (denominator(study, entry, other) for other in study.arms if other != arm)
    return tuple(n for n in found if n is not None)


def summary_of(study: Study, entry: Entry, result: Result, place: Place) -> Summary | None:
    """The mean or median of a result, if it holds one. A ± whose kind is not said also stands as ``sd``."""
    if result.mean is None and result.median is None and result.sd is None and result.se is None:
        return None
    q1, q3 = result.iqr or (None, None)
    least, most = result.range or (None, None)
    unsaid = result.plusminus if result.sd is None and result.se is None else None
    return Summary(
        place,
        result.arm,
        result.time,
        denominator(study, entry, result.arm, result.n),
        unit=entry.unit,
        mean=_one(result.mean),
        sd=_one(result.sd if result.sd is not None else unsaid),
        se=_one(result.se),
        plusminus=_one(result.plusminus),
        median=_one(result.median),
        q1=_one(q1),
        q3=_one(q3),
        minimum=_one(least),
        maximum=_one(most),
        correlation=_one(result.r),
        items=_one(entry.items),
        scale=_scale(entry),
    )


def _scale(entry: Entry) -> tuple[Reported, Reported] | None:
    least, most = map(_one, entry.scale or (None, None))
    return (least, most) if least is not None and most is not None else None


def _one(value: Printed | None) -> Reported | None:
    return value if isinstance(value, Reported) and value.is_number else None


def _result_claims(book: Book, entry: Entry, result: Result, place: Place) -> Iterator[Claim]:
    share = share_of(book.study, entry, result, place)
    if share is not None:
        yield share
    summary = summary_of(book.study, entry, result, place)
    if summary is not None:
        yield summary
    yield from _orders(result, place)
    if result.by_category:
        cells = _cells(book.study, entry, result, place)
        yield from cells
        yield from _category_sum(cells, result, place)


def _cells(study: Study, entry: Entry, result: Result, place: Place) -> tuple[Share, ...]:
    n = denominator(study, entry, result.arm, result.n)
    found = result.by_category or {}
    return tuple(Share(place, result.arm, n, cell.events, cell.percent) for cell in found.values())


def _category_sum(cells: tuple[Share, ...], result: Result, place: Place) -> Iterator[Sum]:
    parts = [_one(cell.events) for cell in cells]
    total = _one(cells[0].n) if cells else None
    if total is not None and all(part is not None for part in parts):
        yield Sum(place, f"categories of {result.arm}", total, tuple(p for p in parts if p is not None))


def _orders(result: Result, place: Place) -> Iterator[Ordered]:
    centre = next(((name, value) for name in _CENTRES if (value := _of(result, name))), None)
    for interval in result.intervals:
        low, high = _one(interval.low), _one(interval.high)
        yield from _ordered(place, "interval", ("lower limit", low), centre, ("upper limit", high))
    median = ("median", _of(result, "median"))
    if result.iqr:
        q1, q3 = map(_one, result.iqr)
        yield from _ordered(place, "quartiles", ("first quartile", q1), median, ("third quartile", q3))
    if result.range:
        least, most = map(_one, result.range)
        yield from _ordered(place, "range", ("minimum", least), centre, ("maximum", most))


def _of(result: Result, name: str) -> Reported | None:
    return _one(getattr(result, name))


def _ordered(place: Place, what: str, *items: tuple[str, Reported | None] | None) -> Iterator[Ordered]:
    known = tuple((item[0], item[1]) for item in items if item is not None and item[1] is not None)
    if len(known) > 1:
        yield Ordered(place, what, known)


# --- several arms at once ---------------------------------------------------------------------------------


def shared_shares(study: Study, entry: Entry, place: Place) -> Iterator[SharedShare]:
    """The percentages of an entry that are printed as one range for several arms."""
    for shared in entry.shared:
        percent = shared.percent
        if isinstance(percent, Between):
            arms = tuple(study.arms) if tuple(shared.arms) == (_ALL,) else tuple(shared.arms)
            shares = tuple(Share(place, arm, denominator(study, entry, arm)) for arm in arms)
            yield SharedShare(place, shares, percent.low, percent.high)


def _totals(book: Book) -> Iterator[Sum]:
    total, arms = _one(book.study.total), [_one(arm.n) for arm in book.study.arms.values()]
    if total is not None and arms and all(n is not None for n in arms):
        yield Sum(book.whole("arms"), "the arms", total, tuple(n for n in arms if n is not None))
    for name, chosen in book.study.sets.items():
        total = _one(chosen.total)
        if total is not None and set(chosen.n) == set(book.study.arms):
            parts = tuple(n for n in map(_one, chosen.n.values()) if n is not None)
            if len(parts) == len(chosen.n):
                yield Sum(book.whole(f"sets/{name}"), f"the arms of set {name}", total, parts)


def _pooled_sums(entry: Entry, place: Place) -> Iterator[Sum]:
    """Events of everybody against those of the arms, where both are printed."""
    events = {r.arm: _one(r.events) for r in entry.results if r.time is None}
    whole = events.pop(_ALL, None)
    parts = tuple(n for n in events.values() if n is not None)
    if whole is not None and parts and len(parts) == len(events):
        yield Sum(place, "events of the arms", whole, parts)


def _lost(book: Book) -> Iterator[Share]:
    """How many of each arm were lost or withdrew, where the flow of people says so."""
    for stage in _STAGES_OF_LOSS:
        for arm, count in book.study.flow.get(stage, {}).items():
            if arm in book.study.arms and count.events is not None:
                yield Share(book.whole(f"flow/{stage}"), arm, book.study.arms[arm].n, count.events)


# --- tests ------------------------------------------------------------------------------------------------


def _tests(book: Book, entry: Entry, test: Test, place: Place) -> Iterator[Claim]:
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
        statistic=_one(test.statistic),
        df=tuple(n for n in map(_one, test.df) if n is not None),
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
    printed = _without_values(book, entry, test, place)
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


def _without_values(book: Book, entry: Entry, test: Test, place: Place) -> PrintedTest:
    """A test between arms as printed, without what it was computed from."""
    sides = _sides(book.study, entry, test)
    arms = tuple("+".join(side) for side in sides)
    sizes = tuple(denominator(book.study, entry, side[0]) if len(side) == 1 else None for side in sides)
    return _printed_test(test, place, arms, sizes)


def _sides(study: Study, entry: Entry, test: Test) -> _Sides:
    if test.compare:
        return tuple(tuple(side) for side in test.compare)
    own = [r.arm for r in entry.results if r.arm in study.arms]
    shared = [arm for s in entry.shared for arm in (study.arms if tuple(s.arms) == (_ALL,) else s.arms)]
    named = [arm for arm in study.arms if arm in own or arm in shared]
    return tuple((arm,) for arm in (named if len(named) > 1 else study.arms))


def _shares(book: Book, entry: Entry, printed: PrintedTest, sides: _Sides) -> Claim | None:
    study, place = book.study, printed.place
    found = {r.arm: share_of(study, entry, r, place) for r in entry.results if r.time is None}
    shared = tuple(shared_shares(study, entry, place))
    ranged = {share.arm: share for group in shared for share in group.arms}
    shares = [[found.get(arm) or ranged.get(arm) for arm in side] for side in sides]
    if any(share is None for side in shares for share in side):
        return None
    whole = tuple(tuple(share for share in side if share is not None) for side in shares)
    used = tuple(g for g in shared if any(s.arm not in found for side in whole for s in side))
    return SharesTest(printed, whole, used)


def _table(book: Book, entry: Entry, printed: PrintedTest, sides: _Sides) -> Claim | None:
    by_arm = {r.arm: r for r in entry.results if r.by_category and r.time is None}
    arms = [side[0] for side in sides if len(side) == 1]
    if len(arms) != len(sides) or any(arm not in by_arm for arm in arms):
        return None
    cells = tuple(_cells(book.study, entry, by_arm[arm], printed.place) for arm in arms)
    categories = tuple(by_arm[arms[0]].by_category or ())
    return TableTest(printed, tuple(arms), categories, cells, bool(entry.ordered))


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
        pair = [_untimed_share(book, entries[0], arm) for arm in printed.arms] if len(entries) == 1 else []
        if len(pair) != 2 or pair[0] is None or pair[1] is None:
            return None
        strata.append((pair[0], pair[1]))
    return StratifiedTest(printed, tuple(strata)) if strata else None


def _untimed_share(book: Book, entry: Entry, arm: str) -> Share | None:
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


# --- effects ----------------------------------------------------------------------------------------------


def effect_claim(effect: Effect, place: Place, interval: Interval | None = None) -> EffectClaim:
    """A printed effect as a claim, with one of its intervals (by default the first)."""
    interval = interval or effect.interval
    return EffectClaim(
        place=place,
        address=effect.address,
        contrast=effect.contrast,
        compare=("+".join(effect.compare[0]), "+".join(effect.compare[1])),
        measure=effect.measure,
        estimate=_one(effect.estimate),
        low=_one(interval.low) if interval is not None else None,
        high=_one(interval.high) if interval is not None else None,
        level=interval.level if interval is not None else None,
        credible=interval is not None and interval.kind == "cri",
        se=_one(effect.se),
        p=effect.p if isinstance(effect.p, Reported) else None,
        sided=effect.sided,
        log_scale=effect.scale == "log",
        interval=effect.interval_kind,
        method=effect.method,
        adjusted=None if effect.adjusted is None else bool(effect.adjusted),
    )


def _effects(book: Book, entry: Entry, effect: Effect, place: Place) -> Iterator[Claim]:
    for interval in effect.intervals or (None,):
        claim = effect_claim(effect, place, interval)
        yield claim
        centre = ("estimate", claim.estimate)
        yield from _ordered(
            place, "interval", ("lower limit", claim.low), centre, ("upper limit", claim.high)
        )
    beside = _of_arms(book, entry, effect, place)
    if beside is not None:
        yield beside


def _of_arms(book: Book, entry: Entry, effect: Effect, place: Place) -> EffectOfArms | None:
    """An unadjusted effect beside the numbers of its two arms, where both are printed in the same entry."""
    if effect.adjusted or effect.stratified or any(len(side) != 1 for side in effect.compare):
        return None
    arms = [side[0] for side in effect.compare]
    shares = [_untimed_share(book, entry, arm) for arm in arms]
    if len(shares) == 2 and shares[0] is not None and shares[1] is not None:
        return EffectOfArms(place, effect_claim(effect, place), shares[0], shares[1])
    by_arm = {r.arm: r for r in entry.results if r.time is None and r.mean is not None}
    means = [summary_of(book.study, entry, by_arm[arm], place) for arm in arms if arm in by_arm]
    if len(means) == 2 and means[0] is not None and means[1] is not None:
        return EffectOfArms(place, effect_claim(effect, place), means[0], means[1])
    return None
