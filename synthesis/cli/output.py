"""Where answers go: to the terminal, to a pipe, or to a file written whole."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click


def show(text: str, output: str | None = None) -> None:
    """Print an answer, or write it to the file `output` (`-` is the terminal)."""
    if output is None or output == "-":
        click.echo(text, nl=not text.endswith("\n"))
        return
    from evidence.whole_file import write

    write(output, text if text.endswith("\n") else text + "\n")
    click.echo(f"wrote {output}", err=True)


def show_json(document: Any, output: str | None = None) -> None:
    """The same for JSON, floats rounded as everywhere."""
    import json

    from evidence.emitting import emitted

    show(json.dumps(emitted(document), ensure_ascii=False, indent=2), output)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say on stderr what is being done, while it is done, and only where somebody may be watching."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
