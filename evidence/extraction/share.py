"""A count of an n with its percentage: ``89.02%(73/82)``, ``73/82 (89.02%)``, ``73 of 82 (89.0%)``."""

from __future__ import annotations

from typing import NamedTuple

from evidence.claims import Share
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.limits import INTERVAL
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
    """Events and n read, the token behind them, and whether a stroke is between."""

    events: Read
    n: Read
    after: int
    stroke: bool = False


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
    opened = prose.is_mark(percent.after, OPENING)
    if not opened and prose.tokens[percent.after].text != ",":
        return None
    counted = _counted(prose, prose.skip(percent.after + 1, frozenset(","), 1))
    if counted is None or not (opened or counted.stroke) or prose.tokens[counted.after].text == "%":
        return None
    return counted, percent, counted.after


def _count_first(prose: Prose, i: int) -> tuple[Counted, Read, int] | None:
    """In brackets whatever the count is; behind a comma only for ``73/82, 89.0%``, the rest being loose."""
    counted = _counted(prose, i)
    if counted is None:
        return None
    j = counted.after
    if not (counted.stroke and prose.tokens[j].text in (",", "=")):
        j = _past_nouns(prose, j)
        if not prose.is_mark(j, OPENING):
            return None
    percent = _percent(prose, j + 1)
    return None if percent is None else (counted, percent, percent.after)


def _past_nouns(prose: Prose, j: int) -> int:
    for k in range(j, j + MOST_NOUNS):
        if prose.tokens[k].kind != WORD:
            return k
    return j + MOST_NOUNS


def _percent_inside(prose: Prose, i: int) -> tuple[Counted, Read, int] | None:
    """``73 (89.0%) of 82``."""
    events = prose.whole(i)
    if events is None or not prose.is_mark(events.after, OPENING):
        return None
    percent = _percent(prose, events.after + 1)
    if percent is None or not prose.is_mark(percent.after, CLOSING):
        return None
    n = _of(prose, percent.after + 1)
    return None if n is None else (Counted(events, n, n.after), percent, n.after)


def _percent(prose: Prose, i: int) -> Read | None:
    read = prose.number(i, signed=False)
    if read is None or prose.tokens[read.after].text != "%" or prose.lower(read.after + 1) in INTERVAL:
        return None
    return read._replace(after=read.after + 1)


def _counted(prose: Prose, i: int) -> Counted | None:
    """``73/82``, ``73 of 82``, ``73 out of 82``."""
    events = prose.whole(i)
    if events is None:
        return None
    if prose.tokens[events.after].text == "/":
        n = prose.whole(events.after + 1)
        if n is None or prose.tokens[n.after].text == "/":
            return None
        return Counted(events, n, n.after, stroke=True)
    n = _of(prose, events.after)
    return None if n is None else Counted(events, n, n.after)


def _of(prose: Prose, i: int) -> Read | None:
    """The n of ``of 82``, ``out of 82``, ``of the 82``."""
    if prose.lower(i) not in _OF:
        return None
    for j in (i + 1, i + 2, i + 3):
        if prose.tokens[j].kind == NUMBER:
            return prose.whole(j)
        if prose.lower(j) not in ("of", "the", "all"):
            return None
    return None
