"""The predictive distribution of a further study's effect as a hill on the axis."""

from collections.abc import Sequence
from itertools import pairwise

from synthesis.drawing.marks import Mark, Polygon, Polyline
from synthesis.figures.rows import Picture
from synthesis.figures.stage import Stage

Point = tuple[float, float]


def density_marks(picture: Picture, stage: Stage, y: float, row: float) -> tuple[Mark, ...]:
    """The hill about `y`, the part beyond the null darker; what lies beyond the axis is cut off."""
    floor, height = y + 0.7 * row, 1.6 * row
    curve = [(stage.x(x), floor - height * h) for x, h in picture.curve]
    seen = between(curve, stage.left, stage.right)
    if len(seen) < 2:
        return ()
    marks: list[Mark] = [Polygon(_over(seen, floor), "heat-1")]
    if stage.scale.null is not None and picture.at is not None:
        null = stage.x(stage.scale.null)
        above = stage.x(picture.at) < null
        ends = (max(null, stage.left), stage.right) if above else (stage.left, min(null, stage.right))
        beyond = between(curve, *ends)
        if len(beyond) > 1:
            marks.append(Polygon(_over(beyond, floor), "heat-2"))
    return (*marks, Polyline(tuple(seen), "prediction"))


def between(curve: Sequence[Point], left: float, right: float) -> list[Point]:
    """The part of a curve between two places, cut where it crosses them."""
    found: list[Point] = []
    for (x1, y1), (x2, y2) in pairwise(curve):
        if x2 <= left or x1 >= right or x2 <= x1:
            continue
        for x in (max(x1, left), min(x2, right)):
            point = (x, y1 + (y2 - y1) * (x - x1) / (x2 - x1))
            if not found or point != found[-1]:
                found.append(point)
    return found


def _over(points: Sequence[Point], floor: float) -> tuple[Point, ...]:
    """The points closed along the floor."""
    return (*points, (points[-1][0], floor), (points[0][0], floor))
