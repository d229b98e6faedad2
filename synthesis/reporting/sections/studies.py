"""One card a study: how it was made, who was in it, where it was printed, what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence.values import Between, OneOf, Reported, numbers_in
from synthesis.reporting.ledger import Cited
from synthesis.reporting.material import Material
from synthesis.reporting.section import Link, Section

if TYPE_CHECKING:
    from evidence.study import Entry, Publication, Study


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
    """One entry of the study: what is reported of it, with the links to its numbers."""

    label: str
    called: str
    qualifiers: str
    numbers: tuple[Cited, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a card shows."""

    anchor: str
    label: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[Printed, ...]
    arms: tuple[ArmRow, ...]
    endpoints: tuple[EndpointRow, ...]
    ledger: str
    ledger_summary: str
    unplaced: tuple[tuple[str, str, str], ...]


def _context(material: Material) -> dict[str, Any] | None:
    if not material.studies:
        return None
    cards = tuple(_card(material, study) for study in material.studies)
    return {"cards": cards, "links": tuple(Link(card.anchor, card.label) for card in cards)}


def _card(material: Material, study: Study) -> Card:
    ledger = next(one for one in material.ledgers if one.label == study.label)
    return Card(
        anchor=material.study_anchors[study.study],
        label=study.label,
        facts=_facts(study),
        sources=tuple(_source(source) for source in study.sources.values()),
        arms=tuple(_arm(material, study, key) for key in study.arms),
        endpoints=tuple(_endpoint(material, study, entry) for entry in study.entries),
        ledger=ledger.anchor,
        ledger_summary=ledger.summary,
        unplaced=tuple((one.text, one.where or "", one.because or "") for one in study.unplaced),
    )


def _facts(study: Study) -> tuple[tuple[str, str], ...]:
    design = study.design
    kind = " ".join(word for word in (design.timing, design.kind.replace("-", " ")) if word)
    rows = [
        ("Design", kind[:1].upper() + kind[1:]),
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
    return ArmRow(material.names.treatment(arm.treatment), arm.label or key, arm.dose or "", n)


def _endpoint(material: Material, study: Study, entry: Entry) -> EndpointRow:
    from evidence.records import printed_numbers

    grade = f"grade {entry.grade}" if entry.grade else None
    told = [
        *entry.at,
        entry.subgroup,
        entry.cut,
        entry.set,
        entry.assessor,
        entry.criteria,
        grade,
        entry.unit,
    ]
    return EndpointRow(
        label=material.names.endpoint(entry.endpoint, study),
        called=entry.label or "",
        qualifiers=", ".join(str(word) for word in told if word),
        numbers=tuple(material.clerk.cite(study, number) for number in printed_numbers(entry)),
        where=entry.where or "",
    )


SECTION = Section(20, "studies", "Included studies", "sections/studies.html", _context)
