"""Survival curves, medians, slopes and possible samples, read back from their SVG."""

from collections import Counter
from math import exp, log, sqrt
from typing import Any

import pytest

import synthesis
from evidence.reanalysis.closure import draw, target
from evidence.review import Review
from evidence.values import reported
from synthesis.errors import FigureError
from synthesis.figures.contents.survival_curves import Arm, band

CURVE = ((0.0, 100.0), (2.0, 97.0), (5.0, 85.0))


def test_a_curve_is_level_until_its_next_point(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.survival_curves(demo, "survival"))
    x, y = drawn.axis(across=True), drawn.axis(across=False)
    steps, *_ = drawn.of_class("m-dot", "polyline")
    expected = [(0, 100), (2, 100), (2, 97), (5, 97), (5, 85)]
    places = [(x(time), y(survival)) for time, survival in expected]
    for found, place in zip(drawn.points(steps), places, strict=False):
        assert found == pytest.approx(place, abs=0.15)


def test_survival_begins_at_nought_on_the_axis(demo: Review, read: Any) -> None:
    texts = read(synthesis.plot.survival_curves(demo, "survival")).texts()
    assert "0" in texts and "100" in texts


def test_numbers_at_risk_stand_below_their_times(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.survival_curves(demo, "survival"))
    x = drawn.axis(across=True)
    for text in drawn.root.iter("{http://www.w3.org/2000/svg}text"):
        if text.text in ("45", "28"):
            assert drawn.number(text, "x") == pytest.approx(x({"45": 6, "28": 12}[text.text]), abs=0.3)


def test_printed_medians_lie_on_the_curves_at_one_half(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.survival_curves(demo, "survival"))
    x, y = drawn.axis(across=True), drawn.axis(across=False)
    hollow = [c for c in drawn.of_class("m-dot", "circle") if c.get("fill") == "none"]
    assert (drawn.number(hollow[0], "cx"), drawn.number(hollow[0], "cy")) == pytest.approx(
        (x(14.2), y(50)), abs=0.15
    )


def test_the_gap_to_a_printed_number_is_told(demo: Review) -> None:
    said = synthesis.plot.survival_curves(demo, "survival").description
    assert "The greatest gap between a curve and a printed number is 0.0 percentage points" in said


def test_survival_within_a_step_is_between_its_ends() -> None:
    arm = Arm("a", "A", CURVE, ())
    assert (arm.at(3.0), arm.around(3.0), arm.at(6.0)) == (97.0, (97.0, 85.0), None)


def test_the_band_is_greenwoods() -> None:
    # 40 people, 8 die at 2, 8 of the 32 left at 5, nobody else leaves: 8 / (40 32) + 8 / (32 24)
    points = [(0.0, 100.0), (2.0, 80.0), (5.0, 60.0)]
    at_risk = [(0.0, 40.0), (2.0, 40.0), (5.0, 32.0), (9.0, 24.0)]
    low, high = band(points, at_risk)
    spread = 1.959964 * sqrt(8 / (40 * 32) + 8 / (32 * 24)) / -log(0.6)
    ends = low[-1][1], high[-1][1]
    assert ends == pytest.approx((100 * 0.6 ** exp(spread), 100 * 0.6 ** exp(-spread)), abs=1e-4)


def test_behind_the_last_number_at_risk_there_is_no_band() -> None:
    low, _ = band([(0.0, 100.0), (2.0, 80.0), (5.0, 60.0)], [(0.0, 40.0), (4.0, 32.0)])
    assert low[-1][0] == 2.0 and band([(0.0, 100.0), (2.0, 80.0)], [(0.0, 40.0)]) == ()


def test_without_a_curve_it_says_so(two_studies: Review) -> None:
    with pytest.raises(FigureError, match="no study has a curve of overall-survival"):
        synthesis.plot.survival_curves(two_studies, "overall-survival")


def test_an_endpoint_that_nobody_reports_is_refused_with_those_there_are(demo: Review) -> None:
    with pytest.raises(FigureError, match="no study reports cough; reported are nausea"):
        synthesis.plot.medians(demo, "cough")


def test_medians_stand_where_they_were_printed(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.medians(demo, "survival"))
    x = drawn.axis(across=True)
    for study, role, median in (("Adams 2001", "dot", 14.2), ("Baker 2008", "second", 13.0)):
        (row,) = drawn.titled(f"{study}: ")
        (dot,) = [m for m in row if m.get("class") == f"m-{role}" and m.tag.endswith("circle")]
        assert drawn.number(dot, "cx") == pytest.approx(x(median), abs=0.15)


def test_a_median_that_was_not_reached_is_an_arrow(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.medians(demo, "survival"))
    (row,) = drawn.titled("Baker 2008: ")
    assert [m.get("class") for m in row].count("arrow m-dot") == 1
    assert not [m for m in row if m.get("class") == "m-dot" and m.tag.endswith("circle")]
    assert "NR (15.1 to NR)" in drawn.texts()


def test_the_hazard_ratio_stands_beside(demo: Review, read: Any) -> None:
    assert "0.71 (0.50 to 1.01)" in read(synthesis.plot.medians(demo, "survival")).texts()


def test_slopes_join_the_means(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.before_after(demo, "pain"))
    y = drawn.axis(across=False)
    (group,) = [g for g in drawn.titled("Adams 2001, Drug: from 6.1 ± 1.5 to 3.2 ± 1.4") if g[1].get("x1")]
    (line,) = [mark for mark in group if mark.get("x1")]
    ends = drawn.number(line, "y1"), drawn.number(line, "y2")
    assert ends == pytest.approx((y(6.1), y(3.2)), abs=0.15)


def test_upright_lines_reach_one_standard_deviation(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.before_after(demo, "pain"))
    y = drawn.axis(across=False)
    upright = [m for m in drawn.of_class("m-dot", "line") if m.get("x1") == m.get("x2")]
    ends = sorted((drawn.number(upright[0], "y1"), drawn.number(upright[0], "y2")))
    assert ends == pytest.approx([y(6.1 + 1.5), y(6.1 - 1.5)], abs=0.15)


def test_real_slopes_of_the_first_study(two_studies: Review) -> None:
    picture = synthesis.plot.before_after(two_studies, "thyroglobulin", study="gansu-2024")
    assert "from 151.87 ± 25.21 to 44.25 ± 5.31" in picture.description


def test_an_endpoint_without_before_and_after_is_refused(demo: Review) -> None:
    with pytest.raises(FigureError, match="no study prints response both before and after"):
        synthesis.plot.before_after(demo, "response")


def test_histograms_are_those_of_the_draw(read: Any) -> None:
    asked = target(reported("3.2"), reported("2.4"), 19, 0, 7)
    drawn_samples = draw(asked, 12, 1)
    assert isinstance(drawn_samples, tuple)
    drawn = read(synthesis.plot.samples("3.2", "2.4", 19, 0, 7))
    heights = [drawn.number(bar, "height") for bar in drawn.of_class("m-square", "rect")]
    counts = [Counter(sample)[v] for sample in drawn_samples for v in range(8) if Counter(sample)[v]]
    tallest = max(counts)
    assert heights == pytest.approx([52 * 0.92 * count / tallest for count in counts], abs=0.11)


def test_the_number_of_samples_is_told() -> None:
    assert "2,201 possible samples" in synthesis.plot.samples("3.2", "2.4", 19, 0, 7).title


def test_impossible_means_and_bad_numbers_are_refused() -> None:
    with pytest.raises(FigureError, match="there is no sample with mean 4.0 and SD 3.42 of 26 values"):
        synthesis.plot.samples("4.0", "3.42", 26, 0, 7)
    with pytest.raises(FigureError, match="mean 'four' is no number as a paper prints one"):
        synthesis.plot.samples("four", "3.42", 26, 0, 7)


def test_weeks_are_drawn_on_an_axis_of_months(demo: Review, read: Any) -> None:
    first = demo.studies[0]
    outcomes = tuple(
        entry.model_copy(update={"unit": "weeks"}) if entry.endpoint == "survival" else entry
        for entry in first.outcomes
    )
    weeks = first.model_copy(update={"outcomes": outcomes})
    months = demo.studies[1]
    again = months.model_copy(update={"study": "again-2010", "label": "Again 2010"})
    drawn = read(
        synthesis.plot.medians(demo.model_copy(update={"studies": (weeks, months, again)}), "survival")
    )
    assert "14.2 (11.0 to 18.9) weeks" in drawn.texts()
    (row,) = drawn.titled("Adams 2001: ")
    (dot,) = [m for m in row if m.get("class") == "m-dot" and m.tag.endswith("circle")]
    assert drawn.number(dot, "cx") == pytest.approx(drawn.axis(across=True)(14.2 * 7 / 30.4375), abs=0.15)
