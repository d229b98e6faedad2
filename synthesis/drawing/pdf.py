"""Marks to PDF, without Matplotlib: the pages of a drawing as lines, shapes and embedded letters.

This writer knows the letters of the metric family that the layout was measured with. A drawing with others,
or with a script that must be shaped or set from the right, is Matplotlib's (`matplotlib_writer`).
"""

import hashlib
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from synthesis.drawing.font_files import FontFile, read_font
from synthesis.drawing.marks import (
    Arrow,
    Circle,
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
    place_text,
)
from synthesis.drawing.palette import ROLES
from synthesis.drawing.text_metrics import clean

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing

_ROUND = 0.5523  # how far the handles of a curve lie out that looks like a quarter of a circle
_THIN = 0.8  # the outline of a hollow shape
_NOT_IN_A_ROW = ("R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF")


def write_pdf(drawing: "Drawing", fonts: tuple[FontFile, FontFile]) -> bytes:
    """The drawing as PDF: its pages, or itself as one."""
    pages = drawing.pages or (drawing,)
    used: tuple[dict[int, str], dict[int, str]] = ({0: ""}, {0: ""})
    contents = [_content(page, fonts, used) for page in pages]
    file = _File()
    kinds = [_font(file, font, glyphs) for font, glyphs in zip(fonts, used, strict=True)]
    resources = file.add(f"<< /Font << /F0 {kinds[0]} 0 R /F1 {kinds[1]} 0 R >> >>")
    tree = file.reserve()
    leaves = []
    for page, content in zip(pages, contents, strict=True):
        stream = file.add_stream(content.encode("ascii"))
        box = f"[0 0 {place_text(page.width)} {place_text(page.height)}]"
        parts = f"/Parent {tree} 0 R /MediaBox {box} /Resources {resources} 0 R /Contents {stream} 0 R"
        leaves.append(file.add(f"<< /Type /Page {parts} >>"))
    kids = " ".join(f"{leaf} 0 R" for leaf in leaves)
    file.put(tree, f"<< /Type /Pages /Count {len(leaves)} /Kids [{kids}] >>")
    root = file.add(f"<< /Type /Catalog /Pages {tree} 0 R /ViewerPreferences << /DisplayDocTitle true >> >>")
    info = file.add(f"<< /Title {_words(drawing.title)} /Creator {_words('evidence-synthesis')} >>")
    return file.finished(root, info)


@lru_cache(maxsize=8192)
def can_write(text: str, font: FontFile) -> bool:
    """Whether the font has every letter of a text that runs from the left without shaping."""
    glyphs = font.glyphs
    if text.isascii():
        return True
    return all(
        ord(character) in glyphs
        and unicodedata.bidirectional(character) not in _NOT_IN_A_ROW
        and not unicodedata.combining(character)
        for character in text
    )


def fonts_for(drawing: "Drawing") -> tuple[FontFile, FontFile] | None:
    """The regular and the bold font of the metric family, if they are here and have every letter."""
    fonts = _family()
    if fonts is None:
        return None
    for page in (drawing, *drawing.pages):
        for mark in flatten(page.marks):
            if isinstance(mark, Text) and not can_write(clean(mark.text), fonts[mark.bold]):
                return None
    return fonts


@cache
def _family() -> tuple[FontFile, FontFile] | None:
    from matplotlib import font_manager

    from synthesis.drawing.font_files import FontError

    here = set(font_manager.get_font_names())
    for name in ("Liberation Sans", "Arial", "Helvetica"):
        if name in here:
            found = [font_manager.findfont(f"{name}:weight={weight}") for weight in ("normal", "bold")]
            try:
                return read_font(found[0]), read_font(found[1])
            except FontError:
                continue
    return None


def _content(page: "Drawing", fonts: Sequence[FontFile], used: Sequence[dict[int, str]]) -> str:
    """The marks of a page as PDF operators, in points from the upper left corner."""
    pen = _Pen(page.height, fonts, used)
    return "\n".join(line for mark in flatten(page.marks) for line in pen.write(mark))


class _Pen:
    """Writes marks upside down, and keeps which glyphs were written."""

    def __init__(self, height: float, fonts: Sequence[FontFile], used: Sequence[dict[int, str]]) -> None:
        self.height, self.fonts, self.used = place(height), fonts, used
        self.writers: dict[type, Callable[[Any], Iterable[str]]] = {
            Text: self._text,
            Line: self._line,
            Polyline: self._polyline,
            Square: self._square,
            Rect: self._rect,
            Circle: self._circle,
            Polygon: self._polygon,
            Arrow: self._polygon,
        }

    def write(self, mark: Mark) -> Iterable[str]:
        return self.writers[type(mark)](mark)

    def _text(self, mark: Text) -> Iterable[str]:
        font, used = self.fonts[mark.bold], self.used[mark.bold]
        text = clean(mark.text)
        glyphs = [font.glyphs.get(ord(character), 0) for character in text]
        used.update(zip(glyphs, text, strict=True))
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
        x = place(mark.x) - (share * sum(map(font.width, glyphs)) * mark.size / 1000 if share else 0.0)
        letters = "".join(f"{glyph:04x}" for glyph in glyphs)
        face = f"/F{int(mark.bold)} {mark.size:g} Tf"
        yield f"BT {_colour(mark.role)} rg {face} {x:.2f} {self._y(mark.y)} Td <{letters}> Tj ET"

    def _line(self, mark: Line) -> Iterable[str]:
        return self._stroke(((mark.x1, mark.y1), (mark.x2, mark.y2)), mark.role, mark.width, mark.dash)

    def _polyline(self, mark: Polyline) -> Iterable[str]:
        return self._stroke(mark.points, mark.role, mark.width, mark.dash)

    def _stroke(
        self, points: Sequence[tuple[float, float]], role: str, width: float, dash: tuple[float, ...]
    ) -> Iterable[str]:
        pattern = f"[{' '.join(f'{part:g}' for part in dash)}] 0 d " if dash else ""
        reset = " [] 0 d" if dash else ""
        yield f"{_colour(role)} RG {width:g} w {pattern}{self._path(points)} S{reset}"

    def _square(self, mark: Square) -> Iterable[str]:
        side = extent(mark.side)
        return self._box(place(mark.x) - side / 2, place(mark.y) - side / 2, side, side, mark)

    def _rect(self, mark: Rect) -> Iterable[str]:
        return self._box(place(mark.x), place(mark.y), place(mark.width), place(mark.height), mark)

    def _box(self, x: float, y: float, width: float, height: float, mark: Rect | Square) -> Iterable[str]:
        path = f"{x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re"
        yield _painted(path, mark.role, mark.hollow)

    def _circle(self, mark: Circle) -> Iterable[str]:
        x, y, r = place(mark.x), self.height - place(mark.y), extent(mark.radius)
        k = _ROUND * r
        path = [f"{x + r:.2f} {y:.2f} m"]
        for a, b, c, d, e, f in (
            (r, k, k, r, 0, r),
            (-k, r, -r, k, -r, 0),
            (-r, -k, -k, -r, 0, -r),
            (k, -r, r, -k, r, 0),
        ):
            path.append(f"{x + a:.2f} {y + b:.2f} {x + c:.2f} {y + d:.2f} {x + e:.2f} {y + f:.2f} c")
        yield _painted(" ".join(path), mark.role, mark.hollow)

    def _polygon(self, mark: Polygon | Arrow) -> Iterable[str]:
        hollow = isinstance(mark, Polygon) and mark.hollow
        yield _painted(f"{self._path(mark.points)} h", mark.role, hollow)

    def _path(self, points: Sequence[tuple[float, float]]) -> str:
        first, *rest = [f"{place_text(x)} {self._y(y)}" for x, y in points]
        return " ".join([f"{first} m", *(f"{point} l" for point in rest)])

    def _y(self, y: float) -> str:
        return place_text(self.height - place(y))


@cache
def _colour(role: str) -> str:
    colour = ROLES[role].light
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4g}" for i in (1, 3, 5))


def _painted(path: str, role: str, hollow: bool) -> str:
    return f"{_colour(role)} RG {_THIN} w {path} S" if hollow else f"{_colour(role)} rg {path} f"


def _words(text: str) -> str:
    """A text as PDF takes any script."""
    return f"<{(chr(0xFEFF) + text).encode('utf-16-be').hex()}>"


class _File:
    """The objects of a PDF file, numbered from 1."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def reserve(self) -> int:
        self.objects.append(b"")
        return len(self.objects)

    def put(self, number: int, content: str) -> None:
        self.objects[number - 1] = content.encode("ascii")

    def add(self, content: str) -> int:
        self.objects.append(content.encode("ascii"))
        return len(self.objects)

    def add_stream(self, data: bytes, more: str = "") -> int:
        packed = zlib.compress(data, 9)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode{more} >>\nstream\n".encode("ascii")
        self.objects.append(head + packed + b"\nendstream")
        return len(self.objects)

    def finished(self, root: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, content in enumerate(self.objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode("ascii") + content + b"\nendobj\n"
        start, digest = len(out), hashlib.md5(out, usedforsecurity=False).hexdigest()
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode("ascii")
        out += b"".join(f"{at:010d} 00000 n \n".encode("ascii") for at in places)
        size = f"/Size {len(places) + 1} /Root {root} 0 R /Info {info} 0 R /ID [<{digest}> <{digest}>]"
        out += f"trailer\n<< {size} >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
        return bytes(out)


def _font(file: _File, font: FontFile, used: dict[int, str]) -> int:
    """The objects of an embedded font; gives the number of the one that pages name."""
    data = _subset(font, frozenset(used))
    embedded = file.add_stream(data, f" /Length1 {len(data)}")
    name = f"{_tag(frozenset(used))}+{font.name}"
    box = " ".join(f"{value:.0f}" for value in font.box)
    up, down = font.heights
    shape = (
        f"/FontBBox [{box}] /Ascent {up:.0f} /Descent {down:.0f} /CapHeight {up:.0f} /ItalicAngle 0 /StemV 80"
    )
    descriptor = file.add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 32 {shape} /FontFile2 {embedded} 0 R >>"
    )
    widths = " ".join(f"{glyph} [{font.width(glyph):.0f}]" for glyph in sorted(used))
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    inner = file.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} {system} /CIDToGIDMap /Identity "
        f"/FontDescriptor {descriptor} 0 R /W [{widths}] >>"
    )
    unicode = file.add_stream(_to_unicode(used))
    return file.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{inner} 0 R] /ToUnicode {unicode} 0 R >>"
    )


@lru_cache(maxsize=64)
def _subset(font: FontFile, glyphs: frozenset[int]) -> bytes:
    return font.subset(glyphs)


def _tag(glyphs: frozenset[int]) -> str:
    """Six letters that tell one subset of a font from another."""
    number = int.from_bytes(hashlib.sha256(repr(sorted(glyphs)).encode()).digest()[:4])
    return "".join(chr(65 + number // 26**i % 26) for i in range(6))


def _to_unicode(used: dict[int, str]) -> bytes:
    """Which letter each glyph is, so that text can be found and copied."""
    pairs = [f"<{glyph:04x}> <{ord(text):04x}>" for glyph, text in sorted(used.items()) if text]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    lines = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    head = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def "
        "/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange"
    )
    tail = "endcmap CMapName currentdict /CMap defineresource pop end end"
    return "\n".join([head, *lines, tail]).encode("ascii")
