"""What a section of the report is, and the listing of all there are."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from synthesis.reporting import sections
from synthesis.reporting.material import Material


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the contents, below its section."""

    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section: where it stands, what it is called, its template, and what the template is given.

    ``context`` answers None where the section has nothing to say; it is then left out. A context's
    ``links`` (tuple of `Link`), if there are any, go into the contents below the section, and its ``count``
    beside the title.
    """

    order: int
    anchor: str
    title: str
    template: str
    context: Callable[[Material], dict[str, Any] | None]


def all_sections() -> tuple[Section, ...]:
    """Every section found in the folder, in order.

    Raises
    ------
    ValueError
        When two sections claim one anchor.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(sections.__path__))
    found = [import_module(f"{sections.__name__}.{name}").SECTION for name in names]
    anchors = [section.anchor for section in found]
    if len(set(anchors)) < len(anchors):
        raise ValueError(f"two sections of the report have one anchor: {', '.join(anchors)}")
    return tuple(sorted(found, key=lambda section: (section.order, section.anchor)))
