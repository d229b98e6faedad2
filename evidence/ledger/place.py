"""Where a finding points: the place in the file, and the line there with a caret under the number."""

from collections.abc import Mapping

from evidence.findings import Finding
from evidence.values import Reported, Source

CONTEXT = 2  # lines shown before the one meant


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


def snippet(source: Source, texts: Mapping[str, str], label: str) -> list[str]:
    """The line meant, two before it, and a caret under the number with a label beside it."""
    lines = texts.get(source.file, "").split("\n")
    if source.line > len(lines) or not lines[source.line - 1]:
        return []
    first = max(source.line - CONTEXT, 1)
    gutter = len(str(source.line))
    shown = [f"{n:>{gutter}} | {lines[n - 1].rstrip()}".rstrip() for n in range(first, source.line + 1)]
    width = max(source.end_column - source.column, 1)
    caret = f"{' ' * gutter} | {' ' * (source.column - 1)}{'^' * width} {label}"
    return [f"{' ' * gutter} |", *shown, caret.rstrip()]


def also(finding: Finding) -> list[str]:
    """The other printed numbers the finding rests on, each with its line."""
    return [_cited(number) for number in finding.about[1:]]


def _cited(number: Reported) -> str:
    name = number.address.split("/", 1)[-1]
    line = f" (line {number.source.line})" if number.source else ""
    return f"{number.text} {name}{line}"
