"""The bottom of a forest plot: its axis, the sentences, what was left out, and the notes."""

from collections.abc import Sequence

from synthesis.drawing.marks import Group, Mark, Text
from synthesis.drawing.text_metrics import shorten, text_width, wrap
from synthesis.figures.axis_marks import axis_line, axis_words
from synthesis.figures.bias_signs import SIGNS, sign_marks
from synthesis.figures.forest_body import Table
from synthesis.figures.rows import Rows, Scale
from synthesis.figures.style import Style
from synthesis.figures.table_columns import sign_size

_BESIDE = 170.0  # room needed left of the axis to set the sentences beside it


def axis_marks(table: Table, y: float, beside: bool) -> tuple[list[Mark], float]:
    """The axis with its words below `y`, and where they end."""
    stage, style = table.stage, table.style
    assert stage is not None
    drawn, height = axis_line(stage, y, style)
    left = stage.left - style.pad if beside else style.margin
    words, more = axis_words(stage, y + height, style, (left, table.width - style.margin))
    return [*drawn, *words], y + height + more


def foot_marks(rows: Rows, table: Table, y: float) -> tuple[list[Mark], float]:
    """The axis, and the sentences beside it where there is room, else below."""
    style = table.style
    room = table.width - 2 * style.margin
    if table.stage is None:
        return sentences(rows.lines, y + 3, room, style)
    beside = table.stage.left - style.pad - style.gap - style.margin
    fits = bool(rows.lines) and beside >= _BESIDE
    axis, end = axis_marks(table, y, fits)
    marks: list[Mark] = [Group(tuple(axis), id=f"{rows.name}-axis", desc=_told(table.stage.scale))]
    if fits:
        words, bottom = sentences(rows.lines, y + 1, beside, style)
        return [*marks, *named(words, f"{rows.name}-results")], max(end, bottom)
    words, end = sentences(rows.lines, end + 4, room, style) if rows.lines else ([], end)
    return [*marks, *named(words, f"{rows.name}-results")], end


def named(marks: list[Mark], id_: str) -> list[Mark]:
    """The marks as one group of this id; nothing where there are none."""
    return [Group(tuple(marks), id=id_)] if marks else []


def _told(scale: Scale) -> str:
    """The axis in a sentence."""
    ends = f"from {scale.ticks[0].label} to {scale.ticks[-1].label}" if scale.ticks else ""
    null = "" if scale.null is None else f"; no effect at {1 if scale.kind == 'log' else 0}"
    return f"Axis: {scale.title}, labelled {ends}{null}."


def sentences(lines: Sequence[str], y: float, room: float, style: Style) -> tuple[list[Mark], float]:
    """Sentences in lines no wider than `room`, and where they end."""
    marks: list[Mark] = []
    step = style.small + 2.2
    for text in lines:
        for line in wrap(text, room, style.small, lines=None):
            marks.append(Text(style.margin, y + style.small, line, size=style.small))
            y += step
        y += 1.2
    return marks, y


def left_out_marks(rows: Rows, y: float, width: float, style: Style) -> tuple[list[Mark], float]:
    """The block of what was reported and not pooled, each with its reason."""
    marks: list[Mark] = []
    if not rows.left_out:
        return marks, y
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
    return marks, y


def _short(label: str, room: float, style: Style) -> str:
    return wrap(shorten(label, room + 0.01, style.small), room + 1, style.small, lines=1)[0]


def note_marks(rows: Rows, y: float, width: float, style: Style) -> tuple[list[Mark], float]:
    """Footnotes, smaller and greyer: lettered ones hang, the others run on as one paragraph."""
    marks: list[Mark] = []
    if not rows.notes:
        return marks, y
    y += 6.0
    step = style.small + 1.8
    size = style.small
    general = " ".join(text for mark, text in rows.notes if not mark)
    for mark, text in [*(note for note in rows.notes if note[0]), ("", general)]:
        indent = style.margin + (9.0 if mark else 0.0)
        if mark:
            marks.append(Text(style.margin, y + size - 2.4, mark, "secondary", round(size * 0.8, 1)))
        for line in wrap(text, width - style.margin - indent, size, lines=None) if text else ():
            marks.append(Text(indent, y + size, line, "secondary", size))
            y += step
    return marks, y


def legend_marks(rows: Rows, y: float, width: float, style: Style) -> tuple[list[Mark], float]:
    """The signs of judgements with their words, in as many lines as they need."""
    marks: list[Mark] = []
    if not rows.legend:
        return marks, y
    size, step = sign_size(style), style.row
    x, y = style.margin, y + 3.0
    for sign, words in rows.legend:
        needed = size + 4.0 + text_width(words, style.small)
        if x > style.margin and x + needed > width - style.margin:
            x, y = style.margin, y + step
        marks += sign_marks(SIGNS[sign], x + size / 2, y + step / 2, size)
        marks.append(Text(x + size + 4.0, y + step / 2 + 0.36 * style.small, words, "secondary", style.small))
        x += needed + 10.0
    return marks, y + step
