"""The ledger in GitHub's Markdown: what matters as a table and in full, what agrees folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from evidence.findings import NONE, SEVERITIES, Audit, Finding
from evidence.ledger.place import relative, source_of
from evidence.ledger.words import notes, printed, range_text, settled_text, total, weighs

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_RUNS = re.compile(r"`+")
_HEAD = ("", "Rule", "Place", "Printed", "Recomputed", "What it says")


def render(audit: Audit, texts: Mapping[str, str], root: str = "") -> str:
    """A heading, the counts, a table of what is not settled, its details, and the rest folded."""
    speaking = [f for f in audit if f.severity != NONE and f.settled is None]
    speaking.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    settled = [f for f in audit if f.settled is not None]
    agreeing = [f for f in audit if f.severity == NONE and f.settled is None]
    blocks = ["## Audit of the printed numbers", f"{total(audit)}."]
    if speaking:
        blocks.append(_table(speaking, root))
    blocks += [_details(finding, root) for finding in speaking if weighs(finding)]
    blocks += _folded("settled or in the baseline", settled, root)
    blocks += _folded("agree", agreeing, root)
    return "\n\n".join(blocks) + "\n"


def _folded(words: str, findings: Sequence[Finding], root: str) -> Iterator[str]:
    if findings:
        summary = f"<details>\n<summary>{len(findings)} {words}</summary>"
        yield f"{summary}\n\n{_table(findings, root)}\n\n</details>"


def _table(findings: Sequence[Finding], root: str) -> str:
    rows = [_HEAD, ("---",) * len(_HEAD), *(_row(finding, root) for finding in findings)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(finding: Finding, root: str) -> tuple[str, ...]:
    number = finding.about[0] if finding.about else None
    recomputed = finding.recomputed
    return (
        "settled" if finding.settled else "agrees" if finding.severity == NONE else finding.severity,
        finding.code,
        _code(_where(finding, root)),
        _plain(number.text) if number else "",
        range_text(recomputed, number.decimals) if recomputed and number else "",
        _plain(finding.message + (f" ({settled_text(finding)})" if finding.settled else "")),
    )


def _details(finding: Finding, root: str) -> str:
    head = f"<b>{finding.severity} {finding.code}</b> {_html(finding.message)}"
    lines = [f"- {_code(_where(finding, root))}: {_plain(printed(finding))}"]
    lines += [f"- {word}: {_plain(text)}" for word, text in notes(finding)]
    return f"<details>\n<summary>{head}</summary>\n\n{chr(10).join(lines)}\n\n</details>"


def _where(finding: Finding, root: str) -> str:
    source = source_of(finding)
    return f"{relative(root, source.file)}:{source.line}" if source else finding.address


def _html(text: str) -> str:
    """The text on one line inside an HTML tag, where Markdown is not read."""
    return " ".join(escape(text, quote=False).split())


def _plain(text: str) -> str:
    """The text as it reads, on one line; Markdown and HTML in it mean nothing."""
    escaped = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")).replace("\\<", "&lt;").replace("\\>", "&gt;")
    return " ".join(escaped.split())


def _code(text: str) -> str:
    """The text as code, in backquotes longer than any in it; a bar would end the cell even there."""
    fence = "`" * (max((len(run) for run in _RUNS.findall(text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{' '.join(text.split())}{space}{fence}".replace("|", "\\|")
