"""Numbers on their way out: the same characters on every machine.

The last bits of `log` and `exp` differ between processors, so nothing that leaves the program may show
all sixteen digits of a float. Every writer (JSON, CSV, the report's data) passes its values through here.
"""

import math
from typing import Any

DIGITS = 12


def emitted(value: Any) -> Any:
    """The value with every float in it rounded to 12 significant digits, and minus zero as zero.

    Mappings, lists and tuples are gone through (tuples become lists, as in JSON); NumPy scalars and
    arrays become Python numbers and lists. Infinities and NaN, which JSON cannot say, become None.

    Examples
    --------
    >>> emitted({"mu": 0.1 + 0.2, "ci": (-0.0, float("inf")), "k": 3})
    {'mu': 0.3, 'ci': [0.0, None], 'k': 3}
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") + 0.0 if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: emitted(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [emitted(item) for item in value]
    return value


def shown(value: float, decimals: int) -> str:
    """A number with so many decimals for reading, never as minus zero.

    Examples
    --------
    >>> shown(-0.0004, 2), shown(4.2617, 3)
    ('0.00', '4.262')
    """
    text = f"{value:.{max(decimals, 0)}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text
