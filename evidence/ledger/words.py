"""What every format says of a finding: its counts, its range, what was tried, what would mend it."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.baseline import KNOWN
from evidence.emitting import shown
from evidence.findings import ERROR, NONE, SEVERITIES, WARNING, Audit, Finding, Range, Repair, Tried
from evidence.ledger.place import also, quotes_of

REPAIRS_SHOWN = 3


def counted(audit: Audit) -> str:
    """`53 agree, 4 errors, 6 warnings, 4 notes`, then how many are settled or in the baseline, if any."""
    counts = audit.counts()
    parts = [f"{sum(finding.severity == NONE for finding in audit)} agree"]
    parts += [plural(counts[severity], severity) for severity in SEVERITIES if severity != NONE]
    known = sum(is_known(finding) for finding in audit)
    settled = sum(finding.settled is not None for finding in audit) - known
    parts += [f"{settled} settled"] if settled else []
    parts += [f"{known} in the baseline"] if known else []
    return ", ".join(parts)


def total(audit: Audit) -> str:
    """The counts of the whole audit, and over how many checks and studies."""
    studies = len({finding.study for finding in audit})
    checked = f"{plural(len(audit), 'check')} in {studies} {'study' if studies == 1 else 'studies'}"
    return f"{checked}: {counted(audit)}"


def plural(count: int, word: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def weighs(finding: Finding) -> bool:
    """Whether a finding is an error or a warning that nobody has settled."""
    return finding.severity in (ERROR, WARNING) and finding.settled is None


def is_known(finding: Finding) -> bool:
    """Whether a finding is in the baseline."""
    return finding.settled is not None and finding.settled.how == KNOWN


def settled_text(finding: Finding) -> str:
    """`accepted: the authors confirm`, or nothing."""
    settled = finding.settled
    if settled is None:
        return ""
    return f"{settled.how}: {settled.because}" if settled.because else settled.how


def label(finding: Finding) -> str:
    """What stands beside the caret: that the number was printed, and what it was recomputed to."""
    return f"printed{_recomputed(finding)}"


def printed(finding: Finding) -> str:
    """`printed 0.003; recomputed 0.0242 to 0.0248`, where no line of the file is shown."""
    number = finding.about[0].text if finding.about else "nothing"
    return f"printed {number}{_recomputed(finding)}"


def _recomputed(finding: Finding) -> str:
    if finding.recomputed is None or not finding.about:
        return ""
    return f"; recomputed {range_text(finding.recomputed, finding.about[0].decimals)}"


def range_text(range_: Range, decimals: int) -> str:
    """`4.261 to 4.263`, with one digit more than was printed, or one number where both are the same."""
    low, high = shown(range_.low, decimals + 1), shown(range_.high, decimals + 1)
    return low if low == high else f"{low} to {high}"


def notes(finding: Finding) -> Iterator[tuple[str, str]]:
    """What else there is to know, each with the word it is announced by."""
    for quote in quotes_of(finding):
        yield "quote", f'"{quote}"' + (f" ({finding.place.where})" if finding.place.where else "")
    if others := also(finding):
        yield "rests on", others
    decimals = max((number.decimals for number in finding.about), default=0)
    if tried := [_tried(each, decimals) for each in finding.tried if each.statistic]:
        yield "tried", "; ".join(tried)
    for detail in finding.details:
        yield "note", detail
    best = [repair for repair in finding.repairs if repair.rank == 1] or list(finding.repairs)
    for repair in best[:REPAIRS_SHOWN]:
        yield "repair", _repair(repair)
    if finding.joint:
        yield "reading", finding.joint.message


def _tried(tried: Tried, decimals: int) -> str:
    range_ = tried.statistic
    return f"{tried.test} {range_text(range_, decimals - 1)}" if range_ else tried.test


def _repair(repair: Repair) -> str:
    edits = " and ".join(f"{edit.number.text} -> {edit.proposed} ({edit.kind})" for edit in repair.edits)
    mends = f"mends {plural(repair.repaired, 'check')}"
    tied = f"; tied with {plural(repair.rivals, 'other')}" if repair.rivals else ""
    return f"{edits} {mends}{tied}{'; ' + repair.note if repair.note else ''}"
