"""Every finding as JSON, agreements included: for other programs.

The shape carries a number, `schema`, that rises when a key changes its meaning or goes; new keys may
appear without notice. Places are 1-based; `expected` is the least and the greatest value that the other
printed numbers allow.
"""

import json
from collections.abc import Mapping
from typing import Any

from evidence.emitting import emitted
from evidence.findings import Audit, Finding, Repair, Tried
from evidence.ledger.place import source_of, under
from evidence.values import Reported

SCHEMA = 1


def render(audit: Audit, texts: Mapping[str, str], root: str = "") -> str:
    """One JSON document: counts of each severity, then the findings in reading order."""
    document = {
        "schema": SCHEMA,
        "counts": audit.counts(),
        "findings": [_finding(finding, root) for finding in audit],
    }
    return json.dumps(emitted(document), ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, root: str) -> dict[str, Any]:
    source, range_ = source_of(finding), finding.recomputed
    return {
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity,
        "verdict": finding.verdict,
        "decision": finding.decision,
        "message": finding.message,
        "study": finding.study,
        "endpoint": finding.place.endpoint,
        "address": finding.address,
        "file": under(root, source.file) if source else None,
        "line": source.line if source else None,
        "col": source.column if source else None,
        "end_col": source.end_column or None if source else None,
        "reported": finding.about[0].text if finding.about else None,
        "expected": [range_.low, range_.high] if range_ else None,
        "reproduced_by": finding.by,
        "tried": [_tried(tried) for tried in finding.tried],
        "details": finding.details,
        "about": [_number(number) for number in finding.about],
        "repairs": [_repair(repair) for repair in finding.repairs],
        "joint": finding.joint.name if finding.joint else None,
        "quotes": finding.place.quotes,
        "where": finding.place.where,
        "relaxation": finding.relaxation,
        "power": finding.power,
        "settled": _settled(finding),
        "fingerprint": finding.fingerprint,
    }


def _number(number: Reported) -> dict[str, Any]:
    source = number.source
    return {"address": number.address, "text": number.text, "line": source.line if source else None}


def _tried(tried: Tried) -> dict[str, Any]:
    statistic, p = tried.statistic, tried.p
    return {
        "test": tried.test,
        "statistic": [statistic.low, statistic.high] if statistic else None,
        "p": [p.low, p.high] if p else None,
        "agrees": tried.hit,
    }


def _repair(repair: Repair) -> dict[str, Any]:
    edits = [
        {
            "address": edit.number.address,
            "was": edit.number.text,
            "proposed": edit.proposed,
            "kind": edit.kind,
        }
        for edit in repair.edits
    ]
    return {"edits": edits, "rank": repair.rank, "rivals": repair.rivals, "mends": repair.repaired}


def _settled(finding: Finding) -> dict[str, Any] | None:
    settled = finding.settled
    if settled is None:
        return None
    return {"how": settled.how, "because": settled.because, "by": settled.by, "on": settled.on}
