"""From what was printed of an arm to a count of people: a recorded step, never a fractional count."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from evidence.claims import Share
from evidence.rounding import bounds
from evidence.values import Derived, OneOf, Printed, Reported


def count_of(share: Share) -> Derived | None:
    """The count behind a share, with every count that would print so as its range; None without a number.

    Printed events are themselves. A percentage becomes the counts k with 100 k / n among the values that
    print so: the middle one of several (the lower of two middle ones), and the nearest to the percentage,
    graded ``nearest``, where there is none: then the counts either side are the range.

    Examples
    --------
    >>> from evidence.claims import Place, Share
    >>> from evidence.values import reported
    >>> place = Place("s", "s/e", "e", "e")
    >>> count_of(Share(place, "a", reported("82"), percent=reported("89.02"))).value
    73.0
    """
    events, percent, n = _number(share.events), _number(share.percent), _number(share.n)
    if events is not None and events.exact is not None:
        value = float(events.exact)
        return Derived(value, value, value, (events,), "events as printed", grade="printed")
    if percent is None or n is None or percent.exact is None or n.exact is None or n.exact <= 0:
        return None
    return _from_percent(percent, n)


def _from_percent(percent: Reported, n: Reported) -> Derived:
    assert percent.exact is not None and n.exact is not None
    size = n.exact
    within = bounds(percent)
    low = 0 if within.low is None else max(0, ceil(within.low * size / 100))
    high = floor(size) if within.high is None else min(floor(size), floor(within.high * size / 100))
    sources = (percent, n)
    rule = f"{percent.text} % of {n.text}"
    if low > high:
        exact = min(max(percent.exact * size / 100, Fraction(0)), size)
        below, above = float(floor(exact)), float(min(ceil(exact), floor(size)))
        said = f"no count of {n.text} prints as {percent.text} %; the nearest is used"
        return Derived(float(_round(exact)), below, above, sources, rule, (said,), "nearest")
    middle = (low + high) // 2
    if low == high:
        return Derived(float(middle), float(low), float(high), sources, rule)
    said = f"{low} to {high} of {n.text} print as {percent.text} %; the middle one is used"
    return Derived(float(middle), float(low), float(high), sources, rule, (said,), "range")


def _round(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def _number(value: Printed | None) -> Reported | None:
    """The number itself; the first reading of a number that can be read in several ways."""
    if isinstance(value, OneOf):
        value = value.options[0]
    return value if isinstance(value, Reported) and value.is_number else None
