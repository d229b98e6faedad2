"""Annotations for GitHub: workflow commands, `::error file=...,line=...::message`, one a finding.

GitHub shows them beside the lines of a change. What is settled, or in the baseline, is a notice and says so.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions has the format.
"""

from collections.abc import Mapping

from evidence.findings import ERROR, NONE, WARNING, Audit, Finding
from evidence.ledger.place import relative, source_of
from evidence.ledger.words import settled_text

_COMMANDS = {ERROR: "error", WARNING: "warning"}


def render(audit: Audit, texts: Mapping[str, str], root: str = "") -> str:
    """A command for every finding that says more than "this agrees", in reading order."""
    return "".join(f"{_command(finding, root)}\n" for finding in audit if finding.severity != NONE)


def _command(finding: Finding, root: str) -> str:
    name = "notice" if finding.settled else _COMMANDS.get(finding.severity, "notice")
    settled = f" ({settled_text(finding)})" if finding.settled else ""
    fields = {**_place(finding, root), "title": f"{finding.code} {finding.slug}"}
    properties = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
    return f"::{name} {properties}::{_message(finding.message + settled)}"


def _place(finding: Finding, root: str) -> dict[str, str]:
    source = source_of(finding)
    if source is None:
        return {}
    fields = {"file": relative(root, source.file), "line": str(source.line), "col": str(source.column)}
    return {**fields, "endColumn": str(source.end_column)} if source.end_column else fields


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
