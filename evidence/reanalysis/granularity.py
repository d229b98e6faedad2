"""The totals of whole numbers whose mean is printed so, under every way of rounding that is in use.

The mean of n people who each give ``items`` whole-number answers is a whole total over n times items. Whether
some total lies in the interval behind a printed mean is decided in whole numbers; nothing is approximate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from evidence.reanalysis.counts import MOST_PEOPLE, Unknown, whole_numbers
from evidence.rounding import bounds
from evidence.values import Reported

THRESHOLD = 6
"""The digit from which the ``*_from`` rules round away, where they are asked without one."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The exact values that one rule prints as a number; an open end is not itself printed so."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def times(self, factor: int | Fraction) -> range:
        """The whole numbers that are ``factor`` times some value between the edges."""
        low, high = self.low * factor, self.high * factor
        first = floor(low) + 1 if self.low_open else ceil(low)
        last = ceil(high) - 1 if self.high_open else floor(high)
        return range(first, max(first, last + 1))


_Rule = Callable[[Fraction, Fraction, Fraction], Edges]


def _up_or_down(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    return Edges(x - u / 2, x + u / 2)


def _up(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    return Edges(x - u / 2, x + u / 2, high_open=True)


def _down(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    return Edges(x - u / 2, x + u / 2, low_open=True)


def _even(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    odd = (x / u).numerator % 2 == 1
    return Edges(x - u / 2, x + u / 2, odd, odd)


def _ceiling_or_floor(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    return Edges(x - u, x + u, True, True)


def _ceiling(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    return Edges(x - u, x, low_open=True)


def _floor(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    return Edges(x, x + u, high_open=True)


def _trunc(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    if x == 0:
        return Edges(-u, u, True, True)
    return _floor(x, u, t) if x > 0 else _ceiling(x, u, t)


def _anti_trunc(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    if x == 0:
        return Edges(x, x)
    return _ceiling(x, u, t) if x > 0 else _floor(x, u, t)


def _up_from(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    return Edges(x - (1 - t) * u, x + t * u, high_open=True)


def _down_from(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    return Edges(x - t * u, x + (1 - t) * u, low_open=True)


def _up_from_or_down_from(x: Fraction, u: Fraction, t: Fraction) -> Edges:
    reach = max(t, 1 - t) * u
    return Edges(x - reach, x + reach, True, True)


RULES: dict[str, _Rule] = {
    "up_or_down": _up_or_down,
    "up": _up,
    "down": _down,
    "even": _even,
    "ceiling_or_floor": _ceiling_or_floor,
    "ceiling": _ceiling,
    "floor": _floor,
    "trunc": _trunc,
    "anti_trunc": _anti_trunc,
    "up_from_or_down_from": _up_from_or_down_from,
    "up_from": _up_from,
    "down_from": _down_from,
}
"""Ways of shortening a number, by the names that scrutiny gives them; the first holds every half rule."""


def edges(number: Reported, rule: str = "up_or_down", threshold: int = THRESHOLD) -> Edges:
    """The exact values that a rule prints as this number.

    Parameters
    ----------
    number : Reported
        A printed number.
    rule : str
        A key of ``RULES``.
    threshold : int
        For the ``*_from`` rules, the digit from which they round away.

    Raises
    ------
    ValueError
        For a word standing for a number, or an unknown rule.

    Examples
    --------
    >>> from evidence.values import reported
    >>> found = edges(reported("2.5"), "up")
    >>> str(found.low), str(found.high), found.high_open
    ('49/20', '51/20', True)
    """
    if number.exact is None:
        raise ValueError(f"{number.text} stands for no number")
    if rule not in RULES:
        raise ValueError(f"unknown rounding rule {rule!r}; choose {', '.join(RULES)}")
    return RULES[rule](number.exact, number.ulp, Fraction(threshold, 10))


def totals(mean: Reported, n: int, items: int = 1, rule: str = "up_or_down", threshold: int = 6) -> range:
    """The whole totals over n times items that are printed as this mean; empty where there is none.

    Notes
    -----
    GRIM: some whole S has S / (n L) between the edges of the printed mean.

    References
    ----------
    Brown and Heathers 2017, Social Psychological and Personality Science 8:363-369.

    Examples
    --------
    >>> from evidence.values import reported
    >>> list(totals(reported("5.19"), 28)), list(totals(reported("5.18"), 28))
    ([], [145])
    """
    return edges(mean, rule, threshold).times(n * items) if n >= 1 else range(0)


def shares(percent: Reported, n: int, items: int = 1, rule: str = "up_or_down", threshold: int = 6) -> range:
    """The counts of n times items that are printed as this percentage under a rule."""
    whole = n * items
    found = edges(percent, rule, threshold).times(Fraction(whole, 100))
    return range(max(found.start, 0), max(min(found.stop, whole + 1), found.start, 0))


def possible_totals(mean: Reported, n: int, items: int = 1, mode: str | None = None) -> range | Unknown:
    """The totals that a printed mean allows under the audit's rounding; unknown where it has no two ends."""
    region = bounds(mean, mode)
    if region.low is None or region.high is None:
        return Unknown("the mean is printed as a limit")
    return Edges(region.low, region.high).times(n * items)


def neighbours(mean: Reported, n: int, items: int = 1) -> tuple[int, ...]:
    """The totals whose means lie next to a printed one, below and above."""
    exact = (mean.exact or Fraction(0)) * n * items
    return tuple(sorted({floor(exact), ceil(exact)}))


def items_of(items: Reported | None) -> int | Unknown:
    """How many whole-number answers a value is the mean of, as a study states it."""
    found = whole_numbers(items, "the number of items")
    if isinstance(found, Unknown):
        return found
    return found[0] if len(found) == 1 and 1 <= found[0] <= MOST_PEOPLE else Unknown("items is not a number")


def power(mean: Reported, n: int, items: int = 1) -> float:
    """How likely a wrong mean of this many decimals would be caught: the share that no total prints as."""
    density = n * items * mean.ulp
    return 0.0 if density >= 1 else float(1 - density)
