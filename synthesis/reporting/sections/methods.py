"""What was done: a sentence stands here only where its method ran."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from evidence._version import __version__
from evidence.measures import get
from evidence.values import Derived
from synthesis.describing import methods
from synthesis.fit import Interval, Pool
from synthesis.reporting import references as papers
from synthesis.reporting.closer_looks import FEWEST_FUNNEL, FEWEST_REFITS
from synthesis.reporting.material import Material
from synthesis.reporting.references import Reference
from synthesis.reporting.section import Section
from synthesis.reporting.words import headed, listed, plural


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
    yield from _predictions(material)
    yield from _beside(material)


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
        "9",
        (papers.STATCHECK,),
    )
    if any(finding.repairs for finding in material.audit):
        yield (
            "Where numbers disagree, the smallest edits of printed numbers under which all linked checks "
            "agree were searched for; ties are shown as ties.",
            "9",
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
    alike: dict[tuple[str, str], list[Pool]] = {}
    for pool in pools:
        alike.setdefault(_how(pool), []).append(pool)
    for (done, rest), found in alike.items():
        words = f"{headed(_whose(found))} were combined {done}. {rest}"
        yield (words, "13d", tuple(dict.fromkeys(paper for pool in found for paper in _cited(pool))))
    if any(pool.k == 2 for pool in pools):
        yield (
            "Of two studies the common effect is shown, because two cannot tell how much effects differ.",
            "13d",
            (),
        )


def _how(pool: Pool) -> tuple[str, str]:
    """How a pool was made, in the words of its own paragraph without what differs from pool to pool."""
    head, _, rest = methods(pool).partition(". ")
    predicted = rest.find("The prediction interval uses")
    rest = rest if predicted < 0 else rest[:predicted]
    if pool.interval_note:
        rest = rest.replace(f"Here {pool.interval_note}.", "")
    return _typeset(head.partition(" were combined ")[2]), _typeset(" ".join(rest.split()))


def _whose(pools: list[Pool]) -> str:
    """``the hazard ratios of 3 comparisons and the risk ratios of 1``"""
    names = Counter(methods(pool).partition(" of ")[0] for pool in pools)
    said = [
        f"{name[:1].lower()}{name[1:]} of {plural(count, 'comparison') if i == 0 else count}"
        for i, (name, count) in enumerate(names.items())
    ]
    return listed(said)


def _typeset(words: str) -> str:
    """``τ²`` for ``tau2``"""
    for plain, set_ in (("tau2", "τ²"), ("I2 ", "I² "), ("k - 1", "k − 1"), ("k - 2", "k − 2")):
        words = words.replace(plain, set_)
    return words


def _predictions(material: Material) -> Iterator[Said]:
    """How prediction intervals were made, where there are any."""
    shown = [result.pool for result in material.results.shown if result.pool is not None]
    found = [pool for pool in shown if isinstance(pool.prediction, Interval)]
    said = dict.fromkeys(
        _typeset(methods(pool)[methods(pool).find("The prediction interval uses") :]) for pool in found
    )
    for words in said:
        yield (words, "13d", (papers.PREDICTION,))


def _beside(material: Material) -> Iterator[Said]:
    """Groups, indirect comparisons, displays, other readings and judgements, each where there was one."""
    results, review = material.results, material.review
    if any(result.groups is not None for result in results.shown):
        words = (
            "Studies were pooled in groups where the plan names them, and the groups’ means were compared."
        )
        yield (words, "13e", ())
    if results.indirect:
        yield (
            "Treatments were compared through a common comparator by the difference of the two results.",
            "13d",
            (papers.BUCHER,),
        )
    if results.shown:
        yield ("Results are shown as forest plots, with the data of each study in the same rows.", "13c", ())
    yield from _again(material)
    tools = dict.fromkeys(bias.tool for study in material.studies for bias in study.bias)
    if tools:
        yield (f"Risk of bias was judged by people with {listed(list(tools))}.", "11", ())
    if review.certainty:
        yield ("Certainty was judged by people; the steps and their reasons are shown as given.", "15", ())
    numpy, scipy = version("numpy"), version("scipy")
    words = f"Computed by evidence-synthesis {__version__} with NumPy {numpy} and SciPy {scipy}."
    yield (words, "13d", ())


def _again(material: Material) -> Iterator[Said]:
    """What was made again to see whether results hold."""
    pools = [result.pool for result in material.results.shown if result.pool is not None]
    if pools:
        yield (
            "Every estimate was made again from the numbers as printed, with the audit’s repairs where a "
            "single one is best, and without studies that rest on a number with an error.",
            "13f",
            (),
        )
    if any(pool.k >= FEWEST_REFITS for pool in pools):
        words = f"Pools of {FEWEST_REFITS} studies or more were made again without each of their studies."
        yield (words, "13f", ())
    if any(pool.k >= FEWEST_FUNNEL for pool in pools):
        words = f"A funnel plot is shown for pools of {FEWEST_FUNNEL} studies or more."
        yield (words, "14", ())


def _cited(pool: Pool) -> Iterator[Reference]:
    if pool.model == "random-effects":
        if pool.tau2_method in papers.TAU2:
            yield papers.TAU2[pool.tau2_method]
        yield papers.Q_PROFILE
        yield papers.I2
    for key in (pool.interval_requested, pool.interval_method):
        if key in papers.INTERVALS:
            yield papers.INTERVALS[key]


SECTION = Section(60, "methods", "Methods", "sections/methods.html", _context)
