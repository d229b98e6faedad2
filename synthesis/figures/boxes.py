"""What a flow diagram says: boxes in rows and columns, and which leads to which."""

from dataclasses import dataclass

from synthesis.figures.page import Words


@dataclass(frozen=True, slots=True)
class Box:
    """One box: `lines` of words, the first one bold; `wrong` ones hold numbers that do not add up."""

    key: str
    lines: tuple[str, ...]
    row: int
    column: float
    title: str = ""
    wrong: bool = False
    head: str = ""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Everything a flow diagram says; `links` are pairs of keys, downwards or to the side."""

    words: Words
    boxes: tuple[Box, ...]
    links: tuple[tuple[str, str], ...]
    wide: float = 168.0
