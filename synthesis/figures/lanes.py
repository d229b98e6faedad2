"""What a table with pictures says: columns of words, and lanes whose cells are drawn on their own axis."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from synthesis.drawing.marks import Mark
from synthesis.figures.page import Words
from synthesis.figures.rows import Picture, Scale


@dataclass(frozen=True, slots=True)
class Wording:
    """A column of words, broken at `most` points into at most so many `lines`, if any are named."""

    head: str
    align: Literal["start", "middle", "end"] = "start"
    most: float = 150.0
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of pictures on one axis.

    `band` is shaded behind all rows; `lines` are upright, each (value, role, dashed). Without a `scale` the
    cells hold marks of their own, placed from the left end and the middle of the row.
    """

    head: str
    scale: Scale | None = None
    width: float = 150.0
    band: tuple[float, float] | None = None
    lines: tuple[tuple[float, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture on the lane's axis, moved down by `shift` points; dots and intervals may have a role."""

    picture: Picture
    shift: float = 0.0
    role: str = ""


@dataclass(frozen=True, slots=True)
class Stem:
    """A line from one value to another, with a dot at the second."""

    start: float
    at: float
    role: str = "dot"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from one value to another."""

    start: float
    at: float
    role: str = "square"


@dataclass(frozen=True, slots=True)
class Join:
    """A thin line between two values at two heights, below what it joins."""

    start: float
    end: float
    rise: float = 0.0
    fall: float = 0.0


Drawn: TypeAlias = Piece | Stem | Bar | Join | Mark
Cell: TypeAlias = "str | tuple[Drawn, ...]"


@dataclass(frozen=True, slots=True)
class Item:
    """One row: a cell for each column.

    `kind` "head" is a bold line over a group whose first cell spans the table; "sum" is bold under a rule.
    """

    cells: tuple[Cell, ...]
    title: str = ""
    kind: Literal["row", "head", "sum"] = "row"
    address: str = ""
    least: float = 0.0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Everything a table with pictures says."""

    words: Words
    columns: tuple[Wording | Lane, ...]
    items: tuple[Item, ...]
