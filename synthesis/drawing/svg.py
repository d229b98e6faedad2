"""Marks to SVG text: real text, presentation attributes, no script, no style attribute.

Standing alone, each mark carries its colour. Set into a page, it carries a class and `currentColor`,
so that ink follows the page and the other roles follow `palette.stylesheet`; the `color` attribute beside
the class is only what shows where no stylesheet speaks.
"""

import json
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

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
    place,
    place_text,
)
from synthesis.drawing.palette import INHERITED, INK, ROLES
from synthesis.drawing.text_metrics import FAMILY, clean, reads_from_right

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing

SIZE = 8.5
_n = place_text
_FAMILY = ", ".join(f"'{name}'" if " " in name else name for name in FAMILY)
_SPECIAL = re.compile("[&<>\"']")
_FROM_RIGHT = {"start": "end", "middle": "middle", "end": "start"}  # where a line begins at its right end
_NOT_IN_IDS = re.compile(r"[^a-z0-9-]+")


def write_svg(drawing: "Drawing", *, standalone: bool = True) -> str:
    """The drawing as one SVG element, ending with a line feed.

    Parameters
    ----------
    drawing : Drawing
        What to write.
    standalone : bool
        True for a file of its own: namespace, ink colour and metadata. False for HTML.
    """
    pen = _Pen(standalone)
    body = "\n".join(pen.write(drawing.marks))
    return f"{_opening(drawing, standalone)}\n{_words(drawing, standalone)}{body}\n</svg>\n"


def slug(text: str) -> str:
    """The text as an id: lower-case letters, digits and hyphens.

    Examples
    --------
    >>> slug("Objective response @ 6 months")
    'objective-response-6-months'
    """
    return _NOT_IN_IDS.sub("-", text.lower()).strip("-") or "figure"


def _opening(drawing: "Drawing", standalone: bool) -> str:
    width, height = _n(drawing.width), _n(drawing.height)
    parts = ['<svg xmlns="http://www.w3.org/2000/svg"' if standalone else "<svg"]
    parts.append(f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"')
    if drawing.title:
        name = slug(drawing.name)
        parts.append(f'role="img" aria-labelledby="{name}-title {name}-desc"')
    else:
        parts.append('aria-hidden="true"')
    parts.append(f'font-family="{_FAMILY}" font-size="{_n(SIZE)}" stroke-width="0.5"')
    parts.append(f'fill="{INK.light if standalone else "currentColor"}">')
    return " ".join(parts)


def _words(drawing: "Drawing", standalone: bool) -> str:
    lines = []
    if drawing.title:
        name = slug(drawing.name)
        lines.append(f'<title id="{name}-title">{_text(drawing.title)}</title>')
        lines.append(f'<desc id="{name}-desc">{_text(drawing.description)}</desc>')
    if standalone and drawing.metadata:
        content = json.dumps(dict(drawing.metadata), ensure_ascii=False)
        lines.append(f"<metadata>{_text(content)}</metadata>")
    return "".join(f"{line}\n" for line in lines)


def _fine(value: float) -> str:
    """A number to 0.01, for the corners and radii of markers."""
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=8192)
def _text(text: str) -> str:
    cleaned = clean(text)
    return escape(cleaned) if _SPECIAL.search(cleaned) else cleaned


@cache
def _paints(standalone: bool) -> tuple[dict[str, str], dict[str, str]]:
    """The class and colour attributes of each role, filled and stroked."""
    filled = {role: _paint(role, "fill", standalone) for role in ROLES}
    return filled, {role: _paint(role, "stroke", standalone) for role in ROLES}


@lru_cache(maxsize=512)
def _text_attributes(paint: str, role: str, anchor: str, size: float, bold: bool, way: str) -> str:
    """All but the place of a text; `way` is in which direction it runs where it has letters beyond ASCII."""
    attributes = paint if role != "text" else ""
    if way == "rtl":
        attributes += ' direction="rtl"'
        anchor = _FROM_RIGHT[anchor]
    if anchor != "start":
        attributes += f' text-anchor="{anchor}"'
    if size != SIZE:
        attributes += f' font-size="{_n(size)}"'
    if bold:
        attributes += ' font-weight="bold"'
    return f'{attributes} unicode-bidi="isolate"' if way else attributes


def _paint(role: str, how: str, standalone: bool) -> str:
    colour = ROLES[role].light
    said = f' class="m-{role}"'
    if not standalone:
        said += "" if role in INHERITED else f' color="{colour}" fill="currentColor"'
        return said + (' stroke="currentColor"' if how == "stroke" else "")
    if how == "stroke":
        return f'{said} stroke="{colour}"'
    return said if role in INHERITED else f'{said} fill="{colour}"'


class _Pen:
    """Writes marks; holds how colours are said."""

    def __init__(self, standalone: bool) -> None:
        self.standalone = standalone
        self.filled, self.stroked = _paints(standalone)
        self.writers: dict[type, Callable[[Any], str]] = {
            Text: self._text_mark,
            Line: self._line,
            Square: self._square,
            Rect: self._rect,
            Circle: self._circle,
            Polygon: self._polygon,
            Polyline: self._polyline,
            Arrow: self._arrow,
        }

    def write(self, marks: Iterable[Mark]) -> list[str]:
        """One line of SVG for each mark, more for a group."""
        lines: list[str] = []
        for mark in marks:
            if isinstance(mark, Group):
                lines += self._group(mark)
            else:
                lines.append(self.writers[type(mark)](mark))
        return lines

    def _group(self, group: Group) -> list[str]:
        attributes = f' id="{slug(group.id)}"' if group.id else ""
        if group.address:
            attributes += f' data-address="{_text(group.address)}"'
        words = f"<title>{_text(group.title)}</title>" if group.title else ""
        words += f"<desc>{_text(group.desc)}</desc>" if group.desc else ""
        if group.link and not self.standalone:
            return [f'<a{attributes} href="{_text(group.link)}">{words}', *self.write(group.marks), "</a>"]
        return [f"<g{attributes}>{words}", *self.write(group.marks), "</g>"]

    def _rect(self, mark: Rect) -> str:
        corner = f'x="{_n(mark.x)}" y="{_n(mark.y)}"'
        size = f'width="{_n(mark.width)}" height="{_n(mark.height)}"'
        return f"<rect{self._shape(mark.role, mark.hollow)} {corner} {size}/>"

    def _circle(self, mark: Circle) -> str:
        centre = f'cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_fine(extent(mark.radius))}"'
        return f"<circle{self._shape(mark.role, mark.hollow)} {centre}/>"

    def _polygon(self, mark: Polygon) -> str:
        return f'<polygon{self._shape(mark.role, mark.hollow)} points="{_points(mark.points)}"/>'

    def _arrow(self, mark: Arrow) -> str:
        shape = self.filled[mark.role].replace('"m-', '"arrow m-', 1)
        return f'<polygon{shape} points="{_points(mark.points)}"/>'

    def _shape(self, role: str, hollow: bool) -> str:
        if not hollow:
            return self.filled[role]
        stroked = self.stroked[role].replace(' fill="currentColor"', "")
        return f'{stroked} fill="none" stroke-width="0.8"'

    def _text_mark(self, mark: Text) -> str:
        text = mark.text
        way = "" if text.isascii() else "rtl" if reads_from_right(text) else "ltr"
        said = _text_attributes(self.filled[mark.role], mark.role, mark.anchor, mark.size, mark.bold, way)
        return f'<text x="{_n(mark.x)}" y="{_n(mark.y)}"{said}>{_text(text)}</text>'

    def _polyline(self, mark: Polyline) -> str:
        return f'<polyline{self._stroke(mark)} fill="none" points="{_points(mark.points)}"/>'

    def _stroke(self, mark: Line | Polyline) -> str:
        attributes = self.stroked[mark.role].replace(' fill="currentColor"', "")
        if mark.width != 0.5:
            attributes += f' stroke-width="{_n(mark.width)}"'
        if mark.dash:
            attributes += f' stroke-dasharray="{" ".join(_n(part) for part in mark.dash)}"'
        return attributes

    def _line(self, mark: Line) -> str:
        ends = f'x1="{_n(mark.x1)}" y1="{_n(mark.y1)}" x2="{_n(mark.x2)}" y2="{_n(mark.y2)}"'
        return f"<line{self._stroke(mark)} {ends}/>"

    def _square(self, mark: Square) -> str:
        side = extent(mark.side)
        x, y = place(mark.x) - side / 2, place(mark.y) - side / 2
        said = _fine(side)
        size = f'width="{said}" height="{said}"'
        return f'<rect{self._shape(mark.role, mark.hollow)} x="{_fine(x)}" y="{_fine(y)}" {size}/>'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
