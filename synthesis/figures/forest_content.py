"""What a forest plot says: every string and every number to draw, no position."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from synthesis.figures.entries import Entry, entries_of_pool, entries_of_table
from synthesis.figures.forest_notes import all_notes, note_letters, notes_of
from synthesis.figures.forest_plan import Plan, cells_of, plan_of
from synthesis.figures.forest_scale import scale_of
from synthesis.figures.forest_words import (
    capital,
    effect_text,
    heterogeneity_line,
    level_text,
    model_words,
    overall_line,
    range_text,
    sentence,
    two_studies_lines,
)
from synthesis.figures.numbers import DASH, percent_text
from synthesis.figures.rows import Picture, Row, Rows, Shape
from synthesis.fit import Estimate, Interval, Pool

if TYPE_CHECKING:
    from synthesis.table import EffectTable

NOT_ESTIMABLE = "Not estimable"


def pooled_content(pool: Pool, limits: tuple[float, float] | None = None) -> Rows:
    """What the forest plot of a pool says."""
    plan = plan_of(pool.measure, entries_of_pool(pool), pool.level, pool.table, pool, "")
    rows = [*_study_rows(plan), *_pooled_rows(plan, pool)]
    return _assemble(plan, rows, limits)


def table_content(
    table: "EffectTable", reason: str = "", level: float = 95.0, limits: tuple[float, float] | None = None
) -> Rows:
    """What the same figure says of estimates that are shown and not pooled: no weight, no diamond."""
    reason = reason or table.reason or ""
    plan = plan_of(table.measure, entries_of_table(table, level), level, table, None, reason)
    rows = _study_rows(plan)
    if not rows:
        rows = [_statement("No study to show", plan)]
    return _assemble(plan, rows, limits)


def _study_rows(plan: Plan) -> list[Row]:
    heaviest = max((entry.weight or 0.0 for entry in plan.entries), default=0.0)
    by_arm = {arm.column.key.replace("-", "_"): arm.cells(plan.entries) for arm in plan.arms}
    letters = note_letters(plan.entries)
    rows = []
    for i, entry in enumerate(plan.entries):
        cells = cells_of(
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
                mark=",".join(sorted(letters[note] for note in notes_of(entry))),
            )
        )
    return rows


def _effect_of(plan: Plan, entry: Entry) -> str:
    if not entry.estimable:
        return NOT_ESTIMABLE
    return effect_text(plan.display, entry.yi, entry.low, entry.high)


def _picture_of(plan: Plan, entry: Entry, heaviest: float) -> Picture | None:
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


def _title_of(plan: Plan, entry: Entry) -> str:
    words = f"{entry.label}: {plan.display.name} {_effect_of(plan, entry)}"
    if not entry.estimable:
        return f"{entry.label}: not estimable"
    return f"{words}, weight {percent_text(entry.weight)}%" if plan.weighted and entry.weight else words


def _pooled_rows(plan: Plan, pool: Pool) -> list[Row]:
    if pool.k == 1:
        return [_statement("One study: no pooling", plan)]
    if not pool.headline:
        return [_summary_row(plan, "Common effect", pool.common, "whisker")]
    rows = [_summary_row(plan, model_words(pool), pool, "diamond")]
    if isinstance(pool.prediction, Interval):
        rows.append(_prediction_row(plan, pool.prediction))
    return rows


def _summary_row(plan: Plan, label: str, estimate: Pool | Estimate, shape: Shape) -> Row:
    text = effect_text(plan.display, estimate.mu, estimate.ci.low, estimate.ci.high)
    axis = plan.display.axis
    totals = {arm.column.key.replace("-", "_"): arm.sum(plan.entries) for arm in plan.arms}
    return Row(
        "summary",
        cells_of(plan, study=label, **totals, weight="100.0" if shape == "diamond" else "", effect=text),
        Picture(shape, axis(estimate.ci.low), axis(estimate.ci.high), axis(estimate.mu)),
        f"{label}: {plan.display.name} {text}",
    )


def _prediction_row(plan: Plan, prediction: Interval) -> Row:
    label = f"{level_text(prediction.level)} prediction interval"
    text = range_text(plan.display, prediction.low, prediction.high)
    axis = plan.display.axis
    return Row(
        "prediction",
        cells_of(plan, study=label, effect=text),
        Picture("bar", axis(prediction.low), axis(prediction.high)),
        f"{label}: {text}",
    )


def _statement(text: str, plan: Plan) -> Row:
    return Row("statement", cells_of(plan, study=text), title=text)


def _assemble(plan: Plan, rows: Sequence[Row], limits: tuple[float, float] | None) -> Rows:
    scale = scale_of(plan, limits)
    return Rows(
        name=f"forest-{plan.table.endpoint}" if plan.table is not None else "forest",
        title=_figure_title(plan),
        columns=plan.columns,
        rows=tuple(rows),
        scale=scale,
        lines=_lines(plan),
        left_out=_left_out(plan),
        notes=all_notes(plan, rows, scale),
        reason=plan.reason,
        description=_description(plan, rows),
    )


def _figure_title(plan: Plan) -> str:
    if plan.table is None:
        return capital(plan.display.name)
    compared = " versus ".join(plan.table.compare_labels)
    return f"{plan.table.endpoint_label}: {compared}" if compared else plan.table.endpoint_label


def _lines(plan: Plan) -> tuple[str, ...]:
    pool = plan.pool
    if pool is None or pool.k < 2:
        return ()
    if not pool.headline:
        lines = (*two_studies_lines(pool, plan.display), heterogeneity_line(pool))
    else:
        lines = (heterogeneity_line(pool), overall_line(pool, plan.display))
    return tuple(sentence(line) for line in lines)


def _left_out(plan: Plan) -> tuple[tuple[str, str], ...]:
    source = plan.table if plan.table is not None else plan.pool
    return () if source is None else tuple((out.label, sentence(out.reason)) for out in source.left_out)


def _description(plan: Plan, rows: Sequence[Row]) -> str:
    """The figure in a few sentences, for a reader who does not see it."""
    shown = sum(entry.estimable for entry in plan.entries)
    count = f"{len(plan.entries)} {'study' if len(plan.entries) == 1 else 'studies'}"
    parts = [count if shown == len(plan.entries) else f"{count}, {shown} estimable"]
    parts += [row.title for row in rows if row.kind in ("summary", "prediction", "statement")]
    if plan.reason:
        parts.append(f"Not pooled: {plan.reason}")
    parts += [f"{label}, not included: {reason}" for label, reason in _left_out(plan)]
    return " ".join(sentence(part) for part in (*parts, *_lines(plan)))
