"""First things first: the question, what the studies give, what the audit found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence._version import __version__
from evidence.findings import ERROR, Joint
from evidence.rounding import bounds
from evidence.values import Reported
from synthesis.figures.display import display
from synthesis.figures.forest_words import effect_text
from synthesis.reporting.comparing import changes
from synthesis.reporting.entering import Entered
from synthesis.reporting.ledger import LedgerRow, RepairRow, StudyLedger, counted, pressing
from synthesis.reporting.material import Material
from synthesis.reporting.results import Result, Results
from synthesis.reporting.section import Link, Section
from synthesis.reporting.words import headed, listed, plural

if TYPE_CHECKING:
    from synthesis.indirect_comparison import Indirect
    from synthesis.planning import PlannedIndirect

SHOWN_REPAIRS = 8  # more of them stand in a fold


@dataclass(frozen=True, slots=True)
class Fact:
    """A count and what is counted."""

    count: str
    what: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding that matters, with whose number it is."""

    row: LedgerRow
    study: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A best repair, with whose number it is and its ledger row."""

    row: RepairRow
    study: str
    endpoint: str
    anchor: str


@dataclass(frozen=True, slots=True)
class JointReading:
    """A reading of the whole paper, and the ledger rows it explains."""

    study: str
    name: str
    message: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Focus:
    """A study told of by name: what it is, which comparisons it enters, what the audit says of it."""

    anchor: str
    label: str
    about: str
    enters: tuple[Entered, ...]
    ledger: str
    audit: str
    errors: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """A pooled result in one sentence."""

    anchor: str
    label: str
    sentence: str


def _context(material: Material) -> dict[str, Any]:
    found = [
        Found(row, ledger.label, headed(row.finding.place.label))
        for ledger in material.ledgers
        for row in pressing(ledger.rows)
    ]
    repairs = _repairs(material)
    return {
        "facts": _facts(material),
        "made": _made(material),
        "focus": tuple(_focus(material, key) for key in material.review.focus),
        "question": _question(material),
        "pooling": _pooling(material.results),
        "pooled": [
            *(_headline(result) for result in material.results.shown if result.pooled),
            *(_through(one, one.found) for one in material.results.indirect if one.found is not None),
        ],
        "audited": _audited(material),
        "errors": [one for one in found if one.row.severity == ERROR],
        "warnings": [one for one in found if one.row.severity != ERROR],
        "repairs": repairs[:SHOWN_REPAIRS],
        "more_repairs": repairs[SHOWN_REPAIRS:],
        "joints": _joints(material),
    }


def _facts(material: Material) -> tuple[Fact, ...]:
    counts = material.audit.counts()
    people = [_participants(study) for study in material.studies]
    known = [n for n in people if n is not None]
    facts = [Fact(str(len(material.studies)), "study" if len(material.studies) == 1 else "studies")]
    if len(known) == len(people):
        facts.append(Fact(f"{sum(known):,}", "participants"))
    shown = material.results.shown
    pooled = sum(result.pooled for result in shown)
    if shown:
        facts.append(Fact(f"{pooled} of {len(shown)}", "comparisons pooled"))
    facts.append(Fact(f"{len(material.numbers.rows):,}", "printed numbers"))
    facts.append(Fact(f"{len(material.audit):,}", "checks made"))
    facts.append(Fact(str(counts["error"]), "error" if counts["error"] == 1 else "errors"))
    facts.append(Fact(str(counts["warning"]), "warning" if counts["warning"] == 1 else "warnings"))
    return tuple(facts)


def _made(material: Material) -> tuple[tuple[str, str], ...]:
    """What the page stands on, in a line: newest source, version, what changed; each with its link."""
    years = [str(one.year) for study in material.studies for one in study.sources.values() if one.year]
    said = [(f"newest source {max(years)}", "studies")] if years else []
    said.append((f"evidence-synthesis {__version__}", "reproducibility"))
    if material.since is None:
        return (*said, ("not compared with an earlier report", ""))
    found = changes(material.since, material.data)
    counts = (
        (len(found.studies_in), "study new", "studies new"),
        (len(found.studies_out), "study gone", "studies gone"),
        (len(found.shifts), "result moved", "results moved"),
        (len(found.numbers), "number changed", "numbers changed"),
        (len(found.findings_new), "new finding", "new findings"),
        (len(found.findings_gone), "finding gone", "findings gone"),
    )
    words = listed([plural(count, one, many) for count, one, many in counts if count])
    return (*said, (f"since the earlier report: {words or 'nothing changed'}", "changes"))


def _focus(material: Material, key: str) -> Focus:
    study, ledger = material.review.study(key), material.ledger(key)
    design = " ".join(filter(None, (study.design.timing, study.design.kind.replace("-", " "))))
    arms = listed([material.names.treatment(arm.treatment) for arm in study.arms.values()])
    return Focus(
        anchor=material.study_anchors[key],
        label=study.label,
        about=f"{headed(design)} of {arms}",
        enters=material.entered[key],
        ledger=ledger.anchor,
        audit=ledger.summary,
        errors=tuple(row for row in pressing(ledger.rows) if row.severity == ERROR),
    )


def _participants(study: Any) -> int | None:
    sizes = [arm.n for arm in study.arms.values()]
    if not all(isinstance(n, Reported) and n.is_number for n in sizes):
        return None
    return int(sum(bounds(n).mid for n in sizes))


def _question(material: Material) -> tuple[tuple[str, str], ...]:
    asked = material.review.question
    rows = []
    for term in ("population", "intervention", "comparator", "outcome", "designs"):
        value = getattr(asked, term, None) if asked is not None else None
        if value:
            words = value if isinstance(value, str) else listed([v.replace("-", " ") for v in value], "or")
            rows.append(("Study designs" if term == "designs" else term.capitalize(), words))
    keys = dict.fromkeys(arm.treatment for study in material.studies for arm in study.arms.values())
    rows.append(("Treatments", listed([material.names.treatment(key) for key in keys])))
    return tuple(rows)


def _pooling(results: Results) -> str:
    pooled = sum(result.pooled for result in results.shown)
    single = len(results.shown) - pooled
    parts = [
        f"{plural(pooled, 'comparison was', 'comparisons were')} pooled" if pooled else "nothing was pooled"
    ]
    if single:
        parts.append(f"{plural(single, 'comparison is', 'comparisons are')} shown without pooling")
    if results.unused:
        parts.append(f"{plural(len(results.unused), 'reported endpoint')} gave no estimate")
    why = "; each says why" if single or results.unused else ""
    return f"{headed(listed(parts))}{why}."


def _through(one: PlannedIndirect, found: Indirect) -> Headline:
    """An indirect comparison in one sentence; its title says through what."""
    shown = display(found.measure)
    text = effect_text(shown, found.mu, found.ci.low, found.ci.high)
    return Headline("indirect", one.title, f"{shown.named} {text}.")


def _headline(result: Result) -> Headline:
    pooled = result.pool
    assert pooled is not None
    shown = display(pooled.measure)
    best = pooled if pooled.headline else pooled.common
    estimate = effect_text(shown, best.mu, best.ci.low, best.ci.high)
    how = "" if pooled.headline else ", common effect: two studies cannot tell how much effects differ"
    words = f"{shown.named} {estimate}, {plural(pooled.k, 'study', 'studies')}{how}."
    return Headline(result.anchor, result.label, words)


def _audited(material: Material) -> str:
    return f"The printed statistics were recomputed from each other. {counted(material.audit)}."


def _repairs(material: Material) -> list[Mend]:
    mends: dict[tuple[tuple[str, str], ...], Mend] = {}
    for ledger in material.ledgers:
        for row in pressing(ledger.rows):
            for shown, repair in zip(row.repairs, row.finding.repairs, strict=False):
                if shown.best:
                    key = tuple((edit.number.address, edit.proposed) for edit in repair.edits)
                    mends.setdefault(key, Mend(shown, ledger.label, row.finding.place.label, row.anchor))
    return list(mends.values())


def _joints(material: Material) -> list[JointReading]:
    found: dict[tuple[str, Joint], StudyLedger] = {}
    for ledger in material.ledgers:
        for row in ledger.rows:
            if row.finding.joint is not None:
                found.setdefault((ledger.label, row.finding.joint), ledger)
    return [
        JointReading(label, headed(joint.name), joint.message, _explained(joint, ledger))
        for (label, joint), ledger in found.items()
    ]


def _explained(joint: Joint, ledger: StudyLedger) -> tuple[Link, ...]:
    """The first ledger row about each number that a reading explains."""
    rows = {row.finding.address: row for row in reversed(ledger.rows)}
    explained = (rows[address] for address in joint.explains if address in rows)
    return tuple(Link(row.anchor, f"{row.finding.place.label} ({row.printed.text})") for row in explained)


SECTION = Section(10, "summary", "Summary", "sections/summary.html", _context)
