"""What a printed number can stand for: every exact value that would have been printed so.

This is the one place that turns printed numbers into floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from evidence.values import NOT_SIGNIFICANT, Reported

MODES = ("nearest", "truncation", "either")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The closed interval of exact values behind a printed number; ``None`` is unbounded.

    The interval is closed at both ends, so that half-up, half-down and half-even all lie inside.
    """

    low: Fraction | None
    mid: Fraction
    high: Fraction | None

    def holds(self, value: Fraction) -> bool:
        """Whether an exact value would have been printed so."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    @property
    def floats(self) -> tuple[float, float, float]:
        """Low, mid and high as floats."""
        low = float("-inf") if self.low is None else _float(self.low)
        return low, _float(self.mid), float("inf") if self.high is None else _float(self.high)


def _float(value: Fraction) -> float:
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


@lru_cache(maxsize=4096)  # every check asks it of the same few numbers
def bounds(number: Reported, mode: str | None = None) -> Bounds:
    """The values that would have been printed as this number.

    Parameters
    ----------
    number : Reported
        A printed number; a word standing for a number has no bounds.
    mode : {"nearest", "truncation", "either"}, optional
        How the authors shortened numbers: to the nearest (any half rule), by cutting off, or unknown. By
        default the number's own, which its study states.

    Raises
    ------
    ValueError
        For a word, or an unknown mode.

    Examples
    --------
    >>> from evidence.values import reported
    >>> bounds(reported("0.5"))
    Bounds(low=Fraction(9, 20), mid=Fraction(1, 2), high=Fraction(11, 20))
    >>> bounds(reported("<5")).floats
    (-inf, 5.0, 5.0)
    """
    if number.exact is None:
        raise ValueError(f"{number.text} stands for no number")
    exact, unit = number.exact, number.ulp
    if number.relation in ("<", "<="):
        return Bounds(None, exact, exact)
    if number.relation in (">", ">="):
        return Bounds(exact, exact, None)
    if number.relation == "~":
        return Bounds(exact - unit, exact, exact + unit)
    return _rounded(exact, unit, mode or number.rounding)


@lru_cache(maxsize=4096)
def float_bounds(number: Reported) -> tuple[float, float, float]:
    """Low, mid and high of a printed number as floats: what ``bounds(number).floats`` gives, sooner.

    Examples
    --------
    >>> from evidence.values import reported
    >>> float_bounds(reported("2.31"))
    (2.305, 2.31, 2.315)
    """
    exact, decimals = number.exact, number.decimals
    if exact is None or number.relation != "=" or number.rounding != "nearest" or not 0 <= decimals < 100:
        return bounds(number).floats
    unit = 10**decimals
    times, rest = divmod(unit * exact.numerator, exact.denominator)
    if rest:
        return bounds(number).floats
    try:
        return (2 * times - 1) / (2 * unit), times / unit, (2 * times + 1) / (2 * unit)
    except OverflowError:
        return bounds(number).floats


def _rounded(exact: Fraction, unit: Fraction, mode: str) -> Bounds:
    if mode == "nearest":
        half = unit / 2
        return Bounds(exact - half, exact, exact + half)
    if mode == "either":
        return Bounds(exact - unit, exact, exact + unit)
    if mode == "truncation":
        return Bounds(exact - unit, exact, exact) if exact < 0 else Bounds(exact, exact, exact + unit)
    raise ValueError(f"unknown rounding {mode!r}; choose nearest, truncation or either")


@dataclass(frozen=True, slots=True)
class PRegion:
    """The p values that a printed p allows: from ``low`` to ``high``, each end in it or not."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def meets(self, low: float, high: float) -> bool:
        """Whether some value of the closed interval [low, high] is allowed."""
        below = high < self.low or (self.low_open and high <= self.low)
        above = low > self.high or (self.high_open and low >= self.high)
        return not (below or above)

    def decides(self, alpha: float = 0.05) -> bool | None:
        """True where every allowed p is below alpha, False where none is, None where some are."""
        if self.high < alpha or (self.high <= alpha and self.high_open):
            return True
        if self.low > alpha or (self.low >= alpha and self.low_open) or self.low == alpha == self.high:
            return False
        return None


@lru_cache(maxsize=1024)
def p_region(p: Reported, alpha: float = 0.05, mode: str | None = None) -> PRegion:
    """The p values that a printed p allows.

    ``<0.05`` is everything below; ``0.000`` is up to .0005; ``ns`` is everything above ``alpha``.

    Examples
    --------
    >>> from evidence.values import reported
    >>> p_region(reported("<0.05")).meets(0.04, 0.06), p_region(reported("ns")).meets(0.01, 0.02)
    (True, False)
    """
    if p.word == NOT_SIGNIFICANT:
        return PRegion(alpha, 1.0, low_open=True)
    low, value, high = float_bounds(p) if mode is None else bounds(p, mode).floats
    if p.relation in ("<", "<="):
        return PRegion(0.0, value, high_open=p.relation == "<")
    if p.relation in (">", ">="):
        return PRegion(value, 1.0, low_open=p.relation == ">")
    return PRegion(max(low, 0.0), min(high, 1.0))
