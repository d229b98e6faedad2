"""What a figure with two axes says: dots, curves and areas in the units of its axes, no position decided."""

from dataclasses import dataclass
from typing import Literal

from synthesis.figures.page import Words
from synthesis.figures.rows import Scale

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One value: `title` says it in a sentence, `label` is printed beside it where there is room.

    `area` is its share of the largest dot's area, None for dots of one size.
    """

    x: float
    y: float
    title: str = ""
    label: str = ""
    role: str = "dot"
    hollow: bool = False
    area: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points; what lies beyond the axes is not drawn."""

    points: Points
    role: str = "reference"
    width: float = 0.8
    dash: tuple[float, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape under everything else, cut off at the axes."""

    points: Points
    role: str = "band-1"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """Words at a place, such as the label of an arc; nobody moves them out of the way."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Under:
    """A line of numbers under the axis, each below its own value, such as people at risk."""

    label: str
    cells: tuple[tuple[float, str], ...]
    role: str = "text"


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything a figure with two axes says; `width` and `height` are those of the frame, in points."""

    words: Words
    x: Scale
    y: Scale
    areas: tuple[Area, ...] = ()
    curves: tuple[Curve, ...] = ()
    dots: tuple[Dot, ...] = ()
    tags: tuple[Tag, ...] = ()
    under: tuple[Under, ...] = ()
    under_head: str = ""
    width: float = 250.0
    height: float = 190.0
    right: float = 10.0
