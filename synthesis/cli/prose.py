"""Reading texts that a command is about, from files or from standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.loading.problems import Problem

STANDARD_INPUT = "-"
NAME_OF_INPUT = "stdin"
_OF_STUDIES = (".yaml", ".yml")
_BEGINNINGS = (
    (b"%PDF", "a PDF", "take its text out first, with pdftotext -layout for instance"),
    (b"PK\x03\x04", "a zip archive, as .docx files are", "save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "save it as plain text"),
    (b"\xff\xfe", "UTF-16", "save it as UTF-8"),
    (b"\xfe\xff", "UTF-16", "save it as UTF-8"),
)


def audited(files: Sequence[str]) -> tuple[str, dict[str, str], Audit]:
    """The folder of the texts, the texts by their names, and their audit, each text by itself.

    Raises
    ------
    StudyFileError
        With every file that is no text, and where that shows.
    """
    from evidence.auditing_text import audit_text
    from evidence.findings import Audit
    from evidence.loading.problems import StudyFileError

    root, named = _places(tuple(dict.fromkeys(files)))
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file, name in named.items():
        text = _decoded(_read(file), file)
        if isinstance(text, str):
            texts[name] = text
        else:
            problems.append(text)
    if problems:
        raise StudyFileError(problems)
    return root, texts, Audit(tuple(f for name, text in texts.items() for f in audit_text(text, name)))


def _places(files: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """The folder that holds all files, and the name of each in it."""
    for file in files:
        if file != STANDARD_INPUT:
            _check(file)
    kept = [file for file in files if file != STANDARD_INPUT]
    root = os.path.commonpath([str(Path(file).parent) for file in kept]) if kept and _alike(kept) else ""
    named = {file: Path(os.path.relpath(file, root or ".")).as_posix() if root else file for file in kept}
    return root, {file: NAME_OF_INPUT if file == STANDARD_INPUT else named[file] for file in files}


def _alike(files: list[str]) -> bool:
    """Whether all paths begin at the root or none does: else no folder holds them all by name."""
    return len({Path(file).is_absolute() for file in files}) == 1


def _check(file: str) -> None:
    if Path(file).is_dir():
        raise click.UsageError(f"{file} is a folder; name the texts, or leave out --text for study files.")
    if not Path(file).is_file():
        raise click.UsageError(f"there is no file {file}; `--text -` reads standard input.")
    if file.endswith(_OF_STUDIES):
        raise click.UsageError(f"{file} is a study file; give study files or --text, not both.")


def _read(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def _decoded(data: bytes, file: str) -> str | Problem:
    """The text of these bytes, or what is wrong with them and where."""
    file = NAME_OF_INPUT if file == STANDARD_INPUT else file
    for beginning, what, advice in _BEGINNINGS:
        if data.startswith(beginning):
            return _problem(file, data, 0, f"the file is {what}", advice)
    if b"\0" in data:
        return _problem(file, data, data.index(b"\0"), "a NUL byte: this is no text", "save it as plain text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        return _problem(file, data, error.start, message, "save the text with the encoding UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _problem(file: str, data: bytes, index: int, message: str, advice: str) -> Problem:
    from evidence.loading.problems import Problem

    before = data[:index].decode("utf-8", "replace")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(file, line, column, "YML002", message, advice)
