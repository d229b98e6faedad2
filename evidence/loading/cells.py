"""Printed cells, `73 (89.02)`, read by a pattern in the words of the format, `events (percent)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.entry import Statistics
from evidence.loading.problems import Faults, did_you_mean, one_of
from evidence.loading.tree import Map, Text, mapping, sequence, text
from evidence.records import shapes

_PAIRS = re.compile(r"iqr|range|c(?:r)?i(?:\d{1,2}(?:\.\d+)?)?")
_SINGLES = tuple(name for name, shape in shapes(Statistics).items() if shape.kind == "number")
_TOKEN = re.compile(r"[a-z_0-9.]+|[()\[\]±/;,]|\s+|.")
_FIGURE = (
    r"(?:[<>≤≥~≈=]\s*)?[-+−–]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?:[.·⋅∙]\d+)?(?<=\d)(?:[eE][-+]?\d+)?"
    r"|not-reached|not-estimable|not-reported|NE|NR"
)
_CLOSING = {"(": ")", "[": "]"}
LONGEST_CELL = 200  # longer ones would keep the expression busy
EXAMPLES = "events (percent); mean ± sd; median (iqr); median (ci95); events/n (percent); percent"


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a cell is read: the text of `as:`, the expression, and the statistic of every group."""

    text: str
    expression: re.Pattern[str]
    names: tuple[tuple[str, int], ...]


_NO_PATTERN = Pattern("", re.compile(""), ())


def pattern(written: Text, faults: Faults) -> Pattern:
    """The pattern that `as:` stands for; one without names where it cannot be understood."""
    expression, names, group = "", [], 0
    opened: list[str] = []
    for match in _TOKEN.finditer(written):
        token = match[0]
        if token.isspace():
            continue
        if re.fullmatch(r"[a-z_0-9.]+", token):
            size = 2 if _PAIRS.fullmatch(token) else 1
            if size == 1 and token not in _SINGLES:
                near = did_you_mean(token, [*_SINGLES, "iqr", "range", "ci95"])
                faults.add(
                    "YML017",
                    written.part(match.start(), match.end()),
                    f"as: no statistic `{token}`",
                    near or f"such as {EXAMPLES}",
                )
                return _NO_PATTERN
            names.append((token, size))
            group += size
            expression += _value(size)
        elif token in _CLOSING:
            opened.append(_CLOSING[token])
            expression += rf"(?:\{token}\s*"
        elif opened and token == opened[-1]:
            opened.pop()
            expression += rf"\{token}\s*)?"
        elif token in "±/;,":
            expression += rf"{re.escape(token)}\s*" if token != "±" else r"(?:±|\+/-|\+-)\s*"
        elif token != "%":
            faults.add(
                "YML017",
                written.part(match.start(), match.end()),
                f"as: `{token}` is not understood",
                f"such as {EXAMPLES}",
            )
            return _NO_PATTERN
    if opened or not names:
        faults.add("YML017", written, f"as: `{written}` is not a pattern of a cell", f"such as {EXAMPLES}")
        return _NO_PATTERN
    return Pattern(str(written), re.compile(expression), tuple(names))


def _value(size: int) -> str:
    one = rf"({_FIGURE})\s*%?\s*"
    return one if size == 1 else rf"{one}(?:,|;|–|—|-|−|/|to|\.\.)\s*{one}"


def read_cell(cell: Text, pattern: Pattern, faults: Faults) -> Map | None:
    """The statistics of a cell, each at its own column; None where the cell is unlike its pattern."""
    new = mapping({}, cell)
    if cell in ("not-reported", "not-reached", "not-estimable"):
        name, size = pattern.names[0]
        if size == 1:
            new[text(name, cell)] = cell
            return new
    match = pattern.expression.fullmatch(cell.strip()) if len(cell) <= LONGEST_CELL else None
    if match is None:
        faults.add(
            "YML017", cell, f'a cell unlike its pattern: "{cell}" is not `{pattern.text}`', _help(cell)
        )
        return None
    lead = len(cell) - len(cell.lstrip())
    group = 1
    for name, size in pattern.names:
        parts = [
            cell.part(match.start(g) + lead, match.end(g) + lead)
            for g in range(group, group + size)
            if match[g] is not None
        ]
        group += size
        if len(parts) == size:
            new[text(name, cell)] = parts[0] if size == 1 else sequence(list(parts), parts[0])
    return new


def _help(cell: Text) -> str:
    from evidence.loading.advice import of_cell  # only where something is wrong

    return of_cell(cell, one_of(EXAMPLES.split("; ")))
