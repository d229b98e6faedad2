"""Whatever a study file holds is shown as text: it runs nothing, and it changes no other part of the page."""

from collections.abc import Callable
from typing import Any

import pytest

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing": "</style></script></title><script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "attribute": '\\" onmouseover=\\"alert(1)',
    "svg": "<svg onload=alert(1)><a href=javascript:alert(1)>x</a></svg>",
    "template": "{{ 7 * 7 }} {% raw %} {# x #}",
    "entity": "&lt;b&gt; &amp; &#60;script&#62;",
    "css": "} body { display: none } /*",
    "long": "n" * 400,
}

STUDY = """
format: 1
study: hostile
label: "{text}"
sources:
  paper: {{kind: paper, title: "{text}", journal: "{text}", year: 2020, url: "javascript:alert(1)"}}
design: {{kind: randomised-trial, setting: "{text}", note: "{text}"}}
arms:
  new: {{treatment: new, n: 50, label: "{text}", dose: "{text}"}}
  old: {{treatment: old, n: 50}}
outcomes:
  - endpoint: recovery
    label: "{text}"
    where: "{text}"
    results: {{new: {{events: 31}}, old: {{percent: 40.5}}}}
    tests: [{{chi2: 5.1, p: "<0.05", note: "{text}"}}]
unplaced:
  - {{text: "{text}", where: "{text}", because: "{text}"}}
"""


@pytest.fixture(scope="module", params=list(HOSTILE))
def hostile(request: pytest.FixtureRequest, made: Callable[..., str], parsed: Callable[[str], Any]) -> Any:
    text = HOSTILE[request.param]
    title = text.replace('\\"', '"')
    return parsed(made({"hostile": STUDY.format(text=text)}, title=title)), title


def test_it_is_shown_as_text(hostile: Any) -> None:
    page, text = hostile
    (heading,) = page.all("h1")
    assert heading.text == " ".join(text.split())
    (main,) = page.all("main")
    assert " ".join(text.split()) in main.text


def test_it_adds_no_element_that_runs(hostile: Any) -> None:
    page, _ = hostile
    assert len(page.scripts) == 1
    assert page.all("img") == []
    assert not [a for e in page.elements for a in e.attributes if a.startswith("on")]


def test_it_becomes_no_address(hostile: Any) -> None:
    page, _ = hostile
    assert not [a for a in page.all("a") if (a.attributes["href"] or "").startswith("javascript")]


def test_every_inner_link_still_resolves(hostile: Any) -> None:
    page, _ = hostile
    assert page.wanted - set(page.ids) == set()
    assert len(set(page.ids)) == len(page.ids)


def test_text_written_from_right_to_left_is_isolated(
    made: Callable[..., str], parsed: Callable[..., Any]
) -> None:
    page = parsed(made({"hostile": STUDY.format(text="دراسة أنلوتينيب")}))
    shown = [e for e in page.all("bdi") if e.text == "دراسة أنلوتينيب"]
    assert shown
