"""The ledger as JUnit XML, which most continuous integration can show: a suite a study, a case a finding.

An error fails its case. Warnings and notes stand in the output of a case that passes, for by default they
do not fail an audit either; what could not be checked, is settled or is in the baseline is skipped, and why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from evidence.findings import ERROR, NONE, NOT_CHECKABLE, Audit, Finding
from evidence.ledger.place import relative, source_of
from evidence.ledger.words import notes, printed, settled_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(audit: Audit, texts: Mapping[str, str], root: str = "") -> str:
    """One XML document; a case is named by its rule and the address of its number."""
    from xml.etree.ElementTree import Element, indent, tostring

    top = Element("testsuites", _counts(audit))
    for study, own in audit.by_study().items():
        suite = Element("testsuite", {"name": _text(study), **_counts(own)})
        suite.extend(_case(finding, root) for finding in own)
        top.append(suite)
    indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(top, encoding="unicode")}\n'


def _counts(audit: Audit) -> dict[str, str]:
    return {
        "tests": str(len(audit)),
        "failures": str(sum(_fails(finding) for finding in audit)),
        "errors": "0",
        "skipped": str(sum(_skipped(finding) is not None for finding in audit)),
    }


def _fails(finding: Finding) -> bool:
    return finding.severity == ERROR and finding.settled is None


def _skipped(finding: Finding) -> str | None:
    """Why a finding decides nothing, if it does not."""
    if finding.settled:
        return f"{settled_text(finding)}; {finding.message}"
    return finding.message if finding.verdict == NOT_CHECKABLE else None


def _case(finding: Finding, root: str) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    source = source_of(finding)
    place = {"file": relative(root, source.file), "line": str(source.line)} if source else {}
    name = f"{finding.code} {finding.slug}: {finding.address}"
    case = Element("testcase", {"classname": _text(finding.place.address), "name": _text(name), **place})
    skipped = _skipped(finding)
    if skipped is not None:
        SubElement(case, "skipped", {"message": _text(skipped)})
    elif _fails(finding):
        about = {"type": finding.code, "message": _text(finding.message)}
        SubElement(case, "failure", about).text = _text(_in_full(finding))
    else:
        said = _in_full(finding) if finding.severity != NONE else finding.message
        SubElement(case, "system-out").text = _text(said)
    return case


def _in_full(finding: Finding) -> str:
    first = f"{finding.severity}[{finding.code}] {finding.message}"
    return "\n".join([first, printed(finding), *(f"{word}: {text}" for word, text in notes(finding))])


def _text(text: str) -> str:
    """The text with what XML cannot hold replaced."""
    return _NOT_XML.sub("\ufffd", text)
