"""Two limits: ``95% CI 0.45-0.76``, ``(95% confidence interval, 1.20 to 3.70)``, ``[0.08, 1.12]``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from evidence.extraction.reading import AROUND, CLOSING, OPENING, SAYING, Prose, Read
from evidence.extraction.tokens import NUMBER, WORD

_CREDIBLE = frozenset(("cri", "crl", "credible"))
INTERVAL = frozenset(("ci", "cis", "cl", "confidence", "interval", "intervals", "limits")) | _CREDIBLE


@dataclass(frozen=True, slots=True)
class Limits:
    """An interval read: its level where printed, whether it was called an interval, and the token behind."""

    low: Read
    high: Read
    after: int
    level: Fraction | None = None
    named: bool = False
    credible: bool = False


class Name(NamedTuple):
    """What an interval is called, its level in per cent, and the token behind the name."""

    level: Fraction | None
    named: bool
    credible: bool
    after: int


def limits_behind(prose: Prose, i: int) -> Limits | None:
    """An interval with its name and level in any order, or two limits in brackets."""
    j = prose.skip(i, AROUND, 3)
    bracketed = any(prose.is_mark(k, OPENING) for k in range(i, j))
    level, named, credible, j = interval(prose, j)
    if level is not None and not named:
        return None
    if named:
        j = _lead(prose, j)
        if prose.is_mark(j, CLOSING):  # "confidence interval [CI] = 0.66"
            j = _lead(prose, j + 1)
    elif not bracketed:
        return None
    found = pair(prose, j, frozenset("%") if named else frozenset())
    return None if found is None else replace(found, level=level, named=named, credible=credible)


def heading(prose: Prose, i: int) -> Name | None:
    """The name of an interval in brackets of its own, ``OR (95% CI) 1.5 (1.2-1.9)``; None for none."""
    if not prose.is_mark(i, OPENING):
        return None
    found = interval(prose, i + 1)
    return (
        found._replace(after=found.after + 1) if found.named and prose.is_mark(found.after, CLOSING) else None
    )


def interval(prose: Prose, j: int) -> Name:
    """``95% CI``, ``CI 95%``, ``95% credible interval`` and the like, from token j on, or nothing."""
    level, named, credible = None, False, False
    for _ in range(6):
        token = prose.tokens[j]
        if token.kind == NUMBER and prose.tokens[j + 1].text == "%" and level is None:
            level, j = _level(token.text), j + 2
        elif token.kind == WORD and token.text.lower() in INTERVAL:
            named, credible = True, credible or token.text.lower() in _CREDIBLE
            j += 1
        elif named and prose.is_mark(j, OPENING) and prose.lower(j + 1) in INTERVAL:
            j = j + 3 if prose.is_mark(j + 2, CLOSING) else j + 2
        elif token.text == "-" and prose.tokens[j + 1].kind != NUMBER:
            j += 1
        else:
            break
    return Name(level, named, credible, j)


def _level(text: str) -> Fraction | None:
    return Fraction(text) if len(text) <= 6 and 0 < Fraction(text) < 100 else None


def _lead(prose: Prose, j: int) -> int:
    """Past what may stand between CI and its lower limit."""
    if prose.lower(j) in SAYING or prose.tokens[j].text == "=":
        j += 1
    return prose.skip(j, AROUND, 3)


def pair(prose: Prose, j: int, unit: frozenset[str] = frozenset("%")) -> Limits | None:
    """Two limits: ``0.45-0.76``, ``0.45 to 0.76``, ``1.29, 1.76``, ``-2.1, -0.3``."""
    low = prose.number(j)
    if low is None:
        return None
    k = prose.skip(low.after, unit, 1)
    if prose.tokens[k].text not in ("-", ",", ";", "~") and prose.lower(k) not in ("to", "and"):
        return None
    high = prose.number(k + 1)
    if high is None or prose.tokens[prose.skip(high.after, unit, 1)].text in ("%", "-"):
        return None
    return Limits(low, high, prose.skip(high.after, unit, 1))
