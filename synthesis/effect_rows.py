"""The rows of an effect table: for each study, its estimate and what it rests on, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import nan
from typing import TYPE_CHECKING

from evidence.choosing import choose
from evidence.claiming import Book
from evidence.derivation.inputs import Inputs, Missing
from evidence.findings import ERROR
from evidence.planned import BY
from evidence.qualifiers import Wanted, qualified, said
from synthesis.comparability import PEOPLE
from synthesis.comparisons import Comparison, named_endpoint, sides_of
from synthesis.naming import treatment_label
from synthesis.row_numbers import (
    corners,
    correction,
    estimate,
    not_estimable,
    rounding_range,
    stated,
    total,
    undefined,
    unusual_level,
)
from synthesis.table import OTHERS, EffectRow, LeftOut
from synthesis.zero_policies import ONE_HALF

if TYPE_CHECKING:
    from evidence.findings import Audit, Edit, Finding
    from evidence.measures.measure import Measure
    from evidence.review import Review, Synthesis
    from evidence.study import Overlap, Study

SIZES = ("arms", "sets", "total")  # where numbers of people stand that belong to no result
_KINDS = {
    "randomised-trial": "randomised trials",
    "non-randomised-trial": "non-randomised trials",
    "cohort": "cohorts",
    "case-control": "case-control studies",
    "cross-sectional": "cross-sectional studies",
    "single-arm": "single-arm studies",
    "case-series": "case series",
}
_DESIGN = ("timing", "blinding", "country")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every study: the comparison with its sides, the measure, the plan.

    ``audits`` holds what an audit found, by study; None without an audit.
    """

    review: Review
    comparison: Comparison
    measure: Measure
    plan: Synthesis | None
    audits: Mapping[str, Audit] | None
    zeros: str = ONE_HALF
    sides: tuple[tuple[str, ...], ...] = field(init=False)
    wanted: Wanted = field(init=False)
    shared: Mapping[str, Mapping[str, Overlap]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sides", sides_of(self.review, self.comparison.compare))
        object.__setattr__(self, "wanted", _wanted(self.review, self.comparison, self.plan))
        object.__setattr__(self, "shared", _shared(self.review))

    @property
    def by(self) -> str | None:
        """What the plan groups rows by."""
        return None if self.plan is None else self.plan.by

    @property
    def factor(self) -> str | None:
        """The subgroup factor whose levels are the rows, if the plan groups by one."""
        return self.by if self.by not in BY else None


def _wanted(review: Review, comparison: Comparison, plan: Synthesis | None) -> Wanted:
    named = named_endpoint(review, comparison.endpoint)
    only = qualified(plan) if plan is not None else {}
    if plan is None and comparison.grade is not None:
        only = {"grade": (comparison.grade,)}
    prefer = qualified(review.prefer) | (qualified(plan.prefer) if plan is not None else {})
    return Wanted(only, prefer, named.windows if named is not None else {})


def rows_of(asked: Asked) -> tuple[tuple[EffectRow, ...], tuple[LeftOut, ...]]:
    """The rows that the studies reporting an endpoint give, and those left out with their reasons.

    Of studies that share people (an overlap ``certain`` or ``likely``) only the first that gives a row has
    one.
    """
    rows: list[EffectRow] = []
    left_out: list[LeftOut] = []
    for study in asked.review.studies:
        if not _reports(study, asked):
            continue
        for found in _of_study(study, asked, rows):
            if isinstance(found, EffectRow):
                rows.append(found)
            else:
                left_out.append(found)
    return tuple(rows), tuple(left_out)


def _reports(study: Study, asked: Asked) -> bool:
    """Whether a study reports the endpoint: of everybody, or of the levels that are asked for."""
    whole = asked.factor is None
    return any(
        e.endpoint == asked.comparison.endpoint and (not whole or e.subgroup is None) for e in study.outcomes
    )


def _excluded(study: Study, plan: Synthesis | None) -> LeftOut | None:
    if plan is None:
        return None
    if study.study in plan.leave_out:
        return LeftOut(study.study, study.label, f"left out by the plan: {plan.leave_out[study.study]}")
    if plan.designs and study.design.kind not in plan.designs:
        return LeftOut(study.study, study.label, f"the plan takes no {_KINDS[study.design.kind]}")
    return None


def _shared(review: Review) -> dict[str, dict[str, Overlap]]:
    """The studies that share people with others, each with those others; said by either of them."""
    found: dict[str, dict[str, Overlap]] = {}
    for study in review.studies:
        for overlap in study.overlaps:
            if overlap.certainty in ("certain", "likely"):
                found.setdefault(study.study, {}).setdefault(overlap.study, overlap)
                found.setdefault(overlap.study, {}).setdefault(study.study, overlap)
    return found


def _overlapping(study: Study, asked: Asked, rows: Sequence[EffectRow]) -> LeftOut | None:
    """That a study shares people with one that has a row already."""
    others = asked.shared.get(study.study)
    for row in rows if others else ():
        overlap = others.get(row.study) if others else None
        if overlap is not None:
            reason = f"shares people with {row.study} ({overlap.certainty}: {overlap.because})"
            return LeftOut(study.study, study.label, reason)
    return None


# --- the rows of one study ---------------------------------------------------------------------------------


def _of_study(study: Study, asked: Asked, rows: Sequence[EffectRow]) -> Iterator[EffectRow | LeftOut]:
    """A study's row; several where its arms or subgroup levels are grouped apart, or stand by themselves."""
    book = Book(study, asked.review)
    arms = _arms(book, asked)
    if isinstance(arms, LeftOut):
        yield arms
        return
    out = _excluded(study, asked.plan) or _overlapping(study, asked, rows)
    if out is not None:
        yield out
    elif asked.factor is not None:
        yield from _by_level(book, asked, arms)
    else:
        yield from _by_arms(book, asked, arms)


def _by_arms(book: Book, asked: Asked, arms: tuple[tuple[str, ...], ...]) -> Iterator[EffectRow | LeftOut]:
    """One row, the arms of a side taken together; of single arms, or grouped by treatment, one a treatment.

    A control that several treatments share enters once: with the first of them that gives a row.
    """
    study = book.study
    apart = asked.by in ("treatment", "class") or len(arms) == 1
    ways = list(_apart(book, asked, arms)) if apart else [("", arms)]
    before: str | None = None
    for group, sides in ways:
        if before is not None and len(sides) > 1:
            versus = _label(book, sides[1])
            reason = f"{_label(book, sides[0])}: {versus} is in the row of {before} already, and enters once"
            yield LeftOut(study.study, study.label, reason)
            continue
        row = _row(book, asked, sides, asked.wanted, group, several=len(ways) > 1)
        before = _label(book, sides[0]) if isinstance(row, EffectRow) else before
        yield row


def _arms(book: Book, asked: Asked) -> tuple[tuple[str, ...], ...] | LeftOut:
    """The study's arms on each side; or why it has none."""
    study = book.study
    left = _left_arms(asked.plan, study.study)
    sides = []
    for treatments in asked.sides:
        own = tuple(key for key, arm in study.arms.items() if arm.treatment in treatments and key not in left)
        if not own:
            given = dict.fromkeys(arm.treatment for arm in study.arms.values())
            names = ", ".join(treatment_label(asked.review, t) for t in given)
            return LeftOut(study.study, study.label, f"{OTHERS} ({names})")
        sides.append(own)
    return tuple(sides)


def _left_arms(plan: Synthesis | None, study: str) -> list[str]:
    names = plan.leave_out if plan is not None else {}
    return [name.partition("/")[2] for name in names if name.startswith(f"{study}/")]


def _apart(
    book: Book, asked: Asked, sides: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """The first side's arms by treatment (or its class), each group against the whole second side."""
    arms: dict[str, list[str]] = {}
    for key in sides[0]:
        treatment = book.study.arms[key].treatment
        named = asked.review.treatments.get(treatment)
        by_class = asked.by == "class" and named is not None and named.class_
        arms.setdefault((named.class_ or "" if named and by_class else treatment), []).append(key)
    for group, keys in arms.items():
        label = treatment_label(asked.review, group) if group in asked.review.treatments else group
        yield label, (tuple(keys), *sides[1:])


def _by_level(book: Book, asked: Asked, sides: tuple[tuple[str, ...], ...]) -> Iterator[EffectRow | LeftOut]:
    """A row for each level of the plan's subgroup factor that the study reports."""
    study = book.study
    factor = study.subgroups.get(asked.factor or "")
    if factor is None:
        yield LeftOut(study.study, study.label, f"does not report it by {asked.factor}")
        return
    for key, level in factor.levels.items():
        label = level.label or key.replace("-", " ").capitalize()
        row = _row(book, asked, sides, asked.wanted.about(key), label, several=True)
        if isinstance(row, LeftOut):
            row = replace(row, reason=f"{label}: {row.reason}")
        yield row


def _row(
    book: Book,
    asked: Asked,
    sides: tuple[tuple[str, ...], ...],
    wanted: Wanted,
    group: str,
    several: bool,
) -> EffectRow | LeftOut:
    study, measure, zeros = book.study, asked.measure, asked.zeros
    inputs = choose(book, asked.comparison.endpoint, sides, measure, wanted)
    if isinstance(inputs, Missing):
        return LeftOut(study.study, study.label, inputs.reason)
    yi, vi = estimate(inputs, measure, zeros)
    why_not = not_estimable(inputs, measure, zeros) or (None if vi > 0 else undefined(inputs, zeros))
    if why_not:
        yi = vi = nan
    moved = corners(inputs, measure, zeros)
    row = EffectRow(
        study=study.study,
        label=f"{study.label}, {group}" if several and group else study.label,
        yi=yi,
        vi=vi,
        arms=inputs.arms,
        inputs=inputs.numbers,
        address=inputs.address,
        n_total=total(inputs),
        design=study.design.kind,
        adjusted=inputs.adjusted,
        endpoint_label=inputs.label,
        time=inputs.time,
        where=inputs.where,
        notes=(
            *inputs.notes,
            *unusual_level(inputs),
            *_sharing(study, inputs),
            *([f"not estimable: {why_not}"] if why_not else correction(inputs, measure, zeros)),
        ),
        passed_over=inputs.passed_over,
        route=inputs.route,
        stated=stated(inputs, measure),
        rounding=rounding_range(moved),
        choice=inputs.because,
        qualifiers=inputs.qualifiers,
        counted=_counted(study, inputs),
        people=_people(study, inputs, wanted.subgroup),
        corners=moved,
    )
    row = replace(row, group=_group(study, asked, row, group))
    found = asked.audits.get(study.study) if asked.audits is not None else None
    return row if found is None else row.with_findings(_concerning(found, row))


def _group(study: Study, asked: Asked, row: EffectRow, own: str) -> str:
    """What the plan groups the row under; empty where it groups nothing."""
    if asked.by is None:
        return ""
    if own:
        return own
    if asked.by == "design":
        return study.design.kind.replace("-", " ").capitalize()
    if asked.by in _DESIGN:
        return str(getattr(study.design, asked.by) or f"{asked.by} not stated").capitalize()
    return said(asked.by, row.qualifiers.get(asked.by, ())).capitalize()


def _counted(study: Study, inputs: Inputs) -> str:
    """What is counted in the row: patients, unless its analysis set says otherwise."""
    chosen = study.sets.get(next(iter(inputs.qualifiers.get("set", ())), ""))
    return (chosen.counts if chosen is not None else None) or PEOPLE


def _sharing(study: Study, inputs: Inputs) -> tuple[str, ...]:
    """That a study of more arms than these has other comparisons, which share an arm with this one."""
    used = {arm for data in inputs.arms for arm in data.arm.split("+")}
    if len(inputs.arms) < 2 or used == set(study.arms):
        return ()
    return (f"of a study of {len(study.arms)} arms: its comparisons share arms and are not independent",)


def _people(study: Study, inputs: Inputs, level: str | None) -> tuple[str, ...]:
    """The groups of people under the row: rows that have one in common are dependent."""
    arms = [arm for data in inputs.arms for arm in data.arm.split("+")]
    return tuple(f"{study.study}/{arm}{f'#{level}' if level else ''}" for arm in arms)


def _label(book: Book, side: Sequence[str]) -> str:
    treatments = dict.fromkeys(book.study.arms[arm].treatment for arm in side)
    return " and ".join(treatment_label(book.review, t) if book.review else t for t in treatments)


def _concerning(audit: Audit, row: EffectRow) -> tuple[Finding, ...]:
    """The findings that speak of a number under the row, or of its own entry.

    The size of an arm stands under every row of its study: what an audit says of another entry's
    percentage of it says nothing of this row.
    """
    own = {number.address for number in row.printed}
    results = {address for address in own if address.split("/")[1] not in SIZES}
    return tuple(
        f
        for f in audit.about(*row.printed)
        if f.address in own
        or row.address.startswith(f.place.address)
        or any(number.address in results for number in f.about)
    )


# --- rows under another reading ----------------------------------------------------------------------------


def said_repaired(row: EffectRow, repairs: Mapping[str, Edit]) -> EffectRow:
    """The row with a note on each repaired number under it."""
    edits = [repairs[number.address] for number in row.printed if number.address in repairs]
    told = tuple(f"{e.number.text} is read as {e.proposed} ({e.kind})" for e in dict.fromkeys(edits))
    return replace(row, notes=(*row.notes, *told)) if told else row


def without_flagged(rows: Iterable[EffectRow]) -> tuple[tuple[EffectRow, ...], tuple[LeftOut, ...]]:
    """The rows that rest on no number with an error, and the others left out with the reason."""
    kept, out = [], []
    for row in rows:
        errors = [f for f in row.findings if f.severity == ERROR and f.settled is None]
        if errors:
            told = "; ".join(dict.fromkeys(f"{f.about[0].text} ({f.code}, {f.verdict})" for f in errors))
            out.append(LeftOut(row.study, row.label, f"{row.endpoint_label}: rests on {told}"))
        else:
            kept.append(row)
    return tuple(kept), tuple(out)
