"""Summary of findings: the planned outcomes with their effects, absolute risks and certainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from synthesis.figures.contents.summary_of_findings import MOST, Finding, said_of
from synthesis.reporting.material import Material
from synthesis.reporting.results import Result
from synthesis.reporting.section import Section


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: where its results stand, and one line for every stated risk."""

    anchor: str
    label: str
    compared: str
    relative: str
    people: str
    risks: tuple[tuple[str, str], ...]
    certainty: str
    reasons: tuple[str, ...]


def _context(material: Material) -> dict[str, Any] | None:
    planned = [result for result in material.results.shown if result.planned and result.pooled]
    if not planned:
        return None
    return {
        "count": str(len(planned)),
        "outcomes": tuple(_outcome(material, result) for result in planned[:MOST]),
        "further": max(len(planned) - MOST, 0),
    }


def _outcome(material: Material, result: Result) -> Outcome:
    table, review = result.table, material.review
    judged = review.certainty.get(table.name) if table.name else None
    said = said_of(Finding(table, result.pool, review.baseline_risks.get(table.endpoint, ()), judged))
    return Outcome(
        anchor=result.anchor,
        label=table.endpoint_label,
        compared=result.heading,
        relative=said.relative,
        people=said.people,
        risks=said.risks,
        certainty=said.certainty,
        reasons=said.reasons,
    )


SECTION = Section(15, "sof", "Summary of findings", "sections/sof.html", _context)
