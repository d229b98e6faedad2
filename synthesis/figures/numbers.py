"""How numbers are printed in figures.

Two decimals below 10, one below 100, none above; a minus sign is U+2212; thousands are separated from 10,000.
Nothing is printed as -0.00, and a bound that is not the null is never printed as the null: its pair of bounds
gets more digits, at most four, and beyond that the bound is said to lie below or above.
"""

import math
from collections.abc import Iterable, Mapping
from typing import TypeAlias

MINUS = "−"
DASH = "–"
MOST = 4

_UNITS = tuple(10.0**-decimals for decimals in range(40))

Special: TypeAlias = tuple[float, ...]


def fixed(value: float, decimals: int) -> str:
    """The value with so many decimals.

    Examples
    --------
    >>> fixed(-0.001, 2), fixed(-1.5, 1), fixed(13598, 0), fixed(9999, 0)
    ('0.00', '−1.5', '13,598', '9999')
    """
    if abs(value) >= 10_000:
        if math.isinf(value):
            return "∞" if value > 0 else f"{MINUS}∞"
        text = _power(value) if abs(value) >= 1e7 else f"{value:,.{decimals}f}"
    else:
        text = f"{value:.{decimals}f}"
    if text[0] != "-":
        return text
    return text.replace("-", MINUS) if text.strip("-0.") else text[1:]


def decimals_for(value: float) -> int:
    """Two decimals below 10, one below 100, none above, judged after rounding.

    Examples
    --------
    >>> decimals_for(9.994), decimals_for(9.996), decimals_for(250)
    (2, 1, 0)
    """
    size = abs(value)
    return 2 if size < 9.995 else 1 if size < 99.95 else 0


def decimals_of(values: Iterable[float]) -> int:
    """One number of decimals for a column of differences, so that the largest keeps two digits or more.

    Examples
    --------
    >>> decimals_of([-2.4, 7.7]), decimals_of([12.0, 0.4]), decimals_of([0.0031]), decimals_of([])
    (2, 1, 4, 2)
    """
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if 0 < largest < 0.1:
        return min(1 - math.floor(math.log10(largest)), 12)
    return decimals_for(largest)


def estimate_text(value: float, *, decimals: int | None = None, special: Special = ()) -> str:
    """An estimate; one that is none of the `special` values is not printed as one of them.

    Examples
    --------
    >>> estimate_text(0.4894), estimate_text(0.0031, special=(0.0,)), estimate_text(-0.001)
    ('0.49', '0.003', '0.00')
    """
    wanted = decimals_for(value) if decimals is None else decimals
    for more in range(wanted, max(MOST, wanted) + 1):
        if not _misprints(value, more, special):
            return fixed(value, more)
    return _guarded(value, wanted, special)


def bounds_text(
    low: float, high: float, *, decimals: int | None = None, special: Special = ()
) -> tuple[str, str]:
    """Both bounds of an interval, both with more digits when one of them needs any.

    Parameters
    ----------
    low, high : float
        On the printed scale; may be infinite.
    decimals : int, optional
        By the size of each bound when not given.
    special : tuple of float
        Values that a bound must not be printed as unless it is that value: the null, the ends of the scale.

    Examples
    --------
    >>> bounds_text(0.62, 0.996, special=(1.0,))
    ('0.620', '0.996')
    >>> bounds_text(-0.001, 0.5, special=(0.0,))
    ('−0.001', '0.500')
    >>> bounds_text(0.0006, 3789.0, special=(0.0,))
    ('0.001', '3789')
    >>> bounds_text(0.5, 0.999999, special=(1.0,)), bounds_text(3e-7, 2.0, special=(1.0, 0.0))
    (('0.50', '<1.00'), ('3.0e−7', '2.00'))
    """
    wanted = (decimals_for(low), decimals_for(high)) if decimals is None else (decimals, decimals)
    if not (_misprints(low, wanted[0], special) or _misprints(high, wanted[1], special)):
        return fixed(low, wanted[0]), fixed(high, wanted[1])
    for extra in range(1, MOST + 1):
        # a bound of 10 or more keeps its digits: 3789 beside 0.0006
        first, second = [
            min(digits + extra, max(MOST, digits)) if decimals is not None or digits == 2 else digits
            for digits in wanted
        ]
        if not (_misprints(low, first, special) or _misprints(high, second, special)):
            return fixed(low, first), fixed(high, second)
    return _guarded(low, wanted[0], special), _guarded(high, wanted[1], special)


def _prints_as(value: float, other: float, decimals: int) -> bool:
    if value == other or abs(value - other) > 10.0**-decimals:  # too far apart to round together
        return False
    return fixed(value, decimals) == fixed(other, decimals)


def _misprints(value: float, decimals: int, special: Special) -> bool:
    clash = False
    for other in special:
        if abs(value - other) <= _UNITS[decimals]:
            clash = clash or _prints_as(value, other, decimals)
    return clash


def _guarded(value: float, decimals: int, special: Special) -> str:
    """A value that even four decimals print as a special one: as a power of ten, or on its side of it."""
    for other in special:
        if _prints_as(value, other, max(MOST, decimals)):
            return _power(value) if other == 0 else f"{'<' if value < other else '>'}{fixed(other, decimals)}"
    while _misprints(value, decimals, special):
        decimals += 1
    return fixed(value, decimals)


def _power(value: float) -> str:
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def p_text(p: float) -> str:
    """A p value with its relation: three decimals below 0.1, never 0.050 for one that is not, never 1.

    Examples
    --------
    >>> p_text(0.00021), p_text(0.0341), p_text(0.04996), p_text(0.4), p_text(0.9997)
    ('P < 0.001', 'P = 0.034', 'P = 0.04996', 'P = 0.40', 'P > 0.99')
    """
    if p < 0.001:
        return "P < 0.001"
    if p > 0.99:
        return "P > 0.99"
    decimals = 3 if p < 0.0995 else 2
    while decimals < 6 and p != 0.05 and float(f"{p:.{decimals}f}") == 0.05:
        decimals += 1
    return f"P = {p:.{decimals}f}"


def percent_text(value: float) -> str:
    """A percentage with one decimal; neither nought nor everything unless it is.

    Examples
    --------
    >>> percent_text(6.36), percent_text(0.01), percent_text(99.98), percent_text(100.0)
    ('6.4', '<0.1', '>99.9', '100.0')
    """
    if 0 < value < 0.05:
        return "<0.1"
    if 99.95 <= value < 100 - 1e-9:
        return ">99.9"
    return fixed(value, 1)


def variance_text(value: float) -> str:
    """A variance such as tau2: two decimals, or two significant digits when it is small.

    Examples
    --------
    >>> variance_text(0.3132), variance_text(0.00318), variance_text(0.0), variance_text(4e-9)
    ('0.31', '0.0032', '0', '<0.0001')
    """
    if value == 0:
        return "0"
    if value < 10.0**-MOST:
        return f"<{10.0**-MOST:.{MOST}f}"
    if value >= 0.1:
        return fixed(value, decimals_for(value))
    return fixed(value, 1 - math.floor(math.log10(value)))


def count_text(value: float | None) -> str:
    """A count, or a dash where none was reported.

    Examples
    --------
    >>> count_text(88391.0), count_text(None), count_text(4.5)
    ('88,391', '–', '4.5')
    """
    if value is None or value != value:
        return DASH
    if not float(value).is_integer():
        return fixed(value, 1)
    return str(int(value)) if 0 <= value < 10_000 else fixed(value, 0)


def as_read(value: float, decimals: Mapping[float, int] | None = None) -> str:
    """A number that stands in a paper with the decimals it has there; a derived one by its size.

    Parameters
    ----------
    value : float
        Such as a mean.
    decimals : mapping, optional
        The decimals of printed numbers, by value; for others, as many as the value needs, at most three.

    Examples
    --------
    >>> as_read(42.0, {42.0: 2}), as_read(8.1), as_read(42.0), as_read(12.333333)
    ('42.00', '8.1', '42', '12.3')
    """
    if decimals and value in decimals:
        return fixed(value, decimals[value])
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    needed = len(text.partition(".")[2])
    return fixed(value, needed if abs(float(text) - value) < 1e-9 else decimals_for(value))


def equals(name: str, text: str) -> str:
    """A name and its value, with the relation that the text brings or an equals sign.

    Examples
    --------
    >>> equals("τ²", "0.31"), equals("τ²", "<0.0001")
    ('τ² = 0.31', 'τ² < 0.0001')
    """
    return f"{name} {text[0]} {text[1:]}" if text[0] in "<>" else f"{name} = {text}"
