"""A finished figure: its size, its marks and its words; it can be written out, and no longer changed."""

import json
import os
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synthesis.drawing.errors import DrawingError as DrawingError
from synthesis.drawing.marks import Group, Mark, extent, place

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".svg", ".pdf", ".png")
_MOST_DOTS = 30_000  # on a side of an image
_AS_EXTENT = frozenset(("side", "radius", "length"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure with every position decided.

    Attributes
    ----------
    width, height : float
        Size in points; an output of the layout, never given.
    marks : tuple of Mark
        In drawing order.
    title, description : str
        For readers who do not see it, and for the file. A drawing without a title is decoration
        beside a text that says the same, and is hidden from screen readers.
    name : str
        A slug from which ids are made; unique on a page.
    metadata : tuple of (str, str)
        Written into the file.
    pages : tuple of Drawing
        The same figure cut into pages for print; empty where one page holds it.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str = ""
    description: str = ""
    name: str = "figure"
    metadata: tuple[tuple[str, str], ...] = ()
    pages: tuple["Drawing", ...] = ()

    def with_pages(self, pages: tuple["Drawing", ...]) -> "Drawing":
        """The same drawing with its pages."""
        return replace(self, pages=pages)

    def to_svg(self, *, standalone: bool = True) -> str:
        """The figure as SVG text; with ``standalone=False``, as an element to set into an HTML page."""
        from synthesis.drawing.svg import write_svg

        return write_svg(self, standalone=standalone)

    def to_matplotlib(self) -> "Figure":
        """A Matplotlib figure of the same marks, to go on drawing; pyplot is not involved."""
        from synthesis.drawing.matplotlib_writer import make_figure

        return make_figure(self)

    def to_json(self) -> str:
        """The layout as JSON: every mark with its kind, its role and its position in points."""
        page = {
            "width": place(self.width),
            "height": place(self.height),
            "title": self.title,
            "description": self.description,
            "name": self.name,
            "metadata": dict(self.metadata),
            "pages": len(self.pages) or 1,
            "marks": [_as_dict(mark) for mark in self.marks],
        }
        return json.dumps(page, ensure_ascii=False, indent=1) + "\n"

    def to_bytes(self, suffix: str, *, dpi: float = 300) -> bytes:
        """The content of a file of this kind; a PDF has the drawing's pages, the others have it whole.

        Raises
        ------
        DrawingError
            `suffix` is none of .svg, .pdf and .png, or an image would have too many dots.
        """
        kind = suffix.lower()
        if kind == ".svg":
            return self.to_svg().encode("utf-8")
        if kind not in FORMATS:
            shown = f'"{suffix}"' if suffix else "no suffix"
            raise DrawingError(f"cannot draw into a file with {shown}; choose {', '.join(FORMATS)}")
        if kind == ".pdf":
            return self._pdf()
        if max(self.width, self.height) * dpi / 72 > _MOST_DOTS:
            raise DrawingError(f"{dpi:g} dots an inch are too many for a figure this long; choose fewer")
        from synthesis.drawing.matplotlib_writer import write_png

        return write_png(self, dpi=dpi)

    def _pdf(self) -> bytes:
        """By the writer of our own where the fonts measured with have every letter, else by Matplotlib."""
        from synthesis.drawing.pdf import fonts_for, write_pdf

        fonts = fonts_for(self)
        if fonts is not None:
            return write_pdf(self, fonts)
        from synthesis.drawing.matplotlib_writer import write_pdf as write_any_script

        return write_any_script(self)

    def save(self, path: str | os.PathLike[str], *, dpi: float = 300) -> Path:
        """Write the figure as SVG, PDF or PNG, by the suffix of `path`, and give the path back.

        A PNG of a figure with pages is a file a page, `forest-1.png` and so on; the first path is given back.

        Raises
        ------
        DrawingError
            Another suffix.
        evidence.whole_file.NotWrittenError
            The file cannot be written; nothing of it is left behind.
        """
        from evidence.whole_file import write

        wanted = Path(path)
        places = self.files(wanted)
        if len(places) > 1:
            contents = [page.to_bytes(wanted.suffix, dpi=dpi) for page in self.pages]
            for place, content in zip(places, contents, strict=True):
                write(place, content)
            return places[0]
        return write(path, self.to_bytes(wanted.suffix, dpi=dpi))

    def files(self, path: str | os.PathLike[str]) -> tuple[Path, ...]:
        """The files that `save` writes for this path: one, or one a page for a PNG."""
        wanted = Path(path)
        if wanted.suffix.lower() != ".png" or not self.pages:
            return (wanted,)
        named = (f"{wanted.stem}-{i}{wanted.suffix}" for i in range(1, len(self.pages) + 1))
        return tuple(wanted.with_name(name) for name in named)

    def _repr_svg_(self) -> str:
        return self.to_svg()


def _as_dict(mark: Mark) -> dict[str, Any]:
    named = {field.name: _plain(field.name, getattr(mark, field.name)) for field in fields(mark)}
    if isinstance(mark, Group):
        named["marks"] = [_as_dict(inner) for inner in mark.marks]
    return {"mark": type(mark).__name__.lower(), **named}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return extent(value) if name in _AS_EXTENT else place(value)
    if name == "points":
        return [[place(x), place(y)] for x, y in value]
    return value
