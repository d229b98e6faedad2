"""A count of an n with its percentage: ``89.02%(73/82)``, ``73/82 (89.02%)``, ``73 of 82 (89.0%)``."""

from __future__ import annotations

from typing import NamedTuple

from evidence.claims import Share
from evidence.extraction.estimate import enclosed
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.limits import INTERVAL, limits_behind
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
_AMONG = frozenset(("of", "among", "amongst"))
MOST_NOUNS = 3
MOST_WORDS = 8


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
    found = (
        _percent_first(prose, i) or _count_first(prose, i) or _percent_inside(prose, i) or _of_those(prose, i)
    )
    if found is None:
        return None
    counted, percent, after = found
    if counted.stroke and _more(prose, counted):
        return None
    passage = Passage(prose, name, i, max(after, i + 1))
    events = passage.number(counted.events, "events")
    n, value = passage.number(counted.n, "n"), passage.number(percent, "percent")
    claim = Share(passage.place(), "", n, events, value)
    found_share = passage.holds(claim, (events, n, value))
    limits = limits_behind(prose, after)
    if limits is None or not limits.named:
        return (found_share,), after
    around = Passage(prose, f"{name}-interval", i, limits.after)
    return (found_share, enclosed(around, percent, limits, "percent")), limits.after


def _more(prose: Prose, counted: Counted) -> bool:
    """Whether more are counted than there are: then the stroke is another's, as in ``120/80 (67%)``."""
    k, n = (prose.value(read, "") for read in (counted.events, counted.n))
    return k is not None and n is not None and (k.exact or 0) > (n.exact or 0)


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
    if not opened and prose.tokens[percent.after].text not in (",", ";"):
        return None
    counted = _counted(prose, _past_n(prose, prose.skip(percent.after + 1, frozenset(","), 1)))
    if counted is None or not (opened or counted.stroke) or prose.tokens[counted.after].text == "%":
        return None
    return counted, percent, counted.after


def _count_first(prose: Prose, i: int) -> tuple[Counted, Read, int] | None:
    """In brackets whatever the count is; behind a comma only for ``73/82, 89.0%``, the rest being loose."""
    counted = _counted(prose, i)
    if counted is None:
        return None
    j = counted.after
    if not (counted.stroke and prose.tokens[j].text in (",", "=", ";")):
        j = _past_nouns(prose, j)
        if not prose.is_mark(j, OPENING):
            return None
    percent = _percent(prose, j + 1)
    if percent is None or (j - counted.after > MOST_NOUNS and prose.tokens[percent.after].kind == WORD):
        return None
    return counted, percent, percent.after


def _past_n(prose: Prose, j: int) -> int:
    """Past ``n =``, where it stands."""
    return j + 2 if prose.lower(j) == "n" and prose.tokens[j + 1].text == "=" else j


def _past_nouns(prose: Prose, j: int) -> int:
    """Past what is counted: ``patients``, ``patients in the treatment group``; a few words and no more."""
    for k in range(j, j + MOST_WORDS):
        if prose.tokens[k].kind != WORD:
            return k
    return j + MOST_WORDS


def _of_those(prose: Prose, i: int) -> tuple[Counted, Read, int] | None:
    """``Of 82 patients, 45 (54.9%) ...``: the first count of a sentence that begins with what it is of."""
    events = prose.whole(i)
    if events is None or not prose.is_mark(events.after, OPENING):
        return None
    percent = _percent(prose, events.after + 1)
    if percent is None or not prose.is_mark(percent.after, CLOSING) or prose.lower(percent.after + 1) in _OF:
        return None
    n = _named_before(prose, i)
    return None if n is None else (Counted(events, n, events.after), percent, percent.after)


def _named_before(prose: Prose, i: int) -> Read | None:
    """The n of the words before a count: ``Among the 82 patients,``, with no other number between."""
    j = i - 1
    if prose.tokens[j].text != ",":
        return None
    for k in range(j - 1, max(j - MOST_WORDS, 0), -1):
        token = prose.tokens[k]
        if token.kind == NUMBER:
            n = prose.whole(k)
            head = k - 1
            while prose.lower(head) in ("the", "all", "these", "our", "a", "total", "of") and head > k - 5:
                if prose.lower(head) == "of" and prose.lower(head - 1) != "total":
                    break
                head -= 1
            begins = head == 0 or prose.tokens[head - 1].text in (".", ";", ":", ")")
            return n if begins and prose.lower(head) in _AMONG and n is not None and n.after > k else None
        if token.kind != WORD and token.text != "-":
            return None
    return None


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
    if read is None:
        return None
    after = read.after + 1
    if prose.tokens[read.after].text != "%":
        return None
    return None if prose.lower(after) in INTERVAL else read._replace(after=after)


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
