"""A mean with its spread: ``44.25±5.31``, ``M = 5.19, SD = 0.50``."""

from __future__ import annotations

from evidence.claims import Summary
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.reading import OPENING, Prose
from evidence.extraction.tokens import NUMBER, WORD

NAMES = frozenset(("m", "mean"))


def plus_minus(prose: Prose, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """The mean ± spread that begins at number i, and the token behind; None where none does."""
    if prose.tokens[i + 1].text != "±":
        return None
    mean, spread = prose.number(i), prose.number(i + 2, signed=False)
    if mean is None or spread is None:
        return None
    first = i
    if i and prose.tokens[i - 1].text in "-+" and prose.glued(i) and _is_sign(prose, i - 1):
        first, mean = i - 1, mean._replace(start=prose.tokens[i - 1].start)
    passage = Passage(prose, name, first, spread.after)
    value, width = passage.number(mean, "mean"), passage.number(spread, "plusminus")
    claim = Summary(passage.place(), "", None, None, mean=value, plusminus=width)
    return (passage.holds(claim, (value, width)),), spread.after


def _is_sign(prose: Prose, i: int) -> bool:
    """Whether a dash is the sign of the number behind it, rather than a range or a hyphen."""
    before = prose.tokens[i - 1]
    return i == 0 or not (prose.glued(i) and before.kind in (NUMBER, WORD))


def mean_and_sd(prose: Prose, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """``M = 5.19, SD = 0.50`` from token i on, and the token behind; None where it is not there."""
    mean = prose.related(i + 1)
    if mean is None or mean.relation != "=":
        return None
    j = prose.skip(mean.after, OPENING | frozenset(",;"), 2)
    spread = prose.related(j + 1) if prose.tokens[j].text in ("SD", "sd", "s.d.") else None
    if spread is None:
        return None
    passage = Passage(prose, name, i, spread.after)
    value, width = passage.number(mean, "mean"), passage.number(spread, "sd")
    claim = Summary(passage.place(), "", None, None, mean=value, sd=width)
    return (passage.holds(claim, (value, width)),), spread.after
