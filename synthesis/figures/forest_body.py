"""The rows of a forest plot on the page: labels, cells, signs and pictures."""

from collections.abc import Sequence
from typing import NamedTuple

from synthesis.drawing.marks import Group, Line, Mark, Text
from synthesis.drawing.text_metrics import text_width, wrap
from synthesis.figures.audit_signs import CLEAN, DISCREPANT, IMPOSSIBLE
from synthesis.figures.bias_signs import SIGNS, sign_marks
from synthesis.figures.row_marks import picture_marks
from synthesis.figures.rows import SPANNING, Row
from synthesis.figures.stage import Stage
from synthesis.figures.style import Style
from synthesis.figures.table_columns import BOLD, INDENTED, Placed, aside, indent_of_row, parts, sign_size

DENSE = 2.3  # rows that a predictive density is high
_SPACED = ("summary", "statement")
_ABOVE = INDENTED | {"reading"}


class Table(NamedTuple):
    """What every row of a figure needs to know."""

    columns: tuple[Placed, ...]
    stage: Stage | None
    width: float
    indent: float
    style: Style


class Body(NamedTuple):
    """Rows on the page: their marks, where they end, and where the diamond of all studies is, if here."""

    marks: list[Mark]
    bottom: float
    diamond: float | None


def body_marks(rows: Sequence[Row], table: Table, y: float) -> Body:
    """Every row below `y`."""
    marks: list[Mark] = []
    diamond, before = None, ""
    for row in rows:
        y += _space(before, row.kind)
        height, drawn = _row(row, table, y)
        marks.append(Group(drawn, title=row.title, address=row.address))
        if row.kind == "summary" and row.picture is not None:
            diamond = y + height / 2
        y += height
        before = row.kind
    return Body(marks, y + 2.0, diamond)


def _space(before: str, kind: str) -> float:
    """White space between a row and the one before it."""
    if not before:
        return 0.0
    if kind == "heading":
        return 5.0
    return 4.0 if kind in _SPACED and before in _ABOVE else 0.0


def row_height(row: Row, table: Table) -> float:
    """How high a row is."""
    return _height(row, len(_label_lines(row, table)), table.style)


def _height(row: Row, lines: int, style: Style) -> float:
    if row.kind == "detail":
        return lines * (style.small + 2.0) + 2.5
    dense = row.picture is not None and row.picture.shape == "density"
    return style.row * (DENSE if dense else 1.0) + (lines - 1) * style.line


def _label_lines(row: Row, table: Table) -> tuple[str, ...]:
    style = table.style
    if row.kind not in SPANNING:
        indent = indent_of_row(row, table.indent, style)
        return wrap(row.cells[0], style.label - indent, style.text, row.kind in BOLD)
    size = style.small if row.kind == "detail" else style.text
    return wrap(row.cells[0], _span(table) - table.indent, size, row.kind == "heading", lines=None)


def _row(row: Row, table: Table, y: float) -> tuple[float, tuple[Mark, ...]]:
    style = table.style
    lines = _label_lines(row, table)
    height = _height(row, len(lines), style)
    middle = y + height / 2
    marks: list[Mark] = []
    if row.picture is not None and table.stage is not None:
        marks += picture_marks(row.picture, table.stage, middle, style)
    marks += _label(row, lines, table, middle)
    if row.kind not in SPANNING:
        bold = row.kind in BOLD
        for placed, cell in zip(table.columns[1:], row.cells[1:], strict=True):
            if cell:
                marks += _cell(placed, cell, middle, bold, row, style)
    return height, tuple(marks)


def _label(row: Row, lines: tuple[str, ...], table: Table, middle: float) -> list[Mark]:
    """The first cell, in lines about the middle of the row, with the letter of its footnote."""
    style = table.style
    detail = row.kind == "detail"
    size, step = (style.small, style.small + 2.0) if detail else (style.text, style.line)
    role = "secondary" if detail else "text"
    bold = row.kind in BOLD
    x = style.margin + (table.indent if detail else indent_of_row(row, table.indent, style))
    y = middle + 0.36 * size - (len(lines) - 1) * step / 2
    marks: list[Mark] = [Text(x, y + i * step, line, role, size, bold) for i, line in enumerate(lines)]
    if row.mark:
        end = x + text_width(lines[-1], size, bold) + 1.0
        raised = y + (len(lines) - 1) * step - 0.33 * size
        marks.append(Text(end, raised, row.mark, "secondary", round(style.small * 0.8, 1)))
    return marks


def _span(table: Table) -> float:
    """How wide a sentence in the table may be: up to the axis, or to the edge without one."""
    style = table.style
    plot = next((placed.left for placed in table.columns if placed.column.align == "picture"), None)
    end = table.width - style.margin if plot is None else plot - style.gap / 2
    return end - style.margin


def _cell(placed: Placed, text: str, middle: float, bold: bool, row: Row, style: Style) -> list[Mark]:
    align = placed.column.align
    if align == "glyph":
        return _audit(text, placed.middle, middle, row.link, style)
    if align == "sign" and text in SIGNS:
        return list(sign_marks(SIGNS[text], placed.middle, middle, sign_size(style)))
    size = style.text
    y = middle + 0.36 * size
    if align == "sign" or (align == "bracket" and aside(text, align)):
        return [Text(placed.middle, y, text, "text", size, bold, "middle")]
    if align == "start" or align == "middle":
        return [Text(placed.axis, y, text, "text", size, bold, align)]
    before, after = parts(text, align)
    if align == "bracket" and not before:
        return [Text(placed.axis, y, after, "text", size, bold)]
    end = placed.axis + text_width(after, size, bold) if after else placed.axis
    return [Text(end, y, text, "text", size, bold, "end")]


def _audit(sign: str, x: float, y: float, link: str, style: Style) -> list[Mark]:
    """An audit sign; the check mark is drawn, since the metric family has no letter for it."""
    marks: tuple[Mark, ...]
    if sign == CLEAN:
        marks = (
            Line(x - 2.8, y, x - 0.8, y + 2.4, "secondary", 1.0),
            Line(x - 0.8, y + 2.4, x + 3.0, y - 2.8, "secondary", 1.0),
        )
    else:
        role = "alert" if sign in (DISCREPANT, IMPOSSIBLE) else "secondary"
        marks = (Text(x, y + 0.36 * style.text, sign, role, style.text, sign != "?", "middle"),)
    return [Group(marks, link=link)] if link else list(marks)
