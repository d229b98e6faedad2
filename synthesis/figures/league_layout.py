"""Where the cells of a league table go: one size for all, from the longest words in them."""

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Group, Mark, Rect, Text
from synthesis.drawing.text_metrics import text_width, wrap
from synthesis.figures.contents.league import Cell, League
from synthesis.figures.page import page
from synthesis.figures.style import PRINT, Style

_PAD = 5.0
_NAME = 84.0


def layout(league: League, style: Style = PRINT) -> Drawing:
    """The whole table with its keys and sentences."""
    lines = [[_lines(cell, i == j, style) for j, cell in enumerate(row)] for i, row in enumerate(league.rows)]
    flat = [
        (line, cell.bold)
        for row, cells in zip(lines, league.rows, strict=True)
        for words, cell in zip(row, cells, strict=True)
        for line in words
    ]
    wide = max(text_width(line, style.small, bold) for line, bold in flat) + 2 * _PAD
    tall = max(len(words) for row in lines for words in row) * (style.small + 2.2) + 2 * _PAD
    marks: list[Mark] = []
    for i, row in enumerate(league.rows):
        for j, cell in enumerate(row):
            marks.append(_cell(cell, lines[i][j], (j * wide, i * tall), (wide, tall), i == j, style))
    n = len(league.rows)
    return page(league.words, marks, n * wide, n * tall + 3.0, style)


def _lines(cell: Cell, named: bool, style: Style) -> tuple[str, ...]:
    """A name may be broken; a number may not."""
    if not named:
        return cell.lines
    return wrap(cell.lines[0], _NAME, style.small, bold=True, lines=None)


def _cell(
    cell: Cell,
    lines: tuple[str, ...],
    corner: tuple[float, float],
    size: tuple[float, float],
    named: bool,
    style: Style,
) -> Mark:
    x, y = corner
    marks: list[Mark] = []
    ground = "band-2" if named else cell.ground
    if ground:
        marks.append(Rect(x, y, *size, ground))
    marks.append(Rect(x, y, *size, "reference", hollow=True))
    step = style.small + 2.2
    first = y + size[1] / 2 + 0.36 * style.small - (len(lines) - 1) * step / 2
    marks += [
        Text(x + size[0] / 2, first + k * step, line, size=style.small, bold=cell.bold, anchor="middle")
        for k, line in enumerate(lines)
    ]
    return Group(tuple(marks), title=cell.title)
