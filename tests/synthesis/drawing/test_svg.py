"""The SVG writer: real text, everything escaped, no style, no script, the same bytes each time."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Arrow, Circle, Group, Line, Mark, Polygon, Polyline, Rect, Square, Text
from synthesis.drawing.palette import GROUND, GROUNDS, JUDGED, ROLES, contrast, stylesheet

SVG = "{http://www.w3.org/2000/svg}"
MARKS: tuple[Mark, ...] = (
    Text(10, 12, "Smith & Jones <2011>"),
    Text(10, 24, "bold", bold=True, anchor="end", size=7.5, role="secondary"),
    Line(0, 0, 10.04, 0, "interval", 0.8),
    Line(5, 0, 5, 40, "reference", 0.6, (2.5, 2)),
    Rect(1, 2, 3, 4, "prediction", hollow=True),
    Square(20, 20, 8.02),
    Circle(30, 20, 2.4),
    Polygon(((0, 5), (5, 0), (10, 5), (5, 10))),
    Arrow(50, 20, "right"),
    Polyline(((0, 0), (5, 5), (10, 0)), "dot", 0.8, (2, 1)),
    Group((Text(60, 20, "inner"),), id="Row 1", title="a row", address="smith/orr/a/events"),
)


def drawing(*marks: Mark, title: str = "Title") -> Drawing:
    return Drawing(100, 50, marks or MARKS, title, "What it shows.", "test", (("source", "a & b"),))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_text_stays_text() -> None:
    assert texts(drawing().to_svg()) == ["Smith & Jones <2011>", "bold", "inner"]


@pytest.mark.parametrize("standalone", [True, False])
def test_there_is_no_style_and_no_handler(standalone: bool) -> None:
    assert not re.search(r"\s(style|on\w+)\s*=|<(script|style)\b", drawing().to_svg(standalone=standalone))


@pytest.mark.parametrize("standalone", [True, False])
def test_every_mark_becomes_an_element(standalone: bool) -> None:
    svg = drawing().to_svg(standalone=standalone)
    names = re.findall(r"<(text|line|rect|circle|polygon|polyline|g)\b", svg)
    assert names == [
        "text",
        "text",
        "line",
        "line",
        "rect",
        "rect",
        "circle",
        "polygon",
        "polygon",
        "polyline",
        "g",
        "text",
    ]


def test_a_figure_is_named_for_readers_who_do_not_see_it() -> None:
    root = ElementTree.fromstring(drawing().to_svg())
    named = {element.get("id"): element.text for element in root}
    assert [named[key] for key in (root.get("aria-labelledby") or "").split()] == ["Title", "What it shows."]


def test_a_figure_without_a_title_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in drawing(title="").to_svg()


def test_standing_alone_every_coloured_mark_has_its_colour() -> None:
    assert f'fill="{ROLES["square"].light}"' in drawing().to_svg()


def test_in_a_page_colours_follow_the_page() -> None:
    inline = drawing().to_svg(standalone=False)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', inline)) == {"currentColor", "none"}


def test_the_stylesheet_has_a_rule_for_each_class_that_is_not_ink() -> None:
    used = set(re.findall(r'class="(?:arrow )?m-(\w+)" color', drawing().to_svg(standalone=False)))
    assert all(f".m-{role}{{" in stylesheet() for role in used)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", sorted(ROLES.keys() - GROUNDS - {"on-dark", "on-light"}))
def test_every_role_stands_out_from_its_ground(role: str, theme: str) -> None:
    least = 4.5 if role in ("text", "secondary", "alert") else 3.0
    assert contrast(getattr(ROLES[role], theme), getattr(GROUND, theme)) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", sorted(GROUNDS - JUDGED))
def test_ink_is_readable_on_every_ground(ground: str, theme: str) -> None:
    assert contrast(getattr(ROLES["text"], theme), getattr(ROLES[ground], theme)) >= 4.5


@pytest.mark.parametrize(("ground", "ink"), [("low", "on-dark"), ("some", "on-light"), ("high", "on-dark")])
def test_signs_are_readable_on_their_judgement(ground: str, ink: str) -> None:
    assert contrast(ROLES[ground].light, ROLES[ink].light) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_interval_stands_out_from_the_square_it_crosses(theme: str) -> None:
    assert contrast(getattr(ROLES["interval"], theme), getattr(ROLES["square"], theme)) >= 3.0


@given(st.text(max_size=80))
def test_any_text_gives_well_formed_svg(text: str) -> None:
    group = Group((Text(0, 0, text),), id=text, title=text, desc=text, address=text)
    ElementTree.fromstring(Drawing(9, 9, (group,), text or "t", text, text, ((text, text),)).to_svg())


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '" onload="x', "</text><g>", "&lt;", "]]>"])
def test_hostile_text_is_shown_as_text(text: str) -> None:
    assert texts(drawing(Text(0, 0, text)).to_svg()) == [text]


def test_positions_are_rounded_to_a_tenth() -> None:
    assert 'x2="10"' in drawing(Line(0.04, 0, 10.04, 0)).to_svg()


def test_the_area_of_a_square_survives_rounding() -> None:
    found = re.search(r'width="([\d.]+)" height="\1"', drawing(Square(20.03, 20, 2.713)).to_svg()[120:])
    assert found is not None and abs(float(found[1]) ** 2 / 2.713**2 - 1) < 0.01
