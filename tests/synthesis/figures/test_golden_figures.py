"""The golden figures are as they were looked at, and each promise holds in every one of them.

A snapshot is the layout as text, one line a mark. When one changes on purpose, look at the new figure
(`make gallery`) and store it: ``python tests/synthesis/figures/test_golden_figures.py``.
"""

import hashlib
import importlib.util
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from synthesis.drawing.collisions import collisions, outside
from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Circle, Group, Mark, Square, Text, extent, flatten, place_text
from synthesis.figures.forest import layout
from synthesis.figures.rows import Rows
from synthesis.figures.style import Style
from synthesis.figures.table_columns import fit_columns

HERE = Path(__file__).parent / "golden"
MANY = 160  # marks from which a snapshot keeps the first and the last of them, and a digest of all
Golden = dict[str, tuple[Rows, Style]]
SVG = "{http://www.w3.org/2000/svg}"
_INTERVALS = ("m-interval", "m-summary", "m-prediction")
NAMES = sorted(file.stem for file in HERE.glob("*.txt"))


def snapshot(drawing: Drawing) -> str:
    """The layout as text."""
    lines = list(_lines(drawing.marks))
    if len(lines) > MANY:
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        lines = [*lines[:60], f"... {len(lines)} lines, sha256 {digest}", *lines[-40:]]
    head = [f"{place_text(drawing.width)} x {place_text(drawing.height)}", drawing.title, drawing.description]
    return "\n".join([*head, *lines]) + "\n"


def _lines(marks: tuple[Mark, ...], depth: int = 0) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, Group):
            yield " " * depth + f"group {mark.id} {mark.title} {mark.address}".rstrip()
            yield from _lines(mark.marks, depth + 1)
        else:
            values = [_said(mark, field.name) for field in fields(mark)]
            yield " " * depth + " ".join([type(mark).__name__.lower(), *filter(None, values)])


def _said(mark: Mark, name: str) -> str:
    value = getattr(mark, name)
    if isinstance(value, bool):
        return name if value else ""
    if isinstance(value, int | float):
        fine = isinstance(mark, Square | Circle) and name in ("side", "radius")
        return f"{extent(value):g}" if fine else place_text(value)
    if name == "points":
        return " ".join(f"{place_text(x)},{place_text(y)}" for x, y in value)
    if name == "dash":
        return "dash " + ",".join(map(str, value)) if value else ""
    return str(value) if name != "text" else f"[{value}]"


def test_every_golden_figure_has_a_snapshot(golden: Golden) -> None:
    assert sorted(golden) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_is_as_it_was_looked_at(name: str, golden: Golden) -> None:
    assert snapshot(layout(*golden[name])) == (HERE / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_text_touches_anything_and_all_is_on_the_page(name: str, golden: Golden) -> None:
    drawing = layout(*golden[name])
    for page in (drawing, *drawing.pages):
        assert collisions(page) == []
        assert outside(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_as_wide_as_a_page_or_column_at_most(name: str, golden: Golden) -> None:
    rows, style = golden[name]
    assert layout(rows, style).width <= style.width + 0.05


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_large_enough_to_print(name: str, golden: Golden) -> None:
    texts = [mark for mark in flatten(layout(*golden[name]).marks) if isinstance(mark, Text)]
    assert min(mark.size for mark in texts if len(mark.text) > 3) >= 6.5


@pytest.mark.parametrize("name", NAMES)
def test_what_is_drawn_is_what_the_rows_say(name: str, golden: Golden) -> None:
    """Read back from the SVG: interval ends, areas, and arrows where something is clipped, nowhere else."""
    rows, style = golden[name]
    if rows.scale is None:
        return
    root = ElementTree.fromstring(layout(rows, style).to_svg())
    columns, fitted = fit_columns(rows, style)
    left = next(placed.left for placed in columns if placed.column.key == "plot") + fitted.pad
    groups = [group for group in root.iter(f"{SVG}g") if not group.get("id")]
    assert len(groups) == len(rows.rows)
    largest = max((row.picture.area for row in rows.rows if row.picture), default=1.0)
    for row, group in zip(rows.rows, groups, strict=True):
        if row.picture is None:
            continue
        low, high = rows.scale.fraction(row.picture.low), rows.scale.fraction(row.picture.high)
        clipped = int(low < -1e-6) + int(high > 1 + 1e-6)
        at = None if row.picture.at is None else rows.scale.fraction(row.picture.at)
        beyond = at is not None and not -1e-6 <= at <= 1 + 1e-6
        arrows = [mark for mark in group if "arrow" in (mark.get("class") or "").split()]
        assert len(arrows) == max(clipped, int(beyond)), row.title
        if clipped or beyond:
            continue
        ends = _ends(group)
        assert ends == pytest.approx((left + low * fitted.plot, left + high * fitted.plot), abs=0.1)
        square = next(
            (m for m in group if m.tag == f"{SVG}rect" and "m-square" in (m.get("class") or "")), None
        )
        if square is not None:
            side, most = float(square.get("width") or 0), fitted.side
            assert (side / most) ** 2 == pytest.approx(row.picture.area / largest, rel=0.02)


def _ends(group: ElementTree.Element) -> tuple[float, float]:
    """Where the interval of a row begins and ends: its level line, its bar or its diamond."""
    found: list[float] = []
    for mark in group:
        kind = mark.get("class") or ""
        if kind in _INTERVALS and mark.tag == f"{SVG}line" and mark.get("y1") == mark.get("y2"):
            found += [float(mark.get(name) or "nan") for name in ("x1", "x2")]
        elif mark.tag == f"{SVG}rect" and "m-prediction" in kind:
            found += [float(mark.get("x") or 0), float(mark.get("x") or 0) + float(mark.get("width") or 0)]
        elif mark.tag == f"{SVG}polygon" and "m-summary" in kind:
            found += [float(x) for x in re.findall(r"([\d.]+),", mark.get("points") or "")]
    return min(found), max(found)


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_set_into_a_page_with_a_strict_policy(name: str, golden: Golden) -> None:
    svg = layout(*golden[name]).to_svg(standalone=False)
    assert not re.search(r"\s(style|on\w+)\s*=|<(script|style)\b|https?://", svg)
    ids = re.findall(r'\sid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))


def test_the_file_says_what_it_was_made_from_and_not_when(golden: Golden) -> None:
    svg = layout(*golden["bcg"]).to_svg()
    found = re.search(r"<metadata>(.*)</metadata>", svg)
    assert found is not None and re.search(r"input-sha256&quot;: &quot;[0-9a-f]{64}", found[1])
    assert "20" + "26" not in found[1]


def test_the_contact_sheet_holds_every_figure(golden: Golden, repository: Path, tmp_path: Path) -> None:
    place = importlib.util.spec_from_file_location("build", repository / ".ci" / "gallery" / "build.py")
    assert place is not None and place.loader is not None
    build = importlib.util.module_from_spec(place)
    place.loader.exec_module(build)
    build.OUT = tmp_path
    page = build.sheet()
    assert all(f"<figcaption>{name}" in page for name in golden)
    assert {file.stem for file in tmp_path.iterdir()} >= set(golden)


def test_each_of_the_36_points_is_held_by_tests_that_exist() -> None:
    points = HERE.with_name("forest_points.md").read_text("utf-8")
    rows = [line for line in points.splitlines() if re.match(r"\| \d+ \|", line)]
    named = {name for row in rows for name in re.findall(r"`(test_\w+)`", row)}
    tests = [file.read_text("utf-8") for file in HERE.parents[2].rglob("test_*.py")]
    written = {name for text in tests for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    assert len(rows) == 36 and named <= written, sorted(named - written)


if __name__ == "__main__":
    import sys

    sys.path.insert(0, str(HERE.parent))
    from golden_figures import FIGURES  # type: ignore[import-not-found]  # beside this file

    HERE.mkdir(exist_ok=True)
    for stale in HERE.glob("*.txt"):
        stale.unlink()
    for title, made in FIGURES.items():
        (HERE / f"{title}.txt").write_text(snapshot(layout(*made())), encoding="utf-8")
