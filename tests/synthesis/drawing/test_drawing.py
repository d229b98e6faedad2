"""A drawing writes itself as SVG, PDF, PNG and JSON, twice the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from synthesis.drawing.collisions import collisions, outside
from synthesis.drawing.drawing import Drawing, DrawingError
from synthesis.drawing.marks import Arrow, Circle, Group, Line, Polygon, Polyline, Rect, Square, Text, place

PICTURE = Drawing(
    120,
    60,
    (
        Group((Text(5, 12, "τ² = 0.31, $x$"), Square(60, 10, 6)), title="row"),
        Line(10, 30, 100, 30, "interval", 0.8, (2, 1)),
        Rect(10, 40, 30, 6, "prediction", hollow=True),
        Polygon(((50, 43), (60, 38), (70, 43), (60, 48))),
        Circle(90, 43, 2.4),
        Arrow(110, 30, "right"),
        Polyline(((10, 50), (20, 55), (30, 50)), "dot"),
    ),
    "A picture",
    "Marks of every kind.",
)


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<svg"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_the_suffix_decides_the_format(tmp_path: Path, suffix: str, start: bytes) -> None:
    assert PICTURE.save(tmp_path / f"p.{suffix}").read_bytes().startswith(start)


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_writing_twice_gives_the_same_bytes(suffix: str) -> None:
    assert PICTURE.to_bytes(suffix) == PICTURE.to_bytes(suffix)


@pytest.mark.parametrize("name", ["p.gif", "p", "p.svg.bak"])
def test_another_suffix_is_refused_with_those_that_would_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(DrawingError, match=r"\.svg, \.pdf, \.png"):
        PICTURE.save(tmp_path / name)


def test_a_pdf_embeds_its_letters_and_has_no_date() -> None:
    pdf = PICTURE.to_bytes(".pdf")
    assert b"/FontFile2" in pdf and b"CreationDate" not in pdf


def test_a_png_has_the_asked_resolution() -> None:
    width = int.from_bytes(PICTURE.to_bytes(".png", dpi=144)[16:20])
    assert width == 240


def test_a_matplotlib_figure_has_the_size_and_every_mark() -> None:
    figure = PICTURE.to_matplotlib()
    axes = figure.axes[0]
    assert [round(inch * 72) for inch in figure.get_size_inches()] == [120, 60]
    assert (len(axes.texts), len(axes.lines), len(axes.patches)) == (1, 2, 5)


def test_drawing_never_imports_pyplot() -> None:
    code = (
        "import sys; from synthesis.drawing import matplotlib_writer; "
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_writing_svg_needs_no_third_party_package() -> None:
    code = (
        "import sys; from synthesis.drawing.drawing import Drawing; Drawing(1, 1, ()).to_svg(); "
        "print([name for name in ('numpy', 'matplotlib', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_json_names_every_mark_with_its_role_and_position() -> None:
    marks = json.loads(PICTURE.to_json())["marks"]
    assert marks[1]["mark"] == "line" and marks[1]["role"] == "interval" and marks[1]["x2"] == 100
    assert [inner["mark"] for inner in marks[0]["marks"]] == ["text", "square"]


def test_a_drawing_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PICTURE.width = 3  # type: ignore[misc]  # that this is refused is the claim


@pytest.mark.parametrize(
    ("value", "rounded"), [(0.05, 0.1), (0.15, 0.2), (0.25, 0.3), (-0.04, 0.0), (1.04, 1.0)]
)
def test_ties_are_rounded_one_way(value: float, rounded: float) -> None:
    assert place(value) == rounded


def test_two_texts_on_one_spot_collide() -> None:
    assert len(collisions(Drawing(99, 99, (Text(5, 20, "abc"), Text(8, 20, "abc"))))) == 1


def test_a_line_through_a_text_collides() -> None:
    assert len(collisions(Drawing(99, 99, (Text(5, 20, "abc"), Line(0, 18, 50, 18))))) == 1


def test_a_slanting_line_collides_only_where_its_ink_is() -> None:
    word = Text(60, 20, "abc")
    assert not collisions(Drawing(99, 99, (word, Line(0, 0, 99, 99))))
    assert len(collisions(Drawing(99, 99, (word, Line(40, 0, 80, 30))))) == 1


def test_a_curve_and_a_shape_collide_where_their_ink_is() -> None:
    word = Text(60, 20, "abc")
    assert not collisions(Drawing(99, 99, (word, Polyline(((0, 0), (10, 40), (99, 40))))))
    assert len(collisions(Drawing(99, 99, (word, Polyline(((0, 0), (10, 17), (99, 17))))))) == 1
    assert not collisions(Drawing(99, 99, (word, Polygon(((0, 0), (99, 99), (0, 99))))))
    assert len(collisions(Drawing(99, 99, (word, Polygon(((0, 0), (99, 0), (99, 99), (0, 99))))))) == 1


def test_words_may_stand_on_a_ground() -> None:
    assert not collisions(Drawing(99, 99, (Rect(0, 0, 99, 99, "band-2"), Text(10, 20, "abc"))))


def test_ink_on_ink_is_no_collision() -> None:
    assert not collisions(Drawing(99, 99, (Square(20, 20, 8), Line(0, 20, 50, 20))))


def test_what_leaves_the_page_is_found() -> None:
    assert len(outside(Drawing(20, 20, (Text(15, 10, "too long"), Line(0, 0, 20, 20))))) == 1
