"""Which comparisons a review asks for: those it plans, then every other that its studies could answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.planned import ANY
from evidence.qualifiers import ANY_GRADE

if TYPE_CHECKING:
    from evidence.review import Review, Synthesis
    from evidence.study import Endpoint, Study

TOGETHER = "+"
"""Between treatments that stand on one side: ``sorafenib+lenvatinib``."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question a review can ask of its studies: an endpoint, and two sides or one.

    A side is a treatment, several joined by ``+``, or ``any``; ``grade`` is that of adverse events where the
    question is about a certain one; ``name`` is the synthesis that plans it.
    """

    endpoint: str
    compare: tuple[str, ...]
    name: str | None = None
    grade: str | None = None


def planned_comparison(name: str, plan: Synthesis) -> Comparison:
    """The comparison that a synthesis plans."""
    grades = [grade for grade in plan.grade if grade not in ANY_GRADE]
    sides = tuple(TOGETHER.join(side) for side in plan.compare)
    return Comparison(plan.endpoint or "", sides, name, " or ".join(grades) or None)


def sides_of(review: Review, compare: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The treatments on each side; ``any`` is whatever is neither a reference nor on the other side."""
    written = [tuple(side.split(TOGETHER)) for side in compare]
    named = {treatment for side in written for treatment in side}
    given = (arm.treatment for study in review.studies for arm in study.arms.values())
    rest = tuple(t for t in dict.fromkeys((*review.treatments, *given)) if t not in named)
    active = tuple(t for t in rest if t not in review.treatments or not review.treatments[t].reference)
    return tuple(active if side == (ANY,) else side for side in written)


def plan(review: Review) -> tuple[Comparison, ...]:
    """Every comparison the review can make: those its ``syntheses`` name, then the rest by endpoint.

    The rest are, for an endpoint (and a grade of adverse events), each pair of treatments that some study
    gives to two arms: combinations first, the reference treatment last, else in the order of that study's
    arms; and each treatment that several studies give, but never beside the same other, where the endpoint
    is no time to an event. What a synthesis answers for every study that could is not asked again.
    """
    named = [
        planned_comparison(name, wanted)
        for name, wanted in review.syntheses.items()
        if wanted.compare and not wanted.via
    ]
    taken = [(c.endpoint, c.grade, sides_of(review, c.compare)) for c in named]
    rest = [c for c in _default(review) if not any(_answers(one, c) for one in taken)]
    return (*named, *rest)


def _answers(planned: tuple[str, str | None, tuple[tuple[str, ...], ...]], asked: Comparison) -> bool:
    """Whether a planned comparison has a pair of treatments, or a single one, on its sides."""
    endpoint, grade, sides = planned
    if (endpoint, grade) != (asked.endpoint, asked.grade) or len(sides) != len(asked.compare):
        return False
    pairs = zip(asked.compare, sides, strict=True), zip(asked.compare[::-1], sides, strict=True)
    return any(all(treatment in side for treatment, side in pair) for pair in pairs)


def _default(review: Review) -> Iterator[Comparison]:
    for endpoint in endpoints(review):
        reporting = [study for study in review.studies if reports(study, endpoint)]
        for grade in _grades(reporting, endpoint):
            graded = [study for study in reporting if reports(study, endpoint, grade)]
            pairs: dict[frozenset[str], tuple[str, str]] = {}
            for study in graded:
                for pair in _pairs(review, study):
                    pairs.setdefault(frozenset(pair), pair)
            yield from (Comparison(endpoint, pair, grade=grade) for pair in pairs.values())
            if endpoint_kind(review, endpoint) != "time-to-event":
                references = [t for t in review.treatments if review.treatments[t].reference]
                alone = (treatment for treatment in _alone(graded) if treatment not in references)
                yield from (Comparison(endpoint, (treatment,), grade=grade) for treatment in alone)


def _grades(reporting: Sequence[Study], endpoint: str) -> tuple[str | None, ...]:
    """The grades of an endpoint that studies report: any first, then each certain one."""
    found = [e.grade for s in reporting for e in s.outcomes if e.endpoint == endpoint and e.subgroup is None]
    certain = dict.fromkeys(grade for grade in found if grade is not None and grade not in ANY_GRADE)
    return (None, *certain)


def endpoints(review: Review) -> tuple[str, ...]:
    """Keys of all endpoints: the review's, then those that only studies name."""
    own = (key for study in review.studies for key in study.endpoints)
    return tuple(dict.fromkeys((*review.endpoints, *own)))


def named_endpoint(review: Review, endpoint: str) -> Endpoint | None:
    """An endpoint as the review defines it, else as the first study that does."""
    own = (study.endpoints[endpoint] for study in review.studies if endpoint in study.endpoints)
    return review.endpoints.get(endpoint) or next(own, None)


def endpoint_kind(review: Review, endpoint: str) -> str | None:
    """Kind of an endpoint, None where nothing defines it."""
    named = named_endpoint(review, endpoint)
    return named.kind if named is not None else None


def reports(study: Study, endpoint: str, grade: str | None = "whatever") -> bool:
    """Whether a study reports an endpoint of everybody: of this grade, or by default of whatever grade."""
    own = (e for e in study.outcomes if e.endpoint == endpoint and e.subgroup is None)
    if grade is None:
        return any(e.grade is None or e.grade in ANY_GRADE for e in own)
    return any(grade in ("whatever", e.grade) for e in own)


def _pairs(review: Review, study: Study) -> Iterator[tuple[str, str]]:
    given = list(dict.fromkeys(arm.treatment for arm in study.arms.values()))
    known = review.treatments
    given.sort(key=lambda t: (known[t].reference, not known[t].components) if t in known else (False, True))
    for i, first in enumerate(given):
        yield from ((first, versus) for versus in given[i + 1 :])


def _alone(reporting: Sequence[Study]) -> Iterator[str]:
    """Treatments that several studies give, in no two of them beside the same other treatment."""
    given = [dict.fromkeys(arm.treatment for arm in study.arms.values()) for study in reporting]
    for treatment in dict.fromkeys(t for treatments in given for t in treatments):
        beside = [set(treatments) - {treatment} for treatments in given if treatment in treatments]
        if len(beside) > 1 and not any(a & b for i, a in enumerate(beside) for b in beside[i + 1 :]):
            yield treatment
