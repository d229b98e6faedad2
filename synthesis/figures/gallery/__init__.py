"""The figures beside the forest plot, one file each, ending in `FIGURE = Figure(...)`.

Nothing else is needed to add one: `synthesis.plot.NAME` and `evidence plot NAME` find it here. Files are
imported when a figure is first asked for.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synthesis.figures.figure import Figure


@cache
def names() -> tuple[str, ...]:
    """The names of the figures, in alphabetical order.

    Examples
    --------
    >>> "funnel" in names()
    True
    """
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def get(name: str) -> "Figure":
    """The figure of this name.

    Raises
    ------
    UnknownName
        There is none; the message lists those there are.
    """
    from synthesis.errors import choose

    figure: Figure = import_module(f"{__name__}.{choose('figure', name, {n: n for n in names()})}").FIGURE
    return figure
