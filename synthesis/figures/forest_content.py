"""What a forest plot says: every string and every number to draw, no position."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from synthesis.figures.arm_columns import UNCERTAIN, ArmColumn, arm_columns
from synthesis.figures.audit_signs import audit_sign, legend
from synthesis.figures.axis import reach
from synthesis.figures.display import Display, display
from synthesis.figures.entries import Entry, entries_of_pool, entries_of_table
from synthesis.figures.forest_words import (
    capital,
    effect_text,
    favours,
    heterogeneity_line,
    level_text,
    model_words,
    overall_line,
    prediction_note,
    range_text,
    sentence,
    two_studies_lines,
)
from synthesis.figures.numbers import DASH, decimals_of, percent_text
from synthesis.figures.rows import Column, Picture, Row, Rows, Scale, Shape
from synthesis.fit import Estimate, Interval, Pool

if TYPE_CHECKING:
    from synthesis.table import EffectTable

NOT_ESTIMABLE = "Not estimable"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEAST_SPAN = {"ratio": math.log(2), "percent": 10.0}


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all parts of one figure share."""

    display: Display
    entries: tuple[Entry, ...]
    arms: tuple[ArmColumn, ...]
    level: float
    table: "EffectTable | None"
    pool: Pool | None
    reason: str
    signs: tuple[str, ...]
    columns: tuple[Column, ...] = ()

    @property
    def weighted(self) -> bool:
        """Whether there are weights to show: two studies pooled, or more."""
        return self.pool is not None and self.pool.k > 1


def pooled_content(pool: Pool, limits: tuple[float, float] | None = None) -> Rows:
    """What the forest plot of a pool says."""
    plan = _plan(pool.measure, entries_of_pool(pool), pool.level, pool.table, pool, "")
    rows = [*_study_rows(plan), *_pooled_rows(plan, pool)]
    return _assemble(plan, rows, limits)


def table_content(
    table: "EffectTable", reason: str = "", level: float = 95.0, limits: tuple[float, float] | None = None
) -> Rows:
    """What the same figure says of estimates that are shown and not pooled: no weight, no diamond."""
    reason = reason or table.reason or ""
    plan = _plan(table.measure, entries_of_table(table, level), level, table, None, reason)
    rows = _study_rows(plan)
    if not rows:
        rows = [_statement("No study to show", plan)]
    return _assemble(plan, rows, limits)


def _plan(
    code: str | None,
    entries: tuple[Entry, ...],
    level: float,
    table: "EffectTable | None",
    pool: Pool | None,
    reason: str,
) -> _Plan:
    shown = display(code)
    if not shown.ratio:
        values = [shown.printed(entry.yi) for entry in entries if entry.estimable]
        shown = replace(shown, decimals=1 if shown.percent else decimals_of(values))
    labels = () if table is None else table.compare_labels
    audited = any(entry.findings for entry in entries)
    signs = tuple(audit_sign(entry.findings) for entry in entries) if audited else ()
    plan = _Plan(shown, entries, arm_columns(shown.kind, labels, entries), level, table, pool, reason, signs)
    return replace(plan, columns=_columns(plan))


def _columns(plan: _Plan) -> tuple[Column, ...]:
    name = "%" if plan.display.percent else plan.display.title
    effect = f"{name} ({level_text(plan.level)}\xa0CI)"
    return (
        Column("study", "Study"),
        *(arm.column for arm in plan.arms),
        *((Column("plot", "", "picture"),) if any(entry.estimable for entry in plan.entries) else ()),
        *((Column("weight", "Weight (%)", "point"),) if plan.weighted else ()),
        *((Column("effect", effect, "bracket"),) if plan.entries else ()),
        *((Column("audit", "Audit", "glyph"),) if plan.signs else ()),
    )


def _cells(plan: _Plan, **given: str) -> tuple[str, ...]:
    """The cells of a row by column key; empty where nothing is given."""
    return tuple(given.get(column.key.replace("-", "_"), "") for column in plan.columns)


def _study_rows(plan: _Plan) -> list[Row]:
    heaviest = max((entry.weight or 0.0 for entry in plan.entries), default=0.0)
    by_arm = {arm.column.key.replace("-", "_"): arm.cells(plan.entries) for arm in plan.arms}
    letters = _note_letters(plan.entries)
    rows = []
    for i, entry in enumerate(plan.entries):
        cells = _cells(
            plan,
            study=entry.label,
            **{key: column[i] for key, column in by_arm.items()},
            weight=DASH if entry.weight is None else percent_text(entry.weight),
            effect=_effect_of(plan, entry),
            audit=plan.signs[i] if plan.signs else "",
        )
        rows.append(
            Row(
                "study" if entry.estimable else "not-estimable",
                cells,
                _picture_of(plan, entry, heaviest),
                _title_of(plan, entry),
                study="" if entry.row is None else entry.row.study,
                address="" if entry.row is None else entry.row.address,
                mark=",".join(sorted(letters[note] for note in _notes_of(entry))),
            )
        )
    return rows


def _effect_of(plan: _Plan, entry: Entry) -> str:
    if not entry.estimable:
        return NOT_ESTIMABLE
    return effect_text(plan.display, entry.yi, entry.low, entry.high)


def _picture_of(plan: _Plan, entry: Entry, heaviest: float) -> Picture | None:
    if not entry.estimable:
        return None
    axis = plan.display.axis
    weighted = plan.weighted and entry.weight is not None and heaviest > 0
    return Picture(
        "square" if weighted else "dot",
        axis(entry.low),
        axis(entry.high),
        axis(entry.yi),
        area=(entry.weight or 0.0) / heaviest if weighted else 1.0,
        hollow=any(arm.approximate for arm in entry.arms),
    )


def _title_of(plan: _Plan, entry: Entry) -> str:
    words = f"{entry.label}: {plan.display.name} {_effect_of(plan, entry)}"
    if not entry.estimable:
        return f"{entry.label}: not estimable"
    return f"{words}, weight {percent_text(entry.weight)}%" if plan.weighted and entry.weight else words


def _pooled_rows(plan: _Plan, pool: Pool) -> list[Row]:
    if pool.k == 1:
        return [_statement("One study: no pooling", plan)]
    if not pool.headline:
        return [_summary_row(plan, "Common effect", pool.common, "whisker")]
    rows = [_summary_row(plan, model_words(pool), pool, "diamond")]
    if isinstance(pool.prediction, Interval):
        rows.append(_prediction_row(plan, pool.prediction))
    return rows


def _summary_row(plan: _Plan, label: str, estimate: Pool | Estimate, shape: Shape) -> Row:
    text = effect_text(plan.display, estimate.mu, estimate.ci.low, estimate.ci.high)
    axis = plan.display.axis
    totals = {arm.column.key.replace("-", "_"): arm.sum(plan.entries) for arm in plan.arms}
    return Row(
        "summary",
        _cells(plan, study=label, **totals, weight="100.0" if shape == "diamond" else "", effect=text),
        Picture(shape, axis(estimate.ci.low), axis(estimate.ci.high), axis(estimate.mu)),
        f"{label}: {plan.display.name} {text}",
    )


def _prediction_row(plan: _Plan, prediction: Interval) -> Row:
    label = f"{level_text(prediction.level)} prediction interval"
    text = range_text(plan.display, prediction.low, prediction.high)
    axis = plan.display.axis
    return Row(
        "prediction",
        _cells(plan, study=label, effect=text),
        Picture("bar", axis(prediction.low), axis(prediction.high)),
        f"{label}: {text}",
    )


def _statement(text: str, plan: _Plan) -> Row:
    return Row("statement", _cells(plan, study=text), title=text)


def _assemble(plan: _Plan, rows: Sequence[Row], limits: tuple[float, float] | None) -> Rows:
    scale = _scale(plan, limits)
    return Rows(
        name=f"forest-{plan.table.endpoint}" if plan.table is not None else "forest",
        title=_figure_title(plan),
        columns=plan.columns,
        rows=tuple(rows),
        scale=scale,
        lines=_lines(plan),
        left_out=_left_out(plan),
        notes=_notes(plan, rows, scale),
        reason=plan.reason,
        description=_description(plan, rows),
    )


def _figure_title(plan: _Plan) -> str:
    if plan.table is None:
        return capital(plan.display.name)
    compared = " versus ".join(plan.table.compare_labels)
    return f"{plan.table.endpoint_label}: {compared}" if compared else plan.table.endpoint_label


def _scale(plan: _Plan, limits: tuple[float, float] | None) -> Scale | None:
    shown = [entry for entry in plan.entries if entry.estimable]
    if not shown:
        return None
    axis, null, pool = plan.display.axis, plan.display.axis_null, plan.pool
    seen = [axis(entry.yi) for entry in shown] + ([] if null is None else [null])
    pooled: list[float] = []
    reference = None
    if pool is not None and pool.k > 1:
        estimate: Pool | Estimate = pool if pool.headline else pool.common
        seen.append(axis(estimate.mu))
        pooled += [axis(estimate.ci.low), axis(estimate.ci.high)]
        reference = axis(pool.mu) if pool.headline else None
        if pool.headline and isinstance(pool.prediction, Interval):
            pooled += [axis(pool.prediction.low), axis(pool.prediction.high)]
    low, high = _ends(plan, shown, seen, pooled, limits)
    low, high, ticks = plan.display.ticks(low, high)
    table = plan.table
    sides = () if table is None else favours(plan.display, table.better, table.compare_labels)
    title = plan.display.title + (" (log scale)" if plan.display.ratio else "")
    if table is not None and table.unit and plan.display.has_unit:
        title += f" ({table.unit})"
    return Scale("log" if plan.display.ratio else "linear", low, high, ticks, title, null, reference, sides)


def _ends(
    plan: _Plan,
    shown: Sequence[Entry],
    seen: list[float],
    pooled: list[float],
    limits: tuple[float, float] | None,
) -> tuple[float, float]:
    if limits is not None:
        ends = [math.log(limit) if plan.display.ratio else limit for limit in limits]
        null = plan.display.axis_null
        return min(ends + ([] if null is None else [null])), max(ends + ([] if null is None else [null]))
    axis = plan.display.axis
    kind = "ratio" if plan.display.ratio else "percent" if plan.display.percent else ""
    bounds = [axis(bound) for entry in shown for bound in (entry.low, entry.high)]
    spans = [axis(entry.high) - axis(entry.low) for entry in shown]
    typical = median([span for span in spans if math.isfinite(span)] or [0.0])
    least = max(typical, _LEAST_SPAN.get(kind, 0.0)) or max(abs(value) for value in seen) or 1.0
    return reach(seen, pooled, bounds, least)


def _lines(plan: _Plan) -> tuple[str, ...]:
    pool = plan.pool
    if pool is None or pool.k < 2:
        return ()
    if not pool.headline:
        lines = (*two_studies_lines(pool, plan.display), heterogeneity_line(pool))
    else:
        lines = (heterogeneity_line(pool), overall_line(pool, plan.display))
    return tuple(sentence(line) for line in lines)


def _left_out(plan: _Plan) -> tuple[tuple[str, str], ...]:
    source = plan.table if plan.table is not None else plan.pool
    return () if source is None else tuple((out.label, sentence(out.reason)) for out in source.left_out)


def _notes_of(entry: Entry) -> tuple[str, ...]:
    return () if entry.row is None else tuple(dict.fromkeys(note for note in entry.row.notes if note))


def _note_letters(entries: Sequence[Entry]) -> dict[str, str]:
    """A footnote letter for each note, in the order of first use."""
    texts = dict.fromkeys(note for entry in entries for note in _notes_of(entry))
    return {text: _LETTERS[i % 26] * (i // 26 + 1) for i, text in enumerate(texts)}


def _notes(plan: _Plan, rows: Sequence[Row], scale: Scale | None) -> tuple[tuple[str, str], ...]:
    lettered = [(mark, sentence(text)) for text, mark in _note_letters(plan.entries).items()]
    general = [*_reading_notes(plan, rows, scale), *_pool_notes(plan), legend(plan.signs)]
    return tuple(lettered + [("", sentence(text)) for text in dict.fromkeys(general) if text])


def _reading_notes(plan: _Plan, rows: Sequence[Row], scale: Scale | None) -> list[str]:
    """How to read the marks of this figure; only of marks that are in it."""
    notes = []
    if plan.pool is not None and plan.weighted:
        notes.append(f"Square areas are proportional to weights ({_model(plan.pool)})")
    elif any(row.picture is not None for row in rows):
        notes.append("Dots have one size; there are no weights")
    if scale is not None and any(_leaves(row.picture, scale) for row in rows if row.picture):
        notes.append("An arrowhead marks what goes on beyond the axis")
    if plan.pool is None and plan.reason:
        notes.append(f"Not pooled: {plan.reason}")
    cells = [cell for row in rows if row.kind in ("study", "not-estimable") for cell in row.cells[1:]]
    if any(cell.startswith(UNCERTAIN) for cell in cells):
        notes.append(f"{UNCERTAIN} and hollow marker: a number that is not certain")
    if any(DASH in cell for cell in cells):
        notes.append(f"{DASH} not reported, or no weight")
    return notes


def _leaves(picture: Picture, scale: Scale) -> bool:
    """Whether a part of the picture lies beyond the axis."""
    values = (picture.low, picture.high, picture.low if picture.at is None else picture.at)
    return any(not -1e-6 <= scale.fraction(value) <= 1 + 1e-6 for value in values)


def _pool_notes(plan: _Plan) -> list[str]:
    pool = plan.pool
    own = list(plan.table.notes) if plan.table is not None else []
    if pool is None or not pool.headline:
        return own
    return [*own, prediction_note(pool), pool.interval_note, *pool.notes]


def _model(pool: Pool) -> str:
    return "common-effect model" if pool.model == "common-effect" else "random-effects model"


def _description(plan: _Plan, rows: Sequence[Row]) -> str:
    """The figure in a few sentences, for a reader who does not see it."""
    shown = sum(entry.estimable for entry in plan.entries)
    count = f"{len(plan.entries)} {'study' if len(plan.entries) == 1 else 'studies'}"
    parts = [count if shown == len(plan.entries) else f"{count}, {shown} estimable"]
    parts += [row.title for row in rows if row.kind in ("summary", "prediction", "statement")]
    if plan.reason:
        parts.append(f"Not pooled: {plan.reason}")
    parts += [f"{label}, not included: {reason}" for label, reason in _left_out(plan)]
    return " ".join(sentence(part) for part in (*parts, *_lines(plan)))
