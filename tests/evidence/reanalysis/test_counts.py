"""Counts behind printed events, percentages and shared ranges: exact, joint, and capped."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.claims import Place, Share, SharedShare
from evidence.reanalysis.counts import (
    Unknown,
    assignments,
    behind_percent,
    counts_of,
    neighbours,
    tables,
    vectors,
    whole_numbers,
)
from evidence.rounding import bounds
from evidence.values import Between, OneOf, Printed, Reported, reported

PLACE = Place("s", "s/e", "e", "e")


def share(
    arm: str, n: Printed | str, percent: Printed | str | None = None, events: Printed | str | None = None
) -> Share:
    found = [reported(x) if isinstance(x, str) else x for x in (n, events, percent)]
    return Share(PLACE, arm, found[0], found[1], found[2])


def options(*texts: str) -> OneOf:
    return OneOf(tuple(map(reported, texts)))


WHOLE = [
    (reported("82"), (82,)),
    (options("7", "71"), (7, 71)),
    (Between(reported("3"), reported("5")), (3, 4, 5)),
    (reported("<3"), (0, 1, 2)),
    (reported("≤2"), (0, 1, 2)),
    (reported("0"), (0,)),
]


@pytest.mark.parametrize(("value", "expected"), WHOLE)
def test_whole_numbers(value: Printed, expected: tuple[int, ...]) -> None:
    assert whole_numbers(value) == expected


@pytest.mark.parametrize(
    "value", [None, reported(">3"), reported("3.5"), reported("-2"), reported("1e12"), reported("NE")]
)
def test_what_is_no_number_of_people_says_why(value: Reported | None) -> None:
    found = whole_numbers(value)
    assert isinstance(found, Unknown)
    assert found.reason.startswith("n ")


@given(st.integers(1, 2000), st.integers(0, 4), st.integers(0, 10**6))
@settings(deadline=None, max_examples=100)
def test_the_quick_way_is_the_exact_way(n: int, decimals: int, seed: int) -> None:
    value = Fraction(seed % (120 * 10**decimals), 10**decimals)
    percent = Reported(str(value), value, decimals)
    region = bounds(percent)
    slow = [k for k in range(n + 1) if region.holds(Fraction(100 * k, n))]
    assert list(behind_percent(percent, n)) == slow


def test_neighbours_lie_either_side() -> None:
    assert neighbours(reported("77.79"), 78) == (60, 61)
    assert neighbours(reported("112"), 40) == (40,)


def test_events_and_percentage_narrow_each_other() -> None:
    assert counts_of(share("a", "200", percent="10", events=options("20", "2"))) == ((20, 200),)


def test_where_they_disagree_either_is_allowed() -> None:
    assert counts_of(share("a", "100", percent="30", events="20")) == ((20, 100), (30, 100))


def test_a_share_without_numbers_says_so() -> None:
    assert counts_of(share("a", "100")) == Unknown("no count is printed")


def shared(low: str, high: str, *sizes: str) -> SharedShare:
    arms = tuple(share(f"arm-{i}", n) for i, n in enumerate(sizes))
    return SharedShare(PLACE, arms, reported(low), reported(high))


def test_the_only_reading_of_21_to_32() -> None:
    (found,) = assignments(shared("21", "32", "14", "25"))  # type: ignore[misc]
    assert found.counts == (("arm-0", (3, 14)), ("arm-1", (8, 25)))
    assert (found.low, found.high) == ("arm-0", "arm-1")


def test_a_third_arm_lies_between() -> None:
    found = assignments(shared("20", "40", "10", "10", "10"))
    assert not isinstance(found, Unknown)
    assert all({2, 4} <= {k for _, (k, _) in each.counts} for each in found)
    assert {k for each in found for _, (k, _) in each.counts} == {2, 3, 4}


def test_one_arm_has_no_shared_range() -> None:
    assert isinstance(assignments(shared("20", "40", "10")), Unknown)


def test_vectors_join_own_and_shared_counts() -> None:
    group = shared("21", "32", "14", "25")
    sides = ((group.arms[0],), (group.arms[1],), (share("c", "13", "77"),))
    assert vectors(sides, (group,)) == (((3, 14), (8, 25), (10, 13)),)


def test_a_side_of_several_arms_is_their_sum() -> None:
    group = shared("21", "32", "14", "25")
    assert vectors(((group.arms[0], group.arms[1]), (share("c", "13", "77"),)), (group,)) == (
        ((11, 39), (10, 13)),
    )


def test_unattainable_percentages_have_no_vector_but_neighbours() -> None:
    sides = ((share("a", "82", "56.10"),), (share("b", "78", "77.79"),))
    assert vectors(sides) == ()
    assert vectors(sides, nearest=True) == (((46, 82), (60, 78)), ((46, 82), (61, 78)))


def test_too_many_tables_are_not_counted() -> None:
    found = vectors(tuple((share(f"a{i}", "9000", "5"),) for i in range(3)))
    assert isinstance(found, Unknown)


def test_a_row_of_categories_makes_up_its_n() -> None:
    rows = (
        tuple(share("a", "40", p) for p in ("8", "43", "30", "20")),
        tuple(share("b", "40", p) for p in ("3", "25", "38", "35")),
    )
    found = tables(rows)
    assert not isinstance(found, Unknown)
    assert found == (((3, 40), (17, 40), (12, 40), (8, 40), (1, 40), (10, 40), (15, 40), (14, 40)),)
