"""From studies to effect tables: one comparison asked for, or every one that the review can make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence import measures
from evidence.planned import ANY
from evidence.readings import (
    CORRECTED,
    NEED_AN_AUDIT,
    REPAIRED,
    WITHOUT_FLAGGED,
    check_reading,
    review_as,
    sole_repairs,
)
from synthesis.comparability import Question, may_meet, of_people
from synthesis.comparisons import (
    TOGETHER,
    Comparison,
    endpoints,
    named_endpoint,
    plan,
    planned_comparison,
    reports,
)
from synthesis.effect_rows import Asked, rows_of, said_repaired, without_flagged
from synthesis.errors import SynthesisError
from synthesis.errors import choose as known
from synthesis.naming import comparison_label, endpoint_label, side_label
from synthesis.side_by_side import unlikeness
from synthesis.table import OTHERS, EffectTable
from synthesis.zero_policies import ONE_HALF, ZEROS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evidence.findings import Audit, Edit
    from evidence.review import Review, Synthesis

_SINGLE = {"binary": "PLO", "continuous": "MN"}
_TWO_ARMS = {"binary": "RR", "continuous": "MD", "time-to-event": "HR"}


@dataclass(frozen=True, slots=True)
class Unused:
    """An endpoint that a study reports and that no table could use, with the reasons."""

    study: str
    label: str
    endpoint: str
    endpoint_label: str
    reason: str


def effects(
    review: Review,
    endpoint: str,
    *,
    measure: str | None = None,
    compare: tuple[str | tuple[str, ...], ...] | None = None,
    audit: Audit | None = None,
    reading: str = CORRECTED,
    zeros: str | None = None,
) -> EffectTable:
    """The effect of one treatment against another on an endpoint, study by study.

    Parameters
    ----------
    review : Review
        The review with its studies.
    endpoint : str
        Key of the endpoint, or name of one of the review's ``syntheses``.
    measure : str, optional
        Code of the effect measure; by default the endpoint's own, and for single arms PLO or MN.
    compare : tuple of str, optional
        Treatment keys: (first, versus), or one for single arms; several on a side as a tuple or joined by
        ``+``, all but references as ``any``. By default the only comparison there is.
    audit : Audit, optional
        What an audit found; its findings then travel into the rows that rest on the numbers it speaks of.
    reading : {"corrected", "as-printed", "repaired", "without-flagged"}
        How printed numbers are read; the last two audit the review where no audit is given.
    zeros : {"one-half", "treatment-arm", "none", "drop"}, optional
        What is added to counts with an empty cell, see `synthesis.zero_policies`; by default what the plan
        says, else one half.

    Returns
    -------
    EffectTable
        Rows on the measure's own scale (logarithms for ratios), and every study that reports the endpoint and
        is left out, with its reason.

    Raises
    ------
    SynthesisError
        For an endpoint, treatment, measure or reading that does not exist, or when ``compare`` is needed.

    Examples
    --------
    >>> import evidence, synthesis
    >>> review = evidence.read_review("studies/")
    >>> table = synthesis.effects(review, "objective-response", compare=("anlotinib", "sorafenib"))
    >>> table.measure, table.labels, round(float(table.yi[0]), 4)
    ('RR', ('Gansu 2024',), 0.18)
    """
    comparison = _comparison(review, endpoint, compare)
    read = read_under(review, reading, audit)
    return table_of(read, comparison, measure, _plan_of(review, comparison), zeros)


@dataclass(frozen=True, slots=True, eq=False)
class ReadReview:
    """A review under a reading, with the audit of each study, which travels into its rows, and repairs."""

    review: Review
    reading: str
    audits: Mapping[str, Audit] | None
    repairs: dict[str, Edit]


def read_under(review: Review, reading: str, audit: Audit | None) -> ReadReview:
    """The review under a reading; audited here where the reading needs it and no audit is given."""
    check_reading(reading)
    if audit is None and reading in NEED_AN_AUDIT:
        from evidence.auditing import audit as audited

        audit = audited(review)
    repairs = sole_repairs(audit) if audit is not None and reading == REPAIRED else {}
    found = audit.by_study() if audit is not None else None
    return ReadReview(review_as(review, reading, repairs), reading, found, repairs)


def table_of(
    read: ReadReview,
    comparison: Comparison,
    measure: str | None,
    plan: Synthesis | None,
    zeros: str | None = None,
) -> EffectTable:
    """The effect table of a comparison, under the qualifiers and preferences of a plan."""
    zeros = zeros or (plan.zeros if plan is not None else None) or ONE_HALF
    known("zeros", zeros, {name: name for name in ZEROS})
    review = read.review
    chosen = measures.get(measure or _default_measure(review, comparison, plan))
    rows, left_out = rows_of(Asked(review, comparison, chosen, plan, read.audits, zeros))
    rows = tuple(said_repaired(row, read.repairs) for row in rows)
    if read.reading == WITHOUT_FLAGGED:
        rows, flagged = without_flagged(rows)
        left_out = (*left_out, *flagged)
    if plan is not None and plan.pooled:
        rows, others = of_people(rows)
        left_out = (*left_out, *others)
    named = named_endpoint(review, comparison.endpoint)
    windows = named.windows if named is not None else {}
    meeting = may_meet(rows, Question(len(comparison.compare), chosen, plan, windows))
    apart = plan is None or not plan.pooled
    beside = unlikeness(rows) if len(comparison.compare) == 1 and apart else ()
    return EffectTable(
        endpoint=comparison.endpoint,
        endpoint_label=comparison_label(review, comparison),
        measure=chosen.code,
        compare=comparison.compare,
        compare_labels=tuple(side_label(review, side) for side in comparison.compare),
        rows=rows,
        left_out=left_out,
        better=named.better if named is not None else None,
        unit=named.unit if named is not None else None,
        pooled=meeting.reason is None,
        reason=meeting.reason,
        notes=(*meeting.notes, *beside),
        name=comparison.name,
        reading=read.reading,
        title=plan.label if plan is not None else None,
        by=plan.by if plan is not None else None,
        grade=comparison.grade,
        zeros=zeros,
    )


def tables(
    review: Review,
    audit: Audit | None = None,
    reading: str = CORRECTED,
    *,
    endpoint: str | None = None,
    measure: str | None = None,
    zeros: str | None = None,
) -> tuple[tuple[EffectTable, ...], tuple[Unused, ...]]:
    """Every effect table that a review gives, and what its studies report beside them.

    With ``endpoint`` (or the name of a synthesis) only those about it; with ``measure`` only comparisons of
    two treatments, by that measure instead of the review's. The second part names each endpoint that a
    study reports and that entered no table, with the reasons.

    Raises
    ------
    SynthesisError
        For an endpoint, measure or reading that does not exist.
    """
    read = read_under(review, reading, audit)
    wanted = _plan(read.review, endpoint, measure)
    made = [table_of(read, asked, measure, _plan_of(review, asked), zeros) for asked in wanted]
    useful = _useful(made)
    used = {(table.endpoint, row.study) for table in useful for row in table.rows}
    unused = [
        Unused(study.study, study.label, key, endpoint_label(review, key), reason)
        for key in _asked_about(review, endpoint, wanted, useful)
        for study in review.studies
        if reports(study, key)
        and (key, study.study) not in used
        and (reason := _reasons(made, key, study.study))
    ]
    return useful, tuple(unused)


def _asked_about(
    review: Review, asked: str | None, wanted: Iterable[Comparison], useful: tuple[EffectTable, ...]
) -> Iterable[str]:
    """The endpoints whose unused results are told: of a synthesis that has a table its own left out do."""
    if asked is None:
        return endpoints(review)
    if asked in review.syntheses and useful:
        return ()
    return dict.fromkeys(comparison.endpoint for comparison in wanted)


def _useful(made: list[EffectTable]) -> tuple[EffectTable, ...]:
    """Tables that show something: planned ones, pairs with a row, and arms that stand beside others.

    Arms side by side are of use where there are two or more of them, and where a plan has syntheses, only
    while one of them is in none.
    """
    planned = {(t.endpoint, t.grade, p) for t in made if t.name for row in t.rows for p in row.people}
    return tuple(table for table in made if _is_useful(table, planned))


def _is_useful(table: EffectTable, planned: set[tuple[str, str | None, str]]) -> bool:
    if len(table.compare) > 1 or table.name is not None:
        return bool(table.rows)
    new = [
        row for row in table.rows if any((table.endpoint, table.grade, p) not in planned for p in row.people)
    ]
    return len(table.rows) > 1 and bool(new)


def _plan_of(review: Review, comparison: Comparison) -> Synthesis | None:
    return review.syntheses.get(comparison.name) if comparison.name else None


def _plan(review: Review, endpoint: str | None, measure: str | None) -> tuple[Comparison, ...]:
    if endpoint is not None and endpoint not in review.syntheses:
        known("endpoint", endpoint, {key: key for key in endpoints(review)})
    every = [c for c in plan(review) if endpoint in (None, c.name, c.endpoint)]
    return tuple(c for c in every if measure is None or len(c.compare) > 1)


def _reasons(made: list[EffectTable], endpoint: str, study: str) -> str:
    said = [
        left.reason
        for table in made
        if table.endpoint == endpoint and len(table.compare) > 1
        for left in table.left_out
        if left.study == study and not left.reason.startswith((OTHERS, "the plan takes"))
    ]
    return "; ".join(dict.fromkeys(said)) or "no other study or arm to compare with"


# --- what is asked ----------------------------------------------------------------------------------------


def _comparison(
    review: Review, endpoint: str, compare: tuple[str | tuple[str, ...], ...] | None
) -> Comparison:
    sides = None if compare is None else _sides(review, compare)
    if endpoint in review.syntheses:
        wanted = planned_comparison(endpoint, review.syntheses[endpoint])
        if not wanted.endpoint or not (sides or wanted.compare) or review.syntheses[endpoint].via:
            raise SynthesisError(f"{endpoint} is an indirect comparison; ask for it with `pool`")
        return wanted if sides is None else replace(wanted, compare=sides)
    known("endpoint", endpoint, {key: key for key in endpoints(review)})
    if sides is not None:
        return Comparison(endpoint, sides)
    possible = [c for c in plan(review) if c.endpoint == endpoint]
    unplanned = [c for c in possible if c.name is None and c.grade is None]
    pairs = [c for c in unplanned if len(c.compare) == 2] or unplanned
    if len(possible) > len(unplanned) == 0:
        pairs = possible
    if len(pairs) != 1:
        choices = "; ".join(c.name or ", ".join(c.compare) for c in possible) or "none"
        raise SynthesisError(f"say which treatments to compare on {endpoint}; there are: {choices}")
    return pairs[0]


def _sides(review: Review, compare: tuple[str | tuple[str, ...], ...]) -> tuple[str, ...]:
    """The sides asked for, each of their treatments known to exist."""
    given = {arm.treatment: arm.treatment for study in review.studies for arm in study.arms.values()}
    treatments = {key: key for key in review.treatments} | given
    sides = [side.split(TOGETHER) if isinstance(side, str) else list(side) for side in compare]
    for side in sides:
        for name in side:
            if side != [ANY]:
                known("treatment", name, treatments)
    return tuple(TOGETHER.join(side) for side in sides)


def _default_measure(review: Review, comparison: Comparison, plan: Synthesis | None) -> str:
    if plan is not None and plan.measure:
        return str(plan.measure)
    named = named_endpoint(review, comparison.endpoint)
    kind = named.kind if named is not None else "binary"
    if len(comparison.compare) == 1:
        return _SINGLE.get(kind, "PLO")
    return (named.measure if named is not None else None) or _TWO_ARMS.get(kind, "RR")
