"""An estimate of no named measure with its interval: ``11.0 months (95% CI, 7.4-13.8)``."""

from __future__ import annotations

from evidence.claims import Ordered
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.limits import Limits, interval, limits_behind
from evidence.extraction.reading import Prose, Read
from evidence.extraction.tokens import NUMBER, WORD

_TIMES = frozenset(
    ("months", "month", "mo", "years", "year", "yr", "weeks", "week", "days", "hours", "h", "min")
)
MOST_IN_UNIT = 3


def estimate(prose: Prose, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """The estimate that begins at number i with a named interval right behind it; None where none does."""
    if i and prose.glued(i) and (prose.tokens[i - 1].text in "/-–#" or prose.tokens[i - 1].kind == WORD):
        return None
    read = prose.number(i)
    if read is None or prose.ranges(read) or interval(prose, i).named:
        return None
    after = _past_unit(prose, read)
    limits = limits_behind(prose, after) if after is not None else None
    if limits is None or not limits.named or not _of_one_unit(prose, read, limits):
        return None
    passage = Passage(prose, name, i, limits.after)
    return (enclosed(passage, read, limits, "estimate"),), limits.after


def enclosed(passage: Passage, read: Read, limits: Limits, field: str) -> Extracted:
    """That an interval encloses its estimate, as a claim."""
    numbers = (
        passage.number(limits.low, "low"),
        passage.number(read, field),
        passage.number(limits.high, "high"),
    )
    names = ("lower limit", "estimate", "upper limit")
    items = tuple((what, number) for what, number in zip(names, numbers, strict=True) if number is not None)
    return passage.holds(Ordered(passage.place(), "interval", items), numbers)


def _past_unit(prose: Prose, read: Read) -> int | None:
    """The token behind the unit of an estimate; None for a count, whose interval may be of its percentage."""
    i, after = read.after, prose.tokens[read.after]
    decimals = "." in prose.document.plain[read.start : read.end]
    if after.text == "%":
        return i + 1
    for k in range(i, i + MOST_IN_UNIT):
        if prose.tokens[k].kind != WORD:
            return k if decimals or (k > i and prose.lower(i) in _TIMES) else None
    return None


def _of_one_unit(prose: Prose, read: Read, limits: Limits) -> bool:
    """Whether estimate and limits can be in one unit: not a percentage beside limits that are proportions."""
    percent = prose.tokens[read.after].text == "%"
    high = prose.document.plain[limits.high.start : limits.high.end]
    return (
        not percent
        or not high.startswith(("0.", ".", "1.0"))
        or prose.tokens[limits.after - 1].kind != NUMBER
    )
