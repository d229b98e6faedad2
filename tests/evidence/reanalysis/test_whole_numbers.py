"""Means, SDs and samples of whole numbers: exact agreement with every oracle, and with brute force.

The oracles hold the truth beside what each tool says; where a tool differs from the truth, the truth is
what is asked of us, and a test says how often that is.
"""

import json
from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest

from evidence.reanalysis import closure, debit, granularity, sd_bounds
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.granularity import neighbours, power, shares, totals
from evidence.reanalysis.grimmer import admissible, grimmer, pairs, realised
from evidence.values import reported

FOLDER = Path(__file__).parents[2] / "oracles" / "audit"


def cases(name: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["cases"]


def named(name: str) -> Any:
    found = cases(name)
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


@pytest.mark.parametrize("rule", granularity.RULES)
def test_grim_finds_every_total_under_a_rounding_rule(rule: str) -> None:
    for case in cases("grim"):
        find = shares if case["percent"] else totals
        found = find(reported(case["x"]), case["n"], case["items"], rule)
        first, many = case["exact"][rule]
        assert (found[0] if found else None, len(found)) == (first, many), case["id"]


def test_scrutiny_differs_from_the_truth_where_the_oracle_says_so() -> None:
    wrong = [
        (case["id"], rule)
        for case in cases("grim")
        for rule, said in case["scrutiny"].items()
        if said != (case["exact"][rule][1] > 0)
    ]
    assert len(wrong) == 5


def test_the_nearest_means_lie_either_side() -> None:
    for case in cases("grim"):
        if not case["percent"]:
            assert set(neighbours(reported(case["x"]), case["n"], case["items"])) <= {
                *case["nearest"],
                *(total - 1 for total in case["nearest"]),
                *(total + 1 for total in case["nearest"]),
            }


def test_an_unknown_rule_names_the_others() -> None:
    with pytest.raises(ValueError, match="up_or_down"):
        totals(reported("5.1"), 20, rule="sideways")


def test_many_people_leave_a_mean_no_power() -> None:
    assert power(reported("5.19"), 28) == 0.72
    assert power(reported("5.19"), 400) == 0


@named("grimmer")
def test_grimmer_is_the_exhaustive_search(case: dict[str, Any]) -> None:
    mean, sd, n, items = reported(case["x"]), reported(case["sd"]), case["n"], case["items"]
    assert (grimmer(mean, sd, n, items) is not None) == case["consistent"]
    sums = admissible(mean, sd, n, items)
    assert not isinstance(sums, Unknown)
    assert len({Fraction(n * q - s * s) for s, q in pairs(sums, n)}) == case["n_possible_sds"]


def test_grimmer_passes_what_scrutiny_rejects() -> None:
    rejected = [c for c in cases("grimmer") if c["consistent"] and not c["scrutiny"]]
    assert len(rejected) == 7
    assert all(grimmer(reported(c["x"]), reported(c["sd"]), c["n"], c["items"]) for c in rejected)


@pytest.mark.parametrize("n", range(1, 8))
def test_total_and_squares_are_realised_as_brute_force_finds(n: int) -> None:
    reach = 6 if n < 6 else 4
    samples = combinations_with_replacement(range(-reach, reach + 1), n)
    seen = {(sum(x), sum(v * v for v in x)) for x in samples}
    for total in range(-n, 2 * n + 1):
        for squares in range(reach * reach + 1):  # beyond this a sample may need a larger number
            assert realised(n, total, squares) == ((total, squares) in seen), (total, squares)


@named("debit")
def test_debit_finds_every_count(case: dict[str, Any]) -> None:
    mean, sd, n = reported(case["x"]), reported(case["sd"]), case["n"]
    assert debit.debit(mean, sd, n) == tuple(case["counts"])
    assert debit.debit(mean, sd, n, debit.POPULATION) == tuple(case["counts_population"])
    assert bool(debit.behind_mean(mean, n)) == case["mean_attainable"]


@named("sprite_closure")
def test_the_number_of_samples_is_exact(case: dict[str, Any]) -> None:
    asked = closure.target(
        reported(case["mean"]), reported(case["sd"]), case["n"], case["min"], case["max"], case["items"]
    )
    assert not isinstance(asked, Unknown)
    assert str(closure.count(asked)) == case["n_multisets_mean_and_sd"]
    assert closure.exists(asked) == (case["n_multisets_mean_and_sd"] != "0")
    if case["closure_python_count"] is not None:
        assert closure.count(asked) == case["closure_python_count"]


def brute(mean: str, sd: str, n: int, least: int, most: int, items: int = 1) -> list[tuple[int, ...]]:
    """Every sample whose mean and SD would be printed so."""
    from evidence.rounding import bounds

    means, sds = bounds(reported(mean)), bounds(reported(sd))
    assert sds.low is not None and sds.high is not None
    found = []
    for x in combinations_with_replacement(range(least * items, most * items + 1), n):
        square = Fraction(n * sum(v * v for v in x) - sum(x) ** 2, n * (n - 1) * items**2)
        if (
            means.holds(Fraction(sum(x), n * items))
            and max(sds.low, Fraction(0)) ** 2 <= square <= sds.high**2
        ):
            found.append(x)
    return found


SMALL = [
    ("2.0", "1.2", 6, 1, 4, 1),
    ("0", "0", 5, -2, 2, 1),
    ("1.33", "0.5", 5, 1, 2, 3),
    ("3", "2", 4, 1, 6, 1),
]


@pytest.mark.parametrize("case", SMALL)
def test_samples_of_several_items_and_of_few_people(case: tuple[str, str, int, int, int, int]) -> None:
    mean, sd, *rest = case
    asked = closure.target(reported(mean), reported(sd), *rest)
    assert not isinstance(asked, Unknown)
    assert closure.count(asked) == len(brute(*case))


@pytest.mark.parametrize("case", SMALL)
def test_samples_that_hold_both_ends(case: tuple[str, str, int, int, int, int]) -> None:
    mean, sd, n, least, most, items = case
    asked = closure.target(reported(mean), reported(sd), n, least, most, items, with_ends=True)
    assert not isinstance(asked, Unknown)
    ends = {least * items, most * items}
    many = sum(ends <= set(x) for x in brute(*case))
    assert (closure.count(asked), closure.exists(asked)) == (many, many > 0)


def test_draws_are_samples_and_every_sample_is_as_likely() -> None:
    every = brute("2.0", "1.2", 6, 1, 4)
    asked = closure.target(reported("2.0"), reported("1.2"), 6, 1, 4)
    assert not isinstance(asked, Unknown)
    drawn = closure.draw(asked, 400 * len(every), seed=7)
    assert not isinstance(drawn, Unknown)
    seen = Counter(drawn)
    assert set(seen) == set(every)
    assert all(300 < times < 500 for times in seen.values())  # 400 each, and five standard deviations


def test_draws_repeat_themselves_for_a_seed() -> None:
    asked = closure.target(reported("3.2"), reported("2.4"), 19, 0, 7)
    assert not isinstance(asked, Unknown)
    assert closure.draw(asked, 3, seed=2) == closure.draw(asked, 3, seed=2) != closure.draw(asked, 3, seed=3)


def test_no_draw_from_no_sample() -> None:
    asked = closure.target(reported("3.02"), reported("2.14"), 20, 1, 7)
    assert not isinstance(asked, Unknown)
    assert closure.draw(asked, 3) == ()


@pytest.mark.parametrize(
    ("mean", "sd", "n", "most"), [("50", "9", 900, 100), ("1e300", "1", 9, 7), ("3", "1e99", 3, 7)]
)
def test_too_many_samples_say_so_or_there_are_none(mean: str, sd: str, n: int, most: int) -> None:
    asked = closure.target(reported(mean), reported(sd), n, 0, most)
    assert isinstance(asked, Unknown) or closure.count(asked) in (closure.TOO_MANY, 0)


def near(value: float) -> Any:
    return pytest.approx(value, rel=1e-12)


@named("sd_bounds")
def test_the_bounds_of_a_standard_deviation(case: dict[str, Any]) -> None:
    n, mean, least, most = case["n"], case["mean"], case["min"], case["max"]
    assert sd_bounds.bhatia_davis(mean, least, most, n) == near(case["bhatia_davis_sample_bound"])
    assert sd_bounds.popoviciu(least, most, n) == near(case["popoviciu_sample_sharp"])
    assert sd_bounds.least_sd(least, most, n) == near(case["min_sample_sd_if_min_and_max_observed"])


def test_the_greatest_sd_is_at_the_mean_nearest_the_middle() -> None:
    assert sd_bounds.greatest_range((1.0, 2.0, 3.0), 0, 10, 5) == sd_bounds.bhatia_davis(3.0, 0, 10, 5)
    assert sd_bounds.greatest_range((4.0, 5.5, 7.0), 0, 10, 5) == sd_bounds.bhatia_davis(5.0, 0, 10, 5)
