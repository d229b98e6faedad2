"""The index of printed numbers: where each number of the report was printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from synthesis.reporting.material import Material
from synthesis.reporting.numbers import Numbered
from synthesis.reporting.section import Link, Section


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding that speaks of the number."""

    anchor: str
    severity: str
    glyph: str
    words: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A line of the index."""

    at: Numbered
    endpoint: str
    name: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class StudyNumbers:
    """The numbers of one study."""

    anchor: str
    label: str
    rows: tuple[NumberRow, ...]


def _context(material: Material) -> dict[str, Any] | None:
    if not material.numbers.rows:
        return None
    flags = _flags(material)
    studies = []
    for study in material.studies:
        rows = []
        for at in material.numbers.of(study.study):
            label = material.names.about(study, at.number.address)
            name = material.names.statistic(study, at.number.address)
            rows.append(NumberRow(at, label, name, flags.get(at.number.address, ())))
        anchor = f"numbers-{material.study_anchors[study.study]}"
        studies.append(StudyNumbers(anchor, study.label, tuple(rows)))
    links = tuple(Link(one.anchor, one.label) for one in studies)
    return {"studies": tuple(studies), "links": links}


def _flags(material: Material) -> dict[str, tuple[Flag, ...]]:
    """The findings that speak of each number: first of all of it, or of its own entry.

    The size of an arm lies under every percentage of it; what is said of those is not listed here again.
    """
    found: dict[str, list[Flag]] = {}
    for ledger in material.ledgers:
        for row in ledger.rows:
            flag = Flag(row.anchor, row.severity, row.glyph, f"{row.verdict}, {row.finding.code}")
            for address in dict.fromkeys(number.address for number in row.finding.about):
                first = address == row.finding.address
                if first or address.startswith(row.finding.place.address):
                    found.setdefault(address, []).append(flag)
    return {address: tuple(flags) for address, flags in found.items()}


SECTION = Section(80, "numbers", "Printed numbers", "sections/numbers.html", _context)
