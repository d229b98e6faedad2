"""Where everything of a forest plot goes: Rows to a Drawing whose size is an output."""

from collections.abc import Sequence

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Group, Line, Mark, Text
from synthesis.drawing.text_metrics import shorten, text_width, wrap
from synthesis.figures.audit_signs import CLEAN, DISCREPANT, IMPOSSIBLE
from synthesis.figures.axis_marks import axis_line, axis_words
from synthesis.figures.row_marks import Stage, picture_marks
from synthesis.figures.rows import Row, Rows
from synthesis.figures.style import PRINT, Style
from synthesis.figures.table_columns import Placed, aside, group_lines, parts, place_columns, spans

MANY = 30  # rows from which the axis is drawn on top as well
_LEAST_WIDTH = 260.0
_RULE = 4.6  # from a spanning head over its rule to the heads below
_BESIDE = 215.0  # room needed left of the axis to set the sentences beside it


def layout(rows: Rows, style: Style = PRINT) -> Drawing:
    """The whole figure: title, table with pictures, axis, sentences, what was left out, notes."""
    columns = place_columns(rows, style)
    width = max(columns[-1].right + style.margin, _LEAST_WIDTH)
    stage = _stage(rows, columns, style)
    marks: list[Mark] = []
    y = style.margin
    y = _title(marks, rows, y, width, style)
    y = _heads(marks, columns, y, width, style)
    if stage is not None and len(rows.rows) > MANY:
        above, height = axis_line(stage, y + 13.0, style, above=True)
        marks += above
        y += height + 2
    top = y
    y, bottoms = _body(marks, rows, columns, stage, y, width, style)
    if stage is not None:
        marks[:0] = _verticals(stage, top, bottoms, y)
    y = _foot(marks, rows, stage, y, width, style)
    y = _left_out(marks, rows, y, width, style)
    y = _notes(marks, rows, y, width, style)
    title = f"Forest plot. {rows.title}" if rows.title else "Forest plot"
    return Drawing(width, y + style.margin, tuple(marks), title, rows.description, rows.name)


def _stage(rows: Rows, columns: Sequence[Placed], style: Style) -> Stage | None:
    found = rows.column("plot")
    if rows.scale is None or found is None:
        return None
    left = columns[found].left + style.pad
    return Stage(rows.scale, left, left + style.plot)


def _title(marks: list[Mark], rows: Rows, y: float, width: float, style: Style) -> float:
    if not rows.title:
        return y
    for line in wrap(rows.title, width - 2 * style.margin, style.title, bold=True, lines=3):
        marks.append(Text(style.margin, y + style.title, line, size=style.title, bold=True))
        y += style.title + 3
    return y + 5


def _heads(marks: list[Mark], columns: Sequence[Placed], y: float, width: float, style: Style) -> float:
    """The heads: spanning ones with their rule, then one for each column, then a rule under all."""
    found = spans([placed.column for placed in columns])
    runs = [(columns[i : j + 1], _group_lines(columns, i, j, style)) for i, j in found]
    heights = [len(placed.heads) * style.line for placed in columns]
    heights += [_under(members, style) + len(lines) * style.line + _RULE for members, lines in runs]
    lowest = y + max(heights) - style.line + style.text
    for members, lines in runs:
        left, right = members[0].left, members[-1].right
        rule = lowest - style.text - _under(members, style) + style.line - _RULE / 2
        marks.append(Line(left, rule, right, rule))
        for i, line in enumerate(reversed(lines)):
            base = rule - 2.4 - i * style.line
            marks.append(Text((left + right) / 2, base, line, size=style.text, bold=True, anchor="middle"))
    for placed in columns:
        marks += _head(placed, lowest, style)
    rule = lowest + 4.2
    marks.append(Line(style.margin, rule, width - style.margin, rule, width=0.8))
    return rule + 2.5


def _group_lines(columns: Sequence[Placed], first: int, last: int, style: Style) -> tuple[str, ...]:
    """The lines of the head that spans these columns."""
    width = columns[last].right - columns[first].left
    return group_lines(columns[first].column.group, width, style)


def _under(members: Sequence[Placed], style: Style) -> float:
    """How high the heads of columns under a common one are."""
    return max(len(placed.heads) for placed in members) * style.line


def _head(placed: Placed, lowest: float, style: Style) -> list[Mark]:
    start = placed.column.align == "start"
    x = placed.left if start else placed.middle
    last = len(placed.heads) - 1
    return [
        Text(
            x,
            lowest - (last - i) * style.line,
            line,
            size=style.text,
            bold=True,
            anchor="start" if start else "middle",
        )
        for i, line in enumerate(placed.heads)
    ]


def _body(
    marks: list[Mark],
    rows: Rows,
    columns: Sequence[Placed],
    stage: Stage | None,
    y: float,
    width: float,
    style: Style,
) -> tuple[float, float | None]:
    """Every row; gives where they end, and where the diamond is, if there is one."""
    diamond = None
    before = "study"
    for row in rows.rows:
        if row.kind in ("summary", "statement") and before in ("study", "not-estimable"):
            y += 4.0
        height, drawn = _row(row, columns, stage, y, width, style)
        marks.append(Group(drawn, title=row.title, address=row.address))
        if row.picture is not None and row.picture.shape == "diamond":
            diamond = y + height / 2
        y += height
        before = row.kind
    return y + 2.0, diamond


def _row(
    row: Row, columns: Sequence[Placed], stage: Stage | None, y: float, width: float, style: Style
) -> tuple[float, tuple[Mark, ...]]:
    bold = row.kind == "summary"
    room = _span(columns, width, style) if row.kind == "statement" else style.label
    lines = wrap(row.cells[0], room, style.text, bold)
    height = style.row + (len(lines) - 1) * style.line
    middle = y + height / 2
    first = middle + 0.36 * style.text - (len(lines) - 1) * style.line / 2
    marks: list[Mark] = []
    if row.picture is not None and stage is not None:
        marks += picture_marks(row.picture, stage, middle, style)
    for i, line in enumerate(lines):
        marks.append(Text(style.margin, first + i * style.line, line, size=style.text, bold=bold))
    if row.mark:
        end = style.margin + text_width(lines[-1], style.text, bold) + 1.0
        raised = first + (len(lines) - 1) * style.line - 2.8
        marks.append(Text(end, raised, row.mark, "secondary", round(style.small * 0.8, 1)))
    if row.kind != "statement":
        for placed, cell in zip(columns[1:], row.cells[1:], strict=True):
            marks += _cell(placed, cell, middle, bold, style)
    return height, tuple(marks)


def _span(columns: Sequence[Placed], width: float, style: Style) -> float:
    """How wide a sentence in the table may be: up to the axis, or to the edge without one."""
    plot = next((placed.left for placed in columns if placed.column.align == "picture"), None)
    end = width - style.margin if plot is None else plot - style.gap / 2
    return end - style.margin


def _cell(placed: Placed, text: str, middle: float, bold: bool, style: Style) -> list[Mark]:
    if not text or placed.column.align == "picture":
        return []
    if placed.column.align == "glyph":
        return _sign(text, placed.middle, middle, style)
    align = placed.column.align
    y = middle + 0.36 * style.text
    if align == "start" or align == "middle":
        return [Text(placed.axis, y, text, size=style.text, bold=bold, anchor=align)]
    if aside(text, align):
        return [Text(placed.middle, y, text, size=style.text, bold=bold, anchor="middle")]
    before, after = parts(text, align)
    if align == "bracket" and not before:
        return [Text(placed.axis, y, after, size=style.text, bold=bold)]
    end = placed.axis + text_width(after, style.text, bold)
    return [Text(end, y, text, size=style.text, bold=bold, anchor="end")]


def _sign(sign: str, x: float, y: float, style: Style) -> list[Mark]:
    """An audit sign; the check mark is drawn, since the metric family has no letter for it."""
    if sign == CLEAN:
        return [
            Line(x - 2.8, y, x - 0.8, y + 2.4, "secondary", 1.0),
            Line(x - 0.8, y + 2.4, x + 3.0, y - 2.8, "secondary", 1.0),
        ]
    role = "alert" if sign in (DISCREPANT, IMPOSSIBLE) else "secondary"
    return [Text(x, y + 0.36 * style.text, sign, role, style.text, sign != "?", "middle")]


def _verticals(stage: Stage, top: float, diamond: float | None, bottom: float) -> list[Mark]:
    """The line of no effect down to the axis, and the dashed one of the pooled estimate to its diamond."""
    lines: list[Mark] = []
    scale = stage.scale
    if scale.null is not None and stage.inside(scale.null):
        x = stage.x(scale.null)
        lines.append(Line(x, top, x, bottom, "null", 0.6))
    if scale.reference is not None and stage.inside(scale.reference) and diamond is not None:
        x = stage.x(scale.reference)
        lines.append(Line(x, top, x, diamond, "reference", 0.6, (2.5, 2.0)))
    return lines


def _foot(marks: list[Mark], rows: Rows, stage: Stage | None, y: float, width: float, style: Style) -> float:
    """The axis with its words, and the sentences beside it where there is room, else below."""
    if stage is None:
        return _sentences(marks, rows.lines, y + 3, width - 2 * style.margin, style) if rows.lines else y
    beside = stage.left - style.pad - style.gap - style.margin
    fits = bool(rows.lines) and beside >= _BESIDE
    drawn, height = axis_line(stage, y, style)
    marks += drawn
    left = stage.left - style.pad if fits else style.margin
    words, more = axis_words(stage, y + height, style, (left, width - style.margin))
    marks += words
    end = y + height + more
    if fits:
        return max(end, _sentences(marks, rows.lines, y + 1, beside, style))
    return _sentences(marks, rows.lines, end + 4, width - 2 * style.margin, style) if rows.lines else end


def _sentences(marks: list[Mark], lines: Sequence[str], y: float, room: float, style: Style) -> float:
    step = style.small + 2.2
    for text in lines:
        for line in wrap(text, room, style.small, lines=None):
            marks.append(Text(style.margin, y + style.small, line, size=style.small))
            y += step
        y += 1.2
    return y


def _left_out(marks: list[Mark], rows: Rows, y: float, width: float, style: Style) -> float:
    """The block of what was reported and not pooled, each with its reason."""
    if not rows.left_out:
        return y
    y += 8.0
    pooled = any(row.kind == "summary" for row in rows.rows)
    heading = "Reported, not pooled" if pooled else "Left out"
    marks.append(Text(style.margin, y + style.small, heading, size=style.small, bold=True))
    y += style.small + 3.5
    widest = max(text_width(label, style.small) for label, _ in rows.left_out)
    label_room = min(widest, style.label, 0.4 * width)
    x = style.margin + label_room + style.gap
    step = style.small + 2.2
    for label, reason in rows.left_out:
        marks.append(Text(style.margin, y + style.small, _short(label, label_room, style), size=style.small))
        for line in wrap(reason, width - style.margin - x, style.small, lines=None):
            marks.append(Text(x, y + style.small, line, size=style.small))
            y += step
        y += 0.8
    return y


def _short(label: str, room: float, style: Style) -> str:
    return wrap(shorten(label, room + 0.01, style.small), room + 1, style.small, lines=1)[0]


def _notes(marks: list[Mark], rows: Rows, y: float, width: float, style: Style) -> float:
    """Footnotes, smaller and greyer: lettered ones hang, the others run on as one paragraph."""
    if not rows.notes:
        return y
    y += 6.0
    step = style.small + 1.8
    size = style.small
    for mark, text in [*(note for note in rows.notes if note[0]), ("", _general(rows))]:
        indent = style.margin + (9.0 if mark else 0.0)
        if mark:
            marks.append(Text(style.margin, y + size - 2.4, mark, "secondary", round(size * 0.8, 1)))
        for line in wrap(text, width - style.margin - indent, size, lines=None) if text else ():
            marks.append(Text(indent, y + size, line, "secondary", size))
            y += step
    return y


def _general(rows: Rows) -> str:
    return " ".join(text for mark, text in rows.notes if not mark)
