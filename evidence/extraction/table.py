"""A table set as text: lines of cells between tabs, strokes or several spaces, under a row of headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from evidence.extraction.effect import LETTERS, measure
from evidence.extraction.limits import Name, interval
from evidence.extraction.reading import Prose, Read

LABEL, ARM, STATISTIC, P, DF = "label", "arm", "statistic", "p", "df"
EFFECT, LIMITS, SIZE, OTHER = "effect", "limits", "size", "other"
FEWEST_CELLS = 3
LONGEST_CELL = 120
MOST_ABOVE = 2
"""Lines above the headings that may belong to the table."""

_SPACES = re.compile(r"\S++(?: \S++)*+")
_RULE = re.compile(r"[\s|:+=_-]*")
_N = re.compile(r"\bn\s*=\s*(\d[\d,]*)", re.IGNORECASE)
IS_P = re.compile(r"(?:p\s*-?\s*(?:values?|val\.?)?|sig\.?|significance)\s*[*†‡§a-d]?", re.IGNORECASE)
_SIZE = re.compile(r"(?:n|no\.?|number|cases|patients|subjects)(?: of (?:cases|patients|subjects))?", re.I)
_DF = re.compile(r"d\.?\s?f\.?", re.IGNORECASE)
_LETTERS = {"t": "t", "z": "z", "f": "f", "χ2": "chi2", "x2": "chi2", "chi2": "chi2", "chisquare": "chi2"}
_LETTERS |= {"chisquared": "chi2", "ttest": "t", "χ": "chi2", "wald": "wald"}
_LETTERS |= {"waldχ2": "wald", "waldx2": "wald", "waldchi2": "wald"}
_CALLED = re.compile(r"values?|statistics?|test\b|[\s^_.()*-]")
_ALL = re.compile(r"\b(total|overall|all|whole|entire)\b", re.IGNORECASE)
TIMES = re.compile(
    r"\b(before|after|pre|post|baseline|follow|week|month|day|year|visit|admission|discharge|T\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its characters, and its first token and the one behind its last."""

    text: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands in it, its heading, the letters of its statistics, the n of its arm.

    ``measure`` is that of a column of effects, ``interval`` what their intervals are called.
    """

    kind: str
    heading: str
    letters: tuple[str, ...] = ()
    n: Read | None = None
    measure: str = ""
    interval: Name | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, its rows of cells below the headings, and the tokens of the headings.

    ``shares`` where a line above the headings speaks of per cent.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first: int
    after: int
    shares: bool = False


@dataclass(slots=True)
class _Block:
    """Lines in a row that are set alike."""

    kind: str
    lines: list[list[tuple[int, int]]] = field(default_factory=list)


def tables(prose: Prose) -> Iterator[Table]:
    """Every table of a text whose headings say what its columns are."""
    plain = prose.document.plain
    if "\t" not in plain and "|" not in plain and "  " not in plain:
        return
    starts = [token.start for token in prose.tokens]
    for block in _blocks(plain):
        rows = [[_cell(prose, starts, *span) for span in line] for line in block.lines]
        for above in range(min(MOST_ABOVE, len(rows) - 2) + 1):
            found = _table(prose, rows[above:])
            if found is not None:
                yield replace(found, shares=any("%" in cell.text for row in rows[:above] for cell in row))
                break


def _blocks(plain: str) -> Iterator[_Block]:
    block = _Block("")
    start = 0
    for line in plain.split("\n"):
        kind, spans = _split(line, start)
        start += len(line) + 1
        if not line.strip() or (block.kind == "|" and _RULE.fullmatch(line)):
            continue
        if not kind and block.kind == "  ":
            kind, spans = _few(line, start - len(line) - 1)
        if kind != block.kind or not kind:
            if len(block.lines) > 1:
                yield block
            block = _Block(kind)
        if kind:
            block.lines.append(spans)
    if len(block.lines) > 1:
        yield block


def _split(line: str, start: int) -> tuple[str, list[tuple[int, int]]]:
    """What a line is cut at, and where its cells stand; nothing for running text."""
    for mark in ("\t", "|"):
        if line.count(mark) > 1 or (mark == "\t" and mark in line):
            return mark, _between(line, mark, start)
    if "   " not in line.strip() and "  " not in line.strip():
        return "", []
    spans = [(start + m.start(), start + m.end()) for m in _SPACES.finditer(line)]
    return ("  ", spans) if len(spans) >= FEWEST_CELLS else ("", [])


def _few(line: str, start: int) -> tuple[str, list[tuple[int, int]]]:
    """A line of fewer cells that goes on a table: a label and one value."""
    spans = [(start + m.start(), start + m.end()) for m in _SPACES.finditer(line)]
    return ("  ", spans) if len(spans) == FEWEST_CELLS - 1 else ("", [])


def _between(line: str, mark: str, start: int) -> list[tuple[int, int]]:
    spans, at = [], 0
    for part in line.split(mark):
        inner = part.strip()
        begin = start + at + (part.index(inner) if inner else 0)
        spans.append((begin, begin + len(inner)))
        at += len(part) + 1
    if mark == "|":  # strokes at both ends stand for no cells
        spans = spans[1 if line.lstrip().startswith(mark) else 0 :]
        spans = spans[: -1 if line.rstrip().endswith(mark) else None]
    return spans


def _cell(prose: Prose, starts: list[int], start: int, end: int) -> Cell:
    first = bisect_left(starts, start)
    return Cell(prose.document.plain[start:end], first, bisect_left(starts, end) if end > start else first)


def _table(prose: Prose, rows: list[list[Cell]]) -> Table | None:
    heading, below = rows[0], rows[1:]
    width = max(len(row) for row in below)
    if width == len(heading) + 1:
        heading = [Cell("", heading[0].first, heading[0].first), *heading]
    sizes = below[0] if below and _only_sizes(below[0]) else None
    if sizes is not None:
        below = below[1:]
        sizes = sizes if len(sizes) == len(heading) else [heading[0], *sizes]
    columns = tuple(
        _column(prose, i, cell, sizes[i] if sizes is not None and i < len(sizes) else None)
        for i, cell in enumerate(heading)
    )
    kinds = [column.kind for column in columns]
    if (
        len(columns) < FEWEST_CELLS
        or not below
        or not ({ARM, EFFECT} & set(kinds) or kinds.count(SIZE) == 1 or {STATISTIC, P} <= set(kinds))
    ):
        return None
    kept = tuple(tuple(row) for row in below)
    return Table(columns, kept, rows[0][0].first, below[0][0].first)


def _only_sizes(row: list[Cell]) -> bool:
    filled = [cell for cell in row if cell.text]
    return len(filled) > 1 and all(_N.search(cell.text) for cell in filled[-2:])


def _column(prose: Prose, i: int, cell: Cell, below: Cell | None) -> Column:
    text = cell.text[:LONGEST_CELL]
    if i == 0:
        return Column(LABEL, text)
    for kind, pattern in ((P, IS_P), (DF, _DF), (SIZE, _SIZE)):
        if pattern.fullmatch(text):
            return Column(kind, text)
    letters = letters_of(text)
    if letters:
        return Column(STATISTIC, text, letters)
    n = _size(prose, cell) or (_size(prose, below) if below is not None else None)
    of_effects = _effects(prose, cell, text) if n is None else None
    if of_effects is not None:
        return of_effects
    if n is None or _ALL.search(text):
        return Column(OTHER, text, n=n)
    return Column(ARM, _N.sub("", text).strip(" (),;") or f"column {i + 1}", n=n)


def _effects(prose: Prose, cell: Cell, heading: str) -> Column | None:
    """A column of effects, ``Adjusted OR (95% CI)``, or of intervals alone, ``95% CI``."""
    names = [interval(prose, i) for i in range(cell.first, cell.after)]
    called = next((name for name in names if name.named), None)
    for i in range(cell.first, cell.after):
        code, _ = measure(prose, i)
        if code is not None and code not in LETTERS:
            return Column(EFFECT, heading, measure=code, interval=called)
    alone = called is not None and names[0] == called and called.after >= cell.after
    return Column(LIMITS, heading, interval=called) if alone else None


def letters_of(heading: str) -> tuple[str, ...]:
    """The statistics that a heading names: ``t``, ``χ2 value``, ``t/χ2``."""
    parts = [_CALLED.sub("", part.lower()) for part in re.split(r"/|\bor\b|,", heading)]
    found = tuple(_LETTERS[part] for part in parts if part in _LETTERS)
    return found if len(found) == len(parts) else ()


def _size(prose: Prose, cell: Cell) -> Read | None:
    for i in range(cell.first, cell.after):
        if prose.lower(i) == "n" and prose.tokens[i + 1].text == "=":
            return prose.whole(i + 2)
    return None
