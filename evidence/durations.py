"""Lengths of time, to tell whether two are one."""

from __future__ import annotations

import re
from fractions import Fraction

_DAYS = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(1461, 48), "year": Fraction(1461, 4)}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(day|week|month|year)s?")


def days(time: str | None) -> Fraction | None:
    """A duration such as ``6 months`` in days; None for anything else.

    Examples
    --------
    >>> days("24 weeks"), days("best")
    (Fraction(168, 1), None)
    """
    match = _DURATION.fullmatch(time.strip()) if time else None
    return Fraction(match[1]) * _DAYS[match[2]] if match else None


def within(time: str, window: tuple[str, str]) -> bool:
    """Whether a time lies within a window.

    Examples
    --------
    >>> within("24 weeks", ("5 months", "7 months")), within("best", ("5 months", "7 months"))
    (True, False)
    """
    length, low, high = days(time), days(window[0]), days(window[1])
    return length is not None and low is not None and high is not None and low <= length <= high
