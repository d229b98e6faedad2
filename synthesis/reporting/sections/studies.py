"""One card a study: how it was made, who was in it, where it was printed, what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence.values import Between, OneOf, Reported, numbers_in
from synthesis.reporting.entering import Entered
from synthesis.reporting.ledger import Cited, StudyLedger
from synthesis.reporting.material import Material
from synthesis.reporting.section import Link, Section
from synthesis.reporting.words import headed, plural

if TYPE_CHECKING:
    from evidence.study import Entry, Publication, Study


UNFOLDED = 12  # cards; of more, each shows its sources and unfolds the rest


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a study was printed; ``address`` is a DOI link, PubMed link or web address."""

    kind: str
    words: str
    address: str | None
    address_text: str


@dataclass(frozen=True, slots=True)
class ArmRow:
    """One arm of the card."""

    treatment: str
    called: str
    dose: str
    n: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """One entry of the study: what is reported of it, and where; ``anchor`` is that of its first number."""

    label: str
    about: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a card shows."""

    anchor: str
    label: str
    design: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[Printed, ...]
    arms: tuple[ArmRow, ...]
    endpoints: tuple[EndpointRow, ...]
    enters: tuple[Entered, ...]
    ledger: str
    ledger_summary: str
    audit: str
    unplaced: tuple[tuple[str, str, str], ...]


def _context(material: Material) -> dict[str, Any] | None:
    if not material.studies:
        return None
    cards = tuple(_card(material, study) for study in material.studies)
    excluded = material.review.excluded
    links = [Link(card.anchor, card.label) for card in cards]
    links += [Link("excluded", "Looked at and left out")] if excluded else []
    return {
        "cards": cards,
        "folded": len(cards) > UNFOLDED,
        "excluded": excluded,
        "links": tuple(links),
        "count": str(len(cards)),
    }


def _card(material: Material, study: Study) -> Card:
    ledger = material.ledger(study.study)
    return Card(
        anchor=material.study_anchors[study.study],
        label=study.label,
        design=_design(study),
        facts=_facts(study),
        sources=tuple(_source(source) for source in study.sources.values()),
        arms=tuple(_arm(material, study, key) for key in study.arms),
        endpoints=tuple(_endpoint(material, study, entry) for entry in study.entries),
        enters=material.entered[study.study],
        ledger=ledger.anchor,
        ledger_summary=ledger.summary,
        audit=_pressing(ledger),
        unplaced=tuple((one.text, one.where or "", one.because or "") for one in study.unplaced),
    )


def _facts(study: Study) -> tuple[tuple[str, str], ...]:
    design = study.design
    rows = [
        ("Design", _design(study)),
        ("Blinding", design.blinding),
        ("Paired", design.paired),
        ("Allocation ratio", design.ratio),
        ("Centres", _text(design.centres)),
        ("Country", design.country),
        ("Setting", design.setting),
        ("Recruitment", (design.recruitment or "").replace("/", " to ")),
        ("Followed until", design.follow_up_until),
        ("Registration", study.registration),
        ("Note", study.note),
    ]
    return tuple((term, words) for term, words in rows if words)


def _design(study: Study) -> str:
    """``Prospective cohort``"""
    parts = (study.design.timing, study.design.kind.replace("-", " "))
    return headed(" ".join(word for word in parts if word))


def _pressing(ledger: StudyLedger) -> str:
    """``1 error, 2 warnings``; where there are none, how many checks agree."""
    said = [row.severity for row in ledger.rows]
    counts = [plural(said.count(word), word) for word in ("error", "warning", "note") if word in said]
    return ", ".join(counts) or (ledger.agreed if said else "nothing to check")


def _text(value: Reported | OneOf | Between | None) -> str:
    sign = " to " if isinstance(value, Between) else " or "
    return sign.join(number.text for number in numbers_in(value))


def _source(source: Publication) -> Printed:
    parts = [source.authors, source.title, source.journal, source.year]
    words = ". ".join(str(part).rstrip(".") for part in parts if part)
    address, shown = None, ""
    if source.doi:
        address, shown = f"https://doi.org/{source.doi}", f"doi:{source.doi}"
    elif source.pmid:
        address, shown = f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/", f"PubMed {source.pmid}"
    elif source.url and source.url.startswith("https://"):
        address = shown = source.url
    return Printed(source.kind.capitalize(), words, address, shown)


def _arm(material: Material, study: Study, key: str) -> ArmRow:
    arm = study.arms[key]
    n = tuple(material.clerk.cite(study, number) for number in numbers_in(arm.n))
    return ArmRow(
        material.names.treatment(arm.treatment),
        _called(arm.label or key, material.names.treatment(arm.treatment)),
        arm.dose or "",
        n,
    )


def _called(label: str, treatment: str) -> str:
    """What the source calls the arm, where that is not what was given."""
    return "" if label.casefold() == treatment.casefold() else label


def _endpoint(material: Material, study: Study, entry: Entry) -> EndpointRow:
    from evidence.records import printed_numbers

    first = next(printed_numbers(entry), None)
    grade = f"grade {entry.grade}" if entry.grade else None
    told = (
        *entry.at,
        *(entry.subgroup, entry.cut, entry.set, entry.assessor, entry.criteria, grade, entry.unit),
        entry.label,
        entry.where,
    )
    return EndpointRow(
        label=material.names.endpoint(entry.endpoint, study),
        about=", ".join(str(word) for word in told if word),
        anchor=material.clerk.cite(study, first).anchor if first is not None else None,
    )


SECTION = Section(20, "studies", "Included studies", "sections/studies.html", _context)
