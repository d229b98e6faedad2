"""What is drawn is what was computed: positions read back from the SVG, not from the layout."""

import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from synthesis.figures.forest import content, layout
from synthesis.figures.rows import Rows
from synthesis.figures.style import PRINT, Style
from synthesis.figures.table_columns import fit_columns
from synthesis.pooling import pool
from synthesis.table import EffectTable

Tables = Callable[..., EffectTable]
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Drawn:
    """The groups of an SVG file, one a row, and the axis they stand on."""

    rows: Rows
    groups: list[ElementTree.Element]
    left: float
    right: float
    style: Style

    def x(self, value: float) -> float:
        assert self.rows.scale is not None
        return self.left + self.rows.scale.fraction(value) * (self.right - self.left)

    def of_class(self, i: int, name: str) -> list[ElementTree.Element]:
        return [mark for mark in self.groups[i] if name in (mark.get("class") or "").split()]

    def number(self, mark: ElementTree.Element, name: str) -> float:
        return float(mark.get(name) or "nan")


def drawn(table_or_pool: object, limits: tuple[float, float] | None = None) -> Drawn:
    rows = content(table_or_pool, limits=limits)  # type: ignore[arg-type]  # a pool or a table
    root = ElementTree.fromstring(layout(rows).to_svg())
    columns, style = fit_columns(rows, PRINT)
    left = next(placed.left for placed in columns if placed.column.key == "plot") + style.pad
    groups = [group for group in root.iter(f"{SVG}g") if not group.get("id")]
    return Drawn(rows, groups, left, left + style.plot, style)


@pytest.fixture
def whole(bcg: Tables) -> Drawn:
    return drawn(pool(bcg()))


@pytest.fixture
def clipped(bcg: Tables) -> Drawn:
    return drawn(pool(bcg()), limits=(0.5, 2))


def test_there_is_a_group_for_each_row(whole: Drawn) -> None:
    assert len(whole.groups) == len(whole.rows.rows)


def test_intervals_end_where_the_data_do(whole: Drawn) -> None:
    for i, row in enumerate(whole.rows.rows[:13]):
        line = whole.of_class(i, "m-interval")[0]
        assert row.picture is not None
        assert whole.number(line, "x1") == pytest.approx(whole.x(row.picture.low), abs=0.1)
        assert whole.number(line, "x2") == pytest.approx(whole.x(row.picture.high), abs=0.1)


def test_squares_are_centred_on_the_estimates(whole: Drawn) -> None:
    for i, row in enumerate(whole.rows.rows[:13]):
        square = whole.of_class(i, "m-square")[0]
        assert row.picture is not None and row.picture.at is not None
        centre = whole.number(square, "x") + whole.number(square, "width") / 2
        assert centre == pytest.approx(whole.x(row.picture.at), abs=0.1)


def test_the_areas_of_squares_are_as_the_weights(bcg: Tables, whole: Drawn) -> None:
    weights = pool(bcg()).weights
    sides = [whole.number(whole.of_class(i, "m-square")[0], "width") for i in range(13)]
    largest = max(range(13), key=lambda i: sides[i])
    for side, weight in zip(sides, weights, strict=True):
        assert (side / sides[largest]) ** 2 == pytest.approx(weight / weights[largest], rel=0.02)


def test_the_largest_square_fills_four_fifths_of_its_row(whole: Drawn) -> None:
    sides = [whole.number(whole.of_class(i, "m-square")[0], "width") for i in range(13)]
    assert max(sides) == pytest.approx(0.8 * whole.style.row, abs=0.02)


def test_the_interval_is_drawn_over_the_square(whole: Drawn) -> None:
    for group in whole.groups[:13]:
        classes = [mark.get("class") or "" for mark in group]
        assert classes.index("m-square") < classes.index("m-interval")


def test_the_diamond_spans_the_interval_of_the_pool(whole: Drawn) -> None:
    points = (whole.of_class(13, "m-summary")[0].get("points") or "").split()
    xs = [float(point.split(",")[0]) for point in points]
    picture = whole.rows.rows[13].picture
    assert picture is not None and picture.at is not None and len(points) == 4
    assert (min(xs), max(xs)) == pytest.approx((whole.x(picture.low), whole.x(picture.high)), abs=0.1)
    assert xs[1] == pytest.approx(whole.x(picture.at), abs=0.1)


def test_nothing_has_an_arrow_when_everything_fits(whole: Drawn) -> None:
    assert not any(whole.of_class(i, "arrow") for i in range(len(whole.groups)))


def test_arrows_stand_exactly_where_something_is_clipped(clipped: Drawn) -> None:
    scale = clipped.rows.scale
    assert scale is not None
    for i, row in enumerate(clipped.rows.rows):
        assert row.picture is not None
        ends = (row.picture.low, row.picture.high)
        beyond = int(scale.fraction(ends[0]) < 0) + int(scale.fraction(ends[1]) > 1)
        estimate_beyond = row.picture.at is not None and not 0 <= scale.fraction(row.picture.at) <= 1
        assert len(clipped.of_class(i, "arrow")) == max(beyond, int(estimate_beyond)), row.title


def test_no_interval_is_drawn_beyond_the_axis(clipped: Drawn) -> None:
    for i in range(13):
        for line in clipped.of_class(i, "m-interval"):
            if line.tag == f"{SVG}line":
                assert clipped.number(line, "x1") >= clipped.left - 0.1
                assert clipped.number(line, "x2") <= clipped.right + 0.1


def test_an_estimate_beyond_the_axis_has_no_square(clipped: Drawn) -> None:
    scale = clipped.rows.scale
    assert scale is not None
    for i, row in enumerate(clipped.rows.rows[:13]):
        assert row.picture is not None and row.picture.at is not None
        assert bool(clipped.of_class(i, "m-square")) == (0 <= scale.fraction(row.picture.at) <= 1)


def test_a_clipped_diamond_ends_flat_with_arrows() -> None:
    wide = pool(yi=[-0.1, 0.0, 0.1], vi=[0.5, 0.5, 0.5], labels=["A", "B", "C"], measure="RR", tau2=0.1)
    cut = drawn(wide, limits=(0.8, 1.25))
    points = (cut.of_class(3, "m-summary")[0].get("points") or "").split()
    assert len(points) == 6 and len(cut.of_class(3, "arrow")) == 2


def test_the_null_line_stands_at_the_null(bcg: Tables, whole: Drawn) -> None:
    svg = layout(whole.rows).to_svg()
    found = re.search(r'<line class="m-null"[^>]* x1="([\d.]+)"', svg)
    assert found is not None and float(found[1]) == pytest.approx(whole.x(0.0), abs=0.1)


def test_the_null_is_labelled_under_its_line(whole: Drawn) -> None:
    labels = re.findall(r'<text x="([\d.]+)"[^>]*>([^<]*)</text>', layout(whole.rows).to_svg())
    assert any(text == "1" and float(x) == pytest.approx(whole.x(0.0), abs=0.1) for x, text in labels)


def test_a_tiny_weight_is_still_a_visible_tick() -> None:
    result = pool(yi=[0.0, 0.1, 0.2], vi=[1e-6, 1e-6, 100.0], labels=["A", "B", "C"], tau2=0.0)
    small = drawn(result)
    assert small.number(small.of_class(2, "m-square")[0], "stroke-width") == 1.5


def test_an_unpooled_row_has_a_dot_of_one_size(bcg: Tables) -> None:
    dots = drawn(bcg(4))
    assert {dots.of_class(i, "m-dot")[0].get("r") for i in range(4)} == {"2.4"}


def test_a_bound_far_beyond_the_axis_is_an_arrow() -> None:
    table = pool(yi=[0.0, 0.1, 0.2], vi=[0.1, 0.1, 1e12], labels=["A", "B", "C"], tau2=0.0)
    far = drawn(table)
    assert len(far.of_class(2, "arrow")) == 2 and math.isfinite(far.right)
