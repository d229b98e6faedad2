"""What a forest plot says: every string and every number to draw, no position."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from synthesis.figures.entries import Entry, entries_of_pool, entries_of_table
from synthesis.figures.forest_density import probability_below
from synthesis.figures.forest_groups import between_lines, group_rows, grouped_entries, in_groups
from synthesis.figures.forest_notes import all_notes
from synthesis.figures.forest_plan import Asked, Plan, plan_of
from synthesis.figures.forest_readings import (
    changed,
    entries_of_readings,
    pooled_readings,
    reading_rows,
)
from synthesis.figures.forest_rows import pooled_rows, statement, study_rows
from synthesis.figures.forest_scale import scale_of
from synthesis.figures.forest_words import (
    capital,
    heterogeneity_line,
    model_words,
    overall_line,
    probability_line,
    sentence,
    two_studies_lines,
)
from synthesis.figures.rows import Row, Rows
from synthesis.fit import Interval, Pool
from synthesis.table import EffectTable, in_brief

if TYPE_CHECKING:
    from synthesis.models.subgroups import Subgroups
    from synthesis.rereading import Sensitivity

_PLAINLY = Asked()


def pooled_content(pool: Pool, asked: Asked = _PLAINLY) -> Rows:
    """What the forest plot of a pool says."""
    plan = plan_of(pool.measure, in_groups(entries_of_pool(pool)), pool.level, pool.table, pool, "", asked)
    return _assemble(plan, [*_studies(plan), *pooled_rows(plan, pool)])


def subgroup_content(found: "Subgroups", asked: Asked = _PLAINLY) -> Rows:
    """What the forest plot of studies in groups says."""
    pool = found.overall
    entries = grouped_entries(found)
    plan = plan_of(pool.measure, entries, pool.level, pool.table, pool, "", asked, found)
    overall = [statement("All studies", plan, "heading"), *pooled_rows(plan, pool)]
    return _assemble(plan, [*group_rows(plan, found), *overall])


def readings_content(found: "Sensitivity", asked: Asked = _PLAINLY) -> Rows:
    """What the forest plot of one comparison under every reading of its numbers says."""
    pool, table = found.default.pool, found.default.table
    level = 95.0 if pool is None else pool.level
    entries = entries_of_readings(found)
    plan = plan_of(table.measure, entries, level, table, pool, "", replace(asked, order="given"))
    others = [reread.pool for reread in changed(found) if reread.pool is not None]
    beside = tuple(other if other.headline else other.common for other in others)
    rows = reading_rows(plan)
    rows += [] if pool is None else [*pooled_rows(plan, pool), *pooled_readings(plan, found)]
    return _assemble(replace(plan, beside=beside), rows)


def table_content(
    table: "EffectTable", reason: str = "", level: float = 95.0, asked: Asked = _PLAINLY
) -> Rows:
    """What the same figure says of estimates that are shown and not pooled: no weight, no diamond."""
    reason = reason or table.reason or ""
    entries = in_groups(entries_of_table(table, level))
    plan = plan_of(table.measure, entries, level, table, None, reason, asked)
    return _assemble(plan, _studies(plan) or [statement("No study to show", plan)])


def _studies(plan: Plan) -> list[Row]:
    """The rows of the studies, under the names of their groups where the table has any."""
    if any(entry.group for entry in plan.entries):
        return group_rows(plan, None)
    return study_rows(plan)


def _assemble(plan: Plan, rows: Sequence[Row]) -> Rows:
    scale, lines = scale_of(plan), _lines(plan)
    return Rows(
        name=f"forest-{plan.table.endpoint}" if plan.table is not None else "forest",
        title=_figure_title(plan),
        columns=plan.columns,
        rows=tuple(rows),
        scale=scale,
        lines=lines,
        left_out=_left_out(plan),
        notes=all_notes(plan, rows, scale),
        reason=plan.reason,
        description=_description(plan, rows, lines),
        subtitle=_subtitle(plan),
        legend=plan.bias.legend if plan.bias is not None and "bias" in plan.asked.layout.columns else (),
        metadata=_metadata(plan),
    )


def _figure_title(plan: Plan) -> str:
    if plan.table is None:
        return capital(plan.display.name)
    if plan.table.title:
        return plan.table.title
    compared = " versus ".join(plan.table.compare_labels)
    return f"{plan.table.endpoint_label}: {compared}" if compared else plan.table.endpoint_label


def _subtitle(plan: Plan) -> str:
    """Measure, studies, model and the time they share."""
    k = sum(not entry.reading for entry in plan.entries)
    parts = [capital(plan.display.name)] if plan.table is not None else []
    parts.append(_counted(k))
    given = sum(entry.estimable and not entry.reading for entry in plan.entries)
    if given < k and k:
        said = str(given) if given else "none"
        parts.append(f"{said} contributing" if plan.pool is not None else f"{said} estimable")
    if plan.pool is not None and plan.pool.k > 1:
        parts.append(model_words(plan.pool)[:1].lower() + model_words(plan.pool)[1:])
    times = {entry.row.time for entry in plan.entries if entry.row is not None}
    parts += [time for time in times if time] if len(times) == 1 else []
    return ", ".join(parts)


def _counted(k: int) -> str:
    return f"{k} {'study' if k == 1 else 'studies'}"


def _lines(plan: Plan) -> tuple[str, ...]:
    pool = plan.pool
    if pool is None or pool.k < 2:
        return ()
    if not pool.headline:
        lines = [*two_studies_lines(pool, plan.display), heterogeneity_line(pool)]
    else:
        lines = [heterogeneity_line(pool), overall_line(pool, plan.display), *_probabilities(plan, pool)]
    if plan.groups is not None:
        lines += between_lines(plan.groups)
    return tuple(plan.display.notation.numbers(sentence(line)) for line in lines)


def _probabilities(plan: Plan, pool: Pool) -> list[str]:
    """How probable an effect beyond the null, or beyond a line that was asked for, is in a further study."""
    asked = plan.asked
    if not isinstance(pool.prediction, Interval) or not (asked.lines or asked.prediction == "density"):
        return []
    display = plan.display
    null = [] if display.null is None else [("", display.null)]
    found = []
    for name, value in (*null, *asked.lines):
        at = display.analysed(value)
        below = None if at is None else probability_below(pool, pool.prediction, at)
        if below is not None:
            found.append((name, value, below))
    return [probability_line(display, found)] if found else []


def _left_out(plan: Plan) -> tuple[tuple[str, str], ...]:
    source = plan.table if plan.table is not None else plan.pool
    return (
        ()
        if source is None
        else tuple((out.label, sentence(out.reason)) for out in in_brief(source.left_out))
    )


def _description(plan: Plan, rows: Sequence[Row], lines: Sequence[str]) -> str:
    """The figure in a few sentences, for a reader who does not see it."""
    own = [entry for entry in plan.entries if not entry.reading]
    shown = sum(entry.estimable for entry in own)
    count = _counted(len(own))
    parts = [count if shown == len(own) else f"{count}, {shown} estimable"]
    told = ("reading", "summary", "second", "subtotal", "prediction", "statement")
    parts += [row.title for row in rows if row.kind in told]
    if plan.reason:
        parts.append(f"Not pooled: {plan.reason}")
    parts += [f"{label}, not included: {reason}" for label, reason in _left_out(plan)]
    return " ".join(sentence(part) for part in (*parts, *lines))


def _metadata(plan: Plan) -> tuple[tuple[str, str], ...]:
    """What made the figure and a digest of what it was made from; nothing about when or where."""
    inputs = "\n".join(_told(entry) for entry in plan.entries)
    digest = hashlib.sha256(f"{plan.display.name}\n{plan.level:g}\n{inputs}".encode()).hexdigest()
    return (("generator", "evidence-synthesis"), ("layout", plan.asked.layout.name), ("input-sha256", digest))


def _told(entry: Entry) -> str:
    """An entry as one line, numbers to twelve digits."""
    told = f"{entry.label}\t{entry.yi:.12g}\t{entry.low:.12g}\t{entry.high:.12g}"
    for arm in entry.arms:
        told += f"\t{arm.events}\t{arm.n}"
    return told
