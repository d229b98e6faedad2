"""The rows of an effect table: for each study, its estimate and what it rests on, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from math import isfinite, log, nan
from typing import TYPE_CHECKING

from evidence.choosing import Wanted, choose
from evidence.claiming import Book
from evidence.derivation.inputs import Inputs, Missing
from evidence.derivation.interval_to_se import from_interval, from_p
from evidence.findings import ERROR
from synthesis.comparability import Comparison, overlapping, reports
from synthesis.naming import treatment_label
from synthesis.table import EffectRow, LeftOut

if TYPE_CHECKING:
    from evidence.findings import Audit, Edit, Finding
    from evidence.measures.measure import Measure
    from evidence.review import Review, Synthesis
    from evidence.study import Study

OTHERS = "compares other treatments"


def rows_of(
    review: Review,
    comparison: Comparison,
    measure: Measure,
    planned: Synthesis | None,
    audit: Audit | None,
) -> tuple[tuple[EffectRow, ...], tuple[LeftOut, ...]]:
    """The rows that the studies reporting an endpoint give, and those left out with their reasons."""
    rows: list[EffectRow] = []
    left_out: list[LeftOut] = []
    overlaps = overlapping(review)
    wanted = Wanted(planned.at, planned.set, planned.grade) if planned is not None else None
    for study in review.studies:
        if not reports(study, comparison.endpoint):
            continue
        out = overlaps.get(study.study) or _excluded(study, planned)
        found = out or _row(Book(study, review), comparison, measure, wanted, audit)
        if isinstance(found, EffectRow):
            rows.append(found)
        else:
            left_out.append(found)
    return tuple(rows), tuple(left_out)


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
    why_not = _not_estimable(inputs, measure) or (None if vi > 0 else "its variance is not defined")
    if why_not:
        yi = vi = nan
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
        notes=(*inputs.notes, *([f"not estimable: {why_not}"] if why_not else _correction(inputs, measure))),
        passed_over=inputs.passed_over,
        route=inputs.route,
        stated=_stated(inputs, measure),
        rounding=rounding_range(inputs, measure),
    )
    return row if audit is None else row.with_findings(_concerning(audit, row))


def said_repaired(row: EffectRow, repairs: Mapping[str, Edit]) -> EffectRow:
    """The row with a note on each repaired number under it."""
    edits = [repairs[number.address] for number in row.printed if number.address in repairs]
    said = tuple(f"{e.number.text} is read as {e.proposed} ({e.kind})" for e in dict.fromkeys(edits))
    return replace(row, notes=(*row.notes, *said)) if said else row


def without_flagged(rows: Iterable[EffectRow]) -> tuple[tuple[EffectRow, ...], tuple[LeftOut, ...]]:
    """The rows that rest on no number with an error, and the others left out with the reason."""
    kept, out = [], []
    for row in rows:
        errors = [f for f in row.findings if f.severity == ERROR and f.settled is None]
        if errors:
            said = "; ".join(dict.fromkeys(f"{f.about[0].text} ({f.code}, {f.verdict})" for f in errors))
            out.append(LeftOut(row.study, row.label, f"{row.endpoint_label}: rests on {said}"))
        else:
            kept.append(row)
    return tuple(kept), tuple(out)


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
            return LeftOut(study.study, study.label, f"{OTHERS} ({names})")
        if len(own) > 1:
            reason = f"gives {treatment} to several arms ({', '.join(own)}), which are not combined"
            return LeftOut(study.study, study.label, reason)
        chosen.append(own[0])
    return tuple(chosen)


def estimate(inputs: Inputs, measure: Measure) -> tuple[float, float]:
    """The estimate and its sampling variance, on the measure's scale."""
    import numpy as np

    values = dict(inputs.values)
    log_scale = measure.scale == "log" and not inputs.logged
    if "level" in values:
        yi, se = from_interval(**values, log=log_scale)
        vi = se**2
    elif "p" in values:
        yi, se = from_p(values["estimate"], values["p"], log=log_scale)
        vi = se**2
    elif "se" in values:
        yi = np.log(values["estimate"]) if log_scale else np.asarray(values["estimate"])
        vi = np.asarray(values["se"]) ** 2
    else:
        yi, vi = measure.effect(**{name: np.array([value]) for name, value in values.items()})
    sign = -1.0 if inputs.flipped else 1.0
    return sign * float(np.ravel(yi)[0]), float(np.ravel(vi)[0])


def rounding_range(inputs: Inputs, measure: Measure) -> tuple[float, float] | None:
    """The least and greatest estimate over everything that would have been printed so; None where unknown.

    Counts take their lowest and highest admissible value, rounded numbers the ends of their bounds. All
    measures here are monotone in each input while the others stay, so that the extremes lie at corners.
    """
    moving = {name: ends for name, ends in inputs.ranges.items() if ends[0] < ends[1]}
    if not moving or not all(isfinite(end) for ends in moving.values() for end in ends):
        return None
    corners = product(*moving.values())
    moved = [
        replace(inputs, values=inputs.values | dict(zip(moving, corner, strict=True))) for corner in corners
    ]
    found = [yi for yi, _ in (estimate(each, measure) for each in moved) if isfinite(yi)]
    return (min(found), max(found)) if found else None


def _stated(inputs: Inputs, measure: Measure) -> tuple[float, float, float] | None:
    """The printed limits on the measure's scale, and their level in per cent; None where none were used."""
    if "level" not in inputs.values:
        return None
    limits = [inputs.values["low"], inputs.values["high"]]
    if measure.scale == "log" and not inputs.logged:
        limits = [log(limit) for limit in limits]
    if inputs.flipped:
        limits = [-limit for limit in reversed(limits)]
    return limits[0], limits[1], inputs.values["level"]


def _events(inputs: Inputs) -> list[tuple[float, float]]:
    counts = [(arm.events, arm.n) for arm in inputs.arms]
    return [(events, n) for events, n in counts if events is not None and n is not None]


def _not_estimable(inputs: Inputs, measure: Measure) -> str | None:
    """Why counts say nothing of a ratio: nobody, or everybody, had the event in both arms."""
    known = _events(inputs)
    if measure.scale != "log" or len(known) < 2:
        return None
    if all(events == 0 for events, _ in known):
        return "no events in either arm"
    if measure.code == "OR" and all(events == n for events, n in known):
        return "everybody in both arms had the event"
    return None


def _correction(inputs: Inputs, measure: Measure) -> tuple[str, ...]:
    """That one half was added to the cells of a table with an empty one, as the measure does by default."""
    known = _events(inputs)
    adds = measure.kind == "binary" or measure.scale == "logit"
    if not adds or all(0 < events < n for events, n in known):
        return ()
    return (f"one half was added to each cell, one of them being empty ({_data(inputs)})",)


def _total(inputs: Inputs) -> float | None:
    sizes = [arm.n for arm in inputs.arms]
    return sum(n for n in sizes if n is not None) if sizes and None not in sizes else None


def _data(inputs: Inputs) -> str:
    return " and ".join(f"{events:g}/{n:g}" for events, n in _events(inputs)) or inputs.route
