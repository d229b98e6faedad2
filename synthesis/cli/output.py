"""Where answers go: to the terminal, to a pipe, or to a file written whole."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click

T = TypeVar("T")
MANY = 50
"""From so many studies on, how far the work has come is worth a bar."""


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


def counted(count: int, word: str) -> str:
    """`1 study`, `2 studies`.

    Examples
    --------
    >>> counted(1, "study"), counted(0, "study"), counted(2, "error")
    ('1 study', '0 studies', '2 errors')
    """
    many = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{count} {word if count == 1 else many}"


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say on stderr what is being done, while it is done, and only where somebody may be watching."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def one_by_one(what: str) -> Callable[[Sequence[T]], Iterator[T]]:
    """What hands on things one by one, and says on stderr how far it is where somebody may be watching."""

    def through(things: Sequence[T]) -> Iterator[T]:
        if len(things) < MANY or not sys.stderr.isatty():
            with working(what):
                yield from things
            return
        from rich.console import Console
        from rich.progress import track

        yield from track(things, what, console=Console(stderr=True), transient=True)

    return through
