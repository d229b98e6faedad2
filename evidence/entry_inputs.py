"""What the numbers of one entry give for an effect of its arms, or why they give nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.claiming import Book, share_of, shared_shares, summary_of
from evidence.claims import Share, SharedShare, Summary
from evidence.denominators import ALL
from evidence.derivation.from_means import from_change
from evidence.derivation.inputs import Inputs, Missing
from evidence.derivation.taken_together import counts_of_sides, means_of_sides
from evidence.reanalysis.counts import Unknown, assignments
from evidence.values import Reported

if TYPE_CHECKING:
    from evidence.entry import Entry
    from evidence.measures.measure import Measure

Sides = tuple[tuple[str, ...], ...]
"""The arms on each side of a comparison; several on one are taken together."""

_FOLLOW_UP = (None, "after", "end-of-treatment", "last", "best")
_NOT_LEVELS = ("before", "change", "percent-change")


def own_data(book: Book, entry: Entry, sides: Sides, measure: Measure) -> Iterator[Inputs | Missing]:
    """What the entry's own counts or means give."""
    if measure.kind in ("binary", "proportion"):
        yield _of_counts(book, entry, sides, measure)
    elif measure.kind == "continuous":
        yield _of_means(book, entry, sides, measure)
    elif measure.kind in ("within", "within-raw"):
        yield _of_change(book, entry, sides[0][0], measure)
    elif measure.kind not in ("time-to-event", "generic"):
        yield Missing(f"the {measure.name} needs {', '.join(measure.inputs)}, which no entry holds")


def _of_counts(book: Book, entry: Entry, sides: Sides, measure: Measure) -> Inputs | Missing:
    shares = _shares(book, entry)
    wanted = [_of_side(book, shares, side) for side in sides]
    if not all(wanted):
        return Missing(f"prints no counts or percentages of {_these(sides)}")
    return counts_of_sides(wanted, measure.inputs)


def _of_side(book: Book, shares: Mapping[str, Share], side: Sequence[str]) -> tuple[Share, ...]:
    """The shares of a side's arms; that printed of everybody, where the side is all there are."""
    whole = shares.get(ALL) if set(side) == set(book.study.arms) else None
    if whole is not None and isinstance(whole.n, Reported) and whole.n.is_number:
        return (replace(whole, arm="+".join(side)),)
    found = tuple(shares[arm] for arm in side if arm in shares)
    return found if len(found) == len(side) else ()


def _of_means(book: Book, entry: Entry, sides: Sides, measure: Measure) -> Inputs | Missing:
    summaries = [[_follow_up(book, entry, arm) for arm in side] for side in sides]
    known = [[summary for summary in side if summary is not None] for side in summaries]
    if any(len(own) < len(side) for own, side in zip(known, sides, strict=True)):
        return Missing(f"prints no means of {_these(sides)}")
    return means_of_sides(known, measure.inputs)


def _of_change(book: Book, entry: Entry, arm: str, measure: Measure) -> Inputs | Missing:
    times = {s.time: s for s in _summaries(book, entry, arm) if s.mean is not None}
    if "before" not in times or "after" not in times:
        return Missing(f"prints no means before and after for {arm}")
    by_before = measure.kind == "within-raw"
    return from_change(times["before"], times["after"], measure.inputs, by_before=by_before)


def _these(sides: Sides) -> str:
    return "both arms" if len(sides) == 2 else "the arm"


def _shares(book: Book, entry: Entry) -> dict[str, Share]:
    place = book.place(entry)
    found = {s.arm: s for group in shared_shares(book.study, entry, place) for s in _assigned(group)}
    for result in entry.results:
        share = share_of(book.study, entry, result, place)
        if share is not None and result.time is None:
            found[result.arm] = share
    return found


def _assigned(group: SharedShare) -> tuple[Share, ...]:
    """The shares behind a range printed for several arms, where only one assignment is possible."""
    ways = assignments(group)
    if isinstance(ways, Unknown) or len(ways) != 1:
        return ()
    printed = {ways[0].low: group.low, ways[0].high: group.high}
    return tuple(replace(s, percent=printed[s.arm]) for s in group.arms if s.arm in printed)


def _summaries(book: Book, entry: Entry, arm: str) -> list[Summary]:
    place = book.place(entry)
    found = (summary_of(book.study, entry, result, place) for result in entry.results if result.arm == arm)
    return [summary for summary in found if summary is not None]


def _follow_up(book: Book, entry: Entry, arm: str) -> Summary | None:
    """The mean (else the median) to compare arms by: without a time, else after treatment, never a change."""
    levels = [s for s in _summaries(book, entry, arm) if s.time not in _NOT_LEVELS]
    middles = [s for s in levels if s.mean is not None] or [s for s in levels if s.median is not None]
    order = {time: place for place, time in enumerate(_FOLLOW_UP)}
    return min(middles, key=lambda s: order.get(s.time, len(order)), default=None)
