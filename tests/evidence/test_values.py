"""A printed number is its characters first."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.values import NumberError, reported


@pytest.mark.parametrize(
    ("text", "relation", "exact", "decimals"),
    [
        ("42.00", "=", Fraction(42), 2),
        (".0003", "=", Fraction(3, 10000), 4),
        ("0·59", "=", Fraction(59, 100), 2),
        ("0⋅59", "=", Fraction(59, 100), 2),
        ("−0.42", "=", Fraction(-42, 100), 2),
        ("-0.42", "=", Fraction(-42, 100), 2),
        ("1,234", "=", Fraction(1234), 0),
        ("1,234.5", "=", Fraction(12345, 10), 1),
        ("<0.05", "<", Fraction(1, 20), 2),
        ("≤5", "<=", Fraction(5), 0),
        (">0.05", ">", Fraction(1, 20), 2),
        ("P>0.05", ">", Fraction(1, 20), 2),
        ("p = 0.03", "=", Fraction(3, 100), 2),
        ("= 0.023", "=", Fraction(23, 1000), 3),
        ("< .001", "<", Fraction(1, 1000), 3),
        ("~22", "~", Fraction(22), 0),
        ("≈22", "~", Fraction(22), 0),
        ("about 22", "~", Fraction(22), 0),
        ("040", "=", Fraction(40), 0),
        ("4.2e-7", "=", Fraction(42, 10**8), 8),
        ("3×10-5", "=", Fraction(3, 10**5), 5),
    ],
)
def test_numbers_as_papers_print_them(text: str, relation: str, exact: Fraction, decimals: int) -> None:
    number = reported(text)
    assert (number.text, number.relation, number.exact, number.decimals) == (text, relation, exact, decimals)


@pytest.mark.parametrize(
    ("text", "word"), [("not-reached", "not-reached"), ("NE", "not-estimable"), ("ns", "ns")]
)
def test_words_that_stand_for_a_number(text: str, word: str) -> None:
    assert reported(text).word == word
    assert not reported(text).is_number


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("0,59", "0.59"),
        ("37,82", "37.82"),
        ("89.02%", "write 89.02"),
        ("9.1–12.9", "[9.1, 12.9]"),
        ("9.1 to 12.9", "{from: 9.1, to: 12.9}"),
        ("44.25±5.31", "as: mean ± sd"),
        ("3 61.20", "361.20"),
        ("NR", "not-reached or not-reported"),
        ("12O", "letter"),
        ("none", "0"),
        ("１２", "U+FF11"),
        ("1\u200b2", "U+200B"),
    ],
)
def test_what_is_no_number_is_refused_with_its_spelling(text: str, advice: str) -> None:
    with pytest.raises(NumberError) as caught:
        reported(text)
    assert advice in caught.value.help


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_a_number_error(text: str) -> None:
    try:
        number = reported(text)
    except NumberError as error:
        assert error.message
    else:
        assert number.is_number or number.word


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_a_number_and_its_decimals_survive_printing(mantissa: int, decimals: int) -> None:
    value = Fraction(mantissa, 10**decimals)
    whole, part = divmod(abs(mantissa), 10**decimals)
    text = ("-" if mantissa < 0 else "") + f"{whole}" + (f".{part:0{decimals}d}" if decimals else "")
    number = reported(text)
    assert (number.exact, number.decimals) == (value, decimals)


def test_two_equal_numbers_at_two_places_are_two_numbers() -> None:
    assert reported("12.20", "s/a/x/percent") != reported("12.20", "s/b/x/percent")
