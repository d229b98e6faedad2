"""A count of an n with its percentage: ``89.02%(73/82)``, ``73/82 (89.02%)``, ``73 of 82 (89.0%)``."""

from __future__ import annotations

from typing import NamedTuple

from evidence.claims import Share
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.reading import CLOSING, OPENING, Prose, Read
from evidence.extraction.tokens import NUMBER, WORD

_GRADES = (
    "grade",
    "grades",
    "gr",
    "g",
    "stage",
    "stages",
    "phase",
    "phases",
    "ecog",
    "ps",
    "score",
    "scores",
)
_KINDS = ("class", "classes", "type", "types", "level", "levels", "ratio", "dose", "cohort", "arm", "arms")
_TIMES = ("week", "weeks", "month", "months", "day", "days", "year", "years", "visit", "bp", "pressure")
_NO_COUNTS = frozenset(_GRADES + _KINDS + _TIMES)
"""Words before two numbers with a stroke that count nobody: ``grade 3/4 (12%)``."""
_OF = frozenset(("of", "out"))
MOST_NOUNS = 3


class Counted(NamedTuple):
    """Events and n read, with the token behind them."""

    events: Read
    n: Read
    after: int


def share(prose: Prose, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """The percentage with its count that begins at number i, and the token behind; None where none does."""
    if not _begins(prose, i):
        return None
    found = _percent_first(prose, i) or _count_first(prose, i) or _percent_inside(prose, i)
    if found is None:
        return None
    counted, percent, after = found
    passage = Passage(prose, name, i, after)
    events = passage.number(counted.events, "events")
    n, value = passage.number(counted.n, "n"), passage.number(percent, "percent")
    claim = Share(passage.place(), "", n, events, value)
    return (passage.holds(claim, (events, n, value)),), after


def _begins(prose: Prose, i: int) -> bool:
    """Whether a number can begin here: not inside a word, a path or a fraction, nor behind a grade."""
    before = prose.tokens[i - 1] if i else None
    if before is None:
        return True
    if prose.glued(i) and before.text in ("/", "-", "^", "_", "#"):
        return False
    if prose.glued(i) and before.kind == WORD and before.text.isascii() and len(before.text) < 3:
        return False
    return not (before.kind == WORD and before.text.lower() in _NO_COUNTS)


def _percent_first(prose: Prose, i: int) -> tuple[Counted, Read, int] | None:
    percent = _percent(prose, i)
    if percent is None:
        return None
    j = percent.after
    if prose.is_mark(j, OPENING | frozenset(",;")):
        j = prose.skip(j + 1, frozenset(","), 1)
        counted = _counted(prose, j)
        if counted is not None and prose.tokens[counted.after].text != "%":
            return counted, percent, counted.after
    return None


def _count_first(prose: Prose, i: int) -> tuple[Counted, Read, int] | None:
    counted = _counted(prose, i)
    if counted is None:
        return None
    j = counted.after
    for _ in range(MOST_NOUNS):
        if prose.tokens[j].kind != WORD:
            break
        j += 1
    if not prose.is_mark(j, OPENING | frozenset(",;=")):
        return None
    percent = _percent(prose, j + 1)
    return None if percent is None else (counted, percent, percent.after)


def _percent_inside(prose: Prose, i: int) -> tuple[Counted, Read, int] | None:
    """``73 (89.0%) of 82``."""
    events = whole_number(prose, i)
    if events is None or not prose.is_mark(events.after, OPENING):
        return None
    percent = _percent(prose, events.after + 1)
    if percent is None or not prose.is_mark(percent.after, CLOSING):
        return None
    n = _of(prose, percent.after + 1)
    return None if n is None else (Counted(events, n, n.after), percent, n.after)


def _percent(prose: Prose, i: int) -> Read | None:
    read = prose.number(i, signed=False)
    if read is None or prose.tokens[read.after].text != "%":
        return None
    return read._replace(after=read.after + 1)


def _counted(prose: Prose, i: int) -> Counted | None:
    """``73/82``, ``73 of 82``, ``73 out of 82``."""
    events = whole_number(prose, i)
    if events is None:
        return None
    if prose.tokens[events.after].text == "/":
        n = whole_number(prose, events.after + 1)
        if n is None or prose.tokens[n.after].text == "/":
            return None
        return Counted(events, n, n.after)
    n = _of(prose, events.after)
    return None if n is None else Counted(events, n, n.after)


def _of(prose: Prose, i: int) -> Read | None:
    """The n of ``of 82``, ``out of 82``, ``of the 82``."""
    if prose.lower(i) not in _OF:
        return None
    for j in (i + 1, i + 2, i + 3):
        if prose.tokens[j].kind == NUMBER:
            return whole_number(prose, j)
        if prose.lower(j) not in ("of", "the", "all"):
            return None
    return None


def whole_number(prose: Prose, i: int) -> Read | None:
    """A whole number from token i on, with the commas of its thousands."""
    tokens = prose.tokens
    if tokens[i].kind != NUMBER or not tokens[i].text.isdigit():
        return None
    first, j = tokens[i], i + 1
    if len(first.text) <= 3:
        while tokens[j].text == "," and _three(prose, j + 1):
            j += 2
    return Read(first.start, tokens[j - 1].end, "=", j)


def _three(prose: Prose, j: int) -> bool:
    """Whether three figures follow a comma without a space on either side."""
    token = prose.tokens[j]
    return token.kind == NUMBER and len(token.text) == 3 and prose.glued(j) and prose.glued(j - 1)
