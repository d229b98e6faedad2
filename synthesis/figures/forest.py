"""The forest plot: `content` decides what it says, `layout` where it goes, `strip` draws one row of it.

The printed figure is `layout(content(pool))`. A page sets the Rows of `content` as a table of its own and
puts `strip(rows, i)` into each row's picture cell and `axis_strip(rows)` under them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Line, Mark
from synthesis.errors import choose
from synthesis.figures.axis_marks import axis_line, axis_words
from synthesis.figures.forest_body import DENSE
from synthesis.figures.forest_content import pooled_content, readings_content, subgroup_content, table_content
from synthesis.figures.forest_layout import layout
from synthesis.figures.forest_layouts import STANDARD, ForestLayout, layout_of
from synthesis.figures.forest_plan import Asked
from synthesis.figures.row_marks import picture_marks
from synthesis.figures.rows import Rows
from synthesis.figures.stage import Stage
from synthesis.figures.style import PRINT, Style
from synthesis.fit import Pool
from synthesis.table import EffectTable

if TYPE_CHECKING:
    from synthesis.models.subgroups import Subgroups
    from synthesis.rereading import Sensitivity

__all__ = ["axis_strip", "content", "layout", "layout_of", "strip"]

_PREDICTIONS: dict[str, Literal["bar", "density"]] = {"bar": "bar", "density": "density"}


def content(
    shown: "Pool | EffectTable | Subgroups | Sensitivity",
    *,
    reason: str = "",
    level: float = 95.0,
    limits: tuple[float, float] | None = None,
    layout: str | ForestLayout = STANDARD,
    order: str = "given",
    prediction: Literal["bar", "density"] = "bar",
    also: "Pool | Literal['common-effect'] | None" = None,
    lines: Mapping[str, float] | None = None,
    bias: Mapping[str, Any] | None = None,
    links: Mapping[str, str] | None = None,
) -> Rows:
    """What a forest plot says of a pool, of groups of studies, or of a table that is shown and not pooled.

    `synthesis.plot.forest` says what the parameters are.
    """
    from synthesis.models.subgroups import Subgroups

    whole = shown.overall if isinstance(shown, Subgroups) else shown
    second = whole.common if also == "common-effect" and isinstance(whole, Pool) else also
    asked = Asked(
        layout_of(layout),
        limits,
        order,
        choose("prediction", prediction, _PREDICTIONS),
        None if isinstance(second, str) else second,
        tuple((lines or {}).items()),
        bias or {},
        links or {},
    )
    if isinstance(shown, Subgroups):
        return subgroup_content(shown, asked)
    if isinstance(shown, Pool):
        return pooled_content(shown, asked)
    if isinstance(shown, EffectTable):
        return table_content(shown, reason, level, asked)
    return readings_content(shown, asked)


def strip(rows: Rows, i: int, style: Style = PRINT) -> Drawing:
    """The picture of row `i` alone, as wide as the axis with its margins; empty where the row has none.

    It has no title: the row of the table around it says the same in words.
    """
    width = style.plot + 2 * style.pad
    picture = rows.rows[i].picture
    height = style.row * (DENSE if picture is not None and picture.shape == "density" else 1.0)
    marks: list[Mark] = []
    if rows.scale is not None:
        stage = Stage(rows.scale, style.pad, style.pad + style.plot)
        marks += _lines(stage, height)
        if picture is not None:
            marks += picture_marks(picture, stage, height / 2, style)
    return Drawing(width, height, tuple(marks), name=f"{rows.name}-{i}")


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
    for line in scale.lines:
        x = stage.x(line.at)
        lines.append(Line(x, 0, x, height, "reference", 0.6, (1.0, 1.5)))
    return lines
