"""The golden forest plots with a browser's own letters: every text as wide as measured, none on another.

In both themes and at three sizes of the figure; what a layout proves from shipped widths holds in pixels.
"""

import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from synthesis.drawing.palette import stylesheet
from synthesis.figures.forest import layout
from tests.conftest import find_browser

FIGURES = Path(__file__).parents[1] / "synthesis" / "figures" / "golden_figures.py"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--dump-dom")
WITHOUT_FONT = ("chinese",)  # what letters a machine has for other scripts is its own affair
MEASURE = """
const found = {};
for (const svg of document.querySelectorAll("svg")) {
  const boxes = [...svg.querySelectorAll("text")].map((text) => {
    const box = text.getBBox(), size = parseFloat(getComputedStyle(text).fontSize);
    const y = parseFloat(text.getAttribute("y"));
    return [box.x, y - 0.72 * size, box.x + box.width, y + 0.2 * size, text.textContent];
  });
  const view = svg.viewBox.baseVal, touching = [], outside = [];
  boxes.forEach((one, i) => {
    if (one[0] < -0.5 || one[2] > view.width + 0.5 || one[3] > view.height + 0.5) outside.push(one[4]);
    for (const other of boxes.slice(i + 1))
      if (one[0] + 0.3 < other[2] && other[0] + 0.3 < one[2] && one[1] < other[3] && other[1] < one[3])
        touching.push([one[4], other[4]]);
  });
  found[svg.parentNode.id] = {texts: boxes.length, touching, outside};
}
document.documentElement.dataset.found = encodeURIComponent(JSON.stringify(found));
"""


def golden() -> dict[str, Any]:
    place = importlib.util.spec_from_file_location("golden_figures", FIGURES)
    assert place is not None and place.loader is not None
    module = importlib.util.module_from_spec(place)
    sys.modules.setdefault("golden_figures", module)
    place.loader.exec_module(module)
    return {name: made for name, made in module.FIGURES.items() if name not in WITHOUT_FONT}


@pytest.fixture(
    scope="module", params=[("light", 640), ("dark", 640), ("light", 1200), ("light", 320)], ids=str
)
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser measured of every figure, in one theme and at one width."""
    theme, width = request.param
    svgs = [
        f'<div id="{name}">{replace(layout(*made()), name=name).to_svg(standalone=False)}</div>'
        for name, made in golden().items()
    ]
    style = f"svg{{width:{width}px;height:auto}}\n{stylesheet('svg', theme)}"
    page = tmp_path_factory.mktemp("figures") / "figures.html"
    body = "\n".join(svgs)
    html = f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}<script>{MEASURE}</script>"
    page.write_text(html, encoding="utf-8")
    path = find_browser()
    assert path is not None
    command = [path, *FLAGS, f"--user-data-dir={page.parent / 'profile'}", page.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    told = re.search(r'data-found="([^"]+)"', dom)
    assert told is not None, "the page did not run its script"
    found: dict[str, Any] = json.loads(unquote(told[1]))
    return found


def test_every_figure_was_measured(measured: dict[str, Any]) -> None:
    assert set(measured) == set(golden()) and all(one["texts"] > 3 for one in measured.values())


def test_no_text_touches_another(measured: dict[str, Any]) -> None:
    assert {name: one["touching"] for name, one in measured.items() if one["touching"]} == {}


def test_no_text_leaves_its_figure(measured: dict[str, Any]) -> None:
    assert {name: one["outside"] for name, one in measured.items() if one["outside"]} == {}
