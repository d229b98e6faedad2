"""Reading a text that a command is about, from a file or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evidence.findings import Audit

STANDARD_INPUT = "-"


def audited(file: str) -> tuple[str, dict[str, str], Audit]:
    """The folder of a text, the text by its name, and its audit; `-` is standard input."""
    from evidence.auditing_text import audit_text

    root, name = _place(file)
    text = _read(file)
    return root, {name: text}, audit_text(text, name)


def _place(file: str) -> tuple[str, str]:
    if file == STANDARD_INPUT:
        return "", "stdin"
    return str(Path(file).parent), Path(file).name


def _read(file: str) -> str:
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    if not Path(file).is_file():
        raise click.UsageError(f"there is no file {file}; `--text -` reads standard input.")
    return Path(file).read_bytes().decode("utf-8-sig", "replace")
