"""Where everything of a figure with two axes goes: a Chart to a Drawing whose size is an output."""

from dataclasses import dataclass, replace

from synthesis.drawing.collisions import Box
from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Circle, Group, Line, Mark, Polygon, Polyline, Text
from synthesis.drawing.text_metrics import text_width
from synthesis.figures.axis_marks import axis_line, axis_words
from synthesis.figures.chart import Chart, Curve, Dot
from synthesis.figures.clipping import clipped_curve, clipped_shape
from synthesis.figures.label_places import Wanted, placed
from synthesis.figures.page import page
from synthesis.figures.stage import Stage
from synthesis.figures.style import PRINT, Style

DOT = 2.3
LARGEST = 8.0  # radius of the largest dot where areas mean something
LEAST = 0.9  # radius of the smallest
_TICK = 3.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The two axes on the page: values become points."""

    chart: Chart
    left: float
    top: float

    @property
    def right(self) -> float:
        """The right end of the x axis."""
        return self.left + self.chart.width

    @property
    def bottom(self) -> float:
        """The lower end of the y axis."""
        return self.top + self.chart.height

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom"""
        return self.left, self.top, self.right, self.bottom

    @property
    def stage(self) -> Stage:
        """The x axis."""
        return Stage(self.chart.x, self.left, self.right)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The point of two values."""
        return self.left + self.chart.x.fraction(x) * self.chart.width, self.y(y)

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.bottom - self.chart.y.fraction(value) * self.chart.height


def frame_of(chart: Chart, style: Style = PRINT) -> Frame:
    """Where the axes are within the body of the figure."""
    labels = [text_width(tick.label, style.small) for tick in chart.y.ticks]
    first = min(chart.x.ticks, key=lambda tick: chart.x.fraction(tick.at), default=None)
    over = text_width(first.label, style.small) / 2 if first is not None else 0.0
    heads = [text_width(row.label, style.small) + 10 for row in chart.under]
    left = max([*labels, 0.0]) + _TICK + 3
    return Frame(chart, max(left, over, *heads, 0.0), style.small + 8 if chart.y.title else 4.0)


def layout(chart: Chart, style: Style = PRINT) -> Drawing:
    """The whole figure: heading, frame, axes, areas, curves, dots, labels, keys, sentences and notes."""
    frame = frame_of(chart, style)
    marks: list[Mark] = [*_areas(chart, frame)]
    curves = _curves(chart, frame)
    marks += [Group(pieces, title=title) if title else pieces[0] for title, pieces in curves if pieces]
    width = _width(chart, frame, style)
    marks += _y_axis(chart, frame, style)
    axis, height = axis_line(frame.stage, frame.bottom, style)
    words, more = axis_words(frame.stage, frame.bottom + height, style, (0.0, width))
    marks += [*axis, *words]
    tags: list[Mark] = [
        Text(*frame.at(tag.x, tag.y), tag.text, size=style.small, anchor=tag.anchor) for tag in chart.tags
    ]
    dots = [_dot(dot, frame) for dot in chart.dots]
    marks += [*_grouped(chart, dots), *tags]
    obstacles = [*dots, *tags, *(piece for _, pieces in curves for piece in pieces)]
    marks += _labels(chart, dots, obstacles, frame, style)
    bottom = _under(marks, chart, frame, frame.bottom + height + more, style)
    return page(chart.words, marks, width, bottom, style)


def _width(chart: Chart, frame: Frame, style: Style) -> float:
    last = max(chart.x.ticks, key=lambda tick: chart.x.fraction(tick.at), default=None)
    over = text_width(last.label, style.small) / 2 if last is not None else 0.0
    title = text_width(chart.y.title, style.small)
    return max(frame.right + max(chart.right, over), title)


def _areas(chart: Chart, frame: Frame) -> list[Mark]:
    shapes = [
        (area, clipped_shape([frame.at(*p) for p in area.points], frame.corners)) for area in chart.areas
    ]
    return [_titled(Polygon(points, area.role), area.title) for area, points in shapes if len(points) > 2]


def _titled(mark: Mark, title: str) -> Mark:
    return Group((mark,), title=title) if title else mark


def _curves(chart: Chart, frame: Frame) -> list[tuple[str, tuple[Mark, ...]]]:
    return [(curve.title, _pieces(curve, frame)) for curve in chart.curves]


def _pieces(curve: Curve, frame: Frame) -> tuple[Mark, ...]:
    pieces = clipped_curve([frame.at(*point) for point in curve.points], frame.corners)
    return tuple(
        Line(*piece[0], *piece[1], curve.role, curve.width, curve.dash)
        if len(piece) == 2
        else Polyline(piece, curve.role, curve.width, curve.dash)
        for piece in pieces
    )


def _dot(dot: Dot, frame: Frame) -> Circle:
    radius = DOT if dot.area is None else max(LARGEST * dot.area**0.5, LEAST)
    return Circle(*frame.at(dot.x, dot.y), radius, dot.role, dot.hollow)


def _grouped(chart: Chart, dots: list[Circle]) -> list[Mark]:
    """The dots, the large ones first, so that none hides behind another."""
    pairs = sorted(zip(chart.dots, dots, strict=True), key=lambda pair: -pair[1].radius)
    return [Group(_outlined(dot, mark), title=dot.title, address=dot.address) for dot, mark in pairs]


def _outlined(dot: Dot, mark: Circle) -> tuple[Mark, ...]:
    """A large dot has a rim, so that two that overlap are seen to be two."""
    if dot.area is None or mark.radius < DOT:
        return (mark,)
    return (mark, replace(mark, role="summary", hollow=True))


def _labels(
    chart: Chart, dots: list[Circle], obstacles: list[Mark], frame: Frame, style: Style
) -> tuple[Mark, ...]:
    wanted = [
        Wanted(mark.x, mark.y, mark.radius, dot.label)
        for dot, mark in zip(chart.dots, dots, strict=True)
        if dot.label
    ]
    room = Box(frame.left + 1, frame.top, frame.right + chart.right, frame.bottom - 1)
    return placed(wanted, obstacles, room, style.small)[0]


def _y_axis(chart: Chart, frame: Frame, style: Style) -> list[Mark]:
    marks: list[Mark] = [Line(frame.left, frame.top, frame.left, frame.bottom)]
    if chart.y.title:
        marks.append(Text(0.0, style.small, chart.y.title, size=style.small))
    last: float | None = None
    for tick in sorted(chart.y.ticks, key=lambda tick: -frame.y(tick.at)):
        y = frame.y(tick.at)
        marks.append(Line(frame.left - _TICK, y, frame.left, y))
        if last is None or last - y >= style.small + 1:
            x = frame.left - _TICK - 2
            marks.append(Text(x, y + 0.36 * style.small, tick.label, size=style.small, anchor="end"))
            last = y
    return marks


def _under(marks: list[Mark], chart: Chart, frame: Frame, y: float, style: Style) -> float:
    """Lines of numbers below their own values, each named at its left."""
    if not chart.under:
        return y
    y += 5.0
    if chart.under_head:
        marks.append(Text(0.0, y + style.small, chart.under_head, size=style.small, bold=True))
        y += style.small + 3
    for row in chart.under:
        marks.append(Text(0.0, y + style.small, row.label, row.role, style.small))
        for at, text in row.cells:
            x = frame.stage.x(at)
            marks.append(Text(x, y + style.small, text, row.role, style.small, anchor="middle"))
        y += style.small + 3
    return y
