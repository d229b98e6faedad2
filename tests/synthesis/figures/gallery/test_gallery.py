"""What holds for every figure of the gallery: drawn of data, or refused in a sentence."""

import json
import re
from collections.abc import Callable

import pytest

import synthesis
from synthesis.drawing.collisions import collisions, outside
from synthesis.drawing.drawing import Drawing
from synthesis.errors import UnknownName
from synthesis.figures import gallery

Pictures = dict[str, Callable[[], Drawing]]
NAMES = gallery.names()


@pytest.fixture(scope="session")
def drawn(pictures: Pictures) -> dict[str, Drawing]:
    return {name: draw() for name, draw in pictures.items()}


def test_every_figure_has_a_picture_here(pictures: Pictures) -> None:
    assert set(pictures) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_printed_over_anything(name: str, drawn: dict[str, Drawing]) -> None:
    assert collisions(drawn[name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_on_the_page(name: str, drawn: dict[str, Drawing]) -> None:
    assert outside(drawn[name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_told_in_sentences(name: str, drawn: dict[str, Drawing]) -> None:
    picture = drawn[name]
    assert len(picture.title) > 8 and picture.description.endswith(".") and len(picture.description) > 40


@pytest.mark.parametrize("name", NAMES)
def test_drawing_twice_gives_the_same(name: str, pictures: Pictures, drawn: dict[str, Drawing]) -> None:
    assert pictures[name]().to_svg() == drawn[name].to_svg()


@pytest.mark.parametrize("name", NAMES)
def test_in_a_page_it_needs_no_style_and_its_ids_bear_its_name(name: str, drawn: dict[str, Drawing]) -> None:
    svg = drawn[name].to_svg(standalone=False)
    assert not re.search(r"\s(style|on\w+)\s*=|<(script|style)\b", svg)
    ids = re.findall(r'\sid="([^"]+)"', svg)
    assert len(ids) == len(set(ids)) >= 2
    assert all(one.startswith(name.replace("_", "-")) for one in ids)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_small(name: str, drawn: dict[str, Drawing]) -> None:
    assert len(drawn[name].to_svg().encode()) < 60_000


@pytest.mark.parametrize("name", NAMES)
def test_its_layout_is_exposed(name: str, drawn: dict[str, Drawing]) -> None:
    assert json.loads(drawn[name].to_json())["marks"]


@pytest.mark.parametrize("name", NAMES)
def test_there_is_a_door_to_it(name: str) -> None:
    assert getattr(synthesis.plot, name) is gallery.get(name).draw
    assert name in dir(synthesis.plot)


@pytest.mark.parametrize("name", NAMES)
def test_its_docstring_has_an_example(name: str) -> None:
    assert ">>> " in (gallery.get(name).draw.__doc__ or "")


@pytest.mark.parametrize("name", NAMES)
def test_it_becomes_a_pdf_and_a_png(name: str, drawn: dict[str, Drawing]) -> None:
    assert drawn[name].to_bytes(".pdf").startswith(b"%PDF")
    assert drawn[name].to_bytes(".png", dpi=30).startswith(b"\x89PNG")


def test_an_unknown_figure_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="did you mean funnel"):
        gallery.get("funel")
    with pytest.raises(AttributeError, match="no attribute 'funel'"):
        synthesis.plot.funel  # noqa: B018
