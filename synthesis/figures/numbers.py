"""How numbers are printed in figures.

Two decimals below 10, one below 100, none above; a minus sign is U+2212; thousands are separated from 10,000.
Nothing is printed as -0.00, and a bound that is not the null is never printed as the null: its pair of bounds
gets more digits, at most four, and beyond that the bound is said to lie below or above.
"""

import math

MINUS = "−"
DASH = "–"
MOST = 4


def fixed(value: float, decimals: int) -> str:
    """The value with so many decimals.

    Examples
    --------
    >>> fixed(-0.001, 2), fixed(-1.5, 1), fixed(13598, 0), fixed(9999, 0)
    ('0.00', '−1.5', '13,598', '9999')
    """
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if abs(value) >= 1e7:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", MINUS)
    text = f"{value:,.{decimals}f}" if abs(value) >= 10_000 else f"{value:.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.removeprefix("-")
    return text.replace("-", MINUS)


def decimals_for(value: float) -> int:
    """Two decimals below 10, one below 100, none above, judged after rounding.

    Examples
    --------
    >>> decimals_for(9.994), decimals_for(9.996), decimals_for(250)
    (2, 1, 0)
    """
    size = abs(value)
    return 2 if size < 9.995 else 1 if size < 99.95 else 0


def estimate_text(value: float, *, positive: bool = False) -> str:
    """An estimate; one that must be positive is never printed as zero.

    Examples
    --------
    >>> estimate_text(0.4894), estimate_text(0.0031, positive=True), estimate_text(-0.001)
    ('0.49', '0.003', '0.00')
    """
    decimals = decimals_for(value)
    while positive and value > 0 and decimals < MOST and _prints_as(value, 0.0, decimals):
        decimals += 1
    if positive and value > 0 and _prints_as(value, 0.0, decimals):
        return f"<{10.0**-MOST:.{MOST}f}"
    return fixed(value, decimals)


def bounds_text(low: float, high: float, null: float | None, *, positive: bool = False) -> tuple[str, str]:
    """Both bounds of an interval.

    Parameters
    ----------
    low, high : float
        On the displayed scale; may be infinite.
    null : float or None
        The value of no effect on that scale.
    positive : bool
        Whether zero, too, is a value that must not be printed for one that is not (ratios).

    Examples
    --------
    >>> bounds_text(0.62, 0.996, 1.0)
    ('0.620', '0.996')
    >>> bounds_text(-0.001, 0.5, 0.0)
    ('−0.001', '0.500')
    >>> bounds_text(0.5, 0.999999, 1.0)
    ('0.50', '<1.00')
    """
    special = tuple(value for value in (null, 0.0 if positive else null) if value is not None)
    for extra in range(MOST + 1):
        decimals = [min(decimals_for(value) + extra, MOST) for value in (low, high)]
        if not any(_misprints(v, d, special) for v, d in zip((low, high), decimals, strict=True)):
            return fixed(low, decimals[0]), fixed(high, decimals[1])
    return _guarded(low, special), _guarded(high, special)


def _prints_as(value: float, other: float, decimals: int) -> bool:
    return value != other and fixed(value, decimals) == fixed(other, decimals)


def _misprints(value: float, decimals: int, special: tuple[float, ...]) -> bool:
    return any(_prints_as(value, other, decimals) for other in special)


def _guarded(value: float, special: tuple[float, ...]) -> str:
    """A bound that even four decimals print as a special value, said to lie on its side of it."""
    decimals = decimals_for(value)
    for other in special:
        if _prints_as(value, other, MOST):
            return f"{'<' if value < other else '>'}{fixed(other, decimals)}"
    while _misprints(value, decimals, special):
        decimals += 1
    return fixed(value, decimals)


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
    if value is None or math.isnan(value):
        return DASH
    return fixed(value, 0 if float(value).is_integer() else 1)
