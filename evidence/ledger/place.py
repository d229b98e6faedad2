"""Where a finding points: the place in the file, and the line there with a caret under the number."""

from collections.abc import Mapping
from functools import lru_cache
from posixpath import normpath

from evidence.findings import Finding
from evidence.values import Source

CONTEXT = 2  # lines shown before the one meant
WIDEST = 160  # characters shown of a line, such as an abstract in one


def source_of(finding: Finding) -> Source | None:
    """Where the number stands that the finding speaks of."""
    return next((number.source for number in finding.about if number.source is not None), None)


def where(finding: Finding, root: str = "") -> str:
    """`file:line:col`, or the address where a study was not read from a file."""
    source = source_of(finding)
    return f"{under(root, source.file)}:{source.line}:{source.column}" if source else finding.address


def under(root: str, file: str) -> str:
    """The name of a file with the folder it lies in, as the user named that folder.

    Examples
    --------
    >>> under("studies/", "smith-2019.yaml"), under(".", "smith-2019.yaml")
    ('studies/smith-2019.yaml', 'smith-2019.yaml')
    """
    folder = root.rstrip("/") if root.strip("/") else root
    return file if folder in ("", ".") else f"{folder.rstrip('/')}/{file}"


def relative(root: str, file: str) -> str:
    """The same name for machines that take no absolute path: seen from the folder of the review where that
    was named absolutely, else from where the command was called.

    Examples
    --------
    >>> relative("./studies/", "smith-2019.yaml"), relative("/home/ada/studies", "smith-2019.yaml")
    ('studies/smith-2019.yaml', 'smith-2019.yaml')
    """
    return normpath(file if root.startswith("/") else under(root, file))


def snippet(source: Source, texts: Mapping[str, str], label: str) -> list[str]:
    """The line meant, two before it, and a caret under the number with a label beside it."""
    lines = _lines(texts.get(source.file, ""))
    if source.line > len(lines) or not lines[source.line - 1]:
        return []
    first = max(source.line - CONTEXT, 1)
    gutter = len(str(source.line))
    meant, column = _around(lines[source.line - 1].rstrip(), source.column)
    texts_shown = [*(_around(lines[n - 1].rstrip(), 1)[0] for n in range(first, source.line)), meant]
    shown = [f"{n:>{gutter}} | {text}".rstrip() for n, text in enumerate(texts_shown, first)]
    width = max(source.end_column - source.column, 1)
    caret = f"{' ' * gutter} | {' ' * (column - 1)}{'^' * width} {label}"
    return [f"{' ' * gutter} |", *shown, caret.rstrip()]


@lru_cache(maxsize=4)
def _lines(text: str) -> tuple[str, ...]:
    """The lines of a text, cut once for all its findings."""
    return tuple(text.split("\n"))


def _around(line: str, column: int) -> tuple[str, int]:
    """A line, or the part of a long one around a column, and where that column then is.

    Examples
    --------
    >>> shown, column = _around("a" * 300 + "b" + "c" * 300, 301)
    >>> len(shown), shown[column - 1], shown[0], shown[-1]
    (162, 'b', '…', '…')
    """
    if len(line) <= WIDEST:
        return line, column
    start = max(0, min(column - 1 - WIDEST // 2, len(line) - WIDEST))
    end = start + WIDEST
    before, behind = "…" if start else "", "…" if end < len(line) else ""
    return f"{before}{line[start:end]}{behind}", column - start + len(before)


def also(finding: Finding) -> str:
    """The other printed numbers the finding rests on, line by line: `line 33: 151.87, 25.21; line 18: 82`."""
    lines: dict[int, list[str]] = {}
    for number in finding.about[1:]:
        lines.setdefault(number.source.line if number.source else 0, []).append(number.text)
    return "; ".join(
        (f"line {line}: " if line else "") + ", ".join(numbers) for line, numbers in lines.items()
    )


def quotes_of(finding: Finding) -> tuple[str, ...]:
    """The printed fragments that hold the number spoken of; all of the entry's where none does."""
    quotes = finding.place.quotes
    first = finding.about[0].text.lstrip("<>=≤≥~ ") if finding.about else ""
    return tuple(quote for quote in quotes if first and first in quote) or quotes
