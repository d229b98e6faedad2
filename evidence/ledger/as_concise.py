"""One line a finding, `file:line:col: severity[CODE] message`, as editors and grep like it."""

from collections.abc import Mapping

from evidence.findings import NONE, Audit, Finding
from evidence.ledger.place import where


def render(audit: Audit, texts: Mapping[str, str]) -> str:
    """A line for every finding that says more than "this agrees", in reading order."""
    return "".join(_line(finding) for finding in audit if finding.severity != NONE)


def _line(finding: Finding) -> str:
    settled = f" ({finding.settled.how})" if finding.settled else ""
    return f"{where(finding)}: {finding.severity}[{finding.code}]{settled} {finding.message}\n"
