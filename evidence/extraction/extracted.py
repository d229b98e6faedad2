"""What a recogniser gives back: a claim, and where each of its numbers stands in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from evidence.claims import Claim, Place
from evidence.extraction.reading import Prose, Read
from evidence.values import Reported

LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class Position:
    """A printed number and the characters of the text that it stands on, ``text[start:end]``."""

    number: Reported
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extracted:
    """A claim recognised in a text: the passage it was read from, ``start`` to before ``end``, as printed.

    ``positions`` has every printed number of the claim, in reading order.
    """

    claim: Claim
    start: int
    end: int
    text: str
    positions: tuple[Position, ...]


class Unreadable(ValueError):
    """What looked like a number is none; the passage is then no claim."""


@dataclass(slots=True, eq=False)
class Passage:
    """A stretch of text while its claims are put together: tokens ``first`` to before ``last``."""

    prose: Prose
    name: str
    first: int
    last: int
    positions: dict[str, Position] = field(default_factory=dict)
    address: str = field(init=False)
    span: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """The address (the text's name, then its own), and where the passage stands as printed."""
        tokens, last = self.prose.tokens, self.prose.closed(self.first, self.last)
        self.address = f"{self.prose.name}/{self.name}"
        self.span = self.prose.document.span(tokens[self.first].start, tokens[last - 1].end)

    def place(self) -> Place:
        """Where the claims of this passage stand, the passage being their label and their quote."""
        start, end = self.span
        text = " ".join(self.prose.document.text[start:end].split())
        label = text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"
        return Place(self.prose.name, self.address, self.name, label, quotes=(text,))

    def number(self, read: Read | None, field_: str) -> Reported | None:
        """The printed number read at a place, which is kept in mind; None where none was read.

        Raises
        ------
        Unreadable
            When the characters are no number after all.
        """
        if read is None:
            return None
        address = f"{self.address}/{field_}"
        number = self.prose.value(read, address)
        if number is None:
            raise Unreadable(address)
        self.positions[address] = Position(number, *self.prose.document.span(read.start, read.end))
        return number

    def holds(self, claim: Claim, numbers: Iterable[Reported | None]) -> Extracted:
        """The claim with the places of its numbers."""
        start, end = self.span
        found = [self.positions[n.address] for n in numbers if n is not None]
        ordered = tuple(sorted(found, key=lambda position: position.start))
        return Extracted(claim, start, end, self.prose.document.text[start:end], ordered)
