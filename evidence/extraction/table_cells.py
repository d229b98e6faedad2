"""What a cell of a table holds: a number, a p, a mean with its spread, a count with its percentage."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.extraction.chance import chance, not_significant
from evidence.extraction.reading import CLOSING, OPENING, Prose, Read
from evidence.extraction.table import Cell
from evidence.extraction.tokens import RELATION


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a cell ``45 (54.9)``, ``45/82 (54.9%)`` or ``54.9% (45)``."""

    events: Read
    percent: Read
    n: Read | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """The numbers of a cell ``12.3 ± 4.5``."""

    mean: Read
    width: Read


def alone(prose: Prose, cell: Cell) -> Read | None:
    """The number that is all of a cell, marks of footnotes behind it aside."""
    read = prose.number(cell.first)
    return read if read is not None and _is_end(prose, cell, read.after) else None


def _is_end(prose: Prose, cell: Cell, i: int) -> bool:
    return i >= cell.after or all(prose.tokens[k].text in "*†‡§^#" for k in range(i, cell.after))


def chance_in(prose: Prose, cell: Cell) -> Read | None:
    """The p of a cell: with or without its letter and relation."""
    i = cell.first
    named = chance(prose, i) or not_significant(prose, i)
    if named is not None:
        return named.read
    read = prose.related(i) if prose.tokens[i].kind == RELATION else prose.number(i, signed=False)
    return read if read is not None and _is_end(prose, cell, read.after) else None


def spread(prose: Prose, cell: Cell) -> Spread | None:
    """The mean and the width behind it of a cell ``12.3 ± 4.5``."""
    mean = prose.number(cell.first)
    if mean is None or prose.tokens[mean.after].text != "±":
        return None
    width = prose.number(mean.after + 1, signed=False)
    return Spread(mean, width) if width is not None and _is_end(prose, cell, width.after) else None


def counted(prose: Prose, cell: Cell) -> Counted | None:
    """The count and the percentage of a cell, in either order."""
    first = prose.whole(cell.first)
    n = None
    events = first
    if first is not None and prose.tokens[first.after].text == "/":
        n = prose.whole(first.after + 1)
        first = n
    if first is None or events is None:
        return _percent_first(prose, cell)
    i = first.after
    if prose.tokens[i].text == "%" or not prose.is_mark(i, OPENING):
        return _percent_first(prose, cell)
    percent = prose.number(i + 1, signed=False)
    if percent is None:
        return None
    end = prose.skip(percent.after, frozenset("%"), 1)
    closed = prose.is_mark(end, CLOSING) and _is_end(prose, cell, end + 1)
    return Counted(events, percent, n) if closed else None


def _percent_first(prose: Prose, cell: Cell) -> Counted | None:
    percent = prose.number(cell.first, signed=False)
    if percent is None or prose.tokens[percent.after].text != "%":
        return None
    if not prose.is_mark(percent.after + 1, OPENING):
        return None
    events = prose.whole(percent.after + 2)
    closed = (
        events is not None and prose.is_mark(events.after, CLOSING) and _is_end(prose, cell, events.after + 1)
    )
    return Counted(events, percent) if closed and events is not None else None
