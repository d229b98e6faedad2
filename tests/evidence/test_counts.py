"""Percentages become the counts that print them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.claims import Place, Share
from evidence.derivation.counts import count_of
from evidence.values import reported

PLACE = Place("s", "s/e", "e", "e")


def share(n: str, percent: str | None = None, events: str | None = None) -> Share:
    return Share(
        PLACE, "a", reported(n), reported(events) if events else None, reported(percent) if percent else None
    )


@pytest.mark.parametrize(
    ("n", "percent", "count"), [("82", "89.02", 73), ("78", "74.36", 58), ("13", "77", 10), ("14", "21", 3)]
)
def test_the_only_count_behind_a_percentage(n: str, percent: str, count: int) -> None:
    found = count_of(share(n, percent))
    assert found is not None
    assert (found.low, found.value, found.high, found.grade) == (count, count, count, "exact")


def test_a_percentage_no_count_prints_gives_the_nearest_and_says_so() -> None:
    found = count_of(share("78", "77.79"))
    assert found is not None
    assert (found.value, found.grade) == (61, "nearest")
    assert "no count of 78 prints as 77.79 %" in found.assumptions[0]


def test_several_counts_give_the_middle_one_and_the_range() -> None:
    found = count_of(share("1000", "50"))
    assert found is not None
    assert (found.low, found.value, found.high, found.grade) == (495, 500, 505, "range")


def test_printed_events_are_themselves() -> None:
    found = count_of(share("12", events="15"))
    assert found is not None
    assert (found.value, found.grade) == (15, "printed")


@given(st.integers(1, 500), st.data(), st.integers(0, 2))
def test_an_honest_percentage_always_holds_its_count(n: int, data: st.DataObject, decimals: int) -> None:
    k = data.draw(st.integers(0, n))
    printed = f"{float(round(Fraction(100 * k, n), decimals)):.{decimals}f}"
    found = count_of(share(str(n), printed))
    assert found is not None
    assert found.low <= k <= found.high
    assert found.value == int(found.value)
