"""The findings a review had when its baseline was written: those fail no more, only new ones do.

A baseline names findings by their fingerprints, which stay when lines move. A finding that has become worse
than it was then is new; one that is gone is counted, so that the file can be written afresh.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace

from evidence.findings import NONE, SEVERITIES, Audit, Finding, Settled

SCHEMA = 1
NO_BASELINE = "this is no baseline; write one with: evidence audit --write-baseline FILE"
KNOWN = "in the baseline"
"""How a finding of the baseline is settled."""


class BaselineError(ValueError):
    """A text that is no baseline."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding as it was when the baseline was written."""

    fingerprint: str
    code: str
    severity: str
    address: str


@dataclass(frozen=True, slots=True)
class Compared:
    """An audit held against a baseline: its findings, those known marked, and what was not met again."""

    audit: Audit
    known: int
    gone: tuple[Entry, ...]


def baseline_text(audit: Audit) -> str:
    """The baseline of an audit as JSON: every finding that says more than "this agrees" and is not settled.

    Examples
    --------
    >>> baseline_text(Audit(()))
    '{\\n  "schema": 1,\\n  "findings": []\\n}\\n'
    """
    counting = [f for f in audit if f.severity != NONE and (f.settled is None or f.settled.how == KNOWN)]
    rows = [
        {"fingerprint": f.fingerprint, "code": f.code, "severity": f.severity, "address": f.address}
        for f in counting
    ]
    rows.sort(key=lambda row: (row["address"], row["code"], row["fingerprint"], row["severity"]))
    return json.dumps({"schema": SCHEMA, "findings": rows}, ensure_ascii=False, indent=2) + "\n"


def read_baseline(text: str) -> tuple[Entry, ...]:
    """The findings that a baseline holds.

    Raises
    ------
    BaselineError
        The text was not written by `baseline_text`, or by a later version of it.
    """
    try:
        document = json.loads(text)
        schema, rows = document["schema"], document["findings"]
        entries = tuple(Entry(**row) for row in rows) if schema == SCHEMA else ()
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BaselineError(NO_BASELINE) from None
    if schema != SCHEMA:
        raise BaselineError(f"a baseline of schema {schema}; this version reads {SCHEMA}")
    if not all(_is_sound(entry) for entry in entries):
        raise BaselineError(NO_BASELINE)
    return entries


def _is_sound(entry: Entry) -> bool:
    texts = (entry.fingerprint, entry.code, entry.severity, entry.address)
    return all(isinstance(text, str) for text in texts) and entry.severity in SEVERITIES


def compare(audit: Audit, entries: tuple[Entry, ...]) -> Compared:
    """The audit with the findings of a baseline marked as known, each entry for one finding."""
    left = Counter((entry.fingerprint, entry.severity) for entry in entries)
    findings = tuple(_marked(finding, left) for finding in audit)
    known = sum(f.settled is not None and f.settled.how == KNOWN for f in findings)
    gone = []
    for entry in entries:
        if left[entry.fingerprint, entry.severity] > 0:
            left[entry.fingerprint, entry.severity] -= 1
            gone.append(entry)
    return Compared(Audit(findings), known, tuple(gone))


def _marked(finding: Finding, left: Counter[tuple[str, str]]) -> Finding:
    """The finding, settled where an entry as bad or worse is left for it, which it uses up."""
    if finding.severity == NONE or finding.settled is not None:
        return finding
    worse = SEVERITIES[: SEVERITIES.index(finding.severity) + 1]
    for severity in reversed(worse):
        if left[finding.fingerprint, severity] > 0:
            left[finding.fingerprint, severity] -= 1
            return replace(finding, settled=Settled(KNOWN, ""))
    return finding
