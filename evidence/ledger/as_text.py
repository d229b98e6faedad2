"""The ledger for reading in a terminal: what matters in full, then a line for every number checked."""

from collections.abc import Iterator, Mapping

from evidence.emitting import shown
from evidence.findings import ERROR, NONE, SEVERITIES, WARNING, Audit, Finding, Range, Repair, Tried
from evidence.ledger.place import also, quotes_of, snippet, source_of, where

REPAIRS_SHOWN = 3


def render(audit: Audit, texts: Mapping[str, str], root: str = "") -> str:
    """For every study: its summary, its findings that matter in full, and its ledger line by line."""
    studies = dict.fromkeys(finding.study for finding in audit)
    blocks = [line for study in studies for line in _study(study, audit.of(study), texts, root)]
    return "\n".join([*blocks, _total(audit, len(studies)), *_advice(audit)]) + "\n"


def _study(study: str, audit: Audit, texts: Mapping[str, str], root: str) -> Iterator[str]:
    yield f"{study}: {_counted(audit)}"
    yield ""
    for finding in audit:
        if _in_full(finding):
            yield from _diagnostic(finding, texts, root)
            yield ""
    yield from _lines(audit)
    yield ""


def _counted(audit: Audit) -> str:
    counts = audit.counts()
    agree = sum(finding.severity == NONE for finding in audit)
    settled = sum(finding.settled is not None for finding in audit)
    parts = [f"{agree} agree"]
    parts += [_plural(counts[severity], severity) for severity in SEVERITIES if severity != NONE]
    return ", ".join(parts) + (f", {settled} settled" if settled else "")


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _total(audit: Audit, studies: int) -> str:
    checked = f"{_plural(len(audit), 'check')} in {studies} {'study' if studies == 1 else 'studies'}"
    return f"{checked}: {_counted(audit)}"


def _advice(audit: Audit) -> Iterator[str]:
    if any(_in_full(finding) for finding in audit):
        yield "Look at the source; then settle a finding in its file with `corrected:` or `accept:`, and why."


def _in_full(finding: Finding) -> bool:
    return finding.severity in (ERROR, WARNING) and finding.settled is None


# ---- one finding in full


def _diagnostic(finding: Finding, texts: Mapping[str, str], root: str) -> Iterator[str]:
    """The finding as compilers print theirs: what, where, the line, then what else there is to know."""
    source = source_of(finding)
    gutter = " " * len(str(source.line if source else ""))
    yield f"{finding.severity}[{finding.code}] {finding.message}"
    yield f"{gutter}--> {where(finding, root)}"
    if source:
        yield from snippet(source, texts, _label(finding))
    for word, text in _notes(finding):
        yield f"{gutter} = {word}: {text}"


def _label(finding: Finding) -> str:
    if finding.recomputed is None:
        return "printed"
    return f"printed; recomputed {_range(finding.recomputed, finding.about[0].decimals)}"


def _range(range_: Range, decimals: int) -> str:
    """`4.261 to 4.263`, with one digit more than was printed, or one number where both are the same."""
    low, high = shown(range_.low, decimals + 1), shown(range_.high, decimals + 1)
    return low if low == high else f"{low} to {high}"


def _notes(finding: Finding) -> Iterator[tuple[str, str]]:
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
    return f"{tried.test} {_range(range_, decimals - 1)}" if range_ else tried.test


def _repair(repair: Repair) -> str:
    edits = " and ".join(f"{edit.number.text} -> {edit.proposed} ({edit.kind})" for edit in repair.edits)
    mends = f"mends {_plural(repair.repaired, 'check')}"
    tied = f"; tied with {_plural(repair.rivals, 'other')}" if repair.rivals else ""
    return f"{edits} {mends}{tied}{'; ' + repair.note if repair.note else ''}"


# ---- one line a finding


def _lines(audit: Audit) -> Iterator[str]:
    rows = [_row(finding) for finding in audit]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield f"  {'  '.join([*cells, row[3]])}".rstrip()


def _row(finding: Finding) -> tuple[str, str, str, str]:
    word = "settled" if finding.settled else "agrees" if finding.severity == NONE else finding.severity
    source = source_of(finding)
    message = finding.message
    if _in_full(finding) and finding.about:
        message = f"{finding.about[0].text}: {finding.slug.replace('-', ' ')}, in full above"
    if finding.settled:
        message = f"{message} ({finding.settled.how}: {finding.settled.because})"
    return (word, f"line {source.line}" if source else "", finding.code, message)
