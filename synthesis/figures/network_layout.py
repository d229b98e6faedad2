"""Where a graph of comparisons goes: nodes on a circle, names outside it, numbers on the lines.

Names and numbers take the first place where nothing else is: names farther and farther out, numbers along
their line. A number that finds none is left to the title of its line.
"""

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin
from typing import Literal

from synthesis.drawing.collisions import Box, box_of, touches
from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Circle, Group, Line, Mark, Polygon, Text, flatten
from synthesis.drawing.text_metrics import text_width, wrap
from synthesis.figures.contents.network import Edge, Graph, Node
from synthesis.figures.numbers import count_text
from synthesis.figures.page import moved, page
from synthesis.figures.style import PRINT, Style

LARGEST, SMALLEST = 15.0, 2.0
WIDEST = 8.0
_AIR = 4.0
_LABEL = 96.0
_OUT = (0.0, 6.0, 12.0, 20.0, 30.0, 42.0, 56.0, 72.0, 90.0)
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)

Point = tuple[float, float]


def layout(graph: Graph, style: Style = PRINT) -> Drawing:
    """The whole figure."""
    centres = places(len(graph.nodes))
    radii = [radius(node, graph) for node in graph.nodes]
    hulls = [Polygon(tuple(centres[i] for i in hull), "heat-1") for hull in dict.fromkeys(graph.hulls)]
    nodes = [Circle(x, y, r, "dot") for (x, y), r in zip(centres, radii, strict=True)]
    whole = [_line(edge, graph, centres, radii) for edge in graph.edges]
    taken: list[Mark] = [*whole, *nodes]
    labels: list[Mark] = []
    for node, centre, r in zip(graph.nodes, centres, radii, strict=True):
        lines = _label(node, centre, r, taken, style)
        labels += lines
        taken += lines
    edges = []
    for i, edge in enumerate(graph.edges):
        marks = _numbered(edge, whole[i], [mark for mark in taken if mark is not whole[i]], style)
        taken += [mark for mark in marks if isinstance(mark, Text)]
        edges.append(Group(marks, title=_compared(edge, graph)))
    drawn = [Group((mark,), title=_said(node)) for mark, node in zip(nodes, graph.nodes, strict=True)]
    return _fitted(graph, [*hulls, *edges, *drawn, *labels], style)


def places(n: int) -> tuple[Point, ...]:
    """The centres of n nodes on a circle about 0, 0, the first on top; two stand side by side."""
    r = ring(n)
    if n == 2:
        return ((-r, 0.0), (r, 0.0))
    return tuple((r * sin(2 * pi * i / n), -r * cos(2 * pi * i / n)) for i in range(n))


def ring(n: int) -> float:
    """The radius of the circle, larger for more nodes, which keep 56 points apart."""
    return 76.0 if n < 3 else max(76.0, 28.0 / sin(pi / n))


def radius(node: Node, graph: Graph) -> float:
    """The radius of a node, its area as the people."""
    most = max(other.people for other in graph.nodes)
    return max(LARGEST * (node.people / most) ** 0.5, SMALLEST) if most > 0 else SMALLEST


def _said(node: Node) -> str:
    studies = f"{node.studies} {'study' if node.studies == 1 else 'studies'}"
    return f"{node.label}: {_people(node)} in {studies}"


def _people(node: Node) -> str:
    return f"{count_text(node.people)} people" if node.people else "people not known"


def _compared(edge: Edge, graph: Graph) -> str:
    return f"{graph.nodes[edge.first].label} and {graph.nodes[edge.second].label}: {', '.join(edge.names)}"


def _line(edge: Edge, graph: Graph, centres: Sequence[Point], radii: Sequence[float]) -> Line:
    """From rim to rim, as wide as the studies are many."""
    most = max(other.studies for other in graph.edges)
    width = max(1.0, WIDEST * edge.studies / max(most, WIDEST))
    (x1, y1), (x2, y2) = centres[edge.first], centres[edge.second]
    long = hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / long, (y2 - y1) / long
    a, b = radii[edge.first], radii[edge.second]
    return Line(x1 + a * ux, y1 + a * uy, x2 - b * ux, y2 - b * uy, "reference", round(width, 1))


def _numbered(edge: Edge, line: Line, taken: Sequence[Mark], style: Style) -> tuple[Mark, ...]:
    """The line, open about its number where that has room."""
    text = str(edge.studies)
    wide = text_width(text, style.small, bold=True)
    long = hypot(line.x2 - line.x1, line.y2 - line.y1)
    ux, uy = (line.x2 - line.x1) / long, (line.y2 - line.y1) / long
    half = (wide / 2 + 3.0) * abs(ux) + (style.small / 2 + 2.5) * abs(uy)
    for share in _ALONG:
        at = share * long
        x, y = line.x1 + at * ux, line.y1 + at * uy
        number = Text(x, y + 0.36 * style.small, text, size=style.small, bold=True, anchor="middle")
        if half + 2 < at < long - half - 2 and _free(number, taken):
            ends = ((0.0, at - half), (at + half, long))
            return (*(_part(line, ux, uy, a, b) for a, b in ends), number)
    return (line,)


def _part(line: Line, ux: float, uy: float, a: float, b: float) -> Line:
    x, y = line.x1, line.y1
    return Line(x + a * ux, y + a * uy, x + b * ux, y + b * uy, line.role, line.width)


def _free(text: Text, taken: Sequence[Mark]) -> bool:
    """Whether nothing is where the text would be, a point of air about it."""
    box = box_of(text)
    wide = Box(box.left - 1.0, box.top - 0.6, box.right + 1.0, box.bottom + 0.6)
    return not any(
        wide.meets(_inked(mark)) and (isinstance(mark, Text) or touches(mark, _grown(wide, mark)))
        for mark in taken
    )


def _inked(mark: Mark) -> Box:
    """The box of a mark with half its width."""
    return _grown(box_of(mark), mark)


def _grown(box: Box, mark: Mark) -> Box:
    half = mark.width / 2 if isinstance(mark, Line) else 0.0
    return Box(box.left - half, box.top - half, box.right + half, box.bottom + half)


def _label(node: Node, centre: Point, r: float, taken: Sequence[Mark], style: Style) -> list[Text]:
    """The name and the people, outside the circle on the side of the node, at the first free place."""
    words = [*wrap(node.label, _LABEL, style.text, bold=True, lines=3), _people(node)]
    tried = list(_labels(words, centre, r, style))
    return next((lines for lines in tried if all(_free(line, taken) for line in lines)), tried[-1])


def _labels(words: Sequence[str], centre: Point, r: float, style: Style) -> Iterator[list[Text]]:
    x, y = centre
    away = hypot(x, y) or 1.0
    ux, uy = x / away, y / away
    step = style.text + 2.0
    height = len(words) * step
    anchor: Literal["start", "middle", "end"] = "middle" if abs(ux) < 0.3 else "start" if ux > 0 else "end"
    for out in _OUT:
        reach = r + _AIR + out
        left = (
            x
            + ux * out
            + (0.0 if anchor == "middle" else reach - out * abs(ux) if ux > 0 else out * abs(ux) - reach)
        )
        if anchor == "middle":
            top = y - reach - height if uy < 0 else y + reach
        else:
            top = y - height / 2 + uy * (r / 2 + out)
        yield [
            Text(
                left,
                top + style.text - 1.0 + i * step,
                line,
                size=style.text,
                bold=i < len(words) - 1,
                anchor=anchor,
            )
            for i, line in enumerate(words)
        ]


def _fitted(graph: Graph, marks: Sequence[Mark], style: Style) -> Drawing:
    """The body moved so that its upper left corner is at 0, 0."""
    boxes = [box_of(mark) for mark in flatten(marks)]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return page(graph.words, moved(marks, -left, -top), right - left, bottom - top + 2.0, style)
