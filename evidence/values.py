"""Numbers as printed: the characters first, their exact value second, and where they stand.

A printed number is never a float here. ``rounding.bounds`` is the one place that turns it into floats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

NOT_REACHED = "not-reached"
NOT_ESTIMABLE = "not-estimable"
NOT_REPORTED = "not-reported"
NOT_SIGNIFICANT = "ns"

_WORDS = {
    "not-reached": NOT_REACHED,
    "not-estimable": NOT_ESTIMABLE,
    "NE": NOT_ESTIMABLE,
    "not-reported": NOT_REPORTED,
    "ns": NOT_SIGNIFICANT,
    "NS": NOT_SIGNIFICANT,
    "n.s.": NOT_SIGNIFICANT,
}
_RELATIONS = {"=": "=", "<": "<", ">": ">", "≤": "<=", "<=": "<=", "≥": ">=", ">=": ">="}
_RELATIONS |= {"~": "~", "≈": "~", "about": "~"}
_POINTS = str.maketrans({"·": ".", "⋅": ".", "∙": "."})
_MINUSES = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-"})

_FORM = re.compile(r"(?:[pP]\s*)?(?P<relation><=|>=|[=<>≤≥~≈]|about\b)?\s*(?P<number>.*)", re.DOTALL)
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d+))?"
    r"(?:(?:[eE]|\s?[×x]\s?10\^?)(?P<exponent>[-+]?\d{1,3}))?",
    re.ASCII,
)
_PLAIN_NUMBER = re.compile(r"-?\d*\.?\d+", re.ASCII)  # nearly all are of these, and read in half the time
_INVISIBLE = "\u200b\u00a0\ufeff"
LONGEST_NUMBER = 60


class NumberError(ValueError):
    """Text that cannot be understood as one printed number; ``help`` says what would do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number stands in a study file: for showing only, never part of equality."""

    file: str
    line: int
    column: int
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What an author put in the place of a printed number, and why."""

    text: str
    exact: Fraction | None
    decimals: int
    relation: str
    because: str
    by: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """One printed number: its text, relation, decimals, exact value and address.

    ``rounding`` is how its authors shortened numbers (see `evidence.rounding.bounds`), as its study states.

    Examples
    --------
    >>> p = reported("<0.050")
    >>> p.relation, p.exact, p.decimals, p.text
    ('<', Fraction(1, 20), 3, '<0.050')
    """

    text: str
    exact: Fraction | None = None
    decimals: int = 0
    relation: str = "="
    word: str | None = None
    address: str = ""
    source: Source | None = field(default=None, compare=False)
    doubt: str | None = None
    correction: Correction | None = None
    rounding: str = "nearest"

    def __hash__(self) -> int:
        """Of the text and the address alone, which say nearly all: hashing an exact fraction is slow."""
        return hash((self.text, self.address))

    @property
    def ulp(self) -> Fraction:
        """One unit of the last printed digit."""
        return power_of_ten(-self.decimals)

    @property
    def is_number(self) -> bool:
        """Whether figures were printed, rather than a word standing for a number."""
        return self.exact is not None

    def corrected(self) -> Reported:
        """This number with its author's correction in its place, or itself where there is none."""
        if self.correction is None:
            return self
        new = self.correction
        return replace(
            self,
            text=new.text,
            exact=new.exact,
            decimals=new.decimals,
            relation=new.relation,
            correction=None,
        )

    def reprinted(self, text: str) -> Reported:
        """The same place holding other characters: what a repair proposes."""
        new = reported(text, self.address, self.source)
        return new if self.rounding == new.rounding else replace(new, rounding=self.rounding)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class OneOf:
    """A number that can be read in several ways; exactly one of ``options`` was printed."""

    options: tuple[Reported, ...]
    address: str = ""
    source: Source | None = field(default=None, compare=False)
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """A number printed as a range, from ``low`` to ``high``."""

    low: Reported
    high: Reported
    address: str = ""
    source: Source | None = field(default=None, compare=False)
    doubt: str | None = None


Printed = Reported | OneOf | Between


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that we computed from printed ones: the value, its range, and the recorded step."""

    value: float
    low: float
    high: float
    sources: tuple[Reported, ...]
    rule: str
    assumptions: tuple[str, ...] = ()
    grade: str = "exact"


def numbers_in(value: Printed | None) -> tuple[Reported, ...]:
    """Every printed number inside a value, in reading order."""
    if value is None:
        return ()
    if isinstance(value, OneOf):
        return value.options
    if isinstance(value, Between):
        return (value.low, value.high)
    return (value,)


def reported(text: str, address: str = "", source: Source | None = None) -> Reported:
    """The printed number that a piece of text stands for.

    Raises
    ------
    NumberError
        When the text is no number as a paper prints one; its ``help`` names the spelling that would do.

    Examples
    --------
    >>> reported("0·59").exact, reported("1,234.5").decimals, reported("not-reached").word
    (Fraction(59, 100), 1, 'not-reached')
    """
    stripped = text.strip()
    if _PLAIN_NUMBER.fullmatch(stripped) and len(stripped) <= LONGEST_NUMBER:
        whole, _, part = stripped.partition(".")
        exact = Fraction(int(whole + part), 10 ** len(part))
        return Reported(stripped, exact, len(part), address=address, source=source)
    if stripped in _WORDS:
        return Reported(text=stripped, word=_WORDS[stripped], address=address, source=source)
    if len(stripped) > LONGEST_NUMBER:
        raise NumberError(
            f"{len(stripped)} characters are too many for a printed number", "write the number alone"
        )
    form = _FORM.fullmatch(stripped)
    assert form is not None  # the last group takes anything
    body = form["number"].strip()
    match = _NUMBER.fullmatch(body.translate(_POINTS).translate(_MINUSES))
    if match is None or not (match["whole"] or match["part"]):
        raise NumberError(f"{_quoted(text)} is not a number", _advice(stripped, body))
    exact, decimals = _exact(match)
    relation = _RELATIONS[form["relation"] or "="]
    return Reported(stripped, exact, decimals, relation, address=address, source=source)


def _exact(match: re.Match[str]) -> tuple[Fraction, int]:
    whole, part = (match["whole"] or "0").replace(",", ""), match["part"] or ""
    exponent = int(match["exponent"] or 0)
    mantissa = int(match["sign"] + whole + part)
    return mantissa * power_of_ten(exponent - len(part)), len(part) - exponent


@cache
def power_of_ten(exponent: int) -> Fraction:
    """Ten to a whole power, exactly."""
    return Fraction(10**exponent) if exponent >= 0 else Fraction(1, 10**-exponent)


def _quoted(text: str) -> str:
    shown = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text.strip())
    return f'"{shown}"'


_SAID = {
    **dict.fromkeys(("not reached", "not yet reached", "unreached"), "not-reached"),
    **dict.fromkeys(("not estimable", "not evaluable", "not calculable", "inestimable"), "not-estimable"),
    **dict.fromkeys(("not reported", "not stated", "not given", "na", "n a", "missing"), "not-reported"),
}


def _advice(text: str, body: str) -> str:
    """What would do instead of a text that is no number."""
    odd = next(
        (c for c in body if "０" <= c <= "９" or (not c.isprintable()) or c in "\u200b\u00a0\ufeff"), None
    )
    if odd is not None:
        return f"it holds the character U+{ord(odd):04X}; type the number in plain figures"
    if text.upper() in {"NR", "N/R"}:
        return "write not-reached or not-reported, whichever the source means"
    if body.endswith("%") and _plain(body[:-1]):
        return f"the key says percent already: write {text[:-1].strip()}"
    word = _SAID.get(" ".join(re.sub(r"[^a-z]+", " ", text.lower()).split()))
    if word is not None or text in {"-", "–", "—"}:
        return f"write {word or 'not-reported'}"
    if re.fullmatch(r"[-+]?\d+,\d{1,2}|[-+]?\d+,\d{4,}|0,\d+", body):
        return f"a decimal comma? write it with a point, {text.replace(',', '.')}"
    if "±" in body:
        return "write the two numbers under their own keys (mean, sd), or give the entry `as: mean ± sd`"
    ends = re.split(r"\s*(?:–|—|−|-|\bto\b)\s*", body)
    if len(ends) == 2 and all(map(_plain, ends)):
        low, high = ends
        return f"a range of one number is {{from: {low}, to: {high}}}; two limits are [{low}, {high}]"
    if re.fullmatch(r"\d+ \d+(\.\d+)?", body):
        return f"take out the space: {body.replace(' ', '')}"
    if body.lower() in {"none", "no", "nil", "zero"}:
        return "write it in figures: 0"
    if re.fullmatch(r"[\d.,]*[A-Za-z][\d.,A-Za-z]*", body) and any(c.isdigit() for c in body):
        letters = "".join(c for c in body if c.isalpha())
        return f"there is a letter in it ({letters}); copy the figures as printed"
    return "write the figures as printed, such as 42.00, .05, 1,234 or <0.001"


def _plain(text: str) -> bool:
    match = _NUMBER.fullmatch(text.strip().translate(_POINTS).translate(_MINUSES))
    return match is not None and bool(match["whole"] or match["part"])
