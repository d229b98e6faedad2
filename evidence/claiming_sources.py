"""From a study to its witnesses: what two of its sources print of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.claiming_results import Book, one
from evidence.claims import Witnesses

if TYPE_CHECKING:
    from evidence.entry import Effect, Entry, Interval, Result

_SAME = (
    "endpoint", "baseline", "subgroup", "at", "cut", "set", "assessor", "criteria", "confirmed", "grade",
)  # fmt: skip
"""Entries alike in these, from two sources, are two witnesses and not two results."""
_STATISTICS = (
    "events", "percent", "rate", "expected", "mean", "sd", "se", "plusminus", "geometric_mean", "median",
    "survival", "rmst",
)  # fmt: skip
_RATIOS = ("HR", "OR", "RR", "IRR", "ROM")


def witnesses(book: Book) -> Iterator[Witnesses]:
    """Each statistic and interval that a second source of the study prints too."""
    if len(book.study.sources) < 2:
        return
    first = next(iter(book.study.sources))
    groups: dict[tuple[object, ...], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in book.study.entries:
        if entry.origin == "printed":
            groups[tuple(getattr(entry, name) for name in _SAME)][entry.source or first].append(entry)
    order = list(book.study.sources)
    for by_source in groups.values():
        named = sorted(by_source, key=order.index)
        for i, later in enumerate(named[1:], 1):
            for earlier in named[:i]:
                yield from _between(book, (earlier, later), by_source[earlier], by_source[later])


def _between(
    book: Book, sources: tuple[str, str], ones: list[Entry], others: list[Entry]
) -> Iterator[Witnesses]:
    for entry in others:
        for known in ones:
            for result in entry.results if entry.unit == known.unit else ():
                for told in known.results:
                    if (result.arm, result.time) == (told.arm, told.time):
                        yield from _results(book, entry, sources, told, result)
            for effect in entry.effects:
                for said in known.effects:
                    if _same_effect(said, effect):
                        yield from _effects(book, entry, sources, said, effect)


def _results(
    book: Book, entry: Entry, sources: tuple[str, str], told: Result, result: Result
) -> Iterator[Witnesses]:
    place, arm = book.place(entry), result.arm
    for name in _STATISTICS:
        pair = one(getattr(told, name)), one(getattr(result, name))
        if pair[0] is not None and pair[1] is not None:
            yield Witnesses(place, f"{name.replace('_', ' ')} of {arm}", sources, ((pair[0], pair[1]),))
    yield from _intervals(book, entry, f"interval of {arm}", sources, (told.interval, result.interval), False)


def _same_effect(one: Effect, two: Effect) -> bool:
    alike = (one.measure, one.compare, one.crossover, one.scale) == (
        two.measure, two.compare, two.crossover, two.scale,
    )  # fmt: skip
    return alike and bool(one.adjusted) == bool(two.adjusted)


def _effects(
    book: Book, entry: Entry, sources: tuple[str, str], said: Effect, effect: Effect
) -> Iterator[Witnesses]:
    pair = one(said.estimate), one(effect.estimate)
    what = f"{effect.measure} {effect.contrast.replace('-vs-', ' against ')}"
    if pair[0] is not None and pair[1] is not None:
        yield Witnesses(book.place(entry), what, sources, ((pair[0], pair[1]),))
    logs = effect.measure in _RATIOS and effect.scale is None
    both = said.interval, effect.interval
    yield from _intervals(book, entry, f"interval of {what}", sources, both, logs)


def _intervals(
    book: Book,
    entry: Entry,
    what: str,
    sources: tuple[str, str],
    both: tuple[Interval | None, Interval | None],
    ratio: bool,
) -> Iterator[Witnesses]:
    told, printed = both
    if told is None or printed is None or told.kind != printed.kind:
        return
    ends = [(one(told.low), one(printed.low)), (one(told.high), one(printed.high))]
    pairs = tuple((a, b) for a, b in ends if a is not None and b is not None)
    if pairs:
        levels = told.level, printed.level
        yield Witnesses(book.place(entry), what, sources, pairs, levels, ratio)
