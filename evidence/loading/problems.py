"""What is wrong with a file, where, and what would do.

EvidenceFileError (ValueError)
  StudyFileError      study or review files that cannot be understood, with every problem of every file
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

ERROR = "error"
WARNING = "warning"

CODES = {
    "YML001": "syntax",
    "YML002": "unreadable-file",
    "YML003": "odd-character",
    "YML004": "alias-or-tag",
    "YML005": "repeated-key",
    "YML006": "needs-quotes",
    "YML007": "split-at-comma",
    "YML008": "too-deep",
    "YML010": "unknown-key",
    "YML011": "missing",
    "YML012": "unit-missing",
    "YML013": "wrong-shape",
    "YML014": "not-a-number",
    "YML015": "unknown-name",
    "YML016": "not-allowed",
    "YML017": "cell",
    "YML018": "unclear-comparison",
    "YML019": "name",
    "YML020": "repeated-address",
    "YML021": "format-version",
    "YML022": "reserved-name",
    "YML023": "unit-unlike",
    "YML024": "looks-like-a-qualifier",
    "YML025": "curve",
    "YML026": "certainty-steps",
    "YML099": "and-more",
    "SRC101": "no-place",
    "SRC102": "not-in-quote",
    "SRC103": "no-level",
    "CFG902": "no-reason",
}
LONGEST_LINE = 110
LONGEST_TEXT = 600
MOST_PROBLEMS = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: code, place, what was read, what would do.

    ``line`` and ``column`` count from 1 in characters; ``snippet`` is the line with a caret under the place.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    severity: str = ERROR
    end_column: int = 0
    snippet: str = ""

    def __str__(self) -> str:
        word = "" if self.severity == ERROR else f"{self.severity}: "
        parts = [f"{self.file}:{self.line}:{self.column}: {word}{self.message} [{self.code}]"]
        if self.snippet:
            parts.append(self.snippet)
        if self.help:
            parts.append(f"    = {self.help}")
        return "\n".join(parts)

    @property
    def slug(self) -> str:
        """The code in words."""
        return CODES[self.code]


class EvidenceFileError(ValueError):
    """Something about the files given."""


class StudyFileError(EvidenceFileError):
    """Study or review files that cannot be understood; ``problems`` holds every problem of every file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n\n".join(str(problem) for problem in self.problems)


def snippet(lines: Sequence[str], line: int, column: int, end_column: int = 0) -> str:
    """One of the lines, indented, with a caret under a column; long lines are cut around it."""
    if not 1 <= line <= len(lines):
        return ""
    whole = lines[line - 1]
    start = max(0, column - LONGEST_LINE // 2) if len(whole) > LONGEST_LINE else 0
    cut = whole[start : start + LONGEST_LINE]
    shown = "".join(c if c.isprintable() else "\ufffd" for c in cut)
    width = max(min(end_column, len(whole) + 1) - column, 1)
    carets = "^" * max(1, min(width, len(cut) - (column - 1 - start)))
    return f"    {shown}\n    {' ' * (column - 1 - start)}{carets}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`did you mean x?`, or nothing."""
    near = closest(name, known)
    return f"did you mean {near}?" if near else ""


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, if any is."""
    by_lower = {k.lower(): k for k in known}
    if name.lower() in by_lower:
        return by_lower[name.lower()]
    found = difflib.get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.7)
    return by_lower[found[0]] if found else None


def one_of(words: Iterable[str], limit: int = 14) -> str:
    """`a, b, c`, cut where there are many."""
    listed = list(words)
    return ", ".join(listed[:limit]) + (", ..." if len(listed) > limit else "")


def _plain(text: str) -> str:
    """A text that a terminal can be trusted with: what was read is shown, cut where it is very long."""
    if len(text) > LONGEST_TEXT:
        text = f"{text[: LONGEST_TEXT // 2]} ... {text[-LONGEST_TEXT // 2 :]}"
    return "".join(c if c.isprintable() or c == "\n" else f"<U+{ord(c):04X}>" for c in text)


class Located(Protocol):
    """Anything that knows where it stands."""

    line: int
    column: int
    end_column: int


class Faults:
    """Collects the problems of one file."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.lines = file, text.split("\n")
        self.problems: list[Problem] = []

    def add(self, code: str, place: Located, message: str, help: str = "", *, severity: str = ERROR) -> None:
        """Note a problem where a node stands."""
        self.at(code, place.line, place.column, message, help, end=place.end_column, severity=severity)

    def at(
        self,
        code: str,
        line: int,
        column: int,
        message: str,
        help: str = "",
        *,
        end: int = 0,
        severity: str = ERROR,
    ) -> None:
        """Note a problem at a line and column, both from 1."""
        if len(self.problems) == MOST_PROBLEMS:
            message, help = f"and more: only the first {MOST_PROBLEMS} problems are listed", ""
            code, severity = "YML099", ERROR
        elif len(self.problems) > MOST_PROBLEMS:
            return
        shown = snippet(self.lines, line, column, end)
        message, help = _plain(message), _plain(help)
        new = Problem(self.file, line, column, code, message, help, severity, end, shown)
        if new not in self.problems:
            self.problems.append(new)

    def sorted(self) -> list[Problem]:
        """The problems in the order of the file."""
        return sorted(self.problems, key=lambda p: (p.line, p.column, p.code, p.message))
