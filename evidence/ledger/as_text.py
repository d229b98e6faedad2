"""The ledger for reading in a terminal: what matters in full, then a line for every number checked."""

from collections.abc import Iterator, Mapping

from evidence.findings import NONE, Audit, Finding
from evidence.ledger.place import snippet, source_of, where
from evidence.ledger.words import counted, is_known, label, notes, settled_text, total, weighs


def render(audit: Audit, texts: Mapping[str, str], root: str = "") -> str:
    """For every study: its summary, its findings that matter in full, and its ledger line by line."""
    studies = audit.by_study().items()
    blocks = [line for study, own in studies for line in _study(study, own, texts, root)]
    return "\n".join([*blocks, total(audit), *_advice(audit)]) + "\n"


def _study(study: str, audit: Audit, texts: Mapping[str, str], root: str) -> Iterator[str]:
    yield f"{study}: {counted(audit)}"
    yield ""
    for finding in audit:
        if weighs(finding):
            yield from _diagnostic(finding, texts, root)
            yield ""
    yield from _lines(audit)
    yield ""


def _advice(audit: Audit) -> Iterator[str]:
    weighty = [finding for finding in audit if weighs(finding)]
    if any(_can_be_settled(finding) for finding in weighty):
        yield "Look at the source; then settle a finding in its file with `corrected:` or `accept:`, and why."
    if weighty:
        yield "The rule behind a finding: evidence explain CODE"


def _can_be_settled(finding: Finding) -> bool:
    """Whether a finding is of a study file; prose has no place for corrections."""
    source = source_of(finding)
    return source is None or source.file.endswith((".yaml", ".yml"))


# ---- one finding in full


def _diagnostic(finding: Finding, texts: Mapping[str, str], root: str) -> Iterator[str]:
    """The finding as compilers print theirs: what, where, the line, then what else there is to know."""
    source = source_of(finding)
    gutter = " " * len(str(source.line if source else ""))
    yield f"{finding.severity}[{finding.code}] {finding.message}"
    yield f"{gutter}--> {where(finding, root)}"
    if source:
        yield from snippet(source, texts, label(finding))
    for word, text in notes(finding):
        yield f"{gutter} = {word}: {text}"


# ---- one line a finding


def _lines(audit: Audit) -> Iterator[str]:
    rows = [_row(finding) for finding in audit]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield f"  {'  '.join([*cells, row[3]])}".rstrip()


def _row(finding: Finding) -> tuple[str, str, str, str]:
    source = source_of(finding)
    message = finding.message
    if weighs(finding) and finding.about:
        message = f"{finding.about[0].text}: {finding.slug.replace('-', ' ')}, in full above"
    if finding.settled:
        message = f"{message} ({settled_text(finding)})"
    return (_word(finding), f"line {source.line}" if source else "", finding.code, message)


def _word(finding: Finding) -> str:
    if finding.settled:
        return "known" if is_known(finding) else "settled"
    return "agrees" if finding.severity == NONE else finding.severity
