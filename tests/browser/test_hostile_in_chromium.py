"""Text that would like to run, wherever a file may hold text: it is shown, and runs nothing.

Characters that turn the direction of text round by command are refused when a file is read (YML003).
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import evidence
import synthesis

HOSTILE = {
    "script": "</script></style></title></textarea><script>window.ran = 1; alert(1)</script>",
    "handler": "<img src=x onerror='window.ran=1'><svg onload=window.ran=1></svg>",
    "attribute": '" onfocus="window.ran=1" autofocus x=\'',
    "css": "} body { display: none } @import url(https://evil.example/x.css); </style><b style='color:red'>",
    "template": "{{ 7 * 7 }} {% for x in y %} ${7 * 7} <!-- ]]> &lt;script&gt;",
    "bidi": "abc \u05d0\u05d1\u05d2 12 (\u062f\u0631\u0627\u0633\u0629) 34 end",
    "long": "n" * 400,
    "words": "very long words " * 25 + "end",
}

REVIEW = """
format: 1
review: hostile
label: {0}
question: {{population: {0}, intervention: {0}, comparison: {0}, outcome: {0}, note: {0}}}
treatments:
  new: {{label: {0}, class: {0}, note: {0}}}
  old: {{label: Old, reference: true}}
endpoints:
  recovery: {{label: {0}, kind: binary, better: higher, measure: RR, note: {0}}}
  own: {{label: {0}, kind: binary, better: lower}}
syntheses:
  main: {{endpoint: recovery, compare: [new, old], label: {0}, note: {0}}}
baseline_risks: {{recovery: [{{label: {0}, at: {0}, risk: 20, origin: {0}}}]}}
certainty:
  main: {{start: high, down: {{imprecision: {{by: 1, because: {0}}}}}, overall: moderate, by: [{0}]}}
focus: [trial-1]
excluded: {{other-2019: {0}}}
statements: {{title: {0}, support: {0}, interests: {0}, limits_of_evidence: {0}}}
note: {0}
"""

STUDY = """
format: 1
study: trial-{1}
label: {0}
registration: {0}
note: {0}
sources:
  paper: {{kind: paper, authors: {0}, title: {0}, journal: {0}, year: 2020, url: "javascript:alert(1)"}}
design: {{kind: randomised-trial, setting: {0}, country: {0}, note: {0}}}
arms:
  new: {{treatment: new, n: 50, label: {0}, dose: {0}}}
  old: {{treatment: old, n: 50}}
bias:
  - tool: RoB2
    for: [recovery]
    by: [{0}]
    overall: {{judgement: some concerns, because: {0}}}
    domains: {{randomisation: {{judgement: low, because: {0}}}}}
outcomes:
  - endpoint: recovery
    label: {0}
    where: {0}
    results:
      new: {{events: {{printed: 3{1}, corrected: 3{1}, because: {0}, by: {0}}}, percent: 77.79}}
      old: {{events: 2{1}}}
    tests: [{{chi2: 5.1, p: "<0.05", note: {0}}}]
  - endpoint: own
    label: {0}
    where: {0}
    results: {{new: {{percent: 40.5}}, old: {{percent: 41.3}}}}
unplaced:
  - {{text: {0}, where: {0}, because: {0}}}
"""


@pytest.fixture(scope="module", params=list(HOSTILE))
def hostile(
    request: pytest.FixtureRequest,
    devtools: Any,
    tmp_path_factory: pytest.TempPathFactory,
    written: Callable[[str, str], Path],
) -> Iterator[Any]:
    """A tab with the report of files full of the text, and the text."""
    text = HOSTILE[request.param]
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "review.yaml").write_text(REVIEW.format(json.dumps(text)), encoding="utf-8")
    for number in (1, 2, 3):
        study = STUDY.format(json.dumps(text), number)
        (folder / f"trial-{number}.yaml").write_text(study, encoding="utf-8")
    html = synthesis.report(evidence.read_review(folder))
    tab = devtools.tab(320)
    tab.open(written(f"hostile-{request.param}", html).as_uri())
    yield tab, text
    tab.close()


def test_it_runs_nothing_and_asks_for_nothing(hostile: Any) -> None:
    tab, _ = hostile
    tab.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; });")
    assert tab.run("return typeof window.ran") == "undefined"
    assert tab.complaints() == []


def test_it_makes_no_element_and_no_attribute(hostile: Any) -> None:
    tab, _ = hostile
    script = """
      const all = [...document.querySelectorAll("*")];
      const names = all.flatMap((e) => [...e.attributes].map((a) => a.name));
      return {
        elements: document.querySelectorAll("img, script:not([type]), iframe, style, b[style]").length,
        handlers: names.filter((name) => name.startsWith("on") || name === "style" || name === "autofocus"),
        links: [...document.links].filter((a) => a.protocol === "javascript:").length,
        seen: getComputedStyle(document.body).display,
      };
    """
    assert tab.run(script) == {"elements": 2, "handlers": [], "links": 0, "seen": "block"}


def test_it_is_shown_as_it_was_written(hostile: Any) -> None:
    tab, text = hostile
    shown = tab.run("return document.querySelector('main').textContent.replace(/\\s+/g, ' ')")
    assert shown.count(" ".join(text.split())) >= 30
    heading = tab.run("return document.querySelector('h1').textContent")
    assert " ".join(heading.split()) == " ".join(text.split())


@pytest.mark.parametrize("width", [320, 1280])
def test_it_pushes_nothing_out_of_the_window(hostile: Any, width: int) -> None:
    tab, _ = hostile
    tab.resize(width)
    assert tab.run("const e = document.documentElement; return e.scrollWidth - e.clientWidth") <= 0


def test_what_turns_a_line_round_stays_in_its_place(hostile: Any) -> None:
    tab, _ = hostile
    script = r"""
      const turning = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069]/, loose = [];
      const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const text = walk.currentNode, at = text.parentElement;
        if (!turning.test(text.data) || at.closest("svg, .unseen, pre")) continue;
        const isolated = (e) => getComputedStyle(e).unicodeBidi.includes("isolate");
        if (!isolated(at)) loose.push([at.tagName, at.className, text.data.slice(0, 60)]);
      }
      return loose.slice(0, 5);
    """
    assert tab.run(script) == []
