"""The PRISMA 2020 checklist: where the page meets each item, and what is still for the authors."""

from __future__ import annotations

from typing import Any

from synthesis.reporting.material import Material
from synthesis.reporting.prisma import ITEMS
from synthesis.reporting.section import Section


def _context(material: Material) -> dict[str, Any]:
    stated = {item.statement for item in ITEMS if item.statement and material.statement(item.statement)}
    return {"items": ITEMS, "stated": stated}


SECTION = Section(95, "prisma", "PRISMA 2020 checklist", "sections/prisma.html", _context)
