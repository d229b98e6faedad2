"""In what order the studies of a forest plot stand, and how that is said."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from synthesis.errors import choose
from synthesis.figures.entries import Entry

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _year(entry: Entry) -> float:
    """The year that the label ends with; a study without one comes last."""
    years = _YEAR.findall(entry.label)
    return float(years[-1]) if years else math.inf


def _label(entry: Entry) -> str:
    return entry.label.casefold()


def _effect(entry: Entry) -> float:
    return entry.yi


def _heaviest(entry: Entry) -> float:
    return -(entry.weight or 0.0)


def _risk(entry: Entry) -> int:
    return entry.risk


def _precision(entry: Entry) -> float:
    return entry.high - entry.low


ORDERS: dict[str, tuple[str, Callable[[Entry], Any] | None]] = {
    "given": ("", None),
    "year": ("Studies are in order of year", _year),
    "label": ("Studies are in alphabetical order", _label),
    "effect": ("Studies are in order of effect", _effect),
    "weight": ("Studies are in order of weight, the heaviest first", _heaviest),
    "bias": ("Studies are in order of overall risk of bias, the lowest first", _risk),
    "precision": ("Studies are in order of the width of their intervals, the narrowest first", _precision),
}
"""The orders by name: how each is said under the figure, and what it goes by."""


def in_order(entries: Sequence[Entry], order: str) -> tuple[Entry, ...]:
    """The entries in this order; those that tie by study and label, those not estimable at the end.

    Raises
    ------
    synthesis.errors.UnknownName
        There is no such order; the message lists those there are.
    """
    key = choose("order", order, ORDERS)[1]
    if key is None:
        return tuple(entries)
    by_number = order in ("effect", "weight", "precision")
    last = [entry for entry in entries if by_number and not entry.estimable]
    first = [entry for entry in entries if not by_number or entry.estimable]
    return tuple(sorted(first, key=lambda entry: (key(entry), entry.study, entry.label)) + last)
