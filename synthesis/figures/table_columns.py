"""Where the columns of Rows stand: widths from measured text, and what lines up inside each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from synthesis.drawing.text_metrics import text_width, wrap
from synthesis.figures.bias_signs import SIGNS
from synthesis.figures.rows import INDIVIDUAL, SPANNING, Column, Row, Rows
from synthesis.figures.style import Style

_NARROWEST = 0.55  # parts of the least axis that will do before letters run over the page
_SHORT = 0.42  # a head over short numbers is broken sooner: Weight over (%)
BOLD = frozenset(("summary", "subtotal", "heading"))
INDENTED = INDIVIDUAL
Filled: TypeAlias = Sequence[tuple[tuple[str, ...], bool]]
"""The cells of each row that fills its columns, and whether they are bold."""
_SPLITS = {"point": ".·", "slash": "/", "bracket": "(["}


@dataclass(frozen=True, slots=True)
class Placed:
    """One column on the page: `left` and `width` of its space, `axis` the line its cells keep to.

    `heads` are the lines above it. For ``point`` and ``slash`` the axis is the right end of what stands
    before the sign, for ``bracket`` the left of the bracket, for ``end`` the right end, for ``start`` the
    left.
    """

    column: Column
    left: float
    width: float
    axis: float
    heads: tuple[str, ...]

    @property
    def right(self) -> float:
        """Where its space ends."""
        return self.left + self.width

    @property
    def middle(self) -> float:
        """The middle of its space."""
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class _Measured:
    """Widths before anything is placed: left and right of what lines up, of the head, of cells of words.

    `heads` are None for the picture.
    """

    before: float
    after: float
    heads: tuple[str, ...] | None
    head: float
    words: float = 0.0

    @property
    def width(self) -> float:
        return max(self.before + self.after, self.head, self.words)

    def scaled(self, factor: float) -> "_Measured":
        """The same with letters scaled."""
        return _Measured(
            factor * self.before, factor * self.after, self.heads, factor * self.head, factor * self.words
        )


def _picture(style: Style) -> _Measured:
    return _Measured(0.0, style.plot + 2 * style.pad, None, 0.0)


def place_columns(rows: Rows, style: Style) -> tuple[Placed, ...]:
    """Every column with its place, from left to right."""
    return _placed(rows.columns, _measure_all(rows, style), style)


def fit_columns(rows: Rows, style: Style) -> tuple[tuple[Placed, ...], Style]:
    """Every column with its place, the axis as wide as the page allows, and the style that made it so.

    Where not even the narrowest axis fits, letters get smaller; where that does not help either, the figure
    is wider than the page.
    """
    measured = _measure_all(rows, style)
    if style.width <= 0:
        return _placed(rows.columns, measured, style), style
    pictured = any(m.heads is None for m in measured)
    least = style.least if pictured else 0.0
    room = _room(rows.columns, measured, style)
    if room < least:
        needed = style.width - room
        small = style.smaller((style.width - least) / needed)
        measured = [m.scaled(small.text / style.text) for m in measured]
        style, room = small, _room(rows.columns, measured, small)
    if pictured:
        style = replace(style, plot=min(room, style.most) if room >= _NARROWEST * least else least)
    measured = [_picture(style) if m.heads is None else m for m in measured]
    return _placed(rows.columns, measured, style), style


def _room(columns: Sequence[Column], measured: Sequence["_Measured"], style: Style) -> float:
    """What the other columns leave of the page for the axis."""
    widths = [0.0 if one.heads is None else one.width for one in measured]
    edges = 2 * style.margin + 2 * style.pad * any(one.heads is None for one in measured)
    return style.width - edges - sum(_room_for_groups(columns, widths, style)) - sum(_gaps(columns, style))


def _placed(columns: Sequence[Column], measured: Sequence["_Measured"], style: Style) -> tuple[Placed, ...]:
    widths = _room_for_groups(columns, [one.width for one in measured], style)
    placed, left = [], style.margin
    gaps = (*_gaps(columns, style), 0.0)
    for column, one, width, gap in zip(columns, measured, widths, gaps, strict=True):
        placed.append(Placed(column, left, width, left + _axis(column, one, width), one.heads or ()))
        left += width + gap
    return tuple(placed)


def _gaps(columns: Sequence[Column], style: Style) -> list[float]:
    """The space after each column but the last: columns of one arm, or judgements, stand closer together."""
    return [style.gap * _nearness(one, other) for one, other in pairwise(columns)]


def _nearness(one: Column, other: Column) -> float:
    if not one.group or one.group != other.group or one.key.split("-")[0] != other.key.split("-")[0]:
        return 1.0
    return 0.35 if one.align == "sign" else 0.7


@lru_cache(maxsize=4096)
def parts(text: str, align: str) -> tuple[str, str]:
    """The text before and from the sign that lines up; a text without the sign is all before it.

    Examples
    --------
    >>> parts("4/123", "slash"), parts("0.5 (0.1 to 2.0)", "bracket"), parts("12", "point")
    (('4', '/123'), ('0.5 ', '(0.1 to 2.0)'), ('12', ''))
    """
    for sign in _SPLITS.get(align, ""):
        at = text.find(sign)
        if at >= 0:
            return text[:at], text[at:]
    return text, ""


def group_lines(label: str, width: float, style: Style) -> tuple[str, ...]:
    """The lines of a head that spans columns of this width together."""
    return wrap(label, max(width, style.head), style.text, bold=True)


def _measure_all(rows: Rows, style: Style) -> list[_Measured]:
    filled = [(row.cells, row.kind in BOLD) for row in rows.rows if row.kind not in SPANNING]
    return [_measure(column, i, rows.rows, filled, style) for i, column in enumerate(rows.columns)]


def _measure(column: Column, i: int, rows: Sequence[Row], filled: Filled, style: Style) -> _Measured:
    if column.align == "picture":
        return _picture(style)
    before, after, words = _labels(rows, style) if i == 0 else _cells(column.align, i, filled, style)
    most = _SHORT * style.head if column.align == "point" else style.head
    heads = wrap(column.head, max(before + after, most), style.text, bold=True) if column.head else ()
    head = max((text_width(line, style.text, bold=True) for line in heads), default=0.0)
    return _Measured(before, after, heads, head, words)


def _labels(rows: Sequence[Row], style: Style) -> tuple[float, float, float]:
    """The widest label, with its footnote letter."""
    widest = 0.0
    indent = indent_of(rows, style)
    for row in rows:
        if row.kind in SPANNING:
            continue
        bold = row.kind in BOLD
        own = indent_of_row(row, indent, style)
        lines = wrap(row.cells[0], style.label - own, style.text, bold)
        extra = text_width(row.mark, style.small * 0.8) + 1.5 if row.mark else 0.0
        widest = max(widest, own + text_width(lines[-1], style.text, bold) + extra)
        for line in lines[:-1]:
            widest = max(widest, own + text_width(line, style.text, bold))
    return widest, 0.0, 0.0


def indent_of(rows: Sequence[Row], style: Style) -> float:
    """How far the studies of groups are set in; not at all in a figure without groups."""
    return 0.9 * style.text if any(row.kind == "heading" for row in rows) else 0.0


def indent_of_row(row: Row, indent: float, style: Style) -> float:
    """How far the label of a row is set in."""
    if row.kind == "reading":
        return indent + 0.9 * style.text
    return indent if row.kind in INDENTED else 0.0


def _cells(align: str, i: int, filled: Filled, style: Style) -> tuple[float, float, float]:
    """The widest part before and after what lines up, and the widest cell of words."""
    before = after = words = 0.0
    size = style.text
    for cells, bold in filled:
        cell = cells[i]
        if not cell:
            continue
        if align == "sign" and cell in SIGNS:
            before = max(before, sign_size(style))
            continue
        start, end = parts(cell, align)
        width = text_width(start, size, bold)
        if align == "bracket" and aside(cell, align):
            words = max(words, width)
            continue
        if width > before:
            before = width
        if end:
            after = max(after, text_width(end, size, bold))
    return before, after, words


def sign_size(style: Style) -> float:
    """How large the sign of a judgement is."""
    return 0.72 * style.row


def aside(text: str, align: str) -> bool:
    """Whether a cell of words stands where others have an interval; it is then centred."""
    return align == "bracket" and text[:1].isalpha() and "(" not in text


def _axis(column: Column, one: _Measured, width: float) -> float:
    """The line the cells keep to, from the left of the column, with the body centred under a wide head."""
    if column.align in ("start", "picture"):
        return 0.0
    inset = (width - one.before - one.after) / 2
    if column.align in ("middle", "glyph", "sign"):
        return width / 2
    return inset + one.before


def _room_for_groups(columns: Sequence[Column], widths: list[float], style: Style) -> list[float]:
    """The widths, columns under a long common head made wider in equal parts."""
    widths = list(widths)
    for first, last in spans(columns):
        gaps = sum(_gaps(columns[first : last + 1], style))
        have = sum(widths[first : last + 1]) + gaps
        lines = group_lines(columns[first].group, have, style)
        need = max(text_width(line, style.text, bold=True) for line in lines)
        for i in range(first, last + 1):
            widths[i] += max(0.0, need - have) / (last - first + 1)
    return widths


def spans(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """First and last index of each run of columns with the same, non-empty group."""
    found: list[tuple[int, int]] = []
    for i, column in enumerate(columns):
        if not column.group:
            continue
        arm = column.key.split("-")[0]
        if found and found[-1][1] == i - 1 and columns[i - 1].key.split("-")[0] == arm:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found
