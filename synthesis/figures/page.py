"""What stands around a figure: its heading above; keys, sentences and notes below; and its whole size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Arrow, Circle, Group, Line, Mark, Polygon, Polyline, Rect, Square, Text
from synthesis.drawing.text_metrics import text_width, wrap
from synthesis.figures.style import PRINT, Style

DASHES = (2.5, 2.0)
_KEY = 16.0  # width of the sample before the words of a key
_LEAST = 200.0


@dataclass(frozen=True, slots=True)
class Key:
    """What one kind of mark means: a sample of it and its words."""

    shape: Literal["dot", "hollow", "square", "box", "line", "dash", "area"]
    role: str
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a figure says outside its marks.

    `kind` is what the figure is called ("Funnel plot"), `title` what it shows, `description` the figure in
    sentences for those who do not see it; `lines` are sentences under it, `notes` smaller ones.
    """

    name: str
    kind: str
    title: str
    description: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()


def page(words: Words, body: Sequence[Mark], width: float, height: float, style: Style = PRINT) -> Drawing:
    """The drawing: the body (from its own corner at 0, 0) under the heading, and what stands below it."""
    inner = max(width, _LEAST)
    marks: list[Mark] = []
    y = style.margin
    for line in wrap(words.title, inner, style.title, bold=True, lines=3) if words.title else ():
        marks.append(Text(style.margin, y + style.title, line, size=style.title, bold=True))
        y += style.title + 3
    y += 4 if words.title else 0
    marks += moved(body, style.margin, y)
    y += height
    y = _keys(marks, words.keys, y, inner, style)
    y = _paragraphs(marks, words.lines, y + 5, inner, style, "text") if words.lines else y
    if words.notes:
        y = _paragraphs(marks, (" ".join(words.notes),), y + 5, inner, style, "secondary")
    whole = inner + 2 * style.margin
    title = f"{words.kind}. {words.title}" if words.title else words.kind
    return Drawing(whole, y + style.margin, tuple(marks), title, words.description, words.name)


def moved(marks: Iterable[Mark], dx: float, dy: float) -> tuple[Mark, ...]:
    """The marks shifted to another place."""
    return tuple(_moved(mark, dx, dy) for mark in marks)


def _moved(mark: Mark, dx: float, dy: float) -> Mark:
    match mark:
        case Group():
            return replace(mark, marks=moved(mark.marks, dx, dy))
        case Line():
            return replace(mark, x1=mark.x1 + dx, x2=mark.x2 + dx, y1=mark.y1 + dy, y2=mark.y2 + dy)
        case Polygon() | Polyline():
            return replace(mark, points=tuple((x + dx, y + dy) for x, y in mark.points))
        case Text() | Rect() | Square() | Circle() | Arrow():
            return replace(mark, x=mark.x + dx, y=mark.y + dy)
    raise TypeError(f"not a mark: {mark!r}")


def _keys(marks: list[Mark], keys: Sequence[Key], y: float, width: float, style: Style) -> float:
    """The keys in as many lines as they need; words too long for a line are broken under themselves."""
    if not keys:
        return y
    x, y = 0.0, y + 6.0
    step = style.small + 4.0
    for key in keys:
        lines = wrap(key.words, width - _KEY, style.small, lines=None)
        wide = _KEY + max(text_width(line, style.small) for line in lines)
        if x and x + wide > width:
            x, y = 0.0, y + step
        left = style.margin + x
        marks.append(Group((*_sample(key, left, y + step / 2), *_key_words(lines, left + _KEY, y, style))))
        y += (len(lines) - 1) * (style.small + 2.2)
        x = x + wide + 10.0 if len(lines) == 1 else width
    return y + step


def _key_words(lines: Sequence[str], x: float, y: float, style: Style) -> list[Mark]:
    step, first = style.small + 2.2, y + (style.small + 4.0) / 2 + 0.36 * style.small
    return [Text(x, first + i * step, line, size=style.small) for i, line in enumerate(lines)]


def _sample(key: Key, x: float, y: float) -> tuple[Mark, ...]:
    middle = x + (_KEY - 5) / 2
    match key.shape:
        case "dot" | "hollow":
            return (Circle(middle, y, 2.4, key.role, key.shape == "hollow"),)
        case "square":
            return (Square(middle, y, 6.0, key.role),)
        case "box":
            return (Rect(x, y - 3.5, _KEY - 5, 7, key.role, hollow=True),)
        case "area":
            area = Rect(x, y - 3.5, _KEY - 5, 7, key.role)
            return (area, Rect(x, y - 3.5, _KEY - 5, 7, "secondary", hollow=True))
    dash = DASHES if key.shape == "dash" else ()
    return (Line(x, y, x + _KEY - 5, y, key.role, 1.0, dash),)


def _paragraphs(
    marks: list[Mark], texts: Sequence[str], y: float, width: float, style: Style, role: str
) -> float:
    step = style.small + 2.2
    for text in texts:
        for line in wrap(text, width, style.small, lines=None):
            marks.append(Text(style.margin, y + style.small, line, role, style.small))
            y += step
        y += 1.2
    return y
