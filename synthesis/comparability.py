"""What may meet: which comparisons a review allows, and which results may share a diamond."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from synthesis.table import EffectRow, LeftOut

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Endpoint, Study

RANDOMISED = "randomised"
ADJUSTED = "non-randomised, adjusted"
CRUDE = "non-randomised, crude"
SINGLE_ARM = "single-arm"

_DAYS = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(1461, 48), "year": Fraction(1461, 4)}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(day|week|month|year)s?")
_SINGLE_REASON = (
    "arms of separate studies are shown side by side; pooling single arms takes a plan under `syntheses`"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question a review can ask of its studies: an endpoint, and two treatments or one."""

    endpoint: str
    compare: tuple[str, ...]
    name: str | None = None


def plan(review: Review) -> tuple[Comparison, ...]:
    """Every comparison the review can make: those its ``syntheses`` name, then the rest by endpoint.

    By default an endpoint is compared between each pair of treatments that some study gives to two arms:
    combinations first, the reference treatment last, else in the order of that study's arms; and within a
    treatment that several studies give, but never beside the same other, where the endpoint is no time to
    an event.
    """
    named = [
        Comparison(wanted.endpoint, wanted.compare, name)
        for name, wanted in review.syntheses.items()
        if wanted.compare
    ]
    taken = {(c.endpoint, frozenset(c.compare)) for c in named}
    rest = [c for c in _default(review) if (c.endpoint, frozenset(c.compare)) not in taken]
    return (*named, *rest)


def _default(review: Review) -> Iterator[Comparison]:
    for endpoint in endpoints(review):
        reporting = [study for study in review.studies if reports(study, endpoint)]
        pairs: dict[frozenset[str], tuple[str, str]] = {}
        for study in reporting:
            for pair in _pairs(review, study):
                pairs.setdefault(frozenset(pair), pair)
        yield from (Comparison(endpoint, pair) for pair in pairs.values())
        if endpoint_kind(review, endpoint) != "time-to-event":
            yield from (Comparison(endpoint, (treatment,)) for treatment in _alone(reporting))


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


def reports(study: Study, endpoint: str) -> bool:
    """Whether a study has an outcome entry of an endpoint about everybody."""
    return any(e.endpoint == endpoint and not e.baseline and e.subgroup is None for e in study.entries)


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


def overlapping(review: Review) -> dict[str, LeftOut]:
    """The studies that a synthesis leaves out because they share people with an earlier one."""
    order = {study.study: place for place, study in enumerate(review.studies)}
    out: dict[str, LeftOut] = {}
    for study in review.studies:
        for overlap in study.overlaps:
            if overlap.certainty not in ("certain", "likely") or overlap.study not in order:
                continue
            first, second = sorted((study.study, overlap.study), key=order.__getitem__)
            label = review.studies[order[second]].label
            reason = f"shares people with {first} ({overlap.certainty}: {overlap.because})"
            out.setdefault(second, LeftOut(second, label, reason))
    return out


def design_class(kind: str | None, adjusted: bool | None, arms: int) -> str:
    """The class of a result, within which results may share a diamond."""
    if arms == 1:
        return SINGLE_ARM
    if kind == "randomised-trial":
        return RANDOMISED
    return ADJUSTED if adjusted else CRUDE


def why_not_pooled(
    rows: Sequence[EffectRow],
    *,
    single_arm: bool,
    planned: bool,
    windows: dict[str, tuple[str, str]],
    timed: bool,
) -> str | None:
    """Why these rows may not share a diamond, in words; None where they may.

    Single arms need a plan. Results at unlike times, unless one of the endpoint's windows holds them all, and
    results of unlike design classes never meet by default. A plan (``planned``) is a person's decision: it is
    followed, and the picture says so.
    """
    if planned or len(rows) < 2:
        return _SINGLE_REASON if single_arm and not planned else None
    reasons = [_SINGLE_REASON] if single_arm else []
    times = {row.label: row.time for row in rows}
    if timed and not same_time(times.values(), windows):
        said = "; ".join(
            f"{label} {'at ' + time if time else 'time not stated'}" for label, time in times.items()
        )
        reasons.append(f"the results are of unlike timepoints ({said})")
    classes = {row.label: design_class(row.design, row.adjusted, len(row.arms)) for row in rows}
    if len(set(classes.values())) > 1:
        said = "; ".join(f"{label} {name}" for label, name in classes.items())
        reasons.append(f"the results are of unlike designs ({said})")
    return "; ".join(reasons) or None


def same_time(times: Iterable[str | None], windows: dict[str, tuple[str, str]]) -> bool:
    """Whether times are all one, or all within one of the windows.

    Examples
    --------
    >>> same_time(["6 months", "24 weeks"], {"6 months": ("5 months", "7 months")})
    True
    >>> same_time([None, "6 months"], {})
    False
    """
    distinct = set(times)
    if len(distinct) < 2:
        return True
    lengths = [days(time) for time in distinct]
    if any(length is None for length in lengths):
        return False
    known = [length for length in lengths if length is not None]
    if len(set(known)) == 1:
        return True
    for low, high in ((days(low), days(high)) for low, high in windows.values()):
        if low is not None and high is not None and low <= min(known) and max(known) <= high:
            return True
    return False


def days(time: str | None) -> Fraction | None:
    """A duration such as ``6 months`` in days; None for anything else."""
    match = _DURATION.fullmatch(time.strip()) if time else None
    return Fraction(match[1]) * _DAYS[match[2]] if match else None
