"""The index of printed numbers: where each number of the report was printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from evidence.findings import SEVERITIES
from synthesis.reporting.ledger import LedgerRow
from synthesis.reporting.material import Material
from synthesis.reporting.numbers import Numbered, numbers_anchor
from synthesis.reporting.section import Link, Section
from synthesis.reporting.words import plural


@dataclass(frozen=True, slots=True)
class Flag:
    """The gravest finding that speaks of the number."""

    anchor: str
    severity: str
    glyph: str
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One number of the index."""

    at: Numbered
    name: str
    flag: Flag | None

    @property
    def line(self) -> int | None:
        """The line of the study file it stands on."""
        return self.at.number.source.line if self.at.number.source else None


@dataclass(frozen=True, slots=True)
class Place:
    """The numbers printed in one place about one thing: its name, the place, what was quoted, the file."""

    label: str
    where: str
    quotes: tuple[str, ...]
    file: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class StudyNumbers:
    """The numbers of one study."""

    anchor: str
    label: str
    places: tuple[Place, ...]

    @property
    def count(self) -> str:
        """``28 numbers in 10 places``"""
        found = sum(len(place.items) for place in self.places)
        return f"{plural(found, 'number')} in {plural(len(self.places), 'place')}"

    @property
    def file(self) -> str:
        """The file of all of them; empty where there are several."""
        names = {place.file for place in self.places}
        return names.pop() if len(names) == 1 else ""


def _context(material: Material) -> dict[str, Any] | None:
    if not material.numbers.rows:
        return None
    flags = _flags(material)
    studies = []
    for study in material.studies:
        rows = [
            (material.names.about(study, at.number.address), at) for at in material.numbers.of(study.study)
        ]
        places = tuple(
            Place(
                label,
                where,
                quotes,
                file,
                tuple(
                    Item(
                        at,
                        material.names.statistic(study, at.number.address),
                        flags.get(at.number.address),
                    )
                    for _, at in found
                ),
            )
            for (label, where, quotes, file), found in groupby(rows, key=_spot)
        )
        studies.append(StudyNumbers(numbers_anchor(study.study), study.label, places))
    links = tuple(Link(one.anchor, one.label) for one in studies)
    return {"studies": tuple(studies), "links": links, "count": f"{len(material.numbers.rows):,}"}


def _spot(row: tuple[str, Numbered]) -> tuple[str, str, tuple[str, ...], str]:
    label, at = row
    return label, at.where or "", at.quotes, at.number.source.file if at.number.source else ""


def _flags(material: Material) -> dict[str, Flag]:
    """The gravest finding that speaks of each number: first of all of it, or of its own entry.

    The size of an arm lies under every percentage of it; what is said of those is not listed here again.
    """
    found: dict[str, list[LedgerRow]] = {}
    for ledger in material.ledgers:
        for row in ledger.rows:
            for address in dict.fromkeys(number.address for number in row.finding.about):
                first = address == row.finding.address
                if first or address.startswith(row.finding.place.address):
                    found.setdefault(address, []).append(row)
    return {address: _gravest(rows) for address, rows in found.items()}


def _gravest(rows: Iterable[LedgerRow]) -> Flag:
    row = min(rows, key=lambda one: SEVERITIES.index(one.finding.severity))
    return Flag(row.anchor, row.severity, row.glyph, f"{row.verdict}, {row.finding.code}")


SECTION = Section(80, "numbers", "Printed numbers", "sections/numbers.html", _context)
