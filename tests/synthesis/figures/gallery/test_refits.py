"""The leave-one-out and the cumulative figure, read back from their SVG."""

from collections.abc import Callable
from math import exp
from typing import Any

import numpy as np
import pytest

import synthesis
from synthesis.errors import FigureError
from synthesis.pooling import pool
from synthesis.table import EffectTable

Tables = Callable[..., EffectTable]
YEARS = [1948, 1949, 1960, 1977, 1973, 1953, 1973, 1980, 1968, 1961, 1974, 1969, 1976]


def intervals(drawn: Any) -> list[tuple[float, float]]:
    lines = drawn.of_class("m-interval", "line")
    return [(drawn.number(mark, "x1"), drawn.number(mark, "x2")) for mark in lines]


def test_each_interval_is_that_of_the_pool_without_the_study(bcg: Tables, read: Any) -> None:
    found = synthesis.leave_one_out(pool(bcg()))
    drawn = read(synthesis.plot.leave_one_out(pool(bcg())))
    x = drawn.axis(across=True, log=True)
    for i, (low, high) in zip(np.argsort(found.mu), intervals(drawn), strict=True):
        assert low == pytest.approx(x(exp(found.low[i])), abs=0.15)
        assert high == pytest.approx(x(exp(found.high[i])), abs=0.15)


def test_rows_are_in_the_order_of_the_mean_left(bcg: Tables, read: Any) -> None:
    drawn = read(synthesis.plot.leave_one_out(pool(bcg())))
    dots = [drawn.number(dot, "cx") for dot in drawn.of_class("m-dot", "circle")]
    assert dots == sorted(dots) and len(dots) == 13


def test_the_interval_of_all_studies_is_shaded(bcg: Tables, read: Any) -> None:
    whole = pool(bcg())
    drawn = read(synthesis.plot.leave_one_out(whole))
    x = drawn.axis(across=True, log=True)
    (band,) = drawn.of_class("m-band-2", "rect")
    assert drawn.number(band, "x") == pytest.approx(x(exp(whole.ci.low)), abs=0.15)
    right = drawn.number(band, "x") + drawn.number(band, "width")
    assert right == pytest.approx(x(exp(whole.ci.high)), abs=0.15)


def test_a_study_that_turns_the_result_is_marked(read: Any) -> None:
    turning = pool(
        yi=[0.5, 0.6, 0.7, -3.0], vi=[0.01, 0.01, 0.01, 0.01], labels=list("ABCD"), tau2=0.0, interval="Wald"
    )
    picture = synthesis.plot.leave_one_out(turning)
    assert "without D the mean lies on the other side of no effect" in picture.description
    assert "a" in read(picture).texts()


def test_where_none_turns_it_that_is_said(bcg: Tables) -> None:
    assert "No single study changes" in synthesis.plot.leave_one_out(pool(bcg())).description


def test_studies_are_added_by_year(bcg: Tables, read: Any) -> None:
    drawn = read(synthesis.plot.cumulative(pool(bcg())))
    added = [text for text in drawn.texts() if text.startswith("+ ")]
    assert [text[-4:] for text in added] == sorted(text[-4:] for text in added) and len(added) == 12


def test_an_interval_beyond_the_axis_has_arrows(bcg: Tables, read: Any) -> None:
    drawn = read(synthesis.plot.cumulative(pool(bcg())))
    found = synthesis.cumulative(pool(bcg()), order=YEARS)
    ends = sum(exp(v) < 0.1 for v in found.low) + sum(exp(v) > 5 for v in found.high)
    assert len(drawn.of_class("m-interval", "polygon")) == ends == 2
    assert min(low for low, _ in intervals(drawn)) >= drawn.axis(across=True, log=True)(0.1)


def test_the_last_row_is_the_pool(bcg: Tables, read: Any) -> None:
    whole = pool(bcg())
    drawn = read(synthesis.plot.cumulative(whole))
    x = drawn.axis(across=True, log=True)
    (diamond,) = drawn.of_class("m-summary", "polygon")
    xs = [px for px, _ in drawn.points(diamond)]
    assert (min(xs), max(xs)) == pytest.approx((x(exp(whole.ci.low)), x(exp(whole.ci.high))), abs=0.15)


def test_labels_without_years_keep_the_order_given() -> None:
    plain = pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04])
    assert "in the order given" in synthesis.plot.cumulative(plain).description
    with pytest.raises(FigureError, match="has no year to sort by"):
        synthesis.plot.cumulative(plain, order="year")
    with pytest.raises(FigureError, match="choose year, given, precision"):
        synthesis.plot.cumulative(plain, order="size")


def test_it_says_that_it_is_no_sequential_test(bcg: Tables) -> None:
    assert "no sequential test" in synthesis.plot.cumulative(pool(bcg())).description


def test_too_few_are_refused(bcg: Tables) -> None:
    with pytest.raises(FigureError, match="a leave-one-out figure needs at least 3 studies; this pool has 2"):
        synthesis.plot.leave_one_out(pool(bcg(2)))
    with pytest.raises(FigureError, match="a cumulative figure needs at least 2 studies; this pool has 1"):
        synthesis.plot.cumulative(pool(bcg(1)))
