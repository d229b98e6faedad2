"""What was done: a sentence stands here only where its method ran."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.measures import get
from evidence.values import Derived
from synthesis.describing import methods
from synthesis.fit import Interval, Pool
from synthesis.reporting import references as papers
from synthesis.reporting.material import Material
from synthesis.reporting.references import Reference
from synthesis.reporting.section import Section
from synthesis.reporting.words import listed, plural


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more sentences, and the PRISMA 2020 item they answer."""

    words: str
    item: str
    numbers: tuple[int, ...]


def _context(material: Material) -> dict[str, Any]:
    said = list(_said(material))
    cited = list(dict.fromkeys(paper for _, _, found in said for paper in found))
    place = {paper: i for i, paper in enumerate(cited, start=1)}
    sentences = tuple(Sentence(words, item, tuple(place[p] for p in found)) for words, item, found in said)
    return {"sentences": sentences, "references": tuple(cited), "rules": len(material.audit) > 0}


Said = tuple[str, str, tuple[Reference, ...]]


def _said(material: Material) -> Iterator[Said]:
    yield (
        "Numbers were read as printed: their characters, decimals and relation were kept, and a number "
        "stands for every value that would have been printed so. Nothing was changed because of a finding.",
        "13b",
        (papers.PRISMA,),
    )
    if _corrected(material):
        yield (
            "Corrections given by authors, with their source, stand in place of the printed numbers.",
            "13b",
            (),
        )
    yield from _audit(material)
    yield from _effects(material)
    yield from _pools(material)


def _corrected(material: Material) -> bool:
    return any(row.number.correction is not None for row in material.numbers.rows)


def _audit(material: Material) -> Iterator[Said]:
    codes = dict.fromkeys(finding.code for finding in material.audit)
    if not codes:
        return
    yield (
        "Each printed statistic was recomputed from the others of its study by "
        f"{plural(len(codes), 'check')}. A check agrees when the range of the recomputed value, the rounding "
        "of every input allowed for, meets the range of values that would print as the paper’s number.",
        "11",
        (papers.STATCHECK,),
    )
    if any(finding.repairs for finding in material.audit):
        yield (
            "Where numbers disagree, the smallest edits of printed numbers under which all linked checks "
            "agree were searched for; ties are shown as ties.",
            "11",
            (),
        )


def _effects(material: Material) -> Iterator[Said]:
    tables = [result.table for result in material.results.shown]
    codes = dict.fromkeys(table.measure for table in tables)
    if not codes:
        yield ("No effect estimate could be made from what the studies print.", "12", ())
        return
    names = [f"{get(code).name} ({code})" for code in codes]
    cited = tuple(papers.MEASURES[code] for code in codes if code in papers.MEASURES)
    yield (f"Effects are expressed as {listed(names)}, with 95 % intervals.", "12", cited)
    routes = dict.fromkeys(row.route for table in tables for row in table.rows if row.route)
    if routes:
        yield (f"They were computed from {listed(list(routes))}.", "13b", ())
    inputs = [item for table in tables for row in table.rows for item in row.inputs]
    if any(isinstance(item, Derived) for item in inputs):
        words = "Values not printed were derived from printed ones by the steps written under each figure."
        yield (words, "13b", ())
    yield (
        "Randomised, adjusted, crude and single-arm results, and results at unlike timepoints, do not "
        "share an estimate unless the review’s plan says so.",
        "13a",
        (),
    )


def _pools(material: Material) -> Iterator[Said]:
    pools = [result.pool for result in material.results.shown if result.pool is not None and result.pooled]
    if not pools:
        yield ("No two results could share an estimate, so no model was fitted.", "13d", ())
        return
    explained: dict[str, tuple[Reference, ...]] = {}
    for pool in pools:
        explained.setdefault(methods(pool), tuple(_cited(pool)))
    for words, cited in explained.items():
        yield (words, "13d", cited)


def _cited(pool: Pool) -> Iterator[Reference]:
    if pool.model == "random-effects":
        if pool.tau2_method in papers.TAU2:
            yield papers.TAU2[pool.tau2_method]
        yield papers.Q_PROFILE
        yield papers.I2
    for key in (pool.interval_requested, pool.interval_method):
        if key in papers.INTERVALS:
            yield papers.INTERVALS[key]
    if isinstance(pool.prediction, Interval):
        yield papers.PREDICTION


SECTION = Section(60, "methods", "Methods", "sections/methods.html", _context)
