"""A walk through a text, asking at each word and number which recognisers know what begins there."""

from __future__ import annotations

from collections.abc import Callable

from evidence.extraction import chance, effect, group_size, letter, spread
from evidence.extraction.characters import written_plainly
from evidence.extraction.comparing import compared
from evidence.extraction.estimate import estimate
from evidence.extraction.extracted import Extracted, Unreadable
from evidence.extraction.p_first import p_first
from evidence.extraction.reading import Prose
from evidence.extraction.share import share
from evidence.extraction.statistic import statistic
from evidence.extraction.table_rows import rows
from evidence.extraction.tokens import NUMBER, WORD, cut

Recogniser = Callable[[Prose, int, str], tuple[tuple[Extracted, ...], int] | None]

_AT_NUMBERS: tuple[Recogniser, ...] = (spread.plus_minus, share, estimate)
_AT_WORDS: tuple[tuple[frozenset[str], Recogniser], ...] = (
    (letter.NAMES, statistic),
    (effect.NAMES, effect.effect),
    (chance.NAMES, p_first),
    (spread.NAMES, spread.mean_and_sd),
    (group_size.NAMES, group_size.group_size),
)
"""In this order where a word can begin several things: a p is bare only if no statistic took it."""


def extract(text: str, name: str = "text") -> tuple[Extracted, ...]:
    """Every result that a text prints in a way we know, in reading order, with its place in the text.

    Parameters
    ----------
    text : str
        Prose as published: an abstract, a page, a table's cells.
    name : str
        What to call the text in addresses.

    Returns
    -------
    tuple of Extracted
        Claims (the types of ``evidence.claims``) with the characters each was read from, and each of its
        printed numbers with the characters it stands on. Nothing is in a claim that is not in the text.

    Notes
    -----
    Tests with t, F, z, r, Q, χ², U, W or H, lists of them that share a P, P in front of them, effects and
    other estimates with their intervals, counts with their percentages, means ± SD, sizes of groups, P alone,
    and the rows of tables whose headings say what stands in them. Two shares and the test right behind them
    are one claim. Characters are made plain first (full width, mathematical letters, entities, tags, TeX,
    middle dots, minus signs, thin spaces, decimal commas where all are). The time is proportional to the
    length of the text.

    Examples
    --------
    >>> for found in extract("89.02%(73/82), 74.36%(58/78); χ²＝5·794，P＜0.05"):
    ...     print(type(found.claim).__name__, found.start, [each.number.text for each in found.positions])
    Share 0 ['89.02', '73', '82']
    Share 15 ['74.36', '58', '78']
    BareTest 30 ['5·794', '<0.05']
    """
    document = written_plainly(text)
    lines = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]
    prose = Prose(document, cut(document.plain), lines, name)
    found: list[Extracted] = []
    i, passages, of_tables = 0, 0, rows(prose)
    while prose.tokens[i].text:
        result = of_tables.get(i) or _at(prose, i, f"{passages + 1}")
        if result is None:
            i += 1
            continue
        extracted, i = result
        found.extend(extracted)
        passages += 1
    return tuple(compared(found, text))


def _at(prose: Prose, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """What begins at token i, with the token behind it."""
    token = prose.tokens[i]
    recognisers: tuple[Recogniser, ...]
    if token.kind == NUMBER:
        recognisers = () if _off_the_line(prose, i) else _AT_NUMBERS
    elif token.kind == WORD:
        recognisers = _BY_WORD.get(token.text.lower(), ())
    else:
        return None
    for recognise in recognisers:
        try:
            found = recognise(prose, i, name)
        except Unreadable:
            continue
        if found is not None:
            return found
    return None


def _off_the_line(prose: Prose, i: int) -> bool:
    """Whether number i is raised or lowered, its sign with it."""
    before = i - 1 if prose.tokens[i - 1].text in "-+" else i
    return before > 0 and prose.tokens[before - 1].text in ("^", "_")


def _by_word() -> dict[str, tuple[Recogniser, ...]]:
    words = sorted({word for names, _ in _AT_WORDS for word in names})
    return {word: tuple(each for names, each in _AT_WORDS if word in names) for word in words}


_BY_WORD = _by_word()
