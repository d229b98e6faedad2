"""Printed dates of enrolment and follow-up as months, with what a year or a month alone leaves open."""

from __future__ import annotations

import re

from evidence.claims import Calendar

_DATE = r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?"
_SPAN = rf"{_DATE}\s*/\s*{_DATE}"

Span = tuple[float, float]
"""The earliest and the latest moment that a printed date can mean, in months."""


def dates_of(calendar: Calendar) -> tuple[Span, Span, Span] | None:
    """Start and end of enrolment and end of follow-up; None where one is not printed as a date.

    Examples
    --------
    >>> dates_of(Calendar("2018/2020-06", "2021-01"))
    ((24216.0, 24228.0), (24245.0, 24246.0), (24252.0, 24253.0))
    """
    enrolled = re.fullmatch(_SPAN, (calendar.recruitment or "").strip(), re.ASCII)
    until = re.fullmatch(_DATE, (calendar.until or "").strip(), re.ASCII)
    if enrolled is None or until is None:
        return None
    groups = enrolled.groups()
    start, end, last = _span(*groups[:3]), _span(*groups[3:]), _span(*until.groups())
    return (start, end, last) if start[1] < end[0] else None


def _span(year: str, month: str | None, day: str | None) -> Span:
    first = 12.0 * int(year)
    if month is None:
        return first, first + 12
    first += int(month) - 1
    if day is None:
        return first, first + 1
    return first + (int(day) - 1) / 31, first + int(day) / 31
