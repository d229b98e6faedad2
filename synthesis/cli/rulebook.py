"""Every rule the command line knows, and its page for the terminal, as Markdown and as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import indent, wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence.rules import Example, Page

WIDTH = 88


def prefixes(option: str, text: str) -> tuple[str, ...]:
    """The beginnings of codes that an option names; one that no rule has is an error of its own."""
    from evidence.rules import slugs
    from evidence.rules.choosing import prefixes as chosen

    return chosen(option, text, slugs())


def in_text(page: Page) -> Iterator[str]:
    """The page as lines for a terminal."""
    yield f"{page.code} {page.slug}: {page.title}"
    yield f"Severity: {', '.join(page.severities)}"
    for text in (page.what, page.why):
        yield ""
        yield from wrap(text, WIDTH)
    yield from _example("This passes", page.passing)
    yield from _example("This does not", page.failing)
    for head, text in page.more():
        yield ""
        yield from wrap(f"{head}: {text}", WIDTH, subsequent_indent="  ")


def _example(head: str, example: Example) -> Iterator[str]:
    yield ""
    yield f"{head}:"
    yield ""
    yield indent(example.text, "    ")
    yield from (f"      -> {line}" for line in verdicts(example))


def verdicts(example: Example) -> Iterator[str]:
    """A line for everything that is said of an example."""
    for said in example.said:
        word = "agrees" if said.severity == "none" else said.severity
        yield f"{word}[{said.code}] {said.message}"


def in_markdown(page: Page) -> Iterator[str]:
    """The page as blocks of Markdown, under a heading that links can name."""
    yield f'<a id="{page.anchor}"></a>\n\n## {page.code} {page.slug}'
    yield f"**{_escaped(page.title)}** ({', '.join(page.severities)})"
    yield _escaped(page.what)
    yield _escaped(page.why)
    for head, example in (("This passes", page.passing), ("This does not", page.failing)):
        lines = [example.text, *(f"-> {line}" for line in verdicts(example))]
        yield f"{head}:\n\n" + indent("\n".join(lines), "    ")
    yield from (f"**{head}.** {_escaped(text)}" for head, text in page.more())


def _escaped(text: str) -> str:
    """The text as it reads: what stands between backquotes is code, the rest means nothing in Markdown."""
    parts = text.split("`")
    plain = [re.sub(r"([\\*_|<>\[\]])", r"\\\1", part) for part in parts[::2]]
    parts[::2] = plain
    return "`".join(parts)


def record(page: Page) -> dict[str, Any]:
    """The page as plain data."""
    return {
        "code": page.code,
        "slug": page.slug,
        "title": page.title,
        "severities": page.severities,
        "what": page.what,
        "why": page.why,
        "formula": page.formula or None,
        "passing": _record(page.passing),
        "failing": _record(page.failing),
        "false_alarms": page.false_alarms or None,
        "reference": page.reference or None,
        "anchor": page.anchor,
    }


def _record(example: Example) -> dict[str, Any]:
    said = [{"code": one.code, "severity": one.severity, "message": one.message} for one in example.said]
    return {"text": example.text, "said": said}
