"""Which marks of a drawing touch: the test that no figure prints a text over another text or over ink."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Arrow, Circle, Line, Mark, Polygon, Polyline, Rect, Square, Text, flatten
from synthesis.drawing.palette import GROUNDS
from synthesis.drawing.text_metrics import ASCENT, DESCENT, text_width

_CLOSE = 0.05  # half of what coordinates are rounded to


class Box(NamedTuple):
    """An upright rectangle, in points."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right - _CLOSE
            and other.left < self.right - _CLOSE
            and self.top < other.bottom - _CLOSE
            and other.top < self.bottom - _CLOSE
        )


def box_of(mark: Mark) -> Box:
    """The space a mark needs: for text its measured width, from ascender to descender."""
    match mark:
        case Text():
            width = text_width(mark.text, mark.size, mark.bold)
            left = mark.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * width
            return Box(left, mark.y - ASCENT * mark.size, left + width, mark.y + DESCENT * mark.size)
        case Line():
            x, y = sorted((mark.x1, mark.x2)), sorted((mark.y1, mark.y2))
            across = mark.width / 2 if x[0] == x[1] else 0.0
            along = mark.width / 2 if y[0] == y[1] else 0.0
            return Box(x[0] - across, y[0] - along, x[1] + across, y[1] + along)
        case Rect():
            return Box(mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
        case Square():
            half = mark.side / 2
            return Box(mark.x - half, mark.y - half, mark.x + half, mark.y + half)
        case Circle():
            r = mark.radius
            return Box(mark.x - r, mark.y - r, mark.x + r, mark.y + r)
        case Polygon() | Polyline() | Arrow():
            xs, ys = zip(*mark.points, strict=True)
            return Box(min(xs), min(ys), max(xs), max(ys))
    raise TypeError(f"not a mark that leaves ink: {mark!r}")


def collisions(drawing: Drawing) -> list[tuple[Mark, Mark]]:
    """Every text with the texts and the ink it touches; empty for a good drawing.

    Grounds are there to be written on and touch nothing; a slanting line, a curve and a circle touch a text
    where their ink does, not where the box around them does.
    """
    boxes = [(mark, box_of(mark)) for mark in flatten(drawing.marks) if not _is_ground(mark)]
    boxes.sort(key=lambda pair: pair[1].top)
    found = []
    for i, (mark, box) in enumerate(boxes):
        for other, beside in _below(boxes, i):
            texts = isinstance(mark, Text), isinstance(other, Text)
            if not any(texts) or not box.meets(beside):
                continue
            if all(texts) or (touches(other, box) if texts[0] else touches(mark, beside)):
                found.append((mark, other))
    return found


def touches(mark: Mark, box: Box) -> bool:
    """Whether the ink of a mark whose box meets this one lies in it."""
    match mark:
        case Line():
            return _crosses((mark.x1, mark.y1), (mark.x2, mark.y2), box)
        case Polyline():
            return any(_crosses(*ends, box) for ends in pairwise(mark.points))
        case Polygon():
            return any(_crosses(*ends, box) for ends in pairwise((*mark.points, mark.points[0]))) or (
                not mark.hollow and _holds(mark.points, box)
            )
        case Circle():
            x = min(max(mark.x, box.left), box.right) - mark.x
            y = min(max(mark.y, box.top), box.bottom) - mark.y
            inside = mark.hollow and _within(mark, box)
            return x * x + y * y < (mark.radius - _CLOSE) ** 2 and not inside
        case Rect() | Square():
            own = box_of(mark)
            inside = own.left < box.left and box.right < own.right and own.top < box.top
            return not (mark.hollow and inside and box.bottom < own.bottom)
    return True


def _within(circle: Circle, box: Box) -> bool:
    """Whether the whole box lies inside the line of a circle."""
    x = max(abs(box.left - circle.x), abs(box.right - circle.x))
    y = max(abs(box.top - circle.y), abs(box.bottom - circle.y))
    return x * x + y * y < circle.radius**2


def _is_ground(mark: Mark) -> bool:
    return not isinstance(mark, Text) and getattr(mark, "role", "") in GROUNDS


def _crosses(start: tuple[float, float], end: tuple[float, float], box: Box) -> bool:
    """Whether a straight line enters the box (Liang and Barsky's clipping)."""
    first, last = 0.0, 1.0
    for a, b, low, high in (
        (start[0], end[0], box.left + _CLOSE, box.right - _CLOSE),
        (start[1], end[1], box.top + _CLOSE, box.bottom - _CLOSE),
    ):
        if a == b:
            if not low < a < high:
                return False
            continue
        enter, leave = sorted(((low - a) / (b - a), (high - a) / (b - a)))
        first, last = max(first, enter), min(last, leave)
    return first < last


def _holds(points: Sequence[tuple[float, float]], box: Box) -> bool:
    """Whether a filled shape covers the middle of the box, by counting the edges to the right of it."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    inside = False
    for (x1, y1), (x2, y2) in pairwise((*points, points[0])):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def _below(boxes: Sequence[tuple[Mark, Box]], i: int) -> Sequence[tuple[Mark, Box]]:
    """The later boxes that begin before box `i` ends; `boxes` is sorted by top."""
    bottom = boxes[i][1].bottom
    end = i + 1
    while end < len(boxes) and boxes[end][1].top < bottom:
        end += 1
    return boxes[i + 1 : end]


def outside(drawing: Drawing) -> list[Mark]:
    """Every mark that reaches beyond the edge of the drawing."""
    page = Box(-_CLOSE, -_CLOSE, drawing.width + _CLOSE, drawing.height + _CLOSE)
    return [
        mark
        for mark in flatten(drawing.marks)
        for box in [box_of(mark)]
        if box.left < page.left or box.top < page.top or box.right > page.right or box.bottom > page.bottom
    ]
