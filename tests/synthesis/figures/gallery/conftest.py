"""One picture of every figure of the gallery, and a reader of what their SVG says."""

import importlib.util
import math
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from evidence.loading import read_review
from evidence.review import Review
from synthesis.drawing.drawing import Drawing
from synthesis.pooling import pool
from synthesis.table import EffectTable

HERE = Path(__file__).parent
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Read:
    """The elements of an SVG file."""

    root: ElementTree.Element

    def of_class(self, name: str, tag: str | None = None) -> list[ElementTree.Element]:
        """Elements of this role, and of this tag if one is named."""
        return [
            mark
            for mark in self.root.iter()
            if name in (mark.get("class") or "").split() and (tag is None or mark.tag == SVG + tag)
        ]

    def titled(self, part: str) -> list[ElementTree.Element]:
        """Groups whose title contains this."""
        return [g for g in self.root.iter(f"{SVG}g") if part in (g.findtext(f"{SVG}title") or "")]

    @staticmethod
    def number(mark: ElementTree.Element, name: str) -> float:
        """An attribute as a number."""
        return number(mark, name)

    @staticmethod
    def points(mark: ElementTree.Element) -> list[tuple[float, float]]:
        """The corners of a shape or curve."""
        pairs = [pair.split(",") for pair in (mark.get("points") or "").split()]
        return [(float(x), float(y)) for x, y in pairs]

    def texts(self) -> list[str]:
        """Every word that is drawn."""
        return [mark.text or "" for mark in self.root.iter(f"{SVG}text")]

    def axis(self, *, across: bool, log: bool = False) -> Callable[[float], float]:
        """From a number to its place on the page, by the first and last label of an axis."""
        lines: dict[float, list[tuple[float, float]]] = {}
        for mark in self.root.iter(f"{SVG}text"):
            words = (mark.text or "").replace("−", "-").replace(",", "")
            if not re.fullmatch(r"-?[\d.]+", words):
                continue
            if mark.get("text-anchor") == ("middle" if across else "end"):
                up = 0.0 if across else 0.36 * float(mark.get("font-size") or 8.5)
                place = number(mark, "x" if across else "y") - up
                line = number(mark, "y") if across else 0.0
                lines.setdefault(line, []).append((math.log(float(words)) if log else float(words), place))
        found = next(labels for labels in lines.values() if len(labels) > 1)
        (a, p), (b, q) = min(found), max(found)
        return lambda value: p + ((math.log(value) if log else value) - a) * (q - p) / (b - a)


def number(mark: ElementTree.Element, name: str) -> float:
    """An attribute as a number."""
    return float(mark.get(name) or "nan")


@pytest.fixture(scope="session")
def read() -> Callable[[Drawing], Read]:
    return lambda drawing: Read(ElementTree.fromstring(drawing.to_svg()))


@pytest.fixture(scope="session")
def demo() -> Review:
    """A small review made up for figures: five trials, with judgements, flows, curves and medians."""
    return read_review(HERE / "demo")


@pytest.fixture(scope="session")
def two_studies(first_two: Path) -> Review:
    """The two studies this project began with."""
    return read_review(first_two)


@pytest.fixture(scope="session")
def pictures(
    bcg: Callable[..., EffectTable], demo: Review, two_studies: Review
) -> dict[str, Callable[[], Drawing]]:
    """A function for each figure of the gallery that draws it."""
    made = _module("gallery_pictures")
    of = made.Drawn(pool(bcg()), demo, two_studies)
    return {name: partial(draw, of) for name, draw in made.PICTURES.items()}


def _module(name: str) -> ModuleType:
    """A module beside this file."""
    place = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert place is not None and place.loader is not None
    module = importlib.util.module_from_spec(place)
    sys.modules[name] = module
    place.loader.exec_module(module)
    return module
