"""The funnel plot, read back from its SVG."""

from collections.abc import Callable
from dataclasses import replace
from math import exp, sqrt
from typing import Any

import pytest

import synthesis
from synthesis.errors import FigureError, UnknownName
from synthesis.pooling import pool
from synthesis.table import EffectTable

Tables = Callable[..., EffectTable]


@pytest.fixture
def drawn(bcg: Tables, read: Any) -> Any:
    return read(synthesis.plot.funnel(pool(bcg()), line=True))


def test_every_study_stands_at_its_effect_and_standard_error(bcg: Tables, drawn: Any) -> None:
    table = bcg()
    x, y = drawn.axis(across=True, log=True), drawn.axis(across=False)
    for row in table.rows:
        (group,) = drawn.titled(row.label)
        (dot,) = group.iter("{http://www.w3.org/2000/svg}circle")
        assert drawn.number(dot, "cx") == pytest.approx(x(exp(row.yi)), abs=0.15)
        assert drawn.number(dot, "cy") == pytest.approx(y(sqrt(row.vi)), abs=0.15)


def test_the_most_precise_study_is_on_top(bcg: Tables, drawn: Any) -> None:
    best = min(bcg().rows, key=lambda row: row.vi)
    heights = [drawn.number(dot, "cy") for dot in drawn.of_class("m-dot", "circle")]
    (group,) = drawn.titled(best.label)
    assert drawn.number(group[1], "cy") == min(heights)


def test_the_limits_of_the_funnel_are_two_standard_errors_away(bcg: Tables, drawn: Any) -> None:
    found = pool(bcg())
    x, y = drawn.axis(across=True, log=True), drawn.axis(across=False)
    sides = [mark for mark in drawn.of_class("m-secondary", "line") if mark.get("stroke-dasharray")]
    for mark, sign in zip(sides[:2], (-1, 1), strict=True):
        top, low = sorted((drawn.number(mark, f"y{i}"), drawn.number(mark, f"x{i}")) for i in (1, 2))
        assert top == pytest.approx((y(0), x(exp(found.mu))), abs=0.15)
        depth = (low[0] - y(0)) / (y(0.6) - y(0)) * 0.6
        assert low[1] == pytest.approx(x(exp(found.mu + sign * 1.959964 * depth)), abs=0.3)


def test_the_shades_begin_where_p_is_ten_five_and_one_per_cent(drawn: Any) -> None:
    x, y = drawn.axis(across=True, log=True), drawn.axis(across=False)
    per_log, per_se = x(exp(1)) - x(1), (y(0.6) - y(0)) / 0.6
    for role, z in (("band-1", 1.644854), ("band-2", 1.959964), ("band-3", 2.575829)):
        corners = [
            corner for shape in drawn.of_class(f"m-{role}", "polygon") for corner in drawn.points(shape)
        ]
        beyond = [abs(px - x(1)) / per_log - z * (py - y(0)) / per_se for px, py in corners]
        assert min(beyond) == pytest.approx(0, abs=0.02)
        assert sum(abs(one) < 0.02 for one in beyond) >= 3  # at the top and at the ends of both sides


def test_what_trim_and_fill_adds_is_hollow(bcg: Tables, drawn: Any) -> None:
    added = synthesis.trim_and_fill(pool(bcg()))
    hollow = [dot for dot in drawn.of_class("m-dot", "circle") if dot.get("fill") == "none"]
    assert len(hollow) - 1 == added.missing == 1  # one of them is the key


def test_the_line_of_eggers_regression_meets_the_top_at_its_limit(bcg: Tables, drawn: Any) -> None:
    found = synthesis.small_study(pool(bcg()))
    x = drawn.axis(across=True, log=True)
    line = drawn.of_class("m-alert", "polyline")[0]
    assert drawn.points(line)[0][0] == pytest.approx(x(exp(found.limit)), abs=0.15)


def test_the_test_is_told_in_words(drawn: Any) -> None:
    said = " ".join(drawn.texts()).replace("\xa0", " ")
    assert "Egger's regression test: t = −1.40, df = 11, P = 0.19; no clear sign of asymmetry" in said


def test_below_ten_studies_it_says_why_there_is_no_test(bcg: Tables) -> None:
    said = synthesis.plot.funnel(pool(bcg(5))).description
    assert "No test of asymmetry: Egger's regression test needs at least 10 studies" in said


def test_a_funnel_of_two_is_refused(bcg: Tables) -> None:
    with pytest.raises(FigureError, match="a funnel needs at least 3 studies; this pool has 2"):
        synthesis.plot.funnel(pool(bcg(2)))


def test_percentages_bend_the_funnel_and_have_no_contours(read: Any) -> None:
    found = pool(yi=[-1.0, -0.4, 0.2, 0.3], vi=[0.1, 0.2, 0.3, 0.4], measure="PLO")
    drawn = read(synthesis.plot.funnel(found))
    assert not drawn.of_class("m-band-1") and drawn.of_class("m-secondary", "polyline")


def test_equal_effects_and_one_giant_study_are_drawn() -> None:
    found = pool(yi=[0.1, 0.1, 0.1], vi=[1e-8, 0.5, 2.0], measure="OR")
    assert synthesis.plot.funnel(found).height > 100


def test_against_participants_there_are_no_limits_and_no_contours(bcg: Tables, read: Any) -> None:
    rows = tuple(replace(row, n_total=float(sum(arm.n or 0 for arm in row.arms))) for row in bcg().rows)
    drawn = read(synthesis.plot.funnel(pool(bcg(rows=rows)), against="participants"))
    assert not drawn.of_class("m-band-1") and "1 / √participants" in drawn.texts()
    x, y = drawn.axis(across=True, log=True), drawn.axis(across=False)
    for row in bcg().rows:
        (group,) = drawn.titled(f"{row.label}: ")
        (dot,) = group.iter("{http://www.w3.org/2000/svg}circle")
        n = sum(arm.n or 0 for arm in row.arms)
        place = (drawn.number(dot, "cx"), drawn.number(dot, "cy"))
        assert place == pytest.approx((x(exp(row.yi)), y(1 / sqrt(n))), abs=0.25)


def test_unknown_participants_and_measures_of_size_are_refused() -> None:
    plain = pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04])
    with pytest.raises(FigureError, match="against participants needs their number in every study"):
        synthesis.plot.funnel(plain, against="participants")
    with pytest.raises(UnknownName, match="choose se, participants"):
        synthesis.plot.funnel(plain, against="size")
