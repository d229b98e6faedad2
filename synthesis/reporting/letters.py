"""What goes to people outside: a page for an editor, and a letter with questions to a study's authors.

Both are Markdown, speak of printed numbers only, and leave room for an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.findings import ERROR, WARNING
from synthesis.reporting.ledger import LedgerRow, RepairRow, StudyLedger
from synthesis.reporting.words import listed, plural

if TYPE_CHECKING:
    from evidence.study import Publication, Study
    from synthesis.reporting.material import Material

SHOWN_TESTS, SHOWN_REPAIRS = 3, 3


def editor_sheet(material: Material) -> str:
    """One page with the certain findings only: the printed number, the arithmetic, the rival repairs.

    Certain is what no rounding, test or convention known to the audit can explain: findings of severity
    error that nobody has settled.
    """
    lines = [f"# Printed numbers that cannot stand together: {material.title}", ""]
    found = [(ledger, _open(ledger, (ERROR,))) for ledger in material.ledgers]
    count = sum(len(rows) for _, rows in found)
    if not count:
        return "\n".join([*lines, "Nothing certain was found.", ""])
    lines += [
        f"{plural(count, 'finding')} in {plural(sum(bool(rows) for _, rows in found), 'study', 'studies')}. "
        "Each holds for every way of rounding and every test that could have been meant; what else would "
        "agree is listed as such, and nothing is known of how a number came about.",
        "",
    ]
    for ledger, rows in found:
        if rows:
            lines += [f"## {ledger.label}", ""]
            for number, (entry, row) in enumerate(rows, start=1):
                lines += [*_item(number, entry, row), ""]
    return "\n".join(lines)


def query_letter(material: Material, study: Study) -> str:
    """A neutral letter to the authors of a study: each open question with room for the reply.

    Errors and warnings that nobody has settled are asked about. Without any, the letter says so.
    """
    ledger = material.ledger(study.study)
    rows = _open(ledger, (ERROR, WARNING))
    lines = [f"# Questions about {_title(study)}", "", "Dear authors,", ""]
    if not rows:
        return "\n".join([*lines, "The printed numbers that could be recomputed agree; we have none.", ""])
    lines += [
        f"your study is part of our review “{material.title}”. We recomputed each printed statistic from the "
        "others, with their rounding allowed for. In the places below we could not make the printed numbers "
        "agree, and ask for the values as they should read, or for what we misread. Until then the review "
        "uses the numbers as printed and says so.",
        "",
    ]
    for number, (entry, row) in enumerate(rows, start=1):
        lines += [*_item(number, entry, row), "   Your reply:", "", "   " + "_" * 60, ""]
    return "\n".join([*lines, "With thanks,", ""])


def _open(ledger: StudyLedger, severities: tuple[str, ...]) -> list[tuple[str, LedgerRow]]:
    """The rows of these severities that nobody has settled, each with where it was printed and quoted."""
    found = []
    for entry in ledger.entries:
        quotes = "; ".join(f"“{quote}”" for quote in entry.quotes)
        place = ": ".join(part for part in (entry.where, quotes) if part)
        heading = f"{entry.label} ({place})" if place else entry.label
        found += [(heading, row) for row in entry.rows if row.severity in severities]
    return found


def _item(number: int, heading: str, row: LedgerRow) -> Iterator[str]:
    yield f"{number}. {heading}"
    yield ""
    yield f"   Printed: **{row.printed.text}** ({row.name}; {row.printed.place}; rule {row.finding.code})"
    yield f"   {row.message}"
    for one in row.tried[:SHOWN_TESTS]:
        counts = f" of {one.counts}" if one.counts else ""
        yield f"   - {one.test}{counts}: {one.gives}"
    if row.decision:
        yield f"   {row.decision[:1].upper()}{row.decision[1:]}."
    if row.repairs:
        edits = listed([_edit(one) for one in row.repairs[:SHOWN_REPAIRS]], "or")
        more = len(row.repairs) - SHOWN_REPAIRS + row.more_repairs
        yield f"   Would agree with: {edits}{f', or {more} others' if more > 0 else ''}."


def _edit(repair: RepairRow) -> str:
    """``71.79 for 77.79 (one digit substituted)``"""
    return " and ".join(f"{proposed} for {cited.text} ({kind})" for cited, proposed, kind in repair.edits)


def _title(study: Study) -> str:
    """What the letter is about: title, journal and year of the study's first source, or its label."""
    source: Publication = next(iter(study.sources.values()))
    if not source.title:
        return study.label
    return ", ".join(part for part in (f"“{source.title}”", source.journal, source.year) if part)
