"""Marks to SVG text: real text, presentation attributes, no script, no style attribute.

Standing alone, each mark carries its colour. Set into a page, it carries a class and `currentColor`,
so that ink follows the page and the other roles follow `palette.stylesheet`; the `color` attribute beside
the class is only what shows where no stylesheet speaks.
"""

import json
import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

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
)
from synthesis.drawing.palette import INHERITED, INK, ROLES
from synthesis.drawing.text_metrics import FAMILY, clean

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing

SIZE = 8.5
_FAMILY = ", ".join(f"'{name}'" if " " in name else name for name in FAMILY)
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


def _n(value: float) -> str:
    return f"{place(value):.1f}".removesuffix(".0")


def _fine(value: float) -> str:
    """A number to 0.01, for the corners and radii of markers."""
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    return escape(clean(text), quote=True)


class _Pen:
    """Writes marks; holds how colours are said."""

    def __init__(self, standalone: bool) -> None:
        self.standalone = standalone
        self.filled = {role: self._paint(role, "fill") for role in ROLES}
        self.stroked = {role: self._paint(role, "stroke") for role in ROLES}

    def _paint(self, role: str, how: str) -> str:
        """The class and colour attributes of a role."""
        colour = ROLES[role].light
        said = f' class="m-{role}"'
        if not self.standalone:
            said += "" if role in INHERITED else f' color="{colour}" fill="currentColor"'
            return said + (' stroke="currentColor"' if how == "stroke" else "")
        if how == "stroke":
            return f'{said} stroke="{colour}"'
        return said if role in INHERITED else f'{said} fill="{colour}"'

    def write(self, marks: Iterable[Mark]) -> list[str]:
        """One line of SVG for each mark, more for a group."""
        lines: list[str] = []
        for mark in marks:
            if isinstance(mark, Group):
                lines += self._group(mark)
            else:
                lines.append(self._mark(mark))
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

    def _mark(self, mark: Mark) -> str:
        match mark:
            case Text():
                return self._text_mark(mark)
            case Line():
                return self._line(mark)
            case Square():
                return self._square(mark)
            case Rect():
                corner = f'x="{_n(mark.x)}" y="{_n(mark.y)}"'
                size = f'width="{_n(mark.width)}" height="{_n(mark.height)}"'
                return f"<rect{self._shape(mark.role, mark.hollow)} {corner} {size}/>"
            case Circle():
                centre = f'cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_fine(extent(mark.radius))}"'
                return f"<circle{self._shape(mark.role, mark.hollow)} {centre}/>"
            case Polygon():
                shape = self._shape(mark.role, mark.hollow)
                return f'<polygon{shape} points="{_points(mark.points)}"/>'
            case Polyline():
                return self._polyline(mark)
            case Arrow():
                shape = self.filled[mark.role].replace('"m-', '"arrow m-', 1)
                return f'<polygon{shape} points="{_points(mark.points)}"/>'
        raise TypeError(f"not a mark: {mark!r}")

    def _shape(self, role: str, hollow: bool) -> str:
        if not hollow:
            return self.filled[role]
        stroked = self.stroked[role].replace(' fill="currentColor"', "")
        return f'{stroked} fill="none" stroke-width="0.8"'

    def _text_mark(self, mark: Text) -> str:
        attributes = self.filled[mark.role] if mark.role != "text" else ""
        if mark.anchor != "start":
            attributes += f' text-anchor="{mark.anchor}"'
        if mark.size != SIZE:
            attributes += f' font-size="{_n(mark.size)}"'
        if mark.bold:
            attributes += ' font-weight="bold"'
        if not mark.text.isascii():
            attributes += ' unicode-bidi="isolate"'
        return f'<text x="{_n(mark.x)}" y="{_n(mark.y)}"{attributes}>{_text(mark.text)}</text>'

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
        size = f'width="{_fine(side)}" height="{_fine(side)}"'
        return f'<rect{self._shape(mark.role, mark.hollow)} x="{_fine(x)}" y="{_fine(y)}" {size}/>'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
