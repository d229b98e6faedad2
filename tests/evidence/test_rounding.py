"""Bounds hold every exact value that would have been printed so, and no other."""

from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.rounding import MODES, Bounds, bounds, float_bounds, p_region
from evidence.values import reported

values = st.decimals(-1000, 1000, places=6)


@given(values, st.integers(0, 4), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN]))
def test_every_half_rule_prints_within_the_bounds(value: Decimal, decimals: int, rule: str) -> None:
    printed = str(value.quantize(Decimal(1).scaleb(-decimals), rule))
    assert bounds(reported(printed)).holds(Fraction(value))


@given(values, st.integers(0, 4))
def test_truncation_prints_within_its_bounds(value: Decimal, decimals: int) -> None:
    printed = str(value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN))
    assert bounds(reported(printed), "either").holds(Fraction(value))
    if not printed.startswith("-") and value >= 0:
        assert bounds(reported(printed), "truncation").holds(Fraction(value))


def test_trailing_zeros_count() -> None:
    assert bounds(reported("42.00")).low == Fraction(41995, 1000)
    assert bounds(reported("42")).low == Fraction(415, 10)


def test_a_relation_is_unbounded_on_one_side() -> None:
    assert bounds(reported("<5")) == Bounds(None, Fraction(5), Fraction(5))
    assert bounds(reported("≥5")) == Bounds(Fraction(5), Fraction(5), None)


def test_a_word_has_no_bounds() -> None:
    with pytest.raises(ValueError, match="stands for no number"):
        bounds(reported("not-reached"))


def test_an_enormous_number_has_infinite_floats_rather_than_an_error() -> None:
    assert bounds(reported("9e999")).floats[1] == float("inf")


@pytest.mark.parametrize(
    ("p", "low", "high", "meets"),
    [
        ("<0.05", 0.04, 0.06, True),
        ("<0.05", 0.05, 0.06, False),
        (">0.05", 0.01, 0.05, False),
        (">0.05", 0.01, 0.051, True),
        ("0.000", 0.0005, 0.001, True),
        ("0.000", 0.0006, 0.001, False),
        ("ns", 0.2, 0.3, True),
        ("ns", 0.01, 0.02, False),
        ("0.050", 0.0496, 0.0497, True),
    ],
)
def test_a_printed_p_allows_a_region(p: str, low: float, high: float, meets: bool) -> None:
    assert p_region(reported(p)).meets(low, high) is meets


@pytest.mark.parametrize(
    ("p", "decision"), [("<0.05", True), (">0.05", False), ("0.05", None), ("ns", False), ("0.049", True)]
)
def test_what_a_printed_p_decides(p: str, decision: bool | None) -> None:
    assert p_region(reported(p)).decides() is decision


@pytest.mark.parametrize("text", ["2.31", "-0.50", "<0.05", ">3", "1e5", "2e-7", "9e999", "1,234", "0", "~5"])
@pytest.mark.parametrize("mode", MODES)
def test_float_bounds_are_those_of_the_fractions(text: str, mode: str) -> None:
    number = replace(reported(text), rounding=mode)
    assert float_bounds(number) == bounds(number).floats
