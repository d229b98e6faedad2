"""axe-core finds nothing to say against the page, in both themes, with its folds open.

It is fetched by `.ci/run`, which names the file in EVIDENCE_AXE; without that these tests are left out.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import evidence
import synthesis

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
  document.documentElement.dataset.theme = "%s";
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  return axe.run(document, { runOnly: %s, resultTypes: ["violations"] }).then((found) =>
    found.violations.map((one) => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200)]));
"""


@pytest.fixture(scope="module")
def page(first_two: Path, written: Callable[[str, str], Path]) -> Path:
    """The report of the two first studies, with axe-core in it."""
    html = synthesis.report(evidence.read_review(first_two))
    axe = Path(os.environ["EVIDENCE_AXE"]).read_text(encoding="utf-8")
    return written("accessible", html.replace("</head>", f"<script>{axe}</script></head>", 1))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_no_violation(chromium: Any, page: Path, theme: str, width: int) -> None:
    script = RUN % (theme, TAGS)
    assert chromium.measured(page, width, script) == []


def test_axe_finds_no_violation_on_the_whole_review(
    devtools: Any, repository: Path, written: Callable[[str, str], Path]
) -> None:
    html = synthesis.report(evidence.read_review(repository / "studies"))
    tab = devtools.tab()
    tab.open(written("whole-accessible", html).as_uri())
    tab.call("Runtime.evaluate", expression=Path(os.environ["EVIDENCE_AXE"]).read_text(encoding="utf-8"))
    assert tab.run(RUN % ("light", TAGS)) == []
    tab.close()
