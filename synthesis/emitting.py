"""The one function that rounds a float on its way out, so that every machine writes the same bytes."""

from __future__ import annotations

from math import isfinite

SIGNIFICANT_DIGITS = 12


def emitted(value: float) -> float | None:
    """`value` rounded to twelve significant digits as a plain float, never minus zero.

    `log` and `exp` differ in their last bits between processors; twelve digits do not.
    A value that is not finite has no JSON form and becomes None.

    Examples
    --------
    >>> emitted(-0.714532342158140123), emitted(-0.0), emitted(float("inf"))
    (-0.714532342158, 0.0, None)
    """
    number = float(value)
    if not isfinite(number):
        return None
    return float(f"{number:.{SIGNIFICANT_DIGITS}g}") + 0.0
