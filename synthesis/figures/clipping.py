"""Curves and shapes cut off at an upright rectangle."""

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Points = tuple[Point, ...]
Corners = tuple[float, float, float, float]
"""left, top, right, bottom"""


def clipped_curve(points: Sequence[Point], corners: Corners) -> tuple[Points, ...]:
    """The pieces of a curve that lie inside.

    Examples
    --------
    >>> clipped_curve([(-1, 5), (5, 5), (5, 20)], (0, 0, 10, 10))
    (((0.0, 5.0), (5.0, 5.0), (5.0, 10.0)),)
    """
    pieces: list[list[Point]] = []
    for start, end in pairwise(points):
        part = _inside(start, end, corners)
        if part is None:
            continue
        if pieces and pieces[-1][-1] == part[0]:
            pieces[-1].append(part[1])
        else:
            pieces.append(list(part))
    return tuple(tuple(piece) for piece in pieces)


def _inside(start: Point, end: Point, corners: Corners) -> tuple[Point, Point] | None:
    """The part of a straight line inside (Liang and Barsky)."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        a, b, low, high = start[axis], end[axis], corners[axis], corners[axis + 2]
        if a == b:
            if not low <= a <= high:
                return None
            continue
        enter, leave = sorted(((low - a) / (b - a), (high - a) / (b - a)))
        first, last = max(first, enter), min(last, leave)
    if first >= last:
        return None
    return _between(start, end, first), _between(start, end, last)


def _between(start: Point, end: Point, share: float) -> Point:
    if share == 1.0:
        return float(end[0]), float(end[1])
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def clipped_shape(points: Sequence[Point], corners: Corners) -> Points:
    """The part of a closed shape that lies inside; empty where there is none (Sutherland and Hodgman).

    Examples
    --------
    >>> clipped_shape([(-5, 2), (5, 2), (5, 4), (-5, 4)], (0, 0, 10, 10))
    ((0.0, 2.0), (5, 2), (5, 4), (0.0, 4.0))
    """
    found = list(points)
    for axis, edge, sign in (
        (0, corners[0], 1),
        (0, corners[2], -1),
        (1, corners[1], 1),
        (1, corners[3], -1),
    ):
        found = _half(found, axis, edge, sign)
    return tuple(found)


def _half(points: list[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """The part on one side of an upright or level line."""
    kept: list[Point] = []
    for start, end in pairwise([*points[-1:], *points]):
        before, after = sign * (start[axis] - edge), sign * (end[axis] - edge)
        if (before < 0) != (after < 0):
            kept.append(_between(start, end, before / (before - after)))
        if after >= 0:
            kept.append(end)
    return kept
