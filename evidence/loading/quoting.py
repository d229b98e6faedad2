"""Whether a printed number occurs in the fragment it was copied from, as a whole number."""

from __future__ import annotations

import re
from functools import cache

from evidence.loading.problems import Faults
from evidence.values import Between, Printed, Reported

_POINTS = str.maketrans({"·": ".", "⋅": ".", "∙": "."})
_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d*\.\d+|\d+")


@cache
def figures(quote: str) -> frozenset[str]:
    """The whole numbers in a fragment; where a comma may also stand between two numbers, those too.

    >>> sorted(figures("(t=37.827,50.445; 86,100 of 4.10)"))
    ['100', '37.827', '4.10', '50.445', '86', '86,100']
    """
    found = _FIGURES.findall(quote.translate(_POINTS))
    return frozenset(found).union(*(number.split(",") for number in found))


def check_quoted(value: Printed, name: str, quotes: tuple[str, ...], faults: Faults) -> None:
    """Note a number that occurs in none of the fragments beside it."""
    if isinstance(value, Between):
        check_quoted(value.low, name, quotes, faults)
        check_quoted(value.high, name, quotes, faults)
    elif isinstance(value, Reported) and value.exact is not None and value.source is not None:
        own = _FIGURES.search(value.text.translate(_POINTS))
        if own is None or any(own[0] in figures(quote) for quote in quotes):
            return
        shown = f'the quote "{quotes[0]}"' if len(quotes) == 1 else f"any of the {len(quotes)} quotes"
        source = value.source
        faults.at(
            "SRC102",
            source.line,
            source.column,
            f'{name}: "{value.text}" does not occur in {shown}',
            "copy both as printed, 4.1 is not in 4.10; several fragments are a list, quote: [..., ...]",
            end=source.end_column,
        )
