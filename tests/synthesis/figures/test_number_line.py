"""A number line shows what the audit decided: box, bar, gap and distance agree with the verdict."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.findings import Range
from evidence.rounding import bounds
from evidence.values import Reported, reported
from synthesis.drawing.marks import Circle, Line, Rect, flatten
from synthesis.figures.number_line import EDGE, WIDTH, content, layout


def exactly(value: float) -> Range:
    return Range(value, value, value)


def drawn(text: str, recomputed: Range, **options: bool) -> list[object]:
    line = content(reported(text), recomputed, **options)
    assert line is not None
    return list(flatten(layout(line).marks))


def box_and_bar(marks: list[object]) -> tuple[Rect, Rect]:
    box = next(m for m in marks if isinstance(m, Rect) and m.hollow)
    bar = next(m for m in marks if isinstance(m, Rect) and not m.hollow)
    return box, bar


def red(marks: list[object]) -> list[Line]:
    return [m for m in marks if isinstance(m, Line) and m.role == "alert"]


def test_a_recomputed_value_inside_the_rounding_interval_lies_in_the_box() -> None:
    marks = drawn("5.794", Range(5.7938, 5.7940, 5.7941))
    box, bar = box_and_bar(marks)
    assert box.x < bar.x and bar.x + bar.width < box.x + box.width
    assert red(marks) == []


def test_a_value_outside_is_joined_to_the_box_in_red() -> None:
    marks = drawn("5.79", exactly(5.83))
    box, bar = box_and_bar(marks)
    (gap,) = red(marks)
    assert gap.x1 == pytest.approx(box.x + box.width)
    assert box.x + box.width < bar.x


def test_distance_is_told_in_units_of_the_last_printed_digit() -> None:
    line = content(reported("5.79"), exactly(5.83))
    assert line is not None
    assert line.units == pytest.approx(3.5)


def test_numbers_too_far_apart_stand_on_a_broken_line_in_their_order() -> None:
    marks = drawn("7.301", exactly(5.551))
    box, bar = box_and_bar(marks)
    assert bar.x + bar.width < box.x
    assert len(red(marks)) == 4  # two sides of the gap and two strokes where the line is cut


def test_a_p_printed_as_less_than_has_a_box_from_zero_and_its_limit_marked() -> None:
    marks = drawn("<0.05", exactly(0.099), is_p=True)
    box, _ = box_and_bar(marks)
    assert box.x == pytest.approx(EDGE)
    (gap,) = red(marks)
    assert gap.x1 == pytest.approx(box.x + box.width)


def test_a_number_in_a_hole_lies_between_two_values_with_nothing_across() -> None:
    marks = drawn("77.79", Range(76.92, 78.21, 78.21), discrete=True)
    box = next(m for m in marks if isinstance(m, Rect) and m.hollow)
    below, above = (m for m in marks if isinstance(m, Rect) and not m.hollow)
    assert below.x + below.width < box.x
    assert box.x + box.width < above.x
    assert len(red(marks)) == 1


def test_a_word_and_an_unbounded_range_have_no_line() -> None:
    assert content(reported("not-reached"), exactly(1.0)) is None
    assert content(reported("1.0"), Range(1.0, 2.0, float("inf"))) is None


def test_it_is_decoration_beside_the_words_of_its_row() -> None:
    line = content(reported("5.79"), exactly(5.83))
    assert line is not None
    svg = layout(line).to_svg(standalone=False)
    assert 'aria-hidden="true"' in svg
    assert not re.search(r"\sstyle=|\son\w+=", svg)


numbers = st.builds(
    lambda whole, decimals: reported(f"{whole / 10**decimals:.{decimals}f}"),
    st.integers(-100_000, 100_000),
    st.integers(0, 4),
)


@given(printed=numbers, low=st.floats(-1e5, 1e5), width=st.floats(0, 50))
def test_box_and_bar_meet_exactly_when_no_gap_is_said(printed: Reported, low: float, width: float) -> None:
    recomputed = Range(low, low + width / 2, low + width)
    line = content(printed, recomputed)
    assert line is not None
    least, _, most = bounds(printed).floats
    meets = recomputed.low <= most and recomputed.high >= least
    assert (line.gap is None) == meets
    marks = list(flatten(layout(line).marks))
    assert bool(red(marks)) == (not meets)


@given(printed=numbers, low=st.floats(-1e5, 1e5), width=st.floats(0, 50))
def test_nothing_is_drawn_outside(printed: Reported, low: float, width: float) -> None:
    line = content(printed, Range(low, low + width / 2, low + width))
    assert line is not None
    for mark in flatten(layout(line).marks):
        if isinstance(mark, Rect):
            assert mark.x >= 0 and mark.x + mark.width <= WIDTH
        if isinstance(mark, Circle):
            assert mark.x - mark.radius >= 0 and mark.x + mark.radius <= WIDTH
        if isinstance(mark, Line):
            assert min(mark.x1, mark.x2) >= 0 and max(mark.x1, mark.x2) <= WIDTH
