"""Slips that stop YAML at a value, mended in memory so that reading goes on; syntax errors in plain words.

The place is recognised by the character at the parser's mark: the two parsers word their errors differently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from evidence.loading.problems import Faults

_SIGNS = ">|@`%,]}&*!?"
_BEFORE = re.compile(r"(?:^|[:\-,{\[])\s*$")


@dataclass(frozen=True, slots=True)
class Slip:
    """A value that needs quotation marks, at its line and column, from 1."""

    line: int
    column: int
    value: str
    message: str


class Slips:
    """The text of a file with its slips mended, and the way back to columns as written."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.found: list[Slip] = []
        self._shifts: dict[int, list[tuple[int, int]]] = {}

    @property
    def text(self) -> str:
        """The text as mended so far."""
        return "\n".join(self.lines)

    @property
    def are_mended(self) -> bool:
        """Whether columns of the mended text differ from those as written."""
        return bool(self._shifts)

    def origin(self, line: int, column: int) -> tuple[int, int]:
        """Line and column, from 1 and as written, of a mark from 0 in the mended text."""
        if self._shifts:
            for place, shift in reversed(self._shifts.get(line, ())):
                if column >= place:
                    column -= shift
        return line + 1, column + 1

    def mend(self, error: Any, in_flow: bool) -> bool:
        """Whether the value at an error was quoted."""
        for mark in (getattr(error, "problem_mark", None), getattr(error, "context_mark", None)):
            if mark is None or mark.line >= len(self.lines):
                continue
            start = self._slipped(mark.line, mark.column)
            if start is not None:
                return self._quote(mark.line, start, in_flow)
        return False

    def quote_block(self, line: int, column: int) -> bool:
        """Whether a block scalar header that is a value, `p: >5`, was quoted."""
        return self._quote(line, column, in_flow=False)

    def _slipped(self, line: int, column: int) -> int | None:
        """Where the value begins that needs quotation marks."""
        text = self.lines[line]
        sign = text[column : column + 1]
        if sign and sign in _SIGNS and _BEFORE.search(text[:column]) and column > 0:
            return column
        if sign == ":":
            return _value_start(text, column)
        return None

    def _quote(self, line: int, start: int, in_flow: bool) -> bool:
        text = self.lines[line]
        in_flow = in_flow or _flow_depth(text, start) > 0
        end = _value_end(text, start, in_flow)
        value = text[start:end]
        if not value or value[0] in "'\"":
            return False
        quoted = "'" + value.replace("'", "''") + "'"
        row, column = self.origin(line, start)
        self.found.append(Slip(row, column, value, _message(value)))
        self.lines[line] = text[:start] + quoted + text[end:]
        self._shifts.setdefault(line, []).append((start + len(quoted), len(quoted) - len(value)))
        return True


def _message(value: str) -> str:
    if ": " in value or value.endswith(":"):
        return "a value that holds a colon and a space needs quotation marks"
    return f'a value that begins with "{value[0]}" needs quotation marks'


def _tokens(text: str, stop: int) -> tuple[int, int | None]:
    """Depth of brackets at a column, and where the value before it begins, if a key stands before it."""
    depth, value, fresh, index = 0, None, True, 0
    while index < stop:
        character = text[index]
        if fresh and character in "'\"":
            closing = text.find(character, index + 1)
            index, fresh = (closing if closing >= 0 else stop), False
        elif fresh and character in "{[":
            depth, value = depth + 1, None
        elif character in "}]" and depth:
            depth, fresh = depth - 1, False
        elif character == "," and depth:
            fresh, value = True, None
        elif character == ":" and value is None and text[index + 1 : index + 2] in (" ", ""):
            value = index + 1 + len(text[index + 1 :]) - len(text[index + 1 :].lstrip())
            fresh = True
        elif not (character == " " or (fresh and character == "-" and text[index + 1 : index + 2] == " ")):
            fresh = False
        index += 1
    return depth, value


def _flow_depth(text: str, stop: int) -> int:
    return _tokens(text, stop)[0]


def _value_start(text: str, stop: int) -> int | None:
    return _tokens(text, stop)[1]


def _value_end(text: str, start: int, in_flow: bool) -> int:
    if in_flow:
        found = re.search(r",(?=\s|$)|[}\]]", text[start + 1 :])
        end = start + 1 + found.start() if found else len(text)
    else:
        found = re.search(r"\s#", text[start:])
        end = start + found.start() if found else len(text)
    return start + len(text[start:end].rstrip())


def syntax_problem(error: Any, slips: Slips, faults: Faults) -> None:
    """Note where YAML stopped reading, in plain words."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", "") or "the parser stopped")
    about = str(getattr(error, "context", "") or "")
    if mark is None:
        faults.at("YML001", 1, 1, f"not YAML: {error}", "is this a study file?")
        return
    message, help = _in_words(problem, about)
    use = (
        context
        if context is not None and ("quoted" in about or "flow" in about or "simple key" in about)
        else mark
    )
    line, column = slips.origin(use.line, use.column)
    wide = _full_width(slips.lines, mark.line)
    if wide is not None:
        line, column, message, help = wide
    line = min(line, len(slips.lines))
    faults.at("YML001", line, column, message, f"{help}; reading of this file ended at line {mark.line + 1}")


def _in_words(problem: str, about: str) -> tuple[str, str]:
    if "quoted" in about:
        if "escape" in problem:
            return (
                "a backslash that YAML does not know",
                "use single quotation marks, in which \\ is only itself",
            )
        return "this quotation mark is not closed", "close it, or double it where it is part of the text"
    if "flow" in about:
        return (
            "this bracket is not closed where it should be",
            "look for a missing ] or } or comma, or quote a value",
        )
    if "simple key" in about or "expected ':'" in problem:
        return "a line that is no `key: value`", "is a colon and a space missing, or the indentation?"
    if "mapping values" in problem or "did not find expected key" in problem or "block end" in problem:
        return (
            "this does not fit the lines above it",
            "check the indentation, and text after a closing quotation mark",
        )
    return f"YAML cannot be read here: {problem}", "quote the value, or check the indentation"


def _full_width(lines: list[str], stopped: int) -> tuple[int, int, str, str] | None:
    """A full-width colon or comma on the line where reading stopped, or the one before."""
    for line in (stopped, stopped - 1):
        found = re.search(r"[\uff01-\uff5e]", lines[line]) if 0 <= line < len(lines) else None
        if found:
            plain = chr(ord(found[0]) - 0xFEE0)
            message = f"the full-width character U+{ord(found[0]):04X}"
            return line + 1, found.start() + 1, message, f"type a plain `{plain}`"
    return None
