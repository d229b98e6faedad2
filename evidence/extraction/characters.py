"""Odd characters made plain, with the way back to where each stands in the text as printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = {
    # minus signs, dashes and hyphens; ranges and signs are told apart by what stands around them
    **dict.fromkeys("−–—‐‑‒―﹣－", "-"),
    **dict.fromkeys("⩽≦≲", "≤"),
    **dict.fromkeys("⩾≧≳", "≥"),
    **dict.fromkeys("∼～〜", "~"),
    **dict.fromkeys("〈﹤", "<"),
    **dict.fromkeys("〉﹥", ">"),
    "、": ",",
    "。": ".",
    "【": "[",
    "】": "]",
    "ϰ": "χ",
    "Χ": "χ",
    "х": "x",
    "Х": "X",
    "µ": "μ",
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
}
_FOLDED = {
    **dict.fromkeys(("<wide>", "<narrow>", "<font>", "<small>", "<noBreak>"), ""),
    "<super>": "^",
    "<sub>": "_",
}
"""Forms that are the same character in another dress or at another height; not fractions, nor circles."""
_SIGNS = {"⁻": "^", "₋": "_"}
_POINTS = frozenset("·⋅∙•‧・")


_MARKUP = re.compile(r"&(?:lt|gt|le|ge|nbsp|plusmn|minus|ndash|chi|middot|thinsp);|</?(?:sup|sub|i|b|em)>")
_MEANT = {"&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥", "&plusmn;": "±", "&minus;": "-", "&ndash;": "-"}
_MEANT |= {"&chi;": "χ", "&middot;": ".", "&nbsp;": " ", "&thinsp;": " "}
LEVEL, RAISED, LOWERED = "", "^", "_"
_HEIGHTS = {"<sup>": RAISED, "<sub>": LOWERED, "</sup>": LEVEL, "</sub>": LEVEL}
_OF_NUMBERS = frozenset("0123456789.,")


@dataclass(frozen=True, slots=True)
class Document:
    """A text as printed and in plain characters; ``starts[i]`` is where the plain character i stands.

    ``starts`` has one more entry, the length of the text. Raised characters stand behind ``^`` and lowered
    ones behind ``_``, so that they never join the figures beside them.

    Examples
    --------
    >>> document = written_plainly("χ²＝5·79，P＜0.05")
    >>> document.plain
    'χ^2=5.79,P<0.05'
    >>> document.printed(4, 8)
    '5·79'
    """

    text: str
    plain: str
    starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the plain characters from ``start`` to before ``end`` stand in the text as printed."""
        return self.starts[start], self.starts[end - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """The characters as printed that these plain ones stand for."""
        first, last = self.span(start, end)
        return self.text[first:last]


def written_plainly(text: str) -> Document:
    """A text with the plain characters that its odd ones stand for."""
    markup = {m.start(): m.group() for m in _MARKUP.finditer(text)} if "&" in text or "<" in text else {}
    if text.isascii() and not markup:
        return Document(text, text, range(len(text) + 1))
    plain: list[str] = []
    starts: list[int] = []
    base = height = LEVEL
    behind = 0
    for i, character in enumerate(text):
        if i < behind:
            continue
        meant, now = character, base
        if i in markup:
            behind = i + len(markup[i])
            base = now = _HEIGHTS.get(markup[i], base)
            meant = _MEANT.get(markup[i], "")
        elif not character.isascii():
            meant, own = _folded(character, text[i - 1 : i], text[i + 1 : i + 2])
            now = own or base
        if meant and now != height:
            meant = (now or (" " if meant[0] in _OF_NUMBERS else "")) + meant
            height = now
        plain.append(meant)
        starts.extend([i] * len(meant))
    starts.append(len(text))
    return Document(text, "".join(plain), starts)


def _folded(character: str, before: str, after: str) -> tuple[str, str]:
    """The plain characters for one odd one between its neighbours, and its height."""
    if character in _POINTS:
        between = after.isdigit() and not before.isalpha()
        return ("." if between else character), LEVEL
    return _plain(character)


@lru_cache(maxsize=4096)
def _plain(character: str) -> tuple[str, str]:
    """The plain characters for one odd one wherever it stands, and its height."""
    if character in _SIGNS:
        return "-", _SIGNS[character]
    if character in _PLAIN:
        return _PLAIN[character], LEVEL
    if unicodedata.category(character) == "Zs":
        return " ", LEVEL
    form, _, _ = unicodedata.decomposition(character).partition(" ")
    if form not in _FOLDED:
        return character, LEVEL
    base = unicodedata.normalize("NFKC", character)
    if _FOLDED[form] and not base.isdigit():
        return character, LEVEL
    return _PLAIN.get(base, base), _FOLDED[form]
