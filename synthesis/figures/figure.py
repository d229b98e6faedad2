"""What a figure of the gallery is: its name, what it is drawn from, and the function that draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from synthesis.errors import FigureError

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing

Subject = Literal["pool", "table", "endpoint", "review", "numbers"]


@dataclass(frozen=True, slots=True)
class Option:
    """A keyword of the drawing function that the command line offers as well.

    A `switch` is on when it is named; an option that is `needed` must be given; `words` that are separated
    by commas arrive as a tuple.
    """

    name: str
    help: str
    kind: type = str
    metavar: str = "TEXT"
    switch: bool = False
    needed: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, as the folder lists it.

    `subject` is what `draw` takes first: a "pool"; the effect "table" of an endpoint, pooled or not; the
    review and an "endpoint"; the "review" alone; or only "numbers", as options. `audited` figures take the
    findings of an audit as well.
    """

    name: str
    about: str
    subject: Subject
    draw: "Callable[..., Drawing]"
    example: str
    options: tuple[Option, ...] = ()
    audited: bool = False


def need(what: str, least: int, have: int, of: str = "studies", where: str = "pool") -> None:
    """Nothing, where there are studies (or other things) enough.

    Raises
    ------
    FigureError
        There are fewer.

    Examples
    --------
    >>> need("a funnel", 3, 2)
    Traceback (most recent call last):
    ...
    synthesis.errors.FigureError: a funnel needs at least 3 studies; this pool has 2
    """
    if have < least:
        raise FigureError(f"{what} needs at least {least} {of}; this {where} has {have}")
