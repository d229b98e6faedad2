"""The top of a forest plot: its title, the heads of its columns, the words on both sides of the null."""

from collections.abc import Sequence

from synthesis.drawing.marks import Line, Mark, Text
from synthesis.drawing.text_metrics import wrap
from synthesis.figures.axis_marks import favours_marks
from synthesis.figures.rows import Rows
from synthesis.figures.stage import Stage
from synthesis.figures.style import Style
from synthesis.figures.table_columns import Placed, group_lines, spans

_RULE = 4.6  # from a spanning head over its rule to the heads below


def title_marks(rows: Rows, y: float, width: float, style: Style, page: str) -> tuple[list[Mark], float]:
    """Title and subtitle, and where they end."""
    marks: list[Mark] = []
    room = width - 2 * style.margin
    title = f"{rows.title} ({page})" if page else rows.title
    for line in wrap(title, room, style.title, bold=True, lines=3) if title else ():
        marks.append(Text(style.margin, y + style.title, line, size=style.title, bold=True))
        y += style.title + 3
    for line in wrap(rows.subtitle, room, style.small, lines=3) if rows.subtitle else ():
        marks.append(Text(style.margin, y + style.small, line, "secondary", style.small))
        y += style.small + 2.5
    return marks, y + 5 if marks else y


def head_marks(
    columns: Sequence[Placed], stage: Stage | None, y: float, width: float, style: Style
) -> tuple[list[Mark], float]:
    """The heads: spanning ones with their rule, then one for each column, then a rule under all."""
    found = spans([placed.column for placed in columns])
    runs = [(columns[i : j + 1], _group_lines(columns, i, j, style)) for i, j in found]
    heights = [len(placed.heads) * style.line for placed in columns]
    heights += [_under(members, style) + len(lines) * style.line + _RULE for members, lines in runs]
    sides, above = _sides(columns, stage, y, style)
    lowest = y + max(*heights, above) - style.line + style.text
    marks = sides
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
    return marks, rule + 2.5


def _sides(
    columns: Sequence[Placed], stage: Stage | None, y: float, style: Style
) -> tuple[list[Mark], float]:
    """The words on both sides of the null over the axis, where the layout wants them there."""
    if stage is None or not style.favours_above or len(stage.scale.favours) != 2:
        return [], 0.0
    plot = next(placed for placed in columns if placed.column.align == "picture")
    marks, height = favours_marks(stage, y + 3.0, style, (plot.left, plot.right))
    return marks, height + 3.0


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
