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
    "⁻": "-",
    "₋": "-",
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
}
_FOLDED = ("<wide>", "<narrow>", "<font>", "<small>", "<noBreak>", "<sub>")
"""Compatibility forms that are the same character in another dress; fractions and circles are not."""
_POINTS = frozenset("·⋅∙•‧・")


_MARKUP = re.compile(r"&(?:lt|gt|le|ge|nbsp|plusmn|minus|ndash|chi|middot|thinsp);|</?(?:sup|sub|i|b|em)>")
_MEANT = {"&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥", "&plusmn;": "±", "&minus;": "-", "&ndash;": "-"}
_MEANT |= {"&chi;": "χ", "&middot;": ".", "&nbsp;": " ", "&thinsp;": " ", "<sup>": "^"}


@dataclass(frozen=True, slots=True)
class Document:
    """A text as printed and in plain characters; ``starts[i]`` is where the plain character i stands.

    ``starts`` has one more entry, the length of the text. Superscript digits become ``^2``.

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
    markup = (
        {match.start(): match.group() for match in _MARKUP.finditer(text)}
        if "&" in text or "<" in text
        else {}
    )
    if text.isascii() and not markup:
        return Document(text, text, range(len(text) + 1))
    plain: list[str] = []
    starts: list[int] = []
    raised, behind = False, 0
    for i, character in enumerate(text):
        if i < behind:
            continue
        if i in markup:
            behind = i + len(markup[i])
            meant = _MEANT.get(markup[i], "")
            plain.extend(meant)
            starts.extend([i] * len(meant))
            continue
        if character.isascii():
            raised = False
            plain.append(character)
            starts.append(i)
            continue
        folded, raised = _folded(character, text[i - 1 : i], text[i + 1 : i + 2], raised)
        plain.extend(folded)
        starts.extend([i] * len(folded))
    starts.append(len(text))
    return Document(text, "".join(plain), starts)


@lru_cache(maxsize=4096)
def _nature(character: str) -> tuple[str, str]:
    """How a character is composed, and its category."""
    return unicodedata.decomposition(character), unicodedata.category(character)


def _folded(character: str, before: str, after: str, raised: bool) -> tuple[str, bool]:
    """The plain characters for one odd one, and whether it is raised."""
    if character in _POINTS:
        between = after.isdigit() and not before.isalpha()
        return ("." if between else character), False
    form, category = _nature(character)
    if form.startswith("<super>") or character == "⁻":
        base = "-" if character == "⁻" else unicodedata.normalize("NFKC", character)
        plain = base if len(base) == 1 and (base.isdigit() or base == "-") else character
        return (f"^{plain}" if not raised and plain != character else plain), plain != character
    if character in _PLAIN:
        return _PLAIN[character], False
    if category == "Zs":
        return " ", False
    if form.startswith(_FOLDED):
        base = unicodedata.normalize("NFKC", character)
        return _PLAIN.get(base, base), False
    return character, False
