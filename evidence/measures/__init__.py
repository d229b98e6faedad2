"""Effect measures, one file each: what a study's numbers say about an effect, and how surely.

A measure is a file in this folder that ends in `MEASURE = Measure(...)`, and a line in `files.py` by which
it is found without importing the others. Files are imported when their measure is first asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evidence.measures.files import FILES

if TYPE_CHECKING:
    from evidence.measures.measure import Measure


class UnknownMeasure(ValueError):
    """A code that no measure has; the message lists the codes."""


def codes() -> tuple[str, ...]:
    """The codes of all measures, in alphabetical order.

    Examples
    --------
    >>> "RR" in codes()
    True
    """
    return tuple(FILES)


def get(code: str) -> Measure:
    """The measure with this code.

    Raises
    ------
    UnknownMeasure
        When there is none; the message lists the codes and the nearest one.

    Examples
    --------
    >>> get("RR").name
    'risk ratio'
    """
    if code in FILES:
        return _imported(code)
    from difflib import get_close_matches

    near = get_close_matches(str(code).upper(), FILES, n=1, cutoff=0.5)
    hint = f" (did you mean {near[0]}?)" if near else ""
    raise UnknownMeasure(f"unknown measure {code!r}; choose {', '.join(FILES)}{hint}")


@cache
def _imported(code: str) -> Measure:
    from importlib import import_module

    found: Measure = import_module(f"{__name__}.{FILES[code]}").MEASURE
    return found
