"""Printed numbers as figures draw them: their middle value, or that they were not reached."""

from math import inf
from typing import Any

from evidence.rounding import bounds
from evidence.values import Reported

NOT_REACHED = "not-reached"


def value_of(number: Any) -> float | None:
    """The number with its author's correction; None for a word, for several values, or for nothing.

    Examples
    --------
    >>> from evidence.values import reported
    >>> value_of(reported("14.2")), value_of(reported("not-reached")), value_of(None)
    (14.2, None, None)
    """
    if not isinstance(number, Reported) or not number.is_number:
        return None
    return bounds(number.corrected()).floats[1]


def reached(number: Any) -> float | None:
    """The same for a time, a time that was not reached being infinite.

    Examples
    --------
    >>> from evidence.values import reported
    >>> reached(reported("not-reached"))
    inf
    """
    if isinstance(number, Reported) and number.word == NOT_REACHED:
        return inf
    return value_of(number)


def text_of(number: Any) -> str:
    """As printed; NR for a time that was not reached."""
    if not isinstance(number, Reported):
        return "–" if number is None else "?"
    return "NR" if number.word == NOT_REACHED else number.text
