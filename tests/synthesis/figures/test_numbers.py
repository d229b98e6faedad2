"""Printed numbers never say what is not so."""

import math

from hypothesis import given
from hypothesis import strategies as st

from synthesis.figures.numbers import bounds_text, decimals_of, estimate_text, fixed, p_text

NUMBERS = st.floats(-1e9, 1e9)
POSITIVE = st.floats(1e-12, 1e12)


def value_of(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


@given(NUMBERS, st.integers(0, 6))
def test_minus_zero_is_never_printed(value: float, decimals: int) -> None:
    text = fixed(value, decimals)
    assert value_of(text) != 0 or not text.startswith("−")


@given(NUMBERS)
def test_a_minus_sign_is_not_a_hyphen(value: float) -> None:
    assert "-" not in fixed(value, 2)


@given(POSITIVE, POSITIVE)
def test_no_ratio_bound_is_printed_as_the_null_or_zero(one: float, other: float) -> None:
    for value, text in zip((one, other), bounds_text(one, other, special=(1.0, 0.0)), strict=True):
        assert value == 1 or text[0] in "<>" or value_of(text) not in (0.0, 1.0)


@given(st.floats(0.0, 2.0))
def test_a_bound_said_to_lie_on_one_side_of_the_null_does(value: float) -> None:
    text = bounds_text(value, 5.0, special=(1.0, 0.0))[0]
    assert text[0] != "<" or value < 1
    assert text[0] != ">" or value > 1


@given(POSITIVE)
def test_a_ratio_is_printed_within_a_factor_of_two_and_never_as_zero(value: float) -> None:
    printed = value_of(estimate_text(value, special=(0.0,)))
    assert 0.5 <= printed / value <= 2


@given(st.floats(0, 1))
def test_a_p_value_keeps_its_side_of_five_per_cent(p: float) -> None:
    text = p_text(p)
    if text.startswith("P ="):
        printed = float(text.removeprefix("P = "))
        assert p == 0.05 or printed != 0.05 or abs(p - 0.05) < 1e-6
        assert (printed > 0.05) == (p > 0.05) or abs(p - 0.05) < 1e-6


def test_infinite_bounds_have_a_sign_of_their_own() -> None:
    assert bounds_text(-math.inf, math.inf, special=(0.0,)) == ("−∞", "∞")


def test_small_differences_keep_two_digits() -> None:
    assert decimals_of([0.0007, -0.0016]) == 4
