"""How wide a text is, without a font: measured from shipped advance widths.

Arial, Liberation Sans and Helvetica share these widths, so a layout made here holds in every browser
and in Matplotlib. Characters outside the table get a width that errs on the wide side.
"""

import unicodedata
from functools import cache, lru_cache

from synthesis.drawing.text_widths import BOLD, REGULAR

FAMILY = ("Arial", "Liberation Sans", "Helvetica", "sans-serif")
ASCENT, DESCENT = 0.76, 0.22
_WIDE, _OTHER = 1000, 850
_VERY_WIDE = {"\u2e3a": 2000, "\u2e3b": 3000, "\ufdfd": 9000}
# Overrides and isolates would let a label rearrange the text around it; a figure needs none of them.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@cache
def _table(bold: bool) -> dict[str, int]:
    """Thousandths of an em of each character; grows with the characters met."""
    return {character: width for width, group in (BOLD if bold else REGULAR).items() for character in group}


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The advance width of one line of text, in the unit of `size`.

    Examples
    --------
    >>> text_width("10", 10)
    11.12
    >>> text_width("結核", 10)
    20.0
    """
    table = _table(bold)
    total = 0
    for character in text:
        width = table.get(character)
        if width is None:
            width = _width_of_other(character, bold)
            if len(table) < 20_000:
                table[character] = width
        total += width
    return total * size / 1000


@lru_cache(maxsize=4096)
def _width_of_other(character: str, bold: bool) -> int:
    """The width of a character that the table does not list, in thousandths of an em."""
    if character in _VERY_WIDE:
        return _VERY_WIDE[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return _WIDE + 300 if ord(character) > 0x1F000 else _WIDE
    if not unicodedata.category(character).startswith("Z"):
        base = unicodedata.normalize("NFD", character)[0]
        if base != character and base in _table(bold):
            return _table(bold)[base]
    compatible = unicodedata.normalize("NFKC", character)
    return _OTHER * min(max(len(compatible), 1), 3)  # ligatures such as those of Arabic, and ½


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """The text as one printable line: white space becomes single spaces, control characters go.

    A no-break space stays: it keeps "P = 0.02" on one line.

    Examples
    --------
    >>> clean("Smith\\n2011\\x00")
    'Smith 2011'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    spaced = "".join(" " if character.isspace() and character != "\xa0" else character for character in text)
    kept = "".join(character for character in spaced if _printable(character))
    return " ".join(part for part in kept.split(" ") if part)


def _printable(character: str) -> bool:
    if character in _BIDI_CONTROLS or unicodedata.category(character) in ("Cc", "Cs"):
        return False
    return ord(character) & 0xFFFE != 0xFFFE


@lru_cache(maxsize=4096)
def reads_from_right(text: str) -> bool:
    """Whether the first letter with a direction is of a script written from right to left.

    Examples
    --------
    >>> reads_from_right("حسين 2011"), reads_from_right("2011 Smith"), reads_from_right("2011")
    (True, False, False)
    """
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def wrap(text: str, width: float, size: float, bold: bool = False, lines: int | None = 2) -> tuple[str, ...]:
    """The text in at most `lines` lines no wider than `width`; what does not fit ends in an ellipsis.

    Breaks at spaces, inside a word only where the word alone is too wide, and never before a combining
    mark. With ``lines=None`` there are as many lines as needed.

    Examples
    --------
    >>> wrap("Frimodt-Moller et al, 1973", 70, 8.5)
    ('Frimodt-Moller et', 'al, 1973')
    >>> wrap("a very long label of a study", 40, 8.5)
    ('a very', 'long lab…')
    """
    cleaned = clean(text)
    if text_width(cleaned, size, bold) <= width:
        return (cleaned,)
    broken = _lines(cleaned, width, size, bold)
    if lines is None or len(broken) <= lines:
        return tuple(broken)
    rest = " ".join(broken[lines - 1 :])
    return (*broken[: lines - 1], shorten(rest, width, size, bold))


def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """As much of the text as fits, with an ellipsis where something is missing."""
    if text_width(text, size, bold) <= width:
        return text
    return _fitting(text, width - text_width("…", size, bold), size, bold).rstrip() + "…"


def _lines(text: str, width: float, size: float, bold: bool) -> list[str]:
    lines, current = [], ""
    for word in text.split(" "):
        longer = f"{current} {word}" if current else word
        if text_width(longer, size, bold) <= width:
            current = longer
            continue
        if current:
            lines.append(current)
        while text_width(word, size, bold) > width:
            head = _fitting(word, width, size, bold)
            lines.append(head or "…")  # one character wider than the line gives way
            word = word[max(len(head), 1) :]
        current = word
    return [*lines, current] if current or not lines else lines


def _fitting(text: str, width: float, size: float, bold: bool) -> str:
    """The longest beginning that fits and does not part a combining mark from its letter."""
    used, end = 0.0, 0
    for position, character in enumerate(text):
        used += text_width(character, size, bold)
        if used > width:
            break
        end = position + 1
    while 0 < end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me", "Cf"):
        end -= 1
    return text[:end]
