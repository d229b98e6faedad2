"""Where the boxes of a flow diagram go: rows as tall as their tallest box, arrows between them."""

from collections.abc import Mapping
from dataclasses import dataclass

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Arrow, Group, Line, Mark, Polygon, Rect, Text
from synthesis.drawing.text_metrics import wrap
from synthesis.figures.boxes import Box, Boxes
from synthesis.figures.page import page
from synthesis.figures.style import PRINT, Style

_INSIDE = 6.0
_BELOW, _BESIDE = 18.0, 22.0
_TIP = 4.5


@dataclass(frozen=True, slots=True)
class Put:
    """A box on the page."""

    box: Box
    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Its middle across."""
        return self.left + self.width / 2


def layout(flow: Boxes, style: Style = PRINT) -> Drawing:
    """The whole diagram with its heading, sentences and notes."""
    put = places(flow, style)
    marks: list[Mark] = []
    for start, end in flow.links:
        marks += _arrow(put[start], put[end])
    marks += [_box(one, style) for one in put.values()]
    right = max(one.left + one.width for one in put.values())
    bottom = max(one.top + one.height for one in put.values())
    return page(flow.words, marks, right, bottom + 4.0, style)


def places(flow: Boxes, style: Style = PRINT) -> Mapping[str, Put]:
    """Every box with its place, by key."""
    step = style.text + 2.6
    lines = {box.key: _lines(box, flow.wide - 2 * _INSIDE, style) for box in flow.boxes}
    rows = sorted({box.row for box in flow.boxes})
    tops: dict[int, float] = {}
    y = 0.0
    for row in rows:
        tops[row] = y
        tallest = max(len(lines[box.key]) for box in flow.boxes if box.row == row)
        y += tallest * step + 2 * _INSIDE + _BELOW
    found = {}
    for box in flow.boxes:
        height = len(lines[box.key]) * step + 2 * _INSIDE - 2.0
        left = box.column * (flow.wide + _BESIDE)
        found[box.key] = Put(box, left, tops[box.row], flow.wide, height, lines[box.key])
    return found


def _lines(box: Box, width: float, style: Style) -> tuple[str, ...]:
    found: list[str] = []
    for i, text in enumerate(box.lines):
        found += wrap(text, width, style.text, bold=i == 0, lines=None)
    return tuple(found)


def _box(put: Put, style: Style) -> Mark:
    step = style.text + 2.6
    role = "alert" if put.box.wrong else "rule"
    marks: list[Mark] = [Rect(put.left, put.top, put.width, put.height, role, hollow=True)]
    bold = len(wrap(put.box.lines[0], put.width - 2 * _INSIDE, style.text, bold=True, lines=None))
    for i, line in enumerate(put.lines):
        y = put.top + _INSIDE + style.text - 1.0 + i * step
        marks.append(Text(put.left + _INSIDE, y, line, size=style.text, bold=i < bold))
    return Group(tuple(marks), title=put.box.title)


def _arrow(start: Put, end: Put) -> list[Mark]:
    """To the side within a row, else down, by a bend where the boxes are not above each other."""
    if start.box.row == end.box.row:
        y = end.top + min(end.height, start.height) / 2
        return [
            Line(start.left + start.width, y, end.left - _TIP, y),
            Arrow(end.left, y, "right", "rule", _TIP),
        ]
    top, bottom = start.top + start.height, end.top
    marks: list[Mark] = []
    bend = bottom - _BELOW / 2
    if abs(start.middle - end.middle) < 0.1:
        marks.append(Line(end.middle, top, end.middle, bottom - _TIP))
    else:
        marks += [
            Line(start.middle, top, start.middle, bend),
            Line(start.middle, bend, end.middle, bend),
            Line(end.middle, bend, end.middle, bottom - _TIP),
        ]
    half = 0.45 * _TIP
    tip = ((end.middle, bottom), (end.middle - half, bottom - _TIP), (end.middle + half, bottom - _TIP))
    return [*marks, Polygon(tip, "rule")]
