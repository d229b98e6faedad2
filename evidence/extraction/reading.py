"""A text cut into tokens, and what every recogniser reads off it: numbers, relations, sides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from evidence.extraction.characters import Document
from evidence.extraction.tokens import MARK, NUMBER, RELATION, WORD, Token
from evidence.values import NumberError, Reported, Source, reported

SEPARATORS = frozenset(",;:")
OPENING, CLOSING = frozenset("(["), frozenset(")]")
AROUND = SEPARATORS | OPENING | CLOSING
_RELATIONS = {"<=": "<=", ">=": ">=", "≤": "<=", "≥": ">=", "≈": "~", "=": "=", "<": "<", ">": ">", "~": "~"}
_WORDS_RELATING = {
    "less": "<",
    "lower": "<",
    "below": "<",
    "under": "<",
    "greater": ">",
    "above": ">",
    "over": ">",
}
_WORDS_RELATING |= {"more": ">", "equal": "="}
SAYING = frozenset(("of", "was", "is", "were", "being", "from", "are"))
RANGING = frozenset(("to", "through", "until"))
_TAILS = frozenset(("tailed", "sided", "tail", "side", "tails"))
_SIDES = {"one": 1, "1": 1, "single": 1, "two": 2, "2": 2, "double": 2}
_AS_ONE = {f"{side}{tail}": many for side, many in (("one", 1), ("two", 2)) for tail in ("sided", "tailed")}
FAR = 5
"""Tokens between a p and the words on its sides, at most."""


class Read(NamedTuple):
    """A number read: where it stands in the plain text, its relation, and the token behind it."""

    start: int
    end: int
    relation: str
    after: int


@dataclass(frozen=True, slots=True, eq=False)
class Prose:
    """A text: as printed and plain, its tokens, where its lines begin, and the name of its addresses."""

    document: Document
    tokens: list[Token]
    lines: list[int]
    name: str

    def glued(self, i: int) -> bool:
        """Whether token i follows the one before it without a space."""
        return i > 0 and self.tokens[i].start == self.tokens[i - 1].end

    def lower(self, i: int) -> str:
        """The characters of token i in small letters."""
        return self.tokens[i].text.lower()

    def is_mark(self, i: int, marks: frozenset[str]) -> bool:
        """Whether token i is one of these marks."""
        token = self.tokens[i]
        return token.kind == MARK and token.text in marks

    def skip(self, i: int, marks: frozenset[str], most: int = 2) -> int:
        """The first token from i on that is none of these marks, or the one behind ``most`` of them."""
        for _ in range(most):
            if not self.is_mark(i, marks):
                break
            i += 1
        return i

    def number(self, i: int, signed: bool = True) -> Read | None:
        """A number that stands alone from token i on: sign, figures, a power of ten."""
        tokens = self.tokens
        first = i
        if signed and tokens[i].kind == MARK and tokens[i].text in "-+":
            i += 1
        token = tokens[i]
        if token.kind != NUMBER:
            return None
        i, end = self._power(i + 1, token.end)
        if i < 0:
            return None
        return Read(tokens[first].start, end, "=", i)

    def ranges(self, read: Read) -> bool:
        """Whether a number is the first of a range: ``2.1-3.4``, ``2.1 to 3.4``."""
        i = read.after
        dashed = self.tokens[i].text in ("-", "~") and self.tokens[i + 1].kind == NUMBER
        return dashed or (self.lower(i) in RANGING and self.tokens[i + 1].kind == NUMBER)

    def whole(self, i: int) -> Read | None:
        """A whole number from token i on, with the commas of its thousands."""
        tokens = self.tokens
        if tokens[i].kind != NUMBER or not tokens[i].text.isdigit():
            return None
        j = i + 1
        while len(tokens[i].text) <= 3 and tokens[j].text == "," and self._three(j + 1):
            j += 2
        return Read(tokens[i].start, tokens[j - 1].end, "=", j)

    def _three(self, j: int) -> bool:
        """Whether three figures follow a comma without a space on either side."""
        text = self.tokens[j].text
        return len(text) == 3 and text.isdigit() and self.glued(j) and self.glued(j - 1)

    def _power(self, i: int, end: int) -> tuple[int, int]:
        """Past ``× 10^-5``, where it follows; else where one was; -1 where a power cannot be read."""
        tokens = self.tokens
        if tokens[i].text not in ("×", "x", "X", "*") or tokens[i + 1].text != "10":
            return i, end
        j = i + 2
        if tokens[j].text == "^":
            j += 1
        signed = tokens[j].text == "-"
        if signed:
            j += 1
        near = self.glued(j) or (signed and tokens[j - 1].end + 1 == tokens[j].start)
        if tokens[j].kind == NUMBER and near and len(tokens[j].text) <= 3 and j > i + 2:
            return j + 1, tokens[j].end
        return (-1, end) if tokens[j].text in ("(", "^", "-") else (i, end)

    def ten_to(self, i: int) -> Read | None:
        """A power of ten alone, ``10^-5`` or ``10-5``, from token i on."""
        tokens, j = self.tokens, i + 1
        if tokens[i].text != "10":
            return None
        if tokens[j].text == "^":
            j += 1
        if tokens[j].text != "-" or not self.glued(j):
            return None
        power = tokens[j + 1]
        if power.kind != NUMBER or not self.glued(j + 1) or not power.text.isdigit() or len(power.text) > 3:
            return None
        return Read(tokens[i].start, power.end, "=", j + 2)

    def said(self, i: int) -> Read | None:
        """A number that words relate: ``of 0.03``, ``was less than 0.05``, ``below .001``."""
        j = i + 1 if self.lower(i) in SAYING else i
        relation = _WORDS_RELATING.get(self.lower(j), "=")
        if relation != "=":
            j = j + 2 if self.lower(j + 1) == "than" else j + 1
        found = self.number(j) if j > i else None
        return None if found is None else found._replace(relation=relation)

    def related(self, i: int) -> Read | None:
        """A relation and the number behind it, from token i on; of ``= <`` the second counts."""
        tokens = self.tokens
        if tokens[i].kind != RELATION:
            return None
        if tokens[i].text == "=" and tokens[i + 1].kind == RELATION:
            i += 1
        found = self.number(i + 1)
        if found is None:
            return None
        found = self._thousands(found)
        relation = _RELATIONS[tokens[i].text]
        start = found.start if relation == "=" else tokens[i].start
        return Read(start, found.end, relation, found.after)

    def _thousands(self, read: Read) -> Read:
        """A number with what follows the comma of its thousands, ``1,234.56``; a list has other forms."""
        tokens, i = self.tokens, read.after
        part = tokens[i + 1]
        whole = tokens[i - 1].text.isdigit() and len(tokens[i - 1].text) <= 3
        glued = tokens[i].text == "," and self.glued(i) and self.glued(i + 1) and part.kind == NUMBER
        return read._replace(end=part.end, after=i + 2) if whole and glued and part.text[3:4] == "." else read

    def closed(self, first: int, last: int) -> int:
        """The token behind a passage, its last bracket included where one stands open."""
        if not self.is_mark(last, CLOSING):
            return last
        marks = [token.text for token in self.tokens[first:last] if token.kind == MARK]
        opened, closed = sum(mark in OPENING for mark in marks), sum(mark in CLOSING for mark in marks)
        return last + 1 if opened > closed else last

    def value(self, read: Read, address: str) -> Reported | None:
        """The printed number at a place: as printed where that can be read, else in plain characters."""
        for text in _spellings(self.document, read):
            try:
                number = reported(text, address, self.source(read))
            except NumberError:
                continue
            return number if number.relation == read.relation else replace(number, relation=read.relation)
        return None

    def source(self, read: Read) -> Source:
        """Line and columns of a number in the text as printed, counted from 1."""
        start, end = self.document.span(read.start, read.end)
        line = bisect_right(self.lines, start)
        column = start - self.lines[line - 1] + 1
        return Source(self.name, line, column, column + end - start)

    def sides(self, start: int, end: int) -> int | None:
        """1 or 2 where ``one-tailed`` or ``two-sided`` stands within a few tokens of these, in one clause."""
        before, behind = range(start - 1, max(start - FAR, 1) - 1, -1), range(end, end + FAR)
        return self._side_in(behind) or self._side_in(before)

    def _side_in(self, places: range) -> int | None:
        for i in places:
            token = self.tokens[i]
            if token.kind == RELATION or (token.kind == MARK and token.text in ".;") or not token.text:
                return None
            if token.kind == WORD and token.text.lower() in _TAILS:
                back = i - 2 if self.tokens[i - 1].text == "-" else i - 1
                return _SIDES.get(self.lower(back)) if back >= 0 else None
            if token.kind == WORD and token.text.lower() in _AS_ONE:
                return _AS_ONE[token.text.lower()]
        return None


def _spellings(document: Document, read: Read) -> Iterator[str]:
    """The characters of a number: as printed, plain, without spaces, then as programs write powers."""
    yield document.printed(read.start, read.end)
    plain = document.plain[read.start : read.end]
    yield plain
    compact = "".join(plain.split())
    yield compact
    yield compact.replace("*10", "×10").replace("X10", "×10")
    power = compact.lstrip("<>=≤≥≈~")
    if power.startswith(("10-", "10^")):
        yield f"1e{power[2:].lstrip('^')}"
