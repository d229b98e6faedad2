"""Marks to a Matplotlib figure, and from there to PDF and PNG; imported only when called.

The canvas is made here and pyplot never imported, so no backend, window or global figure list is touched.
"""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle as CirclePatch
from matplotlib.patches import Patch, Rectangle
from matplotlib.patches import Polygon as PolygonPatch

from synthesis.drawing.errors import DrawingError
from synthesis.drawing.marks import (
    Arrow,
    Circle,
    Group,
    Line,
    Mark,
    Polygon,
    Polyline,
    Rect,
    Square,
    Text,
    extent,
    flatten,
    place,
)
from synthesis.drawing.palette import ROLES
from synthesis.drawing.text_metrics import clean

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing

_LACKING = re.compile(r"^Glyph (\d+) .* missing from font")
# Hinting would stretch small letters to whole pixels, and so past their measured widths.
_SETTINGS: dict[Any, Any] = {
    "text.hinting": "none",
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "evidence-synthesis",
}
# For scripts that the metric family lacks: the first of these that are installed are asked for a letter.
_OTHER_SCRIPTS = (
    *("Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Noto Sans KR"),
    *("Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback"),
    *("Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "FreeSans"),
    *("Arial Unicode MS", "Microsoft YaHei", "SimHei", "Malgun Gothic", "Hiragino Sans", "PingFang SC"),
)
_LAST = "DejaVu Sans"  # comes with Matplotlib, and is this much wider than Arial
_LAST_IS_WIDER = 1.18


def make_figure(drawing: "Drawing") -> Figure:
    """A figure of the drawing's size with one axes in points, y downwards, holding every mark."""
    figure = Figure(figsize=(drawing.width / 72, drawing.height / 72), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.set_axis_off()
    families, factor = _families()
    for order, mark in enumerate(flatten(drawing.marks)):
        if isinstance(mark, Text):
            _write_text(axes, mark, families, factor, order)
        else:
            _draw_shape(axes, mark, order)
    return figure


def write_pdf(drawing: "Drawing") -> bytes:
    """The drawing as PDF with embedded fonts and no date."""
    metadata = {"Title": drawing.title or None, "CreationDate": None, "Creator": "evidence-synthesis"}
    if not drawing.pages:
        return _saved(drawing, format="pdf", metadata=metadata)
    from matplotlib.backends.backend_pdf import PdfPages

    buffer = io.BytesIO()
    with matplotlib.rc_context(_SETTINGS), _every_letter(), PdfPages(buffer, metadata=metadata) as file:
        for page in drawing.pages:
            file.savefig(make_figure(page))
    return buffer.getvalue()


def write_png(drawing: "Drawing", *, dpi: float = 300) -> bytes:
    """The drawing as PNG on white paper."""
    metadata = {"Title": drawing.title, "Software": "evidence-synthesis"}
    return _saved(drawing, format="png", dpi=dpi, metadata=metadata)


def _saved(drawing: "Drawing", **options: Any) -> bytes:
    buffer = io.BytesIO()
    with matplotlib.rc_context(_SETTINGS), _every_letter():
        make_figure(drawing).savefig(buffer, **options)
    return buffer.getvalue()


@contextmanager
def _every_letter() -> Iterator[None]:
    """Turns Matplotlib's warning of a letter that no font has into an error that says what to do."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    lacking = sorted({found[1] for one in caught if (found := _LACKING.search(str(one.message)))})
    if lacking:
        letters = " ".join(chr(int(code)) for code in lacking)
        raise DrawingError(
            f"no font here has {letters}; save as .svg, or install one that does, such as Noto Sans CJK"
        )


@cache
def _families() -> tuple[tuple[str, ...], float]:
    """The fonts of the metric family that are here, and by how much letters must shrink without one."""
    here = set(font_manager.get_font_names())
    measured = tuple(name for name in ("Arial", "Liberation Sans", "Helvetica") if name in here)
    others = tuple(name for name in _OTHER_SCRIPTS if name in here)
    return (*measured, *others, _LAST), 1.0 if measured else 1 / _LAST_IS_WIDER


def _write_text(axes: Axes, mark: Text, families: tuple[str, ...], factor: float, order: int) -> None:
    axes.text(
        place(mark.x),
        place(mark.y),
        clean(mark.text),
        color=ROLES[mark.role].light,
        fontsize=mark.size * factor,
        fontfamily=list(families),
        fontweight="bold" if mark.bold else "normal",
        ha={"start": "left", "middle": "center", "end": "right"}[mark.anchor],
        va="baseline",
        zorder=order + 1,
        parse_math=False,
    )


def _draw_shape(axes: Axes, mark: Mark, order: int) -> None:
    if isinstance(mark, Line | Polyline):
        _draw_line(axes, mark, order)
        return
    if isinstance(mark, Group):
        raise TypeError("a group leaves no ink of its own; flatten the marks first")
    patch = _patch(mark)
    colour = ROLES[mark.role].light
    hollow = getattr(mark, "hollow", False)
    patch.set(
        facecolor="none" if hollow else colour,
        edgecolor=colour if hollow else "none",
        linewidth=0.8 if hollow else 0,
        zorder=order + 1,
        clip_on=False,
    )
    axes.add_patch(patch)


def _draw_line(axes: Axes, mark: Line | Polyline, order: int) -> None:
    points = mark.points if isinstance(mark, Polyline) else ((mark.x1, mark.y1), (mark.x2, mark.y2))
    line = Line2D(
        [place(x) for x, _ in points],
        [place(y) for _, y in points],
        color=ROLES[mark.role].light,
        linewidth=mark.width,
        solid_capstyle="butt",
        dash_capstyle="butt",
        zorder=order + 1,
        clip_on=False,
    )
    if mark.dash:
        line.set_linestyle((0, tuple(part / mark.width for part in mark.dash)))
    axes.add_line(line)


def _patch(mark: Mark) -> Patch:
    match mark:
        case Square():
            side = extent(mark.side)
            return Rectangle((place(mark.x) - side / 2, place(mark.y) - side / 2), side, side)
        case Rect():
            return Rectangle((place(mark.x), place(mark.y)), place(mark.width), place(mark.height))
        case Circle():
            return CirclePatch((place(mark.x), place(mark.y)), extent(mark.radius))
        case Polygon() | Arrow():
            return PolygonPatch([(place(x), place(y)) for x, y in mark.points], closed=True)
    raise TypeError(f"not a mark: {mark!r}")
