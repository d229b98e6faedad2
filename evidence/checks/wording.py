"""How findings write numbers: enough digits to tell, never more, the same on every machine."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite, isnan

from evidence.findings import Range
from evidence.reanalysis.counts import Count
from evidence.values import Reported

SYMBOLS = {
    "chi2": "χ²",
    "rho": "ρ",
    "tau": "τ",
    "wald": "Wald's statistic",
    "f": "F",
    "u": "U",
    "w": "W",
    "h": "H",
    "q": "Q",
    "statistic": "statistic",
}
_SHOWN = {"<=": "≤", ">=": "≥", "~": "≈"}


def as_float(exact: Fraction) -> float:
    """An exact value as a float, infinite where floats end.

    Examples
    --------
    >>> as_float(Fraction(1, 4)), as_float(Fraction(10) ** 400)
    (0.25, inf)
    """
    try:
        return float(exact)
    except OverflowError:
        return float("inf") if exact > 0 else float("-inf")


def symbol(letter: str | None) -> str:
    """The printed letter of a statistic as it is set."""
    return SYMBOLS.get(letter or "statistic", letter or "statistic")


def equation(name: str, number: Reported) -> str:
    """A name and a printed number joined by the printed relation: ``t = 1.661``, ``P < 0.05``.

    Examples
    --------
    >>> from evidence.values import reported
    >>> equation("P", reported("P<0.05")), equation("t", reported("1.661"))
    ('P < 0.05', 't = 1.661')
    """
    if number.exact is None:
        return f"{name} {number.text}"
    bare = number.text.lstrip("pP<>=≤≥~≈ ").removeprefix("about").strip()
    return f"{name} {_SHOWN.get(number.relation, number.relation)} {bare}"


def figure(x: float, decimals: int | None = None, digits: int = 4) -> str:
    """A computed number: at the decimals of its printed neighbour, or to a few significant digits.

    Examples
    --------
    >>> figure(5.55088, 3), figure(0.09871), figure(1234567.8), figure(-0.0)
    ('5.551', '0.09871', '1234568', '0')
    """
    if isnan(x):
        return "not defined"
    if not isfinite(x):
        return "beyond all numbers" if x > 0 else "below all numbers"
    if x == 0:
        return "0"
    if decimals is not None and 0 <= decimals <= 12 and abs(x) < 1e12:
        shown = f"{x:.{decimals}f}"
        if float(shown) != 0:
            return shown
    size = abs(x)
    if 1e-4 <= size < 10**digits:
        return f"{x:.{digits}g}"
    return f"{x:.0f}" if 10**digits <= size < 1e12 else f"{x:.{digits - 1}g}"


def chance(p: float) -> str:
    """A computed p: three significant digits.

    Examples
    --------
    >>> chance(0.098697), chance(2.5e-82), chance(1.0), chance(0.98216)
    ('0.0987', '2.5e-82', '1', '0.982')
    """
    return f"{p:.3g}" if p == p else "not defined"


def chances(box: Range) -> str:
    """A range of p: one number where both ends look the same.

    Examples
    --------
    >>> chances(Range(0.098596, 0.0987, 0.098797))
    '0.0986 to 0.0988'
    """
    low, high = chance(box.low), chance(box.high)
    return low if low == high else f"{low} to {high}"


def figures(box: Range, decimals: int | None = None, digits: int = 4) -> str:
    """A range of a computed number: one number where both ends look the same."""
    low, high = figure(box.low, decimals, digits), figure(box.high, decimals, digits)
    return low if low == high else f"{low} to {high}"


def counts(vector: tuple[Count, ...]) -> str:
    """Counts as they are said: ``73/82 and 58/78``.

    Examples
    --------
    >>> counts(((3, 14), (8, 25), (10, 13)))
    '3/14, 8/25 and 10/13'
    """
    return listed([f"{k}/{n}" for k, n in vector]) if len(vector) <= 4 else "the table"


def listed(words: list[str], last: str = "and") -> str:
    """Words in a row: ``a, b and c``."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def a_few(words: list[str], most: int = 4) -> str:
    """The first few words in a row, and how many more there are."""
    if len(words) <= most:
        return listed(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"
