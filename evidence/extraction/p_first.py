"""A p in front of what it belongs to: ``P=0.02, t=2.41``, ``p < .05 (t(38) = 2.1)``, ``P=0.03, OR 2.1``."""

from __future__ import annotations

from evidence.extraction.chance import Chance, bare_p, chance
from evidence.extraction.effect import NAMES as EFFECTS
from evidence.extraction.effect import effect
from evidence.extraction.extracted import Extracted
from evidence.extraction.letter import NAMES as LETTERS
from evidence.extraction.reading import CLOSING, OPENING, Prose
from evidence.extraction.statistic import behind_p

_BEFORE_AN_EFFECT = frozenset(("adjusted", "unadjusted", "crude", "pooled", "multivariable", "the", "with"))

Found = tuple[tuple[Extracted, ...], int]


def p_first(prose: Prose, i: int, name: str) -> Found | None:
    """The p that begins at token i with the statistic or effect right behind it, or else alone.

    Notes
    -----
    Only a comma or an opening bracket may stand between, or a semicolon where one pair of brackets holds the
    two and nothing else; what has a p of its own behind it keeps that one.
    """
    p = chance(prose, i)
    if p is None:
        return None
    return (None if p.foreign else _with_what_follows(prose, p, name)) or bare_p(prose, i, name)


def _with_what_follows(prose: Prose, p: Chance, name: str) -> Found | None:
    between = prose.tokens[p.after]
    j = p.after + 1
    if between.text not in (",", ";") and not prose.is_mark(p.after, OPENING):
        return None
    if prose.lower(j) in _BEFORE_AN_EFFECT:
        j += 1
    word = prose.lower(j)
    found = None
    if word in LETTERS:
        found = behind_p(prose, p, j, name)
    elif word in EFFECTS and not p.of_several:
        found = effect(prose, j, name, before=p)
    if found is None or (between.text == ";" and not _alone_in_brackets(prose, p.first, found[1])):
        return None
    return found


def _alone_in_brackets(prose: Prose, first: int, after: int) -> bool:
    return first > 0 and prose.is_mark(first - 1, OPENING) and prose.is_mark(after, CLOSING)
