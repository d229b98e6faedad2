"""The audit ledger as rows to set: every statistic, what it was recomputed to, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from evidence.findings import (
    ERROR,
    IMPOSSIBLE,
    INCONSISTENT,
    NONE,
    NOTE,
    WARNING,
    Audit,
    Finding,
    Repair,
    Tried,
)
from evidence.values import Reported
from synthesis.figures import number_line
from synthesis.reporting.anchors import Anchors
from synthesis.reporting.names import Names
from synthesis.reporting.numbers import Numbered, Numbers, place_text
from synthesis.reporting.pictures import strip_of
from synthesis.reporting.words import (
    DECISIONS,
    glyph_of,
    headed,
    listed,
    p_range_text,
    plural,
    range_text,
    said,
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
    gives: str
    counts: str
    outcome: str
    hit: bool


@dataclass(frozen=True, slots=True)
class RepairRow:
    """One repair, in words; ``best`` where its rank is 1."""

    edits: tuple[tuple[Cited, str, str], ...]
    words: str
    best: bool


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One finding, with everything the ledger shows of it."""

    anchor: str
    finding: Finding
    message: str
    name: str
    again: bool
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
    def agrees(self) -> bool:
        """Whether all there is to say is that the number agrees."""
        return self.severity == NONE

    @property
    def look(self) -> str:
        """Classes of the row."""
        return f"{self.severity} again" if self.again else self.severity

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

    @property
    def spoken(self) -> tuple[Entry, ...]:
        """The entries with the rows that say more than that a check agrees."""
        return _parted(self.entries, agreeing=False)

    @property
    def agreed(self) -> str:
        """``12 checks agree``"""
        count = sum(row.agrees for row in self.rows)
        return plural(count, "check agrees", "checks agree")

    @property
    def agreeing(self) -> tuple[Entry, ...]:
        """The entries with the rows that agree."""
        return _parted(self.entries, agreeing=True)


def _parted(entries: tuple[Entry, ...], *, agreeing: bool) -> tuple[Entry, ...]:
    """The entries with those of their rows that agree, or with the others; entries without any left out."""
    parted = (replace(e, rows=tuple(r for r in e.rows if r.agrees is agreeing)) for e in entries)
    return tuple(entry for entry in parted if entry.rows)


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
        before = (None, *found)
        rows = tuple(self.row(study, f, last) for f, last in zip(found, before, strict=False))
        whose = self.names.qualified(place.address)
        label = f"{headed(place.label)} ({whose})" if whose else headed(place.label)
        return Entry(label, place.where or "", place.quotes, rows)

    def row(self, study: Study, finding: Finding, last: Finding | None = None) -> LedgerRow:
        """One finding as a row; ``last`` is the one before it, whose picture is not repeated."""
        number = finding.about[0] if finding.about else Reported("–")
        again = last is not None and last.address == finding.address
        same = again and last is not None and last.recomputed == finding.recomputed
        plain = finding.severity == NONE and finding.settled is None
        drawn = None if same or plain else self._line(number, finding)
        return LedgerRow(
            anchor=self.anchor_of(finding),
            finding=finding,
            name=headed(self.names.statistic(study, finding.address)),
            again=again,
            printed=self.cite(study, number),
            others=tuple(self.cite(study, other) for other in finding.about[1:]),
            message=said(finding.message),
            recomputed=_recomputed(number, finding),
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
        options = {"is_p": _is_p(number), "discrete": _is_discrete(number, finding)}
        shown = number_line.content(number, finding.recomputed, **options)
        if shown is None:
            return None
        drawing = number_line.layout(shown)
        text = f"{units_text(shown.units)} apart" if shown.units else ""
        return strip_of(drawing.to_svg(standalone=False)), text

    def _repair(self, study: Study, repair: Repair) -> RepairRow:
        edits = tuple((self.cite(study, e.number), e.proposed, e.kind) for e in repair.edits)
        mends = f"{plural(repair.repaired, 'linked check then agrees', 'linked checks then agree')}."
        others = plural(repair.rivals, "other", "others")
        tie = f"Tied with {others}: nothing printed tells them apart." if repair.rivals else ""
        note = said(repair.note) if repair.note else ""
        words = " ".join(part for part in (mends, tie, note) if part)
        return RepairRow(edits, words, repair.rank == 1)


def _is_p(number: Reported) -> bool:
    return number.address.rsplit("/", 1)[-1] == "p"


def _is_discrete(number: Reported, finding: Finding) -> bool:
    """Whether the recomputed ends are the two nearest values, with nothing attainable between them."""
    if finding.verdict not in (IMPOSSIBLE, INCONSISTENT) or finding.recomputed is None:
        return False
    if number.exact is None or _is_p(number):
        return False
    return finding.recomputed.low < number.exact < finding.recomputed.high


def _recomputed(number: Reported, finding: Finding) -> str:
    if finding.recomputed is None:
        return ""
    if _is_p(number):
        return p_range_text(finding.recomputed)
    word = "or" if _is_discrete(number, finding) else "to"
    return range_text(finding.recomputed, number.decimals, word)


def _power(finding: Finding) -> str | None:
    if finding.power is None or finding.power < 0.01:
        return None
    return f"Chance that a wrong value would be caught here: about {100 * finding.power:.0f} %."


def _tried(one: Tried, decimals: int) -> TriedRow:
    gives = [range_text(one.statistic, decimals)] if one.statistic else []
    gives += [f"P {p_range_text(one.p)}"] if one.p else []
    outcome = "Does not reproduce it." if one.distance is None else f"Off by {units_text(one.distance)}."
    return TriedRow(
        test=headed(one.test),
        gives=", ".join(gives) or "gives no value",
        counts=", ".join(f"{events}/{n}" for events, n in one.counts),
        outcome="Reproduces it." if one.hit else outcome,
        hit=one.hit,
    )


def counted(audit: Audit) -> str:
    """``41 checks: 2 errors, 1 warning and 38 agree``; what there is none of is left out."""
    if not len(audit):
        return "nothing could be checked"
    counts = audit.counts()
    settled = sum(finding.settled is not None for finding in audit)
    if counts["none"] == len(audit):
        return f"{plural(len(audit), 'check')}, all agree"
    parts = [plural(counts[severity], severity) for severity in (ERROR, WARNING, NOTE) if counts[severity]]
    parts += [f"{settled} settled"] if settled else []
    parts += [f"{counts['none']} agree"] if counts["none"] else []
    return f"{plural(len(audit), 'check')}: {listed(parts)}"


def pressing(rows: tuple[LedgerRow, ...]) -> tuple[LedgerRow, ...]:
    """The rows that are errors or warnings and not settled, errors first."""
    rank = {ERROR: 0, WARNING: 1}
    return tuple(sorted((r for r in rows if r.severity in rank), key=lambda r: rank[r.severity]))
