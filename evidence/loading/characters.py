"""From the bytes of a file to text that can be trusted: no strange encoding, no invisible characters."""

from __future__ import annotations

import unicodedata

from evidence.loading.problems import Faults

LARGEST_FILE = 2_000_000

# PyYAML takes these for ends of lines and would shift every later line.
_LINE_ENDS = "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HIDDEN = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufffe\uffff"
)
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_REFUSED = frozenset(_LINE_ENDS + _SPACES + _HIDDEN + _DIRECTIONS)
_MOST = 20


def decoded(data: bytes, file: str) -> tuple[str | None, Faults]:
    """The text of a file, or None, and what is wrong with its bytes and characters."""
    faults = Faults(file, "")
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if len(data) > LARGEST_FILE:
        size = f"{len(data):,} bytes; the most is {LARGEST_FILE:,}"
        faults.at("YML002", 1, 1, f"the file is too large: {size}", "is it a study file? split the review up")
    elif encoding:
        faults.at("YML002", 1, 1, f"the file is {encoding}", "save it as UTF-8")
    elif data.startswith(b"\xef\xbb\xbf"):
        faults.at("YML002", 1, 1, "the file begins with a byte order mark", "save it as UTF-8 without one")
    elif b"\x00" in data:
        line, column = _place(data, data.index(b"\x00"))
        faults.at("YML002", line, column, "a NUL byte: this is no text file", "save it as plain UTF-8 text")
    else:
        return _utf8(data, file, faults)
    return None, faults


def _place(data: bytes, index: int) -> tuple[int, int]:
    before = data[:index].decode("utf-8", errors="replace")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _utf8(data: bytes, file: str, faults: Faults) -> tuple[str | None, Faults]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        byte = data[error.start]
        faults.at(
            "YML002",
            line,
            column,
            f"the byte 0x{byte:02X} is not UTF-8",
            "save the file with the encoding UTF-8",
        )
        return None, faults
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = Faults(file, text)
    _refuse(text, faults)
    return (None if faults.problems else text), faults


def _refuse(text: str, faults: Faults) -> None:
    """Note characters that cannot be seen or end a line for some programs, and tabs as indentation."""
    if "\t" not in text and text.replace("\n", "").isprintable() and not _REFUSED.intersection(text):
        return
    tabs = 0
    for number, line in enumerate(text.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip():
            tabs += 1
            if tabs == 1:
                place = indent.index("\t") + 1
                faults.at(
                    "YML003",
                    number,
                    place,
                    "a tab in the indentation",
                    "indent with spaces, two for each level",
                )
        if line.isascii() and line.replace("\t", " ").isprintable():
            continue
        for column, character in enumerate(line, 1):
            if character in _REFUSED or _is_control(character):
                faults.at("YML003", number, column, named(character), _advice(character))
                if len(faults.problems) >= _MOST:
                    return


def refused_in(text: str) -> str | None:
    """The first character of a text that is refused, even where an escape stands for it; or None."""
    if text.isprintable():
        return None
    return next((c for c in text if c != "\n" and (c in _REFUSED or _is_control(c))), None)


def _is_control(character: str) -> bool:
    return character != "\t" and unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")


def named(character: str) -> str:
    """A character by its code point and name."""
    name = unicodedata.name(character, "a control character").lower()
    return f"the character U+{ord(character):04X} ({name})"


def _advice(character: str) -> str:
    if character in _LINE_ENDS:
        return "some programs take it for the end of a line: delete it, or press Enter"
    if character in _SPACES:
        return "it looks like a space and is none: type a plain space"
    return "it cannot be seen: delete it"
