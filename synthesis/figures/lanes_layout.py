"""Where everything of a table with pictures goes: Lanes to a Drawing whose size is an output."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Circle, Group, Line, Mark, Rect, Text
from synthesis.drawing.text_metrics import text_width, wrap
from synthesis.figures.axis_marks import axis_line, axis_words
from synthesis.figures.lanes import Bar, Cell, Drawn, Item, Join, Lane, Lanes, Piece, Stem, Wording
from synthesis.figures.page import DASHES, moved, page
from synthesis.figures.row_marks import picture_marks
from synthesis.figures.stage import Stage
from synthesis.figures.style import PRINT, Style

Anchor = Literal["start", "middle", "end"]
_AIR = 3.4  # around the lines of a cell


@dataclass(frozen=True, slots=True)
class Track:
    """A column on the page."""

    column: Wording | Lane
    left: float
    width: float
    heads: tuple[str, ...]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width

    @property
    def middle(self) -> float:
        """Its middle."""
        return self.left + self.width / 2

    def stage(self, style: Style) -> Stage | None:
        """Its axis, if it has one."""
        if isinstance(self.column, Wording) or self.column.scale is None:
            return None
        return Stage(self.column.scale, self.left + style.pad, self.right - style.pad)


def layout(lanes: Lanes, style: Style = PRINT) -> Drawing:
    """The whole figure: heading, heads, rows, axes, keys, sentences and notes."""
    tracks = tracks_of(lanes, style)
    width = tracks[-1].right
    marks: list[Mark] = []
    y = _heads(marks, tracks, width, style)
    top = y
    rows: list[Mark] = []
    for item in lanes.items:
        y = _row(rows, item, tracks, y, width, style)
    behind, front = _uprights(tracks, top, y + 2, style)
    marks += [*behind, *front, *rows]
    y = _axes(marks, tracks, y + 2, width, style)
    return page(lanes.words, marks, width, y, style)


def tracks_of(lanes: Lanes, style: Style = PRINT) -> tuple[Track, ...]:
    """Every column with its place within the body."""
    tracks: list[Track] = []
    left = 0.0
    for i, column in enumerate(lanes.columns):
        if isinstance(column, Lane):
            axis = column.width + (2 * style.pad if column.scale is not None else 0.0)
            heads = wrap(column.head, axis, style.text, bold=True) if column.head else ()
            width = max([axis, *(text_width(line, style.text, True) for line in heads)])
        else:
            heads = wrap(column.head, max(column.most, 40.0), style.text, bold=True) if column.head else ()
            lines = [text_width(line, style.text, True) for line in heads]
            for item in lanes.items:
                if item.kind == "head":
                    continue
                bold = item.kind == "sum"
                lines += [
                    text_width(one, style.text, bold) for one in _lines(item.cells[i], column, bold, style)
                ]
                lines[-1:] = [lines[-1] + _mark_width(item, i, style)] if lines else []
            width = max([*lines, 0.0])
        tracks.append(Track(column, left, width, heads))
        left += width + style.gap
    return tuple(tracks)


def _mark_width(item: Item, i: int, style: Style) -> float:
    return text_width(item.mark, style.small * 0.8) + 1.5 if item.mark and i == 0 else 0.0


def _lines(cell: Cell, column: Wording, bold: bool, style: Style) -> tuple[str, ...]:
    if not isinstance(cell, str) or not cell:
        return ()
    parts = cell.split("\n")
    return tuple(line for part in parts for line in wrap(part, column.most, style.text, bold, column.lines))


def _heads(marks: list[Mark], tracks: Sequence[Track], width: float, style: Style) -> float:
    most = max(len(track.heads) for track in tracks)
    lowest = most * style.line - style.line + style.text
    for track in tracks:
        for i, line in enumerate(track.heads):
            y = lowest - (len(track.heads) - 1 - i) * style.line
            x, anchor = _place(track)
            marks.append(Text(x, y, line, size=style.text, bold=True, anchor=anchor))
    if most:
        marks.append(Line(0.0, lowest + 4.2, width, lowest + 4.2, width=0.8))
        return lowest + 6.7
    return 0.0


def _place(track: Track) -> tuple[float, Anchor]:
    align: Anchor = "middle" if isinstance(track.column, Lane) else track.column.align
    return {"start": track.left, "middle": track.middle, "end": track.right}[align], align


def _row(
    marks: list[Mark], item: Item, tracks: Sequence[Track], y: float, width: float, style: Style
) -> float:
    if item.kind == "head":
        lines = wrap(str(item.cells[0]), width, style.text, bold=True, lines=None)
        y += 4.0
        for line in lines:
            marks.append(Text(0.0, y + style.text, line, size=style.text, bold=True))
            y += style.line
        return y + 2.5
    if item.kind == "sum":
        y += 2.0
        marks.append(Line(0.0, y, width, y))
        y += 1.0
    bold = item.kind == "sum"
    words = [
        _lines(cell, track.column, bold, style) if isinstance(track.column, Wording) else ()
        for cell, track in zip(item.cells, tracks, strict=True)
    ]
    most = max(len(lines) for lines in words)
    height = max(style.row, item.least, most * style.line + 2 * _AIR - (style.line - style.text))
    middle = y + height / 2
    drawn: list[Mark] = []
    for track, cell, lines in zip(tracks, item.cells, words, strict=True):
        if isinstance(cell, str):
            drawn += _words(track, lines, item, middle, bold, style)
        else:
            drawn += _pictures(cell, track, middle, style)
    marks.append(Group(tuple(drawn), title=item.title, address=item.address))
    return y + height


def _words(
    track: Track, lines: Sequence[str], item: Item, middle: float, bold: bool, style: Style
) -> list[Mark]:
    x, anchor = _place(track)
    first = middle + 0.36 * style.text - (len(lines) - 1) * style.line / 2
    marks: list[Mark] = [
        Text(x, first + i * style.line, line, size=style.text, bold=bold, anchor=anchor)
        for i, line in enumerate(lines)
    ]
    if item.mark and track.left == 0.0 and lines:
        end = text_width(lines[-1], style.text, bold) + 1.0
        raised = first + (len(lines) - 1) * style.line - 2.8
        marks.append(Text(end, raised, item.mark, "secondary", round(style.small * 0.8, 1)))
    return marks


def _pictures(cell: Sequence[Drawn], track: Track, y: float, style: Style) -> list[Mark]:
    stage = track.stage(style)
    marks: list[Mark] = []
    for one in cell:
        marks += moved((one,), track.left, y) if stage is None else _on_axis(one, stage, y, style)  # type: ignore[arg-type]  # a lane without axis holds marks
    return marks


def _on_axis(one: Drawn, stage: Stage, y: float, style: Style) -> tuple[Mark, ...]:
    match one:
        case Piece():
            marks = picture_marks(one.picture, stage, y + one.shift, style)
            return tuple(_in_role(mark, one.role) for mark in marks) if one.role else marks
        case Stem():
            x, start = stage.clip(one.at), stage.clip(one.start)
            stem = Line(start, y, x, y, one.role, 1.0)
            return (stem, Circle(x, y, 2.3, one.role, one.hollow))
        case Bar():
            left, right = sorted((stage.clip(one.start), stage.clip(one.at)))
            return (Rect(left, y - 4.2, right - left, 8.4, one.role),)
        case Join():
            ends = stage.clip(one.start), stage.clip(one.end)
            return (Line(ends[0], y + one.rise, ends[1], y + one.fall, "reference", 0.6),)
    raise TypeError(f"not for a lane with an axis: {one!r}")


def _in_role(mark: Mark, role: str) -> Mark:
    return mark if isinstance(mark, Group) else replace(mark, role=role)


def _uprights(
    tracks: Sequence[Track], top: float, bottom: float, style: Style
) -> tuple[list[Mark], list[Mark]]:
    """The shaded bands, and the lines over them, of every lane."""
    bands: list[Mark] = []
    lines: list[Mark] = []
    for track in tracks:
        stage = track.stage(style)
        if stage is None or not isinstance(track.column, Lane):
            continue
        if track.column.band is not None:
            left, right = (stage.clip(value) for value in track.column.band)
            bands.append(Rect(left, top, right - left, bottom - top, "band-2"))
        for at, role, dashed in track.column.lines:
            if stage.inside(at):
                x = stage.x(at)
                lines.append(Line(x, top, x, bottom, role, 0.6, DASHES if dashed else ()))
    return bands, lines


def _axes(marks: list[Mark], tracks: Sequence[Track], y: float, width: float, style: Style) -> float:
    """The axes under the lanes, each with its words no wider than the space between its neighbours."""
    lowest = y
    for track in tracks:
        stage = track.stage(style)
        if stage is None:
            continue
        drawn, height = axis_line(stage, y, style)
        marks += drawn
        more = 0.0
        if stage.scale.title or stage.scale.favours:
            words, more = axis_words(stage, y + height, style, _room(track, tracks, width, style))
            marks += words
        lowest = max(lowest, y + height + more)
    return lowest + 2 if lowest > y else y


def _room(track: Track, tracks: Sequence[Track], width: float, style: Style) -> tuple[float, float]:
    """How far words under a lane may reach: to half of the gap to the next lane, else to the edge."""
    at = tracks.index(track)
    before = [t.right for t in tracks[:at] if t.stage(style) is not None]
    after = [t.left for t in tracks[at + 1 :] if t.stage(style) is not None]
    left = before[-1] + style.gap / 2 if before else 0.0
    return left, (after[0] - style.gap / 2 if after else width)
