"""A PDF of our own holds the letters, the places and the pages of its drawing, whatever reads it."""

import re
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.font_files import FontError, FontFile, read_font
from synthesis.drawing.marks import Circle, Line, Polygon, Polyline, Rect, Square, Text
from synthesis.drawing.pdf import _family, can_write, fonts_for, write_pdf
from synthesis.drawing.text_metrics import text_width

WORDS = ("τ² = 0.31", "Frimodt-Møller 1973", "−0.49 (0·33–0·73)", "≥ 1/2", "Łódź, Çelik, Émile")
PICTURE = Drawing(
    200,
    120,
    (
        *(Text(10, 15 + 12 * i, words, bold=i % 2 == 1) for i, words in enumerate(WORDS)),
        Text(190, 80, "100.0", anchor="end"),
        Line(10, 90, 100, 90, "interval", 0.8, (2, 1)),
        Polyline(((10, 100), (20, 95), (30, 100)), "prediction"),
        Rect(40, 95, 30, 6, "prediction", hollow=True),
        Square(90, 100, 8.02),
        Circle(110, 100, 2.4),
        Polygon(((120, 100), (130, 95), (140, 100), (130, 105))),
    ),
    "Ein Bild — 図",
    "Marks of every kind.",
)


@pytest.fixture(scope="module")
def fonts() -> tuple[FontFile, FontFile]:
    """The fonts that the set-up of the project installs."""
    found = _family()
    assert found is not None, "none of Liberation Sans, Arial and Helvetica is installed"
    return found


@pytest.fixture(scope="module")
def pdf(fonts: tuple[FontFile, FontFile]) -> bytes:
    return write_pdf(PICTURE, fonts)


def streams(pdf: bytes) -> list[bytes]:
    """Every packed stream, opened."""
    return [zlib.decompress(data) for data in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)]


def letters(pdf: bytes) -> list[str]:
    """The texts on the pages, by the tables that tell letters from glyphs."""
    opened = streams(pdf)
    tables = [
        {int(g, 16): chr(int(c, 16)) for g, c in re.findall(rb"<(\w{4})> <(\w{4})>", stream) if g != c[:0]}
        for stream in opened
        if b"beginbfchar" in stream
    ]
    found = []
    for stream in opened:
        for face, shown in re.findall(rb"/F(\d) \S+ Tf \S+ \S+ Td <(\w+)> Tj", stream):
            table = tables[int(face)]
            found.append("".join(table[int(shown[i : i + 4], 16)] for i in range(0, len(shown), 4)))
    return found


def test_every_text_can_be_found_and_copied(pdf: bytes) -> None:
    assert letters(pdf) == [*WORDS, "100.0"]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("bold", [False, True])
def test_letters_are_as_wide_as_the_layout_took_them_for(
    fonts: tuple[FontFile, FontFile], words: str, bold: bool
) -> None:
    font = fonts[bold]
    width = sum(font.width(font.glyphs[ord(character)]) for character in words) / 1000
    assert width == pytest.approx(text_width(words, 1.0, bold), abs=0.002 * len(words))


def test_a_subset_is_a_font_with_the_drawn_outlines_and_their_parts(
    fonts: tuple[FontFile, FontFile],
) -> None:
    font = fonts[0]
    accented = font.glyphs[ord("é")]
    small = font.subset({accented})
    assert small[:4] == b"\0\1\0\0" and len(small) < 60_000
    assert {font.glyphs[ord("e")], accented} <= font._closed({accented})


def test_fonts_are_embedded_and_named_as_subsets(pdf: bytes) -> None:
    assert pdf.count(b"/FontFile2") == 2 and len(re.findall(rb"/BaseFont /[A-Z]{6}\+", pdf)) == 4


def test_the_table_of_objects_leads_to_each(pdf: bytes) -> None:
    start = int(re.findall(rb"startxref\n(\d+)", pdf)[0])
    places = [int(at) for at in re.findall(rb"(\d{10}) 00000 n", pdf[start:])]
    assert all(pdf[at:].startswith(f"{i} 0 obj".encode()) for i, at in enumerate(places, 1))


def test_nothing_says_when_or_where(pdf: bytes) -> None:
    assert b"Date" not in pdf and b"/Producer" not in pdf


def test_the_title_is_in_any_script(pdf: bytes) -> None:
    assert (chr(0xFEFF) + PICTURE.title).encode("utf-16-be").hex().encode() in pdf


def test_twice_gives_the_same(fonts: tuple[FontFile, FontFile], pdf: bytes) -> None:
    assert write_pdf(PICTURE, fonts) == pdf


def test_a_place_is_where_the_drawing_has_it(pdf: bytes) -> None:
    page = next(stream for stream in streams(pdf) if b" Tj" in stream).decode()
    assert "0.8 w [2 1] 0 d 10 30 m 100 30 l S [] 0 d" in page
    assert "86.00 16.00" not in page and "85.99 15.99 8.02 8.02 re" in page


def test_pages_are_pages(fonts: tuple[FontFile, FontFile]) -> None:
    long = PICTURE.with_pages((PICTURE, replace(PICTURE, height=90)))
    file = write_pdf(long, fonts)
    assert re.findall(rb"/MediaBox \[0 0 200 (\d+)\]", file) == [b"120", b"90"]
    assert letters(file) == 2 * [*WORDS, "100.0"]


@pytest.mark.parametrize("words", ["حسين 2019", "王小明", "कि", "e\u0301"])
def test_scripts_that_need_more_are_left_to_matplotlib(fonts: tuple[FontFile, FontFile], words: str) -> None:
    assert not can_write(words, fonts[0])
    assert fonts_for(Drawing(50, 20, (Text(5, 15, words),))) is None


def test_a_file_that_is_no_font_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("fonts") / "not-a-font.ttf"
    place.write_bytes(b"OTTO" + b"\0" * 40)
    with pytest.raises(FontError, match="no TrueType outlines"):
        read_font(str(place))


def test_writing_a_pdf_loads_no_part_of_matplotlib_that_draws() -> None:
    code = (
        "import sys; from synthesis.drawing.drawing import Drawing\n"
        "from synthesis.drawing.marks import Text\n"
        "Drawing(50, 20, (Text(5, 15, 'abc'),)).to_bytes('.pdf')\n"
        "print([name for name in ('matplotlib.figure', 'matplotlib.backends.backend_pdf', 'matplotlib.axes')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
