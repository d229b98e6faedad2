"""What the program did not and cannot judge, and what the authors have yet to say."""

from __future__ import annotations

from typing import Any

from evidence.findings import NOT_CHECKABLE
from synthesis.reporting.material import Material
from synthesis.reporting.prisma import ITEMS
from synthesis.reporting.section import Section
from synthesis.reporting.words import plural


def _context(material: Material) -> dict[str, Any]:
    unchecked = sum(len(ledger.unchecked) for ledger in material.ledgers)
    open_checks = sum(found.verdict == NOT_CHECKABLE for found in material.audit)
    without_bias = [study.label for study in material.studies if not study.bias]
    said = [
        f"{plural(unchecked, 'printed number')} could not be held against another number of its study; the "
        "ledger lists them by study." if unchecked else "",
        f"{plural(open_checks, 'check')} lacked a number to decide." if open_checks else "",
        f"Risk of bias is not supplied for {plural(len(without_bias), 'study', 'studies')} of "
        f"{len(material.studies)}." if without_bias else "",
        "Certainty of the evidence is not supplied." if not material.review.certainty else "",
    ]  # fmt: skip
    return {
        "said": [words for words in said if words],
        "slots": [(item, material.statement(item.statement)) for item in ITEMS if item.statement],
    }


SECTION = Section(70, "limits", "Limits", "sections/limits.html", _context)
