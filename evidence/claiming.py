"""From a study to its claims: each printed number and test, with what it can be recomputed from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.claiming_responses import response_sums
from evidence.claiming_results import (
    Book,
    cells,
    hundredth,
    one,
    ordered,
    scale_of,
    share_of,
    shared_shares,
    summary_of,
)
from evidence.claiming_sources import witnesses
from evidence.claiming_survival import Reader, survival_claims
from evidence.claiming_tests import claims_of_test, untimed_share, without_values
from evidence.claims import (
    Calendar,
    Claim,
    EffectClaim,
    EffectOfArms,
    Ordered,
    Paper,
    Place,
    Share,
    ShareInterval,
    Sum,
)
from evidence.denominators import ALL, allocated
from evidence.readings import CORRECTED, read_as
from evidence.values import Printed, Reported

if TYPE_CHECKING:
    from evidence.entry import Effect, Entry, Interval, Result
    from evidence.review import Review
    from evidence.study import Study

__all__ = ["Book", "effect_claim", "paper", "share_of", "shared_shares", "summary_of"]

_STAGES_OF_LOSS = ("lost", "withdrawn")
_STAGES_OF_ALL = ("treated", "crossed-over", *_STAGES_OF_LOSS, "excluded", "analysed")
_CHANGES = ("change", "percent-change")
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


def _claims(book: Book) -> Iterator[Claim]:
    yield from _totals(book)
    yield from _flow_shares(book)
    for entry in book.study.entries:
        place = book.place(entry)
        for result in entry.results:
            yield from _result_claims(book, entry, result, place)
        yield from shared_shares(book.study, entry, place)
        yield from _pooled_sums(entry, place)
        for test in entry.tests:
            yield from claims_of_test(book, entry, test, place)
        for effect in entry.effects:
            yield from _effects(book, entry, effect, place)
    reader = Reader(book.place, effect_claim, lambda e, test, where: without_values(book, e, test, where))
    yield from survival_claims(book.study, reader)
    yield from witnesses(book)
    yield from response_sums(book)


def _calendar(study: Study) -> Calendar:
    """The dates of a study, and the longest that it says anybody was followed."""
    chosen = study.follow_up
    results = () if chosen is None else (chosen, *chosen.results)
    longest = (one(each.range[1]) for each in results if each.range is not None)
    followed = tuple((n, chosen.unit) for n in longest if n is not None and chosen is not None)
    return Calendar(study.design.recruitment, study.design.follow_up_until, followed)


# --- one result -------------------------------------------------------------------------------------------


def _result_claims(book: Book, entry: Entry, result: Result, place: Place) -> Iterator[Claim]:
    share = share_of(book.study, entry, result, place)
    if share is not None:
        yield share
        yield from _share_intervals(share, result)
    summary = summary_of(book.study, entry, result, place)
    if summary is not None:
        yield summary
    yield from _orders(result, place)
    yield from _on_scale(entry, result, place)
    if result.by_category:
        found = cells(book.study, entry, result, place)
        yield from found
        yield from _category_sum(found, result, place)


def _share_intervals(share: Share, result: Result) -> Iterator[ShareInterval]:
    """The confidence intervals of a percentage, which are not those of a median or mean beside it."""
    if share.survival or result.median is not None or result.mean is not None or result.rate is not None:
        return
    for interval in result.intervals:
        low, high = one(interval.low), one(interval.high)
        if interval.kind == "ci" and low is not None and high is not None:
            yield ShareInterval(share.place, share, low, high, interval.level)


def _on_scale(entry: Entry, result: Result, place: Place) -> Iterator[Ordered]:
    """A mean or median that stands on the scale that anybody can have; changes have another one."""
    scale, centre = scale_of(entry), one(result.mean) or one(result.median)
    if scale is not None and centre is not None and result.time not in _CHANGES:
        least, most = scale
        yield from ordered(place, "scale", ("least value", least), ("mean", centre), ("greatest value", most))


def _category_sum(found: tuple[Share, ...], result: Result, place: Place) -> Iterator[Sum]:
    parts = [one(cell.events) for cell in found]
    total = one(found[0].n) if found else None
    if total is not None and all(part is not None for part in parts):
        yield Sum(place, f"categories of {result.arm}", total, tuple(p for p in parts if p is not None))


def _orders(result: Result, place: Place) -> Iterator[Ordered]:
    centre = next(((name, value) for name in _CENTRES if (value := _of(result, name))), None)
    for interval in result.intervals:
        low, high = one(interval.low), one(interval.high)
        yield from ordered(place, "interval", ("lower limit", low), centre, ("upper limit", high))
    median = ("median", _of(result, "median"))
    if result.iqr:
        q1, q3 = map(one, result.iqr)
        yield from ordered(place, "quartiles", ("first quartile", q1), median, ("third quartile", q3))
    if result.range:
        least, most = map(one, result.range)
        yield from ordered(place, "range", ("minimum", least), centre, ("maximum", most))


def _of(result: Result, name: str) -> Reported | None:
    return one(getattr(result, name))


# --- several arms at once ---------------------------------------------------------------------------------


def _totals(book: Book) -> Iterator[Sum]:
    total, arms = one(book.study.total), [one(arm.n) for arm in book.study.arms.values()]
    if total is not None and arms and all(n is not None for n in arms):
        yield Sum(book.whole("arms"), "the arms", total, tuple(n for n in arms if n is not None))
    for name, chosen in book.study.sets.items():
        total = one(chosen.total)
        if total is not None and set(chosen.n) == set(book.study.arms):
            parts = tuple(n for n in map(one, chosen.n.values()) if n is not None)
            if len(parts) == len(chosen.n):
                yield Sum(book.whole(f"sets/{name}"), f"the arms of set {name}", total, parts)


def _flow_shares(book: Book) -> Iterator[Share]:
    """Percentages of those allocated, or of a printed n, at the stages that come after."""
    study = book.study
    for stage in _STAGES_OF_ALL:
        for arm, count in study.flow.get(stage, {}).items():
            n = count.n or allocated(study, arm)
            if count.percent is not None or count.n is not None:
                yield Share(book.whole(f"flow/{stage}"), arm, n, count.events, count.percent)


def _pooled_sums(entry: Entry, place: Place) -> Iterator[Sum]:
    """Events of everybody against those of the arms, where both are printed."""
    events = {r.arm: one(r.events) for r in entry.results if r.time is None}
    whole = events.pop(ALL, None)
    parts = tuple(n for n in events.values() if n is not None)
    if whole is not None and parts and len(parts) == len(events):
        yield Sum(place, "events of the arms", whole, parts)


def _lost(book: Book) -> Iterator[Share]:
    """How many of each arm were lost or withdrew, where the flow of people says so."""
    for stage in _STAGES_OF_LOSS:
        for arm, count in book.study.flow.get(stage, {}).items():
            if arm in book.study.arms and count.events is not None:
                yield Share(book.whole(f"flow/{stage}"), arm, book.study.arms[arm].n, count.events)


# --- effects ----------------------------------------------------------------------------------------------


def effect_claim(effect: Effect, place: Place, interval: Interval | None = None) -> EffectClaim:
    """A printed effect as a claim, with one of its intervals (by default the first)."""
    interval = interval or effect.interval

    def number(printed: Printed | None) -> Reported | None:
        return hundredth(one(printed)) if effect.scale == "percent" else one(printed)

    return EffectClaim(
        place=place,
        address=effect.address,
        contrast=effect.contrast,
        compare=("+".join(effect.compare[0]), "+".join(effect.compare[1])),
        measure=effect.measure,
        estimate=number(effect.estimate),
        low=number(interval.low) if interval is not None else None,
        high=number(interval.high) if interval is not None else None,
        level=interval.level if interval is not None else None,
        credible=interval is not None and interval.kind == "cri",
        se=number(effect.se),
        p=effect.p if isinstance(effect.p, Reported) else None,
        sided=effect.sided,
        log_scale=effect.scale == "log",
        interval=effect.interval_kind,
        method=effect.method,
        adjusted=None if effect.adjusted is None else bool(effect.adjusted),
        margin=number(effect.margin),
    )


def _effects(book: Book, entry: Entry, effect: Effect, place: Place) -> Iterator[Claim]:
    for interval in effect.intervals or (None,):
        claim = effect_claim(effect, place, interval)
        yield claim
        centre = ("estimate", claim.estimate)
        yield from ordered(place, "interval", ("lower limit", claim.low), centre, ("upper limit", claim.high))
    beside = _of_arms(book, entry, effect, place)
    if beside is not None:
        yield beside


def _of_arms(book: Book, entry: Entry, effect: Effect, place: Place) -> EffectOfArms | None:
    """An unadjusted effect beside the numbers of its two arms, where both are printed in the same entry."""
    if effect.adjusted or effect.stratified or any(len(side) != 1 for side in effect.compare):
        return None
    arms = [side[0] for side in effect.compare]
    shares = [untimed_share(book, entry, arm) for arm in arms]
    if len(shares) == 2 and shares[0] is not None and shares[1] is not None:
        return EffectOfArms(place, effect_claim(effect, place), shares[0], shares[1])
    by_arm = {r.arm: r for r in entry.results if r.time is None and r.mean is not None}
    means = [summary_of(book.study, entry, by_arm[arm], place) for arm in arms if arm in by_arm]
    if len(means) == 2 and means[0] is not None and means[1] is not None:
        return EffectOfArms(place, effect_claim(effect, place), means[0], means[1])
    return None
