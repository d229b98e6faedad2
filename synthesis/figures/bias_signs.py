"""How a judgement of risk of bias looks: one sign, shape and colour a level, the same in every figure.

Tools use different words for the same level: *some concerns* of RoB 2 and *moderate* of ROBINS-I share a
sign. A wording that no level fits, such as the stars of NOS, has none and is printed as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from synthesis.drawing.marks import Circle, Line, Mark, Polygon, Rect, Text

Shape = Literal["circle", "square", "diamond", "ring"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One level: what is written, in which ink, on which shape of which colour."""

    level: str
    text: str
    shape: Shape
    role: str
    ink: str


LOW = Sign("low", "+", "circle", "low", "on-dark")
SOME = Sign("some", "!", "square", "some", "on-light")
HIGH = Sign("high", "×", "diamond", "high", "on-dark")
CRITICAL = Sign("critical", "××", "diamond", "high", "on-dark")
UNKNOWN = Sign("unknown", "?", "ring", "text", "text")
SIGNS = {sign.text: sign for sign in (LOW, SOME, HIGH, CRITICAL, UNKNOWN)}
"""Every sign by what is written on it."""

_SERIOUS = {"low": LOW, "moderate": SOME, "serious": HIGH, "critical": CRITICAL, "no information": UNKNOWN}
WORDINGS = {
    "RoB2": {"low": LOW, "some concerns": SOME, "high": HIGH, "no information": UNKNOWN},
    "ROBINS-I": {**_SERIOUS, "low except for concerns about uncontrolled confounding": SOME},
    "JBI": {"yes": LOW, "unclear": UNKNOWN, "no": HIGH},
    "INSPECT-SR": {"no concerns": LOW, "some concerns": SOME, "serious concerns": HIGH, "unclear": UNKNOWN},
}
"""The levels of each tool, by its own words, from the best; NOS counts stars and has none."""


def sign_of(tool: str, judgement: str) -> Sign | None:
    """The sign of a judgement in the words of its tool; None where the tool has no such level.

    Examples
    --------
    >>> sign_of("RoB2", "Some concerns") is SOME, sign_of("ROBINS-I", "serious risk").text
    (True, '×')
    >>> sign_of("NOS", "7 stars") is None
    True
    """
    said = " ".join(judgement.lower().replace("_", " ").replace("-", " ").split())
    said = said.removesuffix(" of bias").removesuffix(" risk")
    return WORDINGS.get(tool, {}).get(said)


def sign_words(tool: str, judgements: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What the signs that occur mean, in the words of the tool and from the best.

    Examples
    --------
    >>> sign_words("RoB2", ["high", "low", "low"])
    (('+', 'low'), ('×', 'high'))
    """
    used = {sign_of(tool, judgement) for judgement in judgements}
    named: dict[str, str] = {}
    for words, sign in WORDINGS.get(tool, {}).items():
        if sign in used:
            named.setdefault(sign.text, words)
    return tuple(named.items())


def sign_legend(tool: str, judgements: Iterable[str]) -> str:
    """The same as text.

    Examples
    --------
    >>> sign_legend("RoB2", ["high", "low", "low"])
    '+ low; × high'
    """
    return "; ".join(f"{sign} {words}" for sign, words in sign_words(tool, judgements))


def sign_marks(sign: Sign, x: float, y: float, size: float) -> tuple[Mark, ...]:
    """The sign with its centre at (`x`, `y`), within a square of side `size`."""
    half = size / 2
    marks: list[Mark] = []
    if sign.shape == "circle":
        marks = [Circle(x, y, half, sign.role), Circle(x, y, half, "rule", hollow=True)]
    elif sign.shape == "square":
        side = 0.9 * size
        corner = (x - side / 2, y - side / 2, side, side)
        marks = [Rect(*corner, sign.role), Rect(*corner, "rule", hollow=True)]
    elif sign.shape == "diamond":
        tip = 1.12 * half
        points = ((x - tip, y), (x, y - tip), (x + tip, y), (x, y + tip))
        marks = [Polygon(points, sign.role), Polygon(points, "rule", hollow=True)]
    else:
        marks = [Circle(x, y, half, "rule", hollow=True)]
    return (*marks, *_letter(sign, x, y, size))


def _letter(sign: Sign, x: float, y: float, size: float) -> tuple[Mark, ...]:
    """What is written on the shape; plus and cross are drawn, so that they sit in the middle of it."""
    arm = 0.24 * size
    if sign.text == "+":
        return (Line(x - arm, y, x + arm, y, sign.ink, 1.1), Line(x, y - arm, x, y + arm, sign.ink, 1.1))
    if sign.text in ("×", "××"):
        arm *= 0.72
        places = (x,) if sign.text == "×" else (x - 1.05 * arm, x + 1.05 * arm)
        return tuple(
            Line(at - arm, y - way * arm, at + arm, y + way * arm, sign.ink, 1.0)
            for at in places
            for way in (1, -1)
        )
    return (Text(x, y + 0.27 * size, sign.text, sign.ink, round(0.76 * size, 1), True, "middle"),)
