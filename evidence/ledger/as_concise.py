"""One line a finding, `file:line:col: severity[CODE] message`, as editors and grep like it."""

from collections.abc import Mapping

from evidence.findings import NONE, Audit, Finding
from evidence.ledger.place import where


def render(audit: Audit, texts: Mapping[str, str], root: str = "") -> str:
    """A line for every finding that says more than "this agrees", in reading order."""
    return "".join(_line(finding, root) for finding in audit if finding.severity != NONE)


def _line(finding: Finding, root: str) -> str:
    settled = f" ({finding.settled.how})" if finding.settled else ""
    return f"{where(finding, root)}: {finding.severity}[{finding.code}]{settled} {finding.message}\n"
