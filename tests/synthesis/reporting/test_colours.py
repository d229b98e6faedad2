"""Every pair of text and ground is readable in both themes, and both ways to the dark theme are one."""

import re
from importlib.resources import files

import pytest

from synthesis.drawing.palette import contrast

CSS = files("synthesis.templates").joinpath("report.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "paper"),
    ("soft", "paper"),
    ("accent", "paper"),
    ("error", "paper"),
    ("warning", "paper"),
    ("note", "paper"),
    ("agree", "paper"),
    ("ink", "error-wash"),
    ("soft", "error-wash"),
    ("accent", "error-wash"),
    ("error", "error-wash"),
    ("ink", "warning-wash"),
    ("soft", "warning-wash"),
    ("accent", "warning-wash"),
    ("warning", "warning-wash"),
    ("paper", "ink"),
]


def tokens(selector: str) -> dict[str, str]:
    block = CSS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


THEMES = {
    "light": tokens(":root"),
    "dark": tokens(':root:not([data-theme="light"])'),
    "chosen": tokens(':root[data-theme="dark"]'),
}


def test_the_chosen_dark_page_is_the_automatic_one() -> None:
    assert THEMES["dark"] == THEMES["chosen"]


def test_both_themes_name_the_same_colours() -> None:
    assert THEMES["light"].keys() == THEMES["dark"].keys()


def test_every_colour_used_is_named() -> None:
    used = set(re.findall(r"var\(--([a-z-]+)\)", CSS))
    assert used - {"serif", "sans", "mono"} == set(THEMES["light"])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(theme: str, text: str, ground: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_buttons_can_be_seen(theme: str) -> None:
    assert contrast(THEMES[theme]["edge"], THEMES[theme]["paper"]) >= 3


def test_paper_is_always_light() -> None:
    assert re.findall(r"@media (\w+) and \(prefers-color-scheme: dark\)", CSS) == ["screen"]
