"""The ledger as SARIF 2.1.0, the format of code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/

Results are the findings that say more than "this agrees". Their names do not change when lines move
(`partialFingerprints`); columns count characters; what a person settled is suppressed and stays; what was in
the baseline is `unchanged`. Files are named relative to the folder that the command was called in.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from evidence._version import __version__
from evidence.emitting import emitted
from evidence.findings import ERROR, NONE, WARNING, Audit, Finding
from evidence.ledger.place import relative, source_of
from evidence.ledger.words import is_known, notes, printed
from evidence.rules import Page, page_of
from evidence.values import Reported, Source

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "rulesAndAddresses/v1"
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_LEVELS = {ERROR: "error", WARNING: "warning"}


def render(audit: Audit, texts: Mapping[str, str], root: str = "") -> str:
    """One SARIF log of one run."""
    findings = [finding for finding in audit if finding.severity != NONE]
    rules = {finding.code: finding for finding in sorted(findings, key=lambda f: f.code)}
    places = {code: place for place, code in enumerate(rules)}
    seen: Counter[str] = Counter()
    results = [_result(finding, places, seen, root) for finding in findings]
    driver = {
        "name": "evidence",
        "semanticVersion": __version__,
        "rules": [_rule(finding) for finding in rules.values()],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(emitted(log), ensure_ascii=False, indent=2) + "\n"


def _rule(finding: Finding) -> dict[str, Any]:
    page = page_of(finding.code)
    name = "".join(part.capitalize() for part in finding.slug.split("-"))
    if page is None:
        return {"id": finding.code, "name": name, "help": {"text": f"evidence explain {finding.code}"}}
    return {
        "id": page.code,
        "name": name,
        "shortDescription": {"text": f"{page.title}."},
        "fullDescription": {"text": page.what},
        "help": {"text": _help(page), "markdown": _help(page)},
    }


def _help(page: Page) -> str:
    parts = [page.what, page.why]
    parts += [f"{head}: {text}" for head, text in page.more() if text]
    return "\n\n".join([*parts, f"More: evidence explain {page.code}"])


def _result(finding: Finding, places: dict[str, int], seen: Counter[str], root: str) -> dict[str, Any]:
    seen[finding.fingerprint] += 1
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": places[finding.code],
        "level": _LEVELS.get(finding.severity, "note"),
        "message": {"text": _message(finding)},
        "locations": [_location(finding, root)],
        "partialFingerprints": {FINGERPRINT: f"{finding.fingerprint}:{seen[finding.fingerprint]}"},
        "properties": _properties(finding),
    }
    related = [_related(number, root) for number in finding.about[1:] if number.source]
    if related:
        result["relatedLocations"] = related
    if is_known(finding):
        result["baselineState"] = "unchanged"
    elif finding.settled:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.settled.because}]
    return result


def _message(finding: Finding) -> str:
    said = [f"{word}: {text}" for word, text in notes(finding) if word in ("note", "repair", "reading")]
    return "\n".join([finding.message, printed(finding), *said])


def _location(finding: Finding, root: str) -> dict[str, Any]:
    source = source_of(finding)
    named = {"logicalLocations": [{"fullyQualifiedName": finding.address}]}
    return {"physicalLocation": _physical(source, root), **named} if source else named


def _related(number: Reported, root: str) -> dict[str, Any]:
    assert number.source is not None
    return {"physicalLocation": _physical(number.source, root), "message": {"text": number.text}}


def _physical(source: Source, root: str) -> dict[str, Any]:
    region = {"startLine": source.line, "startColumn": source.column}
    if source.end_column:
        region["endColumn"] = source.end_column
    uri = _uri(relative(root, source.file))
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}


def _uri(path: str) -> str:
    """A path as a relative reference: bytes that a URI cannot hold as they are, written %XX."""
    return "".join(chr(b) if chr(b) in _PLAIN else f"%{b:02X}" for b in path.encode("utf-8", "replace"))


def _properties(finding: Finding) -> dict[str, Any]:
    range_ = finding.recomputed
    return {
        "verdict": finding.verdict,
        "decision": finding.decision,
        "printed": finding.about[0].text if finding.about else None,
        "expected": [range_.low, range_.high] if range_ else None,
        "address": finding.address,
    }
