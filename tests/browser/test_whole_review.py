"""The page in a real browser: on the two first studies, and on everything under studies/."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import evidence
import synthesis

FOLDS = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; });"

# Words of a figure that run into each other. A box is as high as its font; a sixth of it above and below is
# room between lines.
CROWDED = """
  const box = (text) => {
    const r = text.getBoundingClientRect(), air = r.height / 6;
    return { l: r.left + .5, r: r.right - .5, t: r.top + air, b: r.bottom - air, said: text.textContent };
  };
  const found = [];
  for (const figure of document.querySelectorAll("main svg")) {
    const boxes = [...figure.querySelectorAll("text")].map(box).filter((b) => b.r > b.l && b.b > b.t);
    boxes.sort((a, b) => a.t - b.t);
    for (let i = 0; i < boxes.length; i++)
      for (let j = i + 1; j < boxes.length && boxes[j].t < boxes[i].b; j++)
        if (boxes[i].l < boxes[j].r && boxes[j].l < boxes[i].r)
          found.push([boxes[i].said, boxes[j].said]);
  }
  return found.slice(0, 5);
"""

LOST = """
  return [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute("href").slice(1))
    .filter((name) => !document.getElementById(decodeURIComponent(name)));
"""

# What print would have to cut: a part that may not be parted and is higher than a page, or may be parted.
CUT = """
  const high = 261 * 96 / 25.4, found = [];
  for (const part of document.querySelectorAll("main :is(tr, svg, li, figure, caption)")) {
    const style = getComputedStyle(part), height = part.getBoundingClientRect().height;
    const parted = style.breakInside !== "avoid" && part.tagName !== "CAPTION";
    if (height && (parted || height > high)) found.push([part.tagName, Math.round(height), parted]);
  }
  return found.slice(0, 5);
"""


@pytest.fixture(scope="session", params=["two studies", "the whole review"])
def page(
    request: pytest.FixtureRequest, repository: Path, first_two: Path, written: Callable[[str, str], Path]
) -> Path:
    """The report of the two first studies, and that of the whole review."""
    folder = first_two if request.param == "two studies" else repository / "studies"
    return written(request.param.replace(" ", "-"), synthesis.report(evidence.read_review(folder)))


@pytest.fixture(scope="session")
def opened(devtools: Any, page: Path) -> Iterator[Any]:
    """A tab with the page in it, and what was complained of while it opened."""
    tab = devtools.tab()
    tab.open(page.as_uri())
    yield tab, tab.complaints()
    tab.close()


@pytest.fixture
def tab(opened: Any) -> Any:
    """The tab, as wide as a desk's and on a screen."""
    tab, _ = opened
    tab.resize(1280)
    tab.media("")
    tab.run("scrollTo(0, 0)")
    return tab


@pytest.fixture
def bare(devtools: Any, page: Path) -> Iterator[Any]:
    """A tab with the page in it, in which no script runs."""
    tab = devtools.tab()
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    tab.open(page.as_uri())
    yield tab
    tab.close()


def test_it_opens_without_a_complaint_or_a_request(opened: Any) -> None:
    tab, complaints = opened
    tab.run(FOLDS)
    assert complaints + tab.complaints() == []


def test_words_that_run_into_each_other_would_be_found(tab: Any) -> None:
    add = """
      const svg = "<svg id=two><text x=5 y=9>one two</text><text x=9 y=9>three</text></svg>";
      document.querySelector("main").insertAdjacentHTML("beforeend", svg);
    """
    assert tab.run(add + CROWDED) == [["one two", "three"]]
    tab.run("document.getElementById('two').remove()")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 700, 360])
def test_no_words_of_a_figure_run_into_each_other(tab: Any, width: int, theme: str) -> None:
    tab.resize(width)
    tab.theme(theme)
    assert tab.run(FOLDS + CROWDED) == []


def test_every_link_into_the_page_leads_somewhere(tab: Any) -> None:
    assert tab.run(LOST) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_reaches_beyond_the_window(tab: Any, width: int) -> None:
    tab.resize(width)
    script = "const root = document.documentElement; return root.scrollWidth - root.clientWidth;"
    assert tab.run(FOLDS + script) <= 0


def test_paper_cuts_no_row_and_no_figure(tab: Any) -> None:
    tab.resize(680)  # 180 mm, the width of a page between its margins
    tab.media("print")
    assert tab.run(FOLDS + CUT) == []


def test_without_scripts_the_page_is_complete(tab: Any, bare: Any) -> None:
    assert bare.run(SECTIONS) == tab.run(SECTIONS)
    hidden = "return document.querySelectorAll('[hidden]:not([data-needs-script])').length"
    assert bare.run(hidden) == 0


SECTIONS = """
  return [...document.querySelectorAll("main > section")].map((section) =>
    [section.id, section.querySelectorAll("tr, li, p").length]);
"""


def test_a_fold_opens_by_key_without_scripts(bare: Any) -> None:
    bare.run("document.querySelector('#outcomes details > summary').focus()")
    bare.press("Enter")
    assert bare.run("return document.querySelector('#outcomes details').open")


def test_the_first_stop_of_the_keyboard_leads_past_the_contents(bare: Any) -> None:
    bare.press("Tab")
    assert bare.run("return document.activeElement.className") == "skip"
    bare.press("Enter")
    assert bare.run("return location.hash") == "#summary"


def test_a_column_sorts_by_enter_and_turns_round_by_space(tab: Any) -> None:
    tab.run("document.querySelector('.matrix thead button').focus()")
    names = "return [...document.querySelectorAll('.matrix tbody th')].map((th) => th.textContent.trim())"
    tab.press("Enter")
    up = tab.run(names)
    tab.press(" ")
    down = tab.run(names)
    assert up == sorted(up, key=str.lower)
    assert down == up[::-1]
    assert tab.run("return document.querySelector('.matrix [aria-sort]').ariaSort") == "descending"
    assert "descending" in tab.run("return document.getElementById('said').textContent")


def test_the_ledger_is_filtered_by_key(tab: Any) -> None:
    rows = "[...document.querySelectorAll('[data-severity], .agreeing li')]"
    count = f"return {rows}.filter((row) => !row.hidden).length"
    every = tab.run(count)
    tab.run("document.querySelector('[data-show=\"error warning\"]').focus()")
    tab.press(" ")
    few = tab.run(count)
    said = tab.run("return document.getElementById('ledger-said').textContent")
    tab.run("document.querySelector('[data-show=\"all\"]').click()")
    assert 0 < few < every
    assert said == f"{few} shown"
    assert tab.run(count) == every


def test_the_theme_turns_by_key_and_is_remembered(tab: Any, page: Path) -> None:
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    tab.run("document.getElementById('theme').focus()")
    tab.press("Enter")
    assert tab.run(ground) == "rgb(22, 24, 28)"
    tab.open(page.as_uri())
    assert tab.run(ground) == "rgb(22, 24, 28)"
    tab.run("document.getElementById('theme').click()")


def test_a_link_is_copied_by_key(tab: Any) -> None:
    tab.run("document.querySelector('#outcomes h2 .copy').focus()")
    tab.press("Enter")
    done = "return document.getElementById('said').textContent === 'Link copied' || location.hash"
    assert tab.run("await new Promise((done) => setTimeout(done, 100));" + done) in (True, "#outcomes-title")


def test_a_link_to_a_number_unfolds_its_study(tab: Any) -> None:
    script = """
      const link = document.querySelector('#outcomes td a[href^="#n-"], #audit a[href^="#n-"]');
      link.focus();
      return link.getAttribute("href").slice(1);
    """
    name = tab.run(script)
    tab.press("Enter")
    shown = f"return document.getElementById('{name}').checkVisibility()"
    assert tab.run("await new Promise((done) => setTimeout(done, 100));" + shown)


def test_back_to_the_top(tab: Any) -> None:
    tab.run("document.querySelector('#prisma .up a').focus()")
    tab.press("Enter")
    assert tab.run("await new Promise((done) => setTimeout(done, 100)); return scrollY") == 0


def test_it_is_printed_in_full(tab: Any) -> None:
    pdf = tab.printed()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") >= 4
