"""The audit ledger as rows to set: every statistic, what it was recomputed to, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from evidence.findings import ERROR, WARNING, Audit, Finding, Range, Repair, Tried
from evidence.values import Reported
from synthesis.figures import number_line
from synthesis.reporting.anchors import Anchors
from synthesis.reporting.names import Names
from synthesis.reporting.numbers import Numbered, Numbers, place_text
from synthesis.reporting.words import (
    DECISIONS,
    glyph_of,
    p_text,
    plural,
    range_text,
    units_text,
    verdict_word,
)

if TYPE_CHECKING:
    from evidence.study import Study

FOLDED_REPAIRS = 6  # more rivals than these are counted, not listed


@dataclass(frozen=True, slots=True)
class Cited:
    """A printed number with its link to the index and its place in the file."""

    text: str
    name: str
    anchor: str | None
    place: str


@dataclass(frozen=True, slots=True)
class TriedRow:
    """One test tried, in words."""

    test: str
    statistic: str
    p: str
    counts: str
    outcome: str


@dataclass(frozen=True, slots=True)
class RepairRow:
    """One repair, in words; ``best`` where its rank is 1."""

    edits: tuple[tuple[Cited, str, str], ...]
    mends: str
    tie: str
    note: str
    best: bool


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One finding, with everything the ledger shows of it."""

    anchor: str
    finding: Finding
    name: str
    printed: Cited
    others: tuple[Cited, ...]
    recomputed: str
    line: Markup | None
    line_text: str
    glyph: str
    verdict: str
    decision: str
    tried: tuple[TriedRow, ...]
    repairs: tuple[RepairRow, ...]
    more_repairs: int
    power: str | None

    @property
    def severity(self) -> str:
        """Severity, or ``settled`` where a person has dealt with it."""
        return "settled" if self.finding.settled else self.finding.severity

    @property
    def has_more(self) -> bool:
        """Whether there is anything to unfold."""
        found = self.finding
        return bool(self.tried or self.others or found.details or self.power)


@dataclass(frozen=True, slots=True)
class Entry:
    """The rows about one entry of a study."""

    label: str
    where: str
    quotes: tuple[str, ...]
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class StudyLedger:
    """One study's ledger."""

    anchor: str
    label: str
    entries: tuple[Entry, ...]
    unchecked: tuple[Cited, ...]
    summary: str

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        """Every row, in reading order."""
        return tuple(row for entry in self.entries for row in entry.rows)


def finding_anchors(audit: Audit, anchors: Anchors) -> dict[int, str]:
    """An anchor for every finding, by its identity: two may share a fingerprint."""
    return {id(f): anchors.new("f", f.anchor.removeprefix("f-")) for f in audit}


@dataclass(frozen=True, slots=True)
class Clerk:
    """Writes the rows: knows the names, the index of numbers and the anchors of findings."""

    names: Names
    numbers: dict[str, Numbered]
    anchors: dict[int, str]

    def ledger(self, study: Study, audit: Audit, numbers: Numbers, anchor: str) -> StudyLedger:
        """The ledger of one study: its findings in reading order, then the numbers nothing speaks of."""
        own = audit.of(study.study)
        grouped = groupby(own, key=lambda f: f.place.address)
        entries = [self._entry(study, tuple(found)) for _, found in grouped]
        spoken = {n.address for finding in own for n in finding.about}
        silent = [row for row in numbers.of(study.study) if row.number.address not in spoken]
        return StudyLedger(
            anchor=anchor,
            label=study.label,
            entries=tuple(entries),
            unchecked=tuple(self.cite(study, row.number) for row in silent),
            summary=counted(own),
        )

    def _entry(self, study: Study, found: tuple[Finding, ...]) -> Entry:
        place = found[0].place
        return Entry(place.label, place.where or "", place.quotes, tuple(self.row(study, f) for f in found))

    def row(self, study: Study, finding: Finding) -> LedgerRow:
        """One finding as a row."""
        number = finding.about[0] if finding.about else Reported("–")
        drawn = self._line(number, finding)
        return LedgerRow(
            anchor=self.anchor_of(finding),
            finding=finding,
            name=self.names.statistic(study, finding.address),
            printed=self.cite(study, number),
            others=tuple(self.cite(study, other) for other in finding.about[1:]),
            recomputed=range_text(finding.recomputed, number.decimals) if finding.recomputed else "",
            line=drawn[0] if drawn else None,
            line_text=drawn[1] if drawn else "",
            glyph=glyph_of(finding),
            verdict=verdict_word(finding),
            decision=DECISIONS[finding.decision],
            tried=tuple(_tried(one, number.decimals) for one in finding.tried),
            repairs=tuple(self._repair(study, one) for one in finding.repairs[:FOLDED_REPAIRS]),
            more_repairs=max(len(finding.repairs) - FOLDED_REPAIRS, 0),
            power=_power(finding),
        )

    def anchor_of(self, finding: Finding) -> str:
        """Where a finding's row stands."""
        return self.anchors.get(id(finding), finding.anchor)

    def cite(self, study: Study, number: Reported) -> Cited:
        """A printed number that links to where it was printed."""
        row = self.numbers.get(number.address)
        name = self.names.statistic(study, number.address)
        return Cited(number.text, name, row.anchor if row else None, place_text(number.source))

    def _line(self, number: Reported, finding: Finding) -> tuple[Markup, str] | None:
        if finding.recomputed is None:
            return None
        is_p = number.address.rsplit("/", 1)[-1] == "p"
        shown = number_line.content(number, finding.recomputed, is_p=is_p)
        if shown is None:
            return None
        drawing = number_line.layout(shown)
        text = f"{units_text(shown.units)} apart" if shown.units else ""
        return Markup(drawing.to_svg(standalone=False)), text

    def _repair(self, study: Study, repair: Repair) -> RepairRow:
        edits = tuple((self.cite(study, e.number), e.proposed, e.kind) for e in repair.edits)
        mends = f"then {plural(repair.repaired, 'linked check agrees', 'linked checks agree')}"
        others = plural(repair.rivals, "other", "others")
        tie = f"tied with {others}: nothing printed tells them apart" if repair.rivals else ""
        return RepairRow(edits, mends, tie, repair.note, repair.rank == 1)


def _power(finding: Finding) -> str | None:
    if finding.power is None:
        return None
    return f"A wrong value would be caught here with a chance of about {100 * finding.power:.0f} %."


def _tried(one: Tried, decimals: int) -> TriedRow:
    outcome = "reproduces it" if one.hit else ""
    if not one.hit and one.distance is not None:
        outcome = f"{units_text(one.distance)} off"
    return TriedRow(
        test=one.test,
        statistic=range_text(one.statistic, decimals) if one.statistic else "–",
        p=_p_range(one.p) if one.p else "–",
        counts="; ".join(f"{events}/{n}" for events, n in one.counts),
        outcome=outcome or "does not reproduce it",
    )


def _p_range(p: Range) -> str:
    low, high = p_text(p.low), p_text(p.high)
    return low if low == high else f"{low} to {high.removeprefix('P ').removeprefix('= ')}"


def counted(audit: Audit) -> str:
    """``41 statistics checked: 2 errors, 1 warning, 3 notes, 35 agree``."""
    counts = audit.counts()
    settled = sum(finding.settled is not None for finding in audit)
    parts = [
        plural(counts["error"], "error"),
        plural(counts["warning"], "warning"),
        plural(counts["note"], "note"),
    ]
    parts.append(f"{counts['none']} agree")
    if settled:
        parts.append(f"{settled} settled")
    return f"{plural(len(audit), 'check')}: {', '.join(parts)}"


def pressing(rows: tuple[LedgerRow, ...]) -> tuple[LedgerRow, ...]:
    """The rows that are errors or warnings and not settled, errors first."""
    rank = {ERROR: 0, WARNING: 1}
    return tuple(sorted((r for r in rows if r.severity in rank), key=lambda r: rank[r.severity]))
