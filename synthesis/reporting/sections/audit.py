"""The ledger: every statistic that could be recomputed, study by study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.rules import codes
from synthesis.reporting.ledger import counted
from synthesis.reporting.material import Material
from synthesis.reporting.section import Link, Section
from synthesis.reporting.words import VERDICTS, plural

SHOWN_REPAIRS = 3  # more of one row stand in a fold


@dataclass(frozen=True, slots=True)
class Filter:
    """A button above the ledger: which severities it leaves."""

    label: str
    severities: str
    count: int


def _context(material: Material) -> dict[str, Any] | None:
    ledgers = material.ledgers
    said = [row.severity for ledger in ledgers for row in ledger.rows]
    return {
        "ledgers": ledgers,
        "summary": f"{counted(material.audit)}.",
        "key_line": _key(),
        "filters": (
            Filter("everything", "all", len(said)),
            Filter("errors and warnings", "error warning", said.count("error") + said.count("warning")),
            Filter("notes", "note", said.count("note")),
            Filter("what agrees", "none", said.count("none")),
        ),
        "explained": frozenset(codes()),
        "shown_repairs": SHOWN_REPAIRS,
        "count": pressing_count(said),
        "links": tuple(Link(ledger.anchor, ledger.label) for ledger in ledgers),
    }


def pressing_count(said: list[str]) -> str:
    """``4 errors``, else how many warnings there are, else how many checks."""
    for word in ("error", "warning"):
        if word in said:
            return plural(said.count(word), word)
    return plural(len(said), "check")


def _key() -> str:
    """What the signs say, once for the whole ledger."""
    signs = dict.fromkeys(VERDICTS.values())
    return "Signs: " + ", ".join(f"{sign.glyph} {sign.word}" for sign in signs) + "."


SECTION = Section(40, "audit", "Audit ledger", "sections/audit.html", _context)
