"""Odd characters made plain, with the way back to where each stands in the text as printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

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


_TAGS = "sup|sub|i|b|em|strong|u|br|p|span|italic|bold|sc|td|th|tr|table|tbody|thead|div"
_MARKUP = re.compile(
    r"&(?:\#\d{1,6}|\#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,20});"
    rf"|</?(?:{_TAGS})(?:\s[^<>\n]{{0,200}})?/?>"
    r"|\\(?:chi|beta|rho|tau|kappa|pm|times|leq?|geq?|lt|gt)(?![A-Za-z])|\\[][(),;%]"
)
_MEANT = {"\\chi": "χ", "\\beta": "β", "\\rho": "ρ", "\\tau": "τ", "\\kappa": "κ", "\\pm": "±"}
_MEANT |= {"\\times": "×", "\\le": "≤", "\\leq": "≤", "\\ge": "≥", "\\geq": "≥", "\\lt": "<", "\\gt": ">"}
_MEANT |= {"\\%": "%", "\\,": " ", "\\;": " ", "&nbsp;": " "}
_MEANT |= dict.fromkeys(("\\(", "\\)", "\\[", "\\]"), "")
_MEANT |= {
    "<br>": "\n",
    "<br/>": "\n",
    "<br />": "\n",
    "</tr>": "\n",
    "</p>": "\n",
    "</td>": "\t",
    "</th>": "\t",
}
_BROKEN = re.compile(
    r"(?<=[=<>≤≥])[ \t]?[-−–]?\d{0,6}[.·][ \t]?(?P<turn>\r?\n)[ \t]{0,8}(?=\d)"
    r"|(?<=[a-z])(?<!\bchi)(?<!\blog)(?<!\bone)(?<!\btwo)(?P<hyphen>-\r?\n)[ \t]{0,8}(?=[a-z])"
)
"""A number broken behind its point, and a word broken at a hyphen, at the end of a line."""
_COMMA_FOR_POINT = re.compile(r"[=<>≤≥＝＜＞]\s?0,\d")
_POINT = re.compile(r"[=<>≤≥＝＜＞]\s?-?\d*[.·]\d")
_TIMES_TEN = re.compile(r"[·⋅∙•*]\s?10(?:\^|[−–-]\d|[⁻⁰¹²³⁴-⁹]|<sup>)")
_BRACED = re.compile(r"[\^_]\{[^{}\n]{1,12}\}")
_DOLLAR = re.compile(r"\$(?=[A-Za-z\\])|(?<=[\d.)])\$")
_THOUSANDS = frozenset("\u00a0\u2009\u202f\u2008\u2007")
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
    parts = _parts(text)
    if text.isascii() and not parts:
        return Document(text, text, range(len(text) + 1))
    plain: list[str] = []
    starts: list[int] = []
    base = height = LEVEL
    behind = 0
    for i, character in enumerate(text):
        if i < behind:
            continue
        meant, now = character, base
        if i in parts:
            printed, meant = parts[i]
            behind = i + len(printed)
            base = now = _HEIGHTS.get(printed, base)
            if len(meant) == 1 and not meant.isascii():
                meant, own = _folded(meant, text[i - 1 : i], text[behind : behind + 4])
                now = own or base
        elif not character.isascii():
            meant, own = _folded(character, text[i - 1 : i], text[i + 1 : i + 5])
            now = own or base
        if meant and now != height:
            meant = (now or (" " if meant[0] in _OF_NUMBERS else "")) + meant
            height = now
        plain.append(meant)
        starts.extend([i] * len(meant))
    starts.append(len(text))
    return Document(text, "".join(plain), starts)


def _parts(text: str) -> dict[int, tuple[str, str]]:
    """Stretches that stand for something else as a whole: where each begins, its characters, what for."""
    parts: dict[int, tuple[str, str]] = {}
    if "&" in text or "<" in text or "\\" in text:
        parts = {m.start(): (m.group(), _markup(m.group())) for m in _MARKUP.finditer(text)}
    if "\n" in text:
        for m in _BROKEN.finditer(text):
            start = m.start(m.lastgroup or 0)
            parts[start] = (text[start : m.end()], "")
    if "{" in text:
        for m in _BRACED.finditer(text):
            parts |= {m.start() + 1: ("{", ""), m.end() - 1: ("}", "")}
    if "$" in text:
        parts |= {m.start(): ("$", "") for m in _DOLLAR.finditer(text)}
    parts |= {m.start(): (m.group()[0], "×") for m in _TIMES_TEN.finditer(text)}
    if _COMMA_FOR_POINT.search(text) and not _POINT.search(text):
        parts |= {m.start(): (",", ".") for m in re.finditer(r"(?<=\d),(?=\d)", text)}
    return parts


def _markup(printed: str) -> str:
    """What an entity, a tag or a command of TeX stands for: most tags for nothing."""
    if printed in _MEANT:
        return _MEANT[printed]
    if printed[0] != "&":
        return ""
    meant = unescape(printed)
    return meant if len(meant) == 1 else printed


def _folded(character: str, before: str, after: str) -> tuple[str, str]:
    """The plain characters for one odd one between its neighbours, and its height."""
    if character in _POINTS:
        between = after[:1].isdigit() and not before.isalpha()
        return ("." if between else character), LEVEL
    if character in _THOUSANDS and before.isdigit() and len(after) > 2:
        grouped = after[:3].isdigit() and not after[3:].isalnum()
        return ("," if grouped else " "), LEVEL
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
