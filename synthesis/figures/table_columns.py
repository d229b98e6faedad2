"""Where the columns of Rows stand: widths from measured text, and what lines up inside each."""

from collections.abc import Sequence
from dataclasses import dataclass

from synthesis.drawing.text_metrics import clean, text_width, wrap
from synthesis.figures.rows import Column, Row, Rows
from synthesis.figures.style import Style

_SPLITS = {"point": ".", "slash": "/", "bracket": "("}


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
    """Widths before anything is placed: left and right of what lines up, of the head, of cells of words."""

    before: float
    after: float
    heads: tuple[str, ...]
    head: float
    words: float = 0.0

    @property
    def width(self) -> float:
        return max(self.before + self.after, self.head, self.words)


def place_columns(rows: Rows, style: Style) -> tuple[Placed, ...]:
    """Every column with its place, from left to right."""
    measured = [_measure(column, i, rows.rows, style) for i, column in enumerate(rows.columns)]
    widths = _room_for_groups(rows.columns, [one.width for one in measured], style)
    placed, left = [], style.margin
    for column, one, width in zip(rows.columns, measured, widths, strict=True):
        placed.append(Placed(column, left, width, left + _axis(column, one, width), one.heads))
        left += width + style.gap
    return tuple(placed)


def parts(text: str, align: str) -> tuple[str, str]:
    """The text before and from the sign that lines up; a text without the sign is all before it.

    Examples
    --------
    >>> parts("4/123", "slash"), parts("0.5 (0.1 to 2.0)", "bracket"), parts("12", "point")
    (('4', '/123'), ('0.5 ', '(0.1 to 2.0)'), ('12', ''))
    """
    sign = _SPLITS.get(align)
    if sign is None or sign not in text:
        return text, ""
    at = text.index(sign)
    return text[:at], text[at:]


def group_lines(label: str, width: float, style: Style) -> tuple[str, ...]:
    """The lines of a head that spans columns of this width together."""
    return wrap(label, max(width, style.head), style.text, bold=True)


def _measure(column: Column, i: int, rows: Sequence[Row], style: Style) -> _Measured:
    if column.align == "picture":
        return _Measured(0, style.plot + 2 * style.pad, (), 0)
    before = after = words = 0.0
    for row in rows:
        if row.kind == "statement":
            continue
        bold = row.kind == "summary"
        if i == 0:
            lines = wrap(row.cells[0], style.label, style.text, bold)
            extra = text_width(row.mark, style.small * 0.8) + 1.5 if row.mark else 0.0
            before = max(before, *(text_width(line, style.text, bold) for line in lines[:-1]), 0.0)
            before = max(before, text_width(lines[-1], style.text, bold) + extra)
            continue
        start, end = parts(clean(row.cells[i]), column.align)
        if aside(row.cells[i], column.align):
            words = max(words, text_width(start, style.text, bold))
            continue
        before = max(before, text_width(start, style.text, bold))
        after = max(after, text_width(end, style.text, bold))
    heads = wrap(column.head, max(before + after, style.head), style.text, bold=True) if column.head else ()
    head = max((text_width(line, style.text, bold=True) for line in heads), default=0.0)
    return _Measured(before, after, heads, head, words)


def aside(text: str, align: str) -> bool:
    """Whether a cell of words stands where others have an interval; it is then centred."""
    return align == "bracket" and "(" not in text and text[:1].isalpha()


def _axis(column: Column, one: _Measured, width: float) -> float:
    """The line the cells keep to, from the left of the column, with the body centred under a wide head."""
    if column.align in ("start", "picture"):
        return 0.0
    inset = (width - one.before - one.after) / 2
    if column.align in ("middle", "glyph"):
        return width / 2
    return inset + one.before


def _room_for_groups(columns: Sequence[Column], widths: list[float], style: Style) -> list[float]:
    """The widths, columns under a long common head made wider in equal parts."""
    widths = list(widths)
    for first, last in spans(columns):
        gaps = (last - first) * style.gap
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
