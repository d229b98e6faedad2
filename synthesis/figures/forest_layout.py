"""Where everything of a forest plot goes: Rows to a Drawing whose size is an output."""

from collections.abc import Sequence

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Group, Line, Mark, Text
from synthesis.drawing.text_metrics import shorten, text_width
from synthesis.figures.axis_marks import axis_line
from synthesis.figures.forest_body import Table, body_marks, row_height
from synthesis.figures.forest_foot import (
    axis_marks,
    foot_marks,
    left_out_marks,
    legend_marks,
    named,
    note_marks,
)
from synthesis.figures.forest_head import head_marks, title_marks
from synthesis.figures.rows import INDIVIDUAL, Row, Rows
from synthesis.figures.stage import Stage
from synthesis.figures.style import PRINT, Style
from synthesis.figures.table_columns import Placed, fit_columns, indent_of

MANY = 30  # rows from which the axis is drawn on top as well
_LEAST_WIDTH = 230.0
_HIGHEST = 610.0  # of the rows of a page


def layout(rows: Rows, style: Style = PRINT) -> Drawing:
    """The whole figure: title, table with pictures, axis, sentences, what was left out, notes.

    A figure of more rows than `style.rows` has pages beside, for print.
    """
    table = _table(rows, style)
    whole = _page(rows, rows.rows, table)
    if len(rows.rows) <= style.rows:
        return whole
    parts = _parts(rows.rows, table)
    if len(parts) == 1:
        return whole
    pages = [_page(rows, part, table, i + 1, len(parts)) for i, part in enumerate(parts)]
    return whole.with_pages(tuple(pages))


def _table(rows: Rows, style: Style) -> Table:
    columns, style = fit_columns(rows, style)
    width = max(columns[-1].right + style.margin, min(_LEAST_WIDTH, style.width or _LEAST_WIDTH))
    return Table(columns, _stage(rows, columns, style), width, indent_of(rows.rows, style), style)


def _stage(rows: Rows, columns: Sequence[Placed], style: Style) -> Stage | None:
    found = rows.column("plot")
    if rows.scale is None or found is None:
        return None
    left = columns[found].left + style.pad
    return Stage(rows.scale, left, left + style.plot)


def _page(rows: Rows, shown: Sequence[Row], table: Table, number: int = 1, of: int = 1) -> Drawing:
    """A figure of these rows; the sentences and notes stand on the last page."""
    style, stage, width = table.style, table.stage, table.width
    counted = f"page {number} of {of}" if of > 1 else ""
    titles, y = title_marks(rows, style.margin, width, style, counted)
    heads, y = head_marks(table.columns, stage, y, width, style)
    marks: list[Mark] = [*titles, Group(tuple(heads), id=f"{rows.name}-head")]
    if stage is not None:
        if len(shown) > MANY:
            above, height = axis_line(stage, y + 13.0, style, above=True)
            marks += above
            y += height + 2
        names, y = _line_names(stage, y, width, style)
        marks += names
    body = body_marks(shown, table, y)
    if stage is not None:
        marks[:0] = _verticals(stage, y, body.diamond, body.bottom)
    marks += body.marks
    if number < of:
        axis, y = axis_marks(table, body.bottom, False) if stage is not None else ([], body.bottom)
        marks += named(axis, f"{rows.name}-axis")
    else:
        foot, y = foot_marks(rows, table, body.bottom)
        out, y = left_out_marks(rows, y, width, style)
        notes, y = note_marks(rows, y, width, style)
        signs, y = legend_marks(rows, y, width, style)
        marks += foot
        marks += named(out, f"{rows.name}-left-out") + named([*notes, *signs], f"{rows.name}-notes")
    title = f"Forest plot. {rows.title}" if rows.title else "Forest plot"
    title = f"{title} ({counted})" if counted else title
    height = y + style.margin
    return Drawing(width, height, tuple(marks), title, rows.description, rows.name, rows.metadata)


def _parts(rows: Sequence[Row], table: Table) -> list[Sequence[Row]]:
    """The rows in pages: no heading at the end of one, no summary without a study before it."""
    parts: list[list[Row]] = [[]]
    height = 0.0
    for row in rows:
        own = row_height(row, table)
        full = len(parts[-1]) >= table.style.rows or height + own > _HIGHEST
        if full and row.kind in INDIVIDUAL:
            carried = [parts[-1].pop()] if parts[-1][-1].kind == "heading" else []
            parts.append(carried)
            height = sum(row_height(one, table) for one in carried)
        parts[-1].append(row)
        height += own
    return list(parts)


def _verticals(stage: Stage, top: float, diamond: float | None, bottom: float) -> list[Mark]:
    """The line of no effect down to the axis, the dashed one of the pooled estimate, and those asked for."""
    marks: list[Mark] = []
    scale = stage.scale
    if scale.null is not None and stage.inside(scale.null):
        x = stage.x(scale.null)
        marks.append(Line(x, top, x, bottom, "null", 0.6))
    if scale.reference is not None and stage.inside(scale.reference):
        x = stage.x(scale.reference)
        marks.append(Line(x, top, x, bottom if diamond is None else diamond, "reference", 0.6, (2.5, 2.0)))
    for line in scale.lines:
        x = stage.x(line.at)
        marks.append(Line(x, top, x, bottom, "reference", 0.6, (1.0, 1.5)))
    return marks


def _line_names(stage: Stage, y: float, width: float, style: Style) -> tuple[list[Mark], float]:
    """The names of the further lines over them, each on a level of its own where they would touch."""
    marks: list[Mark] = []
    step = style.small + 2.0
    ends: list[float] = []
    for line in stage.scale.lines:
        name = shorten(line.label, width - 2 * style.margin, style.small)
        half = text_width(name, style.small) / 2
        x = min(max(stage.x(line.at), style.margin + half), width - style.margin - half)
        level = next((i for i, end in enumerate(ends) if end < x - half - 3), len(ends))
        ends[level : level + 1] = [x + half]
        marks.append(Text(x, y + style.small + level * step, name, "secondary", style.small, anchor="middle"))
    return marks, y + len(ends) * step + (1.5 if ends else 0.0)
