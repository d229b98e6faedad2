"""Reports to look at, and a page of HTML as the tests ask of it: elements, ids, headings and text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

import evidence
import synthesis
from tests.grown import generated

VOID = {"meta", "br", "img", "link", "input", "hr", "col", "wbr"}


@dataclass
class Element:
    """One element: its name, attributes, parent and text (its own and that inside it)."""

    name: str
    attributes: dict[str, str | None]
    parent: Element | None
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def inside(self, name: str) -> bool:
        """Whether an element of this name is above it."""
        above = self.parent
        while above is not None and above.name != name:
            above = above.parent
        return above is not None


class Page(HTMLParser):
    """Every element of a page, in order; raises where tags do not match."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.comments: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"not closed: {[e.name for e in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, dict(attrs), self._open[-1] if self._open else None)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), self._open[-1] if self._open else None))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1].name == tag, (
            f"</{tag}> closes {[e.name for e in self._open][-3:]}"
        )
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def all(self, *names: str) -> list[Element]:
        """Elements of these names, in order."""
        return [element for element in self.elements if element.name in names]

    def with_class(self, name: str) -> list[Element]:
        """Elements of a class."""
        return [e for e in self.elements if name in (e.attributes.get("class") or "").split()]

    @property
    def scripts(self) -> list[Element]:
        """The elements whose text a browser runs; a block of data is none."""
        return [e for e in self.all("script") if e.attributes.get("type") != "application/json"]

    @property
    def wanted(self) -> set[str]:
        """The ids that links lead to."""
        links = (e.attributes.get("href") or "" for e in self.all("a"))
        return {href[1:] for href in links if href.startswith("#")}

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] or "" for e in self.elements if "id" in e.attributes]


def trial_text(number: int, events: tuple[int, int], label: str | None = None) -> str:
    """A study file: a randomised trial of two arms of fifty."""
    return f"""
format: 1
study: trial-{number}
label: {label or f"Trial {number}"}
sources:
  paper: {{kind: paper, title: A trial, journal: Journal, year: {2000 + number}, doi: 10.1000/t{number}}}
design: {{kind: randomised-trial}}
arms:
  new: {{treatment: new, n: 50}}
  old: {{treatment: old, n: 50}}
outcomes:
  - endpoint: recovery
    where: Table 2
    results: {{new: {{events: {events[0]}}}, old: {{events: {events[1]}}}}}
"""


REVIEW = """
format: 1
review: five-trials
label: New against old treatment
question: {population: adults}
treatments:
  new: {label: New treatment}
  old: {label: Old treatment, reference: true}
endpoints:
  recovery: {label: Recovery, kind: binary, better: higher, measure: RR}
"""

EVENTS = ((31, 20), (28, 24), (40, 22), (19, 18), (35, 30))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Writes a review and its studies, reads them, and gives the report."""

    def make(studies: dict[str, str], review: str = REVIEW, title: str | None = None) -> str:
        folder = tmp_path_factory.mktemp("review")
        (folder / "review.yaml").write_text(review, encoding="utf-8")
        for name, text in studies.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return synthesis.report(evidence.read_review(folder), title=title)

    return make


@pytest.fixture(scope="session")
def grown() -> Callable[[Path, int, int], Path]:
    """Writes a review of many trials and endpoints."""
    return generated


@pytest.fixture(scope="session")
def trial() -> Callable[..., str]:
    """Writes the file of a randomised trial."""
    return trial_text


@pytest.fixture(scope="session")
def real_html(first_two: Path) -> str:
    """The report of the two real studies."""
    return synthesis.report(evidence.read_review(first_two))


@pytest.fixture(scope="session")
def pooled_html(made: Callable[..., str]) -> str:
    """The report of five trials that are pooled."""
    return made({f"trial-{i}": trial_text(i, events) for i, events in enumerate(EVENTS, start=1)})


@pytest.fixture(scope="session", params=["real", "pooled"])
def html(request: pytest.FixtureRequest) -> str:
    """Each of the reports, for what holds of any."""
    return str(request.getfixturevalue(f"{request.param}_html"))


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Page]:
    """Reads a page."""
    return Page


@pytest.fixture(scope="session")
def page(html: str) -> Page:
    """The page, read."""
    return Page(html)


@pytest.fixture(scope="session")
def real(real_html: str) -> Page:
    """The report of the two real studies, read."""
    return Page(real_html)


@pytest.fixture(scope="session")
def pooled(pooled_html: str) -> Page:
    """The report of five trials, read."""
    return Page(pooled_html)
