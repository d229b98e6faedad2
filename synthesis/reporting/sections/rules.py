"""The rules behind the ledger, each explained once: those that spoke of these studies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from evidence.rules import Example, Page, page_of
from synthesis.reporting.material import Material
from synthesis.reporting.section import Section
from synthesis.reporting.words import plural


@dataclass(frozen=True, slots=True)
class Tried:
    """An example: whether it passes, its lines, and what is said of it."""

    head: str
    lines: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoke:
    """A rule that spoke of these studies: its page, how often, and its examples."""

    page: Page
    count: str
    examples: tuple[Tried, ...]


def _context(material: Material) -> dict[str, Any] | None:
    counts = Counter(finding.code for finding in material.audit)
    pages = (page for code in sorted(counts) if (page := page_of(code)) is not None)
    spoke = tuple(Spoke(page, plural(counts[page.code], "statement"), _examples(page)) for page in pages)
    return {"rules": spoke, "count": str(len(spoke))} if spoke else None


def _examples(page: Page) -> tuple[Tried, ...]:
    return (_tried("This passes", page.passing), _tried("This does not", page.failing))


def _tried(head: str, example: Example) -> Tried:
    return Tried(head, tuple(example.text.splitlines()), tuple(said.message for said in example.said))


SECTION = Section(65, "rules", "Rules", "sections/rules.html", _context)
