"""What a figure is made of: a few frozen marks, in points, with roles in place of colours.

The origin is the upper left corner and y grows downwards. A mark says what it is for (its `role`,
a name of `palette.ROLES`); a writer decides the colour. Positions are kept as computed; every writer
rounds them by `place`, and the sizes of markers, whose area carries a weight, by `extent`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

# Sums of tenths often end on a tie (.05), where the last bit of a float would decide; a nudge larger
# than any such error sends every tie the same way on every machine.
_NUDGE = 1e-6


def place(value: float) -> float:
    """A coordinate rounded to 0.1 points; the one place where positions are rounded.

    Examples
    --------
    >>> place(12.349), place(0.05), place(-0.01)
    (12.3, 0.1, 0.0)
    """
    return round(value + _NUDGE, 1) + 0.0


@lru_cache(maxsize=4096)
def place_text(value: float) -> str:
    """The same as text, without a needless ``.0``.

    Examples
    --------
    >>> place_text(12.349), place_text(3.0), place_text(-0.01)
    ('12.3', '3', '0')
    """
    text = f"{value + _NUDGE:.1f}"
    if text[-1] == "0":
        text = text[:-2]
    return "0" if text == "-0" else text


def extent(value: float) -> float:
    """The side or diameter of a marker, rounded to 0.02 points.

    Areas carry weights: rounding a side of 3 points to 0.1 would change its area by 3 per cent.

    Examples
    --------
    >>> extent(3.0149)
    3.02
    """
    return round((value + _NUDGE) * 50) / 50


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `x` is its start, middle or end, `y` its baseline."""

    x: float
    y: float
    text: str
    role: str = "text"
    size: float = 8.5
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line with butt ends, so that it is exactly as long as what it shows."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: str = "rule"
    width: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle from its upper left corner; `hollow` draws its outline only."""

    x: float
    y: float
    width: float
    height: float
    role: str = "text"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Square:
    """A square about its centre, whose area stands for a quantity."""

    x: float
    y: float
    side: float
    role: str = "square"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle about its centre."""

    x: float
    y: float
    radius: float
    role: str = "dot"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape through `points`, such as the diamond of a pooled estimate."""

    points: tuple[tuple[float, float], ...]
    role: str = "summary"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Polyline:
    """An open line through `points`, never filled: a curve, or the steps of one."""

    points: tuple[tuple[float, float], ...]
    role: str = "interval"
    width: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrowhead with its tip at (`x`, `y`): what it ends goes on beyond the axis."""

    x: float
    y: float
    direction: Literal["left", "right"]
    role: str = "interval"
    length: float = 4.5

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """Its three corners, the tip first."""
        back = self.length if self.direction == "left" else -self.length
        half = 0.45 * self.length
        return ((self.x, self.y), (self.x + back, self.y - half), (self.x + back, self.y + half))


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that belong together.

    `title` is what a pointer resting there shows, `address` what they show; `link` where they lead, on a
    page: a file of its own has no links.
    """

    marks: tuple["Mark", ...]
    id: str = ""
    title: str = ""
    desc: str = ""
    address: str = ""
    link: str = ""


Mark: TypeAlias = Text | Line | Rect | Square | Circle | Polygon | Polyline | Arrow | Group


def flatten(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Every mark that leaves ink, in drawing order, with the groups opened."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from flatten(mark.marks)
        else:
            yield mark
