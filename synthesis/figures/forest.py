"""The forest plot: `content` decides what it says, `layout` where it goes, `strip` draws one row of it.

The printed figure is `layout(content(pool))`. A page sets the Rows of `content` as a table of its own and
puts `strip(rows, i)` into each row's picture cell and `axis_strip(rows)` under them.
"""

from typing import TYPE_CHECKING

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Line, Mark
from synthesis.figures.axis_marks import axis_line, axis_words
from synthesis.figures.forest_content import pooled_content, table_content
from synthesis.figures.forest_layout import layout
from synthesis.figures.row_marks import Stage, picture_marks
from synthesis.figures.rows import Rows
from synthesis.figures.style import PRINT, Style
from synthesis.fit import Pool

if TYPE_CHECKING:
    from synthesis.table import EffectTable

__all__ = ["axis_strip", "content", "layout", "strip"]


def content(
    shown: "Pool | EffectTable",
    *,
    reason: str = "",
    level: float = 95.0,
    limits: tuple[float, float] | None = None,
) -> Rows:
    """What a forest plot says of a pool, or of a table whose rows are shown and not pooled.

    Parameters
    ----------
    shown : Pool or EffectTable
        A pool brings its own level and its table, if it was made from one.
    reason : str
        Why a table is not pooled; its own reason when empty.
    level : float
        Per cent, for the intervals of a table.
    limits : (low, high), optional
        Ends of the axis in printed units (ratios, percentages), widened to hold the null and snapped
        outwards; what lies beyond is clipped with an arrow. By default every estimate is inside.
    """
    if isinstance(shown, Pool):
        return pooled_content(shown, limits)
    return table_content(shown, reason, level, limits)


def strip(rows: Rows, i: int, style: Style = PRINT) -> Drawing:
    """The picture of row `i` alone, as wide as the axis with its margins; empty where the row has none.

    It has no title: the row of the table around it says the same in words.
    """
    width = style.plot + 2 * style.pad
    marks: list[Mark] = []
    if rows.scale is not None:
        stage = Stage(rows.scale, style.pad, style.pad + style.plot)
        marks += _lines(stage, style.row)
        picture = rows.rows[i].picture
        if picture is not None:
            marks += picture_marks(picture, stage, style.row / 2, style)
    return Drawing(width, style.row, tuple(marks), name=f"{rows.name}-{i}")


def axis_strip(rows: Rows, style: Style = PRINT) -> Drawing:
    """The axis under the strips: ticks, labels, its title and the favours labels."""
    width = style.plot + 2 * style.pad
    if rows.scale is None:
        return Drawing(width, style.row, (), name=f"{rows.name}-axis")
    stage = Stage(rows.scale, style.pad, style.pad + style.plot)
    marks, height = axis_line(stage, 0.5, style)
    words, more = axis_words(stage, 0.5 + height, style, (1.0, width - 1.0))
    return Drawing(width, 0.5 + height + more + 2, (*marks, *words), name=f"{rows.name}-axis")


def _lines(stage: Stage, height: float) -> list[Mark]:
    """The null and the pooled estimate from edge to edge, so that the strips of a table join."""
    lines: list[Mark] = []
    scale = stage.scale
    if scale.null is not None and stage.inside(scale.null):
        x = stage.x(scale.null)
        lines.append(Line(x, 0, x, height, "null", 0.6))
    if scale.reference is not None and stage.inside(scale.reference):
        x = stage.x(scale.reference)
        lines.append(Line(x, 0, x, height, "reference", 0.6, (2.5, 2.0)))
    return lines
