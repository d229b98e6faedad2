"""The report opens without a complaint, fits every width, works by its buttons, and prints."""

import re
from pathlib import Path
from typing import Any

import pytest

OVERFLOW = """
  const limit = document.documentElement.clientWidth;
  const scrolled = (element) => element.closest(".scroll, .unseen, .skip, thead");
  return {
    page: document.documentElement.scrollWidth - limit,
    width: limit,
    beyond: [...document.querySelectorAll("main *")]
      .filter((e) => !scrolled(e) && e.getBoundingClientRect().right > limit + 1)
      .map((e) => e.tagName + "." + e.className).slice(0, 5),
  };
"""


def test_the_console_stays_silent_under_the_page_s_own_policy(chromium: Any, report_file: Path) -> None:
    assert chromium.console(report_file) == []


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_nothing_reaches_beyond_the_window(chromium: Any, report_file: Path, width: int) -> None:
    found = chromium.measured(report_file, width, OVERFLOW)
    assert found["width"] <= width
    assert found["page"] <= 0
    assert found["beyond"] == []


def test_folds_opened_do_not_reach_beyond_a_narrow_window(chromium: Any, report_file: Path) -> None:
    opened = "document.querySelectorAll('details').forEach((d) => { d.open = true; });"
    found = chromium.measured(report_file, 320, opened + OVERFLOW)
    assert found["page"] <= 0
    assert found["beyond"] == []


@pytest.mark.parametrize("width", [1280, 700, 375, 320])
def test_strips_and_their_axis_stand_on_one_scale(chromium: Any, report_file: Path, width: int) -> None:
    script = """
      return [...document.querySelectorAll(".forest")].map((table) =>
        [...table.querySelectorAll(".plot svg")].map((svg) => {
          const box = svg.getBoundingClientRect();
          return box.width && [box.left.toFixed(1), box.width.toFixed(1)].join(" ");
        }).filter((place) => place));
    """
    tables = chromium.measured(report_file, width, script)
    assert len(tables) > 5
    assert all(len(set(places)) == 1 for places in tables), tables


BUTTONS = """
  const ground = () => getComputedStyle(document.documentElement).backgroundColor;
  const rows = () => [...document.querySelectorAll("tr[data-severity]")].filter((r) => r.offsetParent).length;
  const theme = document.getElementById("theme");
  const before = { ground: ground(), name: theme.textContent, rows: rows() };
  theme.click();
  const after = { ground: ground(), name: theme.textContent };
  document.querySelector('button[data-show="error warning"]').click();
  const few = { rows: rows(), said: document.getElementById("ledger-said").textContent };
  document.querySelector('button[data-show="all"]').click();
  dispatchEvent(new Event("beforeprint"));
  const folded = document.querySelectorAll("details:not([open])").length;
  return { before, after, few, all: rows(), folded, hidden: document.querySelectorAll("[hidden]").length };
"""


@pytest.fixture(scope="module")
def pressed(chromium: Any, report_file: Path) -> Any:
    return chromium.measured(report_file, 1280, BUTTONS)


def test_the_theme_changes_with_its_button(pressed: Any) -> None:
    assert pressed["before"]["ground"] == "rgb(255, 255, 255)"
    assert pressed["after"]["ground"] == "rgb(22, 24, 28)"
    assert (pressed["before"]["name"], pressed["after"]["name"]) == ("Dark page", "Light page")


def test_the_filter_leaves_errors_and_warnings_and_says_how_many(pressed: Any) -> None:
    assert 0 < pressed["few"]["rows"] < pressed["before"]["rows"] == pressed["all"]
    assert pressed["few"]["said"].startswith(str(pressed["few"]["rows"]))


def test_printing_opens_every_fold(pressed: Any) -> None:
    assert pressed["folded"] == 0


def test_everything_hidden_for_want_of_a_script_is_shown_with_one(pressed: Any) -> None:
    assert pressed["hidden"] == 0


def test_a_link_into_what_the_filter_hides_brings_it_back(chromium: Any, report_file: Path) -> None:
    script = """
      document.querySelector('button[data-show="error warning"]').click();
      const row = document.querySelector('.agreeing li');
      const was = row.hidden;
      history.replaceState(null, "", "#" + row.id);
      dispatchEvent(new HashChangeEvent("hashchange"));
      return { was, is: row.hidden };
    """
    assert chromium.measured(report_file, 1280, script) == {"was": True, "is": False}


def test_the_dark_page_follows_the_reader_s_system(chromium: Any, report_file: Path) -> None:
    script = "return getComputedStyle(document.documentElement).backgroundColor;"
    dark = chromium.measured(report_file, 1280, script, "--blink-settings=preferredColorScheme=0")
    assert dark == "rgb(22, 24, 28)"


def test_it_prints_on_pages(chromium: Any, report_file: Path, tmp_path: Path) -> None:
    pdf = chromium.printed(report_file, tmp_path / "report.pdf")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) >= 4
