"""What changed since an earlier report: studies, pooled results, printed numbers, findings."""

from __future__ import annotations

from typing import Any

from synthesis.reporting.comparing import changes
from synthesis.reporting.material import Material
from synthesis.reporting.section import Section


def _context(material: Material) -> dict[str, Any] | None:
    if material.since is None:
        return None
    return {
        "changes": changes(material.since, material.data),
        "labels": {study.study: study.label for study in material.studies},
        "anchors": {
            "results": {result.anchor for result in material.results.shown},
            "numbers": {row.number.address: row.anchor for row in material.numbers.rows},
        },
    }


SECTION = Section(12, "changes", "What changed", "sections/changes.html", _context)
