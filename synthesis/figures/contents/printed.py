"""Printed numbers as figures draw them: their middle value, or that they were not reached."""

from math import inf
from typing import Any

from evidence.rounding import bounds
from evidence.values import Reported

OPEN = {"not-reached": "NR", "not-estimable": "NE", "NE": "NE", "NR": "NR"}
"""Words for a time or limit beyond what was seen, and how they are printed."""


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
    """The same for a time, one that was not reached or could not be estimated being infinite.

    Examples
    --------
    >>> from evidence.values import reported
    >>> reached(reported("not-reached"))
    inf
    """
    if isinstance(number, Reported) and number.word in OPEN:
        return inf
    return value_of(number)


def text_of(number: Any) -> str:
    """As printed, with a full stop for a raised point; NR and NE for what was not reached or estimable.

    Examples
    --------
    >>> from evidence.values import reported
    >>> text_of(reported("0·59")), text_of(reported("not-reached")), text_of(None)
    ('0.59', 'NR', '–')
    """
    if not isinstance(number, Reported):
        return "–" if number is None else "?"
    if number.word is not None:
        return OPEN.get(number.word, "–")
    return number.text.replace("·", ".")
