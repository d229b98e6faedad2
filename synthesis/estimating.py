"""From studies to an effect table: one row a study, what it rests on, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence import measures
from evidence.choosing import Wanted, choose
from evidence.claiming import Book
from evidence.derivation.inputs import Inputs, Missing
from evidence.derivation.interval_to_se import from_interval
from evidence.readings import CORRECTED, read_as
from synthesis.comparability import (
    Comparison,
    endpoints,
    named_endpoint,
    overlapping,
    plan,
    reports,
    why_not_pooled,
)
from synthesis.errors import SynthesisError
from synthesis.errors import choose as known
from synthesis.side_by_side import unlikeness
from synthesis.table import EffectRow, EffectTable, LeftOut

if TYPE_CHECKING:
    from evidence.findings import Audit, Finding
    from evidence.measures.measure import Measure
    from evidence.review import Review, Synthesis
    from evidence.study import Study

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
    compare: tuple[str, ...] | None = None,
    audit: Audit | None = None,
    reading: str = CORRECTED,
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
        Treatment keys: (first, versus), or one for single arms. By default the only comparison there is.
    audit : Audit, optional
        What an audit found; its findings then travel into the rows that rest on the numbers it speaks of.
    reading : {"corrected", "as-printed"}
        How printed numbers are read.

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
    chosen = known("measure", measure or _default_measure(review, comparison), _all_measures())
    planned = review.syntheses.get(comparison.name) if comparison.name else None
    rows, left_out = _rows(review, comparison, chosen, planned, reading, audit)
    named = named_endpoint(review, comparison.endpoint)
    single = len(comparison.compare) == 1
    reason = why_not_pooled(
        rows,
        single_arm=single,
        planned=planned is not None,
        windows=dict(getattr(named, "windows", None) or {}),
        timed=chosen.kind != "time-to-event",
    )
    return EffectTable(
        endpoint=comparison.endpoint,
        endpoint_label=endpoint_label(review, comparison.endpoint),
        measure=chosen.code,
        compare=comparison.compare,
        compare_labels=tuple(treatment_label(review, t) for t in comparison.compare),
        rows=tuple(rows),
        left_out=tuple(left_out),
        better=getattr(named, "better", None),
        unit=getattr(named, "unit", None),
        pooled=reason is None,
        reason=reason,
        notes=unlikeness(rows) if single else (),
        name=comparison.name,
    )


def tables(
    review: Review, audit: Audit | None = None, reading: str = CORRECTED
) -> tuple[tuple[EffectTable, ...], tuple[Unused, ...]]:
    """Every effect table that a review gives with its own measures, and what its studies report beside them.

    The second part names each endpoint that a study reports and that entered no table, with the reasons.
    """
    made = [
        effects(review, c.name or c.endpoint, compare=c.compare, audit=audit, reading=reading)
        for c in plan(review)
    ]
    useful = tuple(table for table in made if len(table.rows) > (len(table.compare) == 1))
    used = {(table.endpoint, row.study) for table in useful for row in table.rows}
    unused = [
        Unused(study.study, study.label, endpoint, endpoint_label(review, endpoint), reason)
        for endpoint in endpoints(review)
        for study in review.studies
        if reports(study, endpoint)
        and (endpoint, study.study) not in used
        and (reason := _reasons(made, endpoint, study.study))
    ]
    return useful, tuple(unused)


def _reasons(made: list[EffectTable], endpoint: str, study: str) -> str:
    said = [
        left.reason
        for table in made
        if table.endpoint == endpoint and len(table.compare) > 1
        for left in table.left_out
        if left.study == study and not left.reason.startswith(_OTHERS)
    ]
    return "; ".join(dict.fromkeys(said)) or "no other study or arm to compare with"


# --- what is asked ----------------------------------------------------------------------------------------


def _comparison(review: Review, endpoint: str, compare: tuple[str, ...] | None) -> Comparison:
    if endpoint in review.syntheses:
        wanted = review.syntheses[endpoint]
        return Comparison(wanted.endpoint, tuple(compare or wanted.compare), endpoint)
    known("endpoint", endpoint, {key: key for key in endpoints(review)})
    if compare is not None:
        given = {arm.treatment: arm.treatment for study in review.studies for arm in study.arms.values()}
        treatments = {key: key for key in review.treatments} | given
        return Comparison(endpoint, tuple(known("treatment", name, treatments) for name in compare))
    possible = [c for c in plan(review) if c.endpoint == endpoint and c.name is None]
    pairs = [c for c in possible if len(c.compare) == 2] or possible
    if len(pairs) != 1:
        choices = "; ".join(", ".join(c.compare) for c in possible) or "none"
        raise SynthesisError(f"say which treatments to compare on {endpoint}; there are: {choices}")
    return pairs[0]


def _all_measures() -> dict[str, Measure]:
    return {code: measures.get(code) for code in measures.codes()}


def _default_measure(review: Review, comparison: Comparison) -> str:
    planned = review.syntheses.get(comparison.name) if comparison.name else None
    if planned is not None and planned.measure:
        return str(planned.measure)
    named = named_endpoint(review, comparison.endpoint)
    kind = getattr(named, "kind", None) or "binary"
    if len(comparison.compare) == 1:
        return _SINGLE.get(kind, "PLO")
    return getattr(named, "measure", None) or _TWO_ARMS.get(kind, "RR")


def endpoint_label(review: Review, endpoint: str) -> str:
    """What to call an endpoint: its label, or its key in words."""
    return getattr(named_endpoint(review, endpoint), "label", None) or endpoint.replace("-", " ").capitalize()


def treatment_label(review: Review, treatment: str) -> str:
    """What to call a treatment: its label, or its key in words."""
    named = review.treatments.get(treatment)
    return (named.label if named is not None else None) or treatment.replace("-", " ").capitalize()


# --- one row a study --------------------------------------------------------------------------------------

_OTHERS = "compares other treatments"


def _rows(
    review: Review,
    comparison: Comparison,
    measure: Measure,
    planned: Synthesis | None,
    reading: str,
    audit: Audit | None,
) -> tuple[list[EffectRow], list[LeftOut]]:
    rows: list[EffectRow] = []
    left_out: list[LeftOut] = []
    overlaps = overlapping(review)
    wanted = Wanted(planned.at, planned.set, planned.grade) if planned is not None else None
    for study in review.studies:
        if not reports(study, comparison.endpoint):
            continue
        out = overlaps.get(study.study) or _excluded(study, planned)
        found = out or _row(Book(read_as(study, reading), review), comparison, measure, wanted, audit)
        (rows if isinstance(found, EffectRow) else left_out).append(found)  # type: ignore[arg-type]
    return rows, left_out


def _excluded(study: Study, planned: Synthesis | None) -> LeftOut | None:
    if planned is None:
        return None
    leave_out = dict(planned.leave_out or {})
    if study.study in leave_out:
        return LeftOut(study.study, study.label, f"left out by the plan: {leave_out[study.study]}")
    if planned.designs and study.design.kind not in planned.designs:
        return LeftOut(study.study, study.label, f"the plan takes no {study.design.kind}")
    return None


def _row(
    book: Book, comparison: Comparison, measure: Measure, wanted: Wanted | None, audit: Audit | None
) -> EffectRow | LeftOut:
    study = book.study
    arms = _arms(book, comparison)
    if isinstance(arms, LeftOut):
        return arms
    inputs = choose(book, comparison.endpoint, arms, measure, wanted)
    if isinstance(inputs, Missing):
        return LeftOut(study.study, study.label, inputs.reason)
    yi, vi = estimate(inputs, measure)
    if not (vi > 0):
        return LeftOut(study.study, study.label, f"{inputs.label}: not estimable ({_data(inputs)})")
    row = EffectRow(
        study=study.study,
        label=study.label,
        yi=yi,
        vi=vi,
        arms=inputs.arms,
        inputs=inputs.numbers,
        address=inputs.address,
        n_total=_total(inputs),
        design=study.design.kind,
        adjusted=inputs.adjusted,
        endpoint_label=inputs.label,
        time=inputs.time,
        where=inputs.where,
        notes=inputs.notes,
        passed_over=inputs.passed_over,
        route=inputs.route,
    )
    return row if audit is None else row.with_findings(_concerning(audit, row))


def _concerning(audit: Audit, row: EffectRow) -> tuple[Finding, ...]:
    """The findings that speak of a number under the row, or of its own entry.

    The size of an arm stands under every row of its study: what an audit says of another entry's
    percentage of it says nothing of this row.
    """
    own = {number.address for number in row.printed}
    found = audit.about(*row.printed)
    return tuple(f for f in found if f.address in own or row.address.startswith(f.place.address))


def _arms(book: Book, comparison: Comparison) -> tuple[str, ...] | LeftOut:
    """The study's arms that were given the treatments compared, one each; or why there are none."""
    study = book.study
    chosen = []
    for treatment in comparison.compare:
        own = [key for key, arm in study.arms.items() if arm.treatment == treatment]
        if not own:
            given = dict.fromkeys(arm.treatment for arm in study.arms.values())
            names = ", ".join(treatment_label(book.review, t) if book.review else t for t in given)
            return LeftOut(study.study, study.label, f"{_OTHERS} ({names})")
        if len(own) > 1:
            reason = f"gives {treatment} to several arms ({', '.join(own)}), which are not combined"
            return LeftOut(study.study, study.label, reason)
        chosen.append(own[0])
    return tuple(chosen)


def estimate(inputs: Inputs, measure: Measure) -> tuple[float, float]:
    """The estimate and its sampling variance, on the measure's scale."""
    import numpy as np

    values = dict(inputs.values)
    if "estimate" in values:
        yi, se = from_interval(**values, log=measure.scale == "log" and not inputs.logged)
        vi = se**2
    else:
        yi, vi = measure.effect(**{name: np.array([value]) for name, value in values.items()})
    sign = -1.0 if inputs.flipped else 1.0
    return sign * float(np.ravel(yi)[0]), float(np.ravel(vi)[0])


def _total(inputs: Inputs) -> float | None:
    sizes = [arm.n for arm in inputs.arms]
    return sum(n for n in sizes if n is not None) if sizes and None not in sizes else None


def _data(inputs: Inputs) -> str:
    shown = [
        f"{arm.events:g}/{arm.n:g}" for arm in inputs.arms if arm.events is not None and arm.n is not None
    ]
    return " and ".join(shown) or inputs.route
