"""Text is measured without a font, in widths that hold for Arial and Liberation Sans."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis.drawing.text_metrics import clean, shorten, text_width, wrap

ANY_TEXT = st.text(max_size=60)


@pytest.mark.parametrize(("character", "width"), [("i", 222), ("0", 556), ("W", 944), ("−", 584), ("τ", 395)])
def test_a_width_is_that_of_arial(character: str, width: int) -> None:
    assert text_width(character, 1000) == width


def test_bold_is_wider_where_arial_bold_is() -> None:
    assert text_width("anlotinib", 10, bold=True) > text_width("anlotinib", 10)


def test_all_figures_are_equally_wide() -> None:
    assert len({text_width(figure, 10) for figure in "0123456789"}) == 1


def test_an_accented_letter_is_as_wide_as_its_base() -> None:
    assert text_width("é", 10) == text_width("e", 10)


def test_a_combining_mark_takes_no_room() -> None:
    assert text_width("e\u0301", 10) == text_width("e", 10)


def test_an_ideograph_takes_a_whole_em() -> None:
    assert text_width("甲状腺", 10) == 30


def test_another_script_is_measured_on_the_wide_side() -> None:
    assert text_width("ที", 10) >= 8


def test_control_characters_go_and_line_ends_become_spaces() -> None:
    assert clean("a\x00b\r\nc\u202ed") == "ab cd"


def test_a_no_break_space_stays() -> None:
    assert clean("P\xa0=  0.02") == "P\xa0= 0.02"


def test_wrapping_breaks_at_spaces() -> None:
    assert wrap("one two three", text_width("one two", 9), 9) == ("one two", "three")


def test_what_does_not_fit_in_two_lines_ends_in_an_ellipsis() -> None:
    assert wrap("word " * 40, 60, 9)[-1].endswith("…")


def test_without_a_limit_nothing_is_lost() -> None:
    assert " ".join(wrap("word " * 40, 60, 9, lines=None)) == ("word " * 40).strip()


@given(ANY_TEXT, st.floats(30, 200), st.booleans())
def test_no_line_is_wider_than_asked(text: str, width: float, bold: bool) -> None:
    assert all(text_width(line, 9, bold) <= width + 1e-9 for line in wrap(text, width, 9, bold))


@given(ANY_TEXT)
def test_no_line_begins_with_a_combining_mark(text: str) -> None:
    later = wrap(text, 40, 9, lines=None)[1:]
    parted = [line for line in later if unicodedata.category(line[0]) in ("Mn", "Me")]
    marks_only = [line for line in parted if f" {line[0]}" not in clean(text)]
    assert not marks_only


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_shortening_leaves_what_fits_alone() -> None:
    assert shorten("fits", 100, 9) == "fits"
