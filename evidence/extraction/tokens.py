"""Plain text cut into numbers, words, relations and single marks."""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER = "number"
WORD = "word"
RELATION = "relation"
MARK = "mark"
END = "end"

# Every part is possessive, so that a text is cut in one walk however hostile it is. Figures with several
# points (versions, dates, identifiers) are one mark: no part of them is a number.
_TOKEN = re.compile(
    r"(?P<points>\d++(?:\.\d++){2,}+|(?:\.\d++){2,}+)"
    r"|(?P<number>(?:\d++(?:\.\d++)?+|(?<!\w)\.\d++)(?:[eE][-+]?+\d{1,3}+(?![\w.]))?+)"
    r"|(?P<percent>(?<=\d[ \-\n])(?:percent|per[ ]cent)(?![A-Za-z]))"
    r"|(?P<word>[dD]\.[ ]?[fF]\.?|[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]++|[均都各])"
    r"|(?P<relation><=|>=|[=<>≤≥≈~])"
    r"|(?P<plusminus>±|\+/-|\+-)"
    r"|(?P<mark>\S)",
    re.ASCII,
)
_SIGNS = {"plusminus": "±", "percent": "%"}
_KINDS = {"number": NUMBER, "word": WORD, "relation": RELATION}
ROOM = 32
"""Empty tokens behind the last, so that a reader may look ahead without asking whether there is more."""


class Token(NamedTuple):
    """A piece of plain text: what it is, its characters (± and % are always written so), where it stands."""

    kind: str
    text: str
    start: int
    end: int


def cut(plain: str) -> list[Token]:
    """The tokens of a plain text, with room to look ahead behind the last.

    Examples
    --------
    >>> [token.text for token in cut("t(58)=2.31,p<.05") if token.text]
    ['t', '(', '58', ')', '=', '2.31', ',', 'p', '<', '.05']
    """
    found = []
    for match in _TOKEN.finditer(plain):
        group = match.lastgroup or ""
        text = _SIGNS.get(group) or match.group()
        found.append(Token(_KINDS.get(group, MARK), text, match.start(), match.end()))
    found.extend([Token(END, "", len(plain), len(plain))] * ROOM)
    return found
