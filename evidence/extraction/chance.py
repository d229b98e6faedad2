"""A printed p: ``P<0.05``, ``p = .003``, ``P for trend = 0.02``, ``P = NS``."""

from __future__ import annotations

from typing import NamedTuple

from evidence.claims import BareTest, PrintedTest
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.reading import SAYING, Prose, Read
from evidence.extraction.tokens import NUMBER, RELATION, WORD

NAMES = frozenset(("p", "ps"))
_OF_WHAT = ("for", "of", "the", "trend", "interaction", "heterogeneity", "difference", "nonlinearity")
_OF_SEVERAL = frozenset(("trend", "interaction", "heterogeneity", "nonlinearity"))
_OF_WHICH_TEST = (
    "log",
    "rank",
    "logrank",
    "adjusted",
    "corrected",
    "nominal",
    "one",
    "two",
    "sided",
    "tailed",
)
_BETWEEN = frozenset(("value", "values", "val", "s", *_OF_WHAT, *_OF_WHICH_TEST))
_UNITS = frozenset(("%", "mmhg", "kpa", "pa", "hpa", "bar", "atm", "cmh"))
"""Behind a pressure, or a share."""
_FOREIGN = frozenset(
    ("noninferiority", "inferiority", "equivalence", "bonferroni", "holm", "fdr", "corrected")
)
_SAID_BEHIND = frozenset(("for", "after", "with", "fdr", "multiplicity"))
FEW_WORDS = 4
MOST_WORDS = 8


class Chance(NamedTuple):
    """A p read: its first token, its number (or the word ns), sides stated beside it, the token behind.

    ``of_several`` marks a p for trend, interaction or heterogeneity: of several estimates, not of one;
    ``foreign`` one of another hypothesis than no effect, or corrected for many tests: not the statistic's.
    """

    first: int
    read: Read
    sided: int | None
    after: int
    of_several: bool = False
    foreign: bool = False


def chance(prose: Prose, i: int) -> Chance | None:
    """The p that begins at token i, or None where none does."""
    if prose.lower(i) not in NAMES or (prose.glued(i) and prose.tokens[i - 1].kind == NUMBER):
        return None
    j = _past_words(prose, i + 1)
    read = _related(prose, j) or _told(prose, i, j)
    if read is None or prose.lower(read.after) in _UNITS or prose.ranges(read):
        return None
    words = {prose.lower(k) for k in range(_words_before(prose, i), j)} | _said_behind(prose, read.after)
    several, foreign = bool(words & _OF_SEVERAL), bool(words & _FOREIGN)
    side = prose.sides(i, read.after) or _named_side(prose, i, j)
    return Chance(i, read, side, read.after, several, foreign)


def _words_before(prose: Prose, i: int) -> int:
    """Where the words right before a p begin: ``noninferiority P``, ``FDR-corrected p``."""
    for k in range(i - 1, max(i - FEW_WORDS, 0) - 1, -1):
        if prose.tokens[k].kind != WORD and prose.tokens[k].text != "-":
            return k + 1
    return max(i - FEW_WORDS, 0)


def _said_behind(prose: Prose, i: int) -> set[str]:
    """What a p is said to be for or corrected by, behind it: ``for trend``, ``(Bonferroni-corrected)``."""
    i = prose.skip(i, frozenset(",(["), 2)
    if prose.lower(i) not in _SAID_BEHIND and prose.lower(i) not in _FOREIGN:
        return set()
    return {prose.lower(k) for k in range(i, i + FEW_WORDS)}


def _related(prose: Prose, j: int) -> Read | None:
    """The number behind a relation at token j: ``< .05``, ``= ns``, ``< 10^-5``."""
    if prose.tokens[j].kind != RELATION:
        return None
    power = prose.ten_to(j + 1)
    if power is None:
        return prose.related(j) or (_not_significant(prose, j + 1) if prose.tokens[j].text == "=" else None)
    relation = prose.related(j)
    return None if relation is None else power._replace(relation=relation.relation, start=relation.start)


def _told(prose: Prose, i: int, j: int) -> Read | None:
    """The number without a relation: ``P value: 0.03``, ``p-value of less than 0.05``, ``(P 0.03)``."""
    if prose.tokens[j].text == ":":
        read = prose.number(j + 1) or _related(prose, j + 1)
        return read if j > i + 1 or _is_chance(prose, read) else None
    if j > i + 1 or prose.lower(j) in SAYING:
        for k in (j, j - 1):  # "value of" was passed over with the words of a p
            read = prose.said(k)
            if read is not None and _is_chance(prose, read):
                return read
    read = prose.number(j)
    alone = read is not None and prose.tokens[read.after].text in (",", ";", ")", "]", ".", "")
    return read if alone and _is_chance(prose, read) else None


def _is_chance(prose: Prose, read: Read | None) -> bool:
    """Whether a number has the look of a p: from 0 to 1, with decimals."""
    if read is None:
        return False
    text = prose.document.plain[read.start : read.end]
    return text.startswith(("0.", "."))


def not_significant(prose: Prose, i: int) -> Chance | None:
    """``ns`` in the place of a p, from token i on."""
    read = _not_significant(prose, i)
    return None if read is None else Chance(i, read, None, read.after)


def _past_words(prose: Prose, j: int) -> int:
    """Past the words that may stand between P and its relation: ``value``, ``for trend``, ``(two-sided)``."""
    for k in range(j, j + MOST_WORDS):
        token = prose.tokens[k]
        if not (token.text in "-_()'’" or (token.kind == WORD and token.text.lower() in _BETWEEN)):
            return k
    return j


def _named_side(prose: Prose, i: int, j: int) -> int | None:
    words = {prose.lower(k) for k in range(i, j)}
    if not words & {"sided", "tailed"}:
        return None
    return 1 if "one" in words else 2 if "two" in words else None


def _not_significant(prose: Prose, i: int) -> Read | None:
    tokens = prose.tokens
    if tokens[i].text in ("ns", "NS"):
        return Read(tokens[i].start, tokens[i].end, "=", i + 1)
    if [prose.lower(i + k) for k in range(4)] == ["n", ".", "s", "."] and tokens[i].text == "n":
        return Read(tokens[i].start, tokens[i + 3].end, "=", i + 4)
    return None


def bare_p(prose: Prose, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """A p with no statistic that it could belong to."""
    found = chance(prose, i)
    if found is None:
        return None
    passage = Passage(prose, name, i, found.after)
    p = passage.number(found.read, "p")
    place = passage.place()
    test = PrintedTest(place, place.address, "", p=p, sided=found.sided)
    return (passage.holds(BareTest(test), (p,)),), found.after
