"""Effect measures, one file each: what a study's numbers say about an effect, and how surely.

A measure is a file in this folder that ends in `MEASURE = Measure(...)`; nothing else is needed to add
one. Files are imported when a measure is first asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.measures.measure import Measure


class UnknownMeasure(ValueError):
    """A code that no measure has; the message lists the codes."""


@cache
def _registry() -> dict[str, Measure]:
    from importlib import import_module
    from pkgutil import iter_modules

    names = sorted(module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    found = [module.MEASURE for module in modules if hasattr(module, "MEASURE")]
    return {measure.code: measure for measure in sorted(found, key=lambda measure: measure.code)}


def codes() -> tuple[str, ...]:
    """The codes of all measures, in alphabetical order.

    Examples
    --------
    >>> "RR" in codes()
    True
    """
    return tuple(_registry())


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
    registry = _registry()
    if code in registry:
        return registry[code]
    from difflib import get_close_matches

    near = get_close_matches(str(code).upper(), registry, n=1, cutoff=0.5)
    hint = f" (did you mean {near[0]}?)" if near else ""
    raise UnknownMeasure(f"unknown measure {code!r}; choose {', '.join(registry)}{hint}")
