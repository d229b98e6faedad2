"""Labels beside dots where nothing else is: near where there is room, farther with a thin line to the dot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from synthesis.drawing.collisions import Box, box_of, touches
from synthesis.drawing.marks import Circle, Line, Mark, Text
from synthesis.drawing.text_metrics import text_width

_AROUND = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.8), (0.8, 0.8), (-0.8, -0.8), (-0.8, 0.8))
_DISTANCES = (2.0, 8.0, 15.0, 24.0, 36.0)
_AIR = 0.8


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label for a dot at (`x`, `y`) of this radius."""

    x: float
    y: float
    radius: float
    text: str


def placed(
    wanted: Sequence[Wanted], obstacles: Sequence[Mark], room: Box, size: float
) -> tuple[tuple[Mark, ...], tuple[int, ...]]:
    """The labels that find a place, in the order wanted, and which do not.

    Parameters
    ----------
    wanted : the first ones choose first
    obstacles : marks that no label may touch, the dots among them
    room : where labels may stand
    size : of the letters
    """
    taken: list[tuple[Mark, Box]] = [(mark, box_of(mark)) for mark in obstacles]
    marks: list[Mark] = []
    without: list[int] = []
    for i, label in enumerate(wanted):
        found = next(_free(label, taken, room, size), None)
        if found is None:
            without.append(i)
            continue
        marks += found
        taken += [(mark, box_of(mark)) for mark in found]
    return tuple(marks), tuple(without)


def _free(label: Wanted, taken: list[tuple[Mark, Box]], room: Box, size: float) -> Iterator[tuple[Mark, ...]]:
    for distance in _DISTANCES:
        for way in _AROUND:
            text = _at(label, way, distance, size)
            box = box_of(text)
            wide = Box(box.left - _AIR, box.top - _AIR / 2, box.right + _AIR, box.bottom + _AIR / 2)
            if not _within(box, room) or any(_touch(mark, theirs, wide) for mark, theirs in taken):
                continue
            if distance <= _DISTANCES[0]:
                yield (text,)
                continue
            line = _leader(label, box)
            if not any(isinstance(mark, Text) and touches(line, theirs) for mark, theirs in taken):
                yield (line, text)


def _at(label: Wanted, way: tuple[float, float], distance: float, size: float) -> Text:
    """The text beside the dot, on this side of it."""
    reach = label.radius + distance
    x, y = label.x + way[0] * reach, label.y + way[1] * reach
    width = text_width(label.text, size)
    left = x if way[0] > 0 else x - width if way[0] < 0 else x - width / 2
    baseline = y + 0.27 * size + (0.3 * size * (1 if way[1] > 0 else -1) if way[1] else 0.0)
    return Text(left, baseline, label.text, size=size)


def _leader(label: Wanted, box: Box) -> Line:
    """From the edge of the dot to the nearest point of the label."""
    x = min(max(label.x, box.left - _AIR), box.right + _AIR)
    y = min(max(label.y, box.top - _AIR), box.bottom + _AIR)
    away = hypot(x - label.x, y - label.y) or 1.0
    start = label.radius / away
    return Line(label.x + start * (x - label.x), label.y + start * (y - label.y), x, y, "secondary", 0.4)


def _touch(mark: Mark, theirs: Box, box: Box) -> bool:
    if not box.meets(theirs):
        return False
    if isinstance(mark, Circle):  # air around dots as well
        return touches(Circle(mark.x, mark.y, mark.radius + 1.0), box)
    return isinstance(mark, Text) or touches(mark, box)


def _within(box: Box, room: Box) -> bool:
    inside = room.left <= box.left and box.right <= room.right
    return inside and room.top <= box.top and box.bottom <= room.bottom
