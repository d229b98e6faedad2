"""Numbers computed from data and rounded by any half rule are never found inconsistent, by any check."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence.checks import checks_on
from evidence.checks.examples import (
    change_test,
    effect,
    means_test,
    number,
    place,
    share,
    shares_test,
    summed,
    table_test,
    within_test,
)
from evidence.claims import Claim, Ordered, Share, SharedShare
from evidence.distributions import normal_sf, t_sf
from evidence.findings import IMPOSSIBLE, INCONSISTENT, SLIP, Finding
from evidence.reanalysis import r_by_c, t, two_by_two
from evidence.values import reported

EXAMPLES = int(os.environ.get("EVIDENCE_EXAMPLES", "60"))
"""How many cases each property tries; a nightly run may ask for thousands."""


def generated(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """``given`` with this module's number of cases, and no clock."""
    return lambda test: settings(deadline=None, max_examples=EXAMPLES)(given(*strategies)(test))


RULES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN])
SEEDS = st.integers(0, 2**32 - 1)


def shown(value: float | Fraction, decimals: int, rule: str) -> str:
    """A value as a paper would print it: rounded once, from its exact value."""
    if isinstance(value, Fraction):
        scaled = value * 10**decimals
        whole, left = divmod(scaled, 1)
        up = left > Fraction(1, 2) or (
            left == Fraction(1, 2) and (rule == ROUND_HALF_UP or (rule == ROUND_HALF_EVEN and whole % 2 == 1))
        )
        return str(Decimal(int(whole) + up).scaleb(-decimals))
    return str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=rule))


def findings(claim: Claim) -> list[Finding]:
    return [finding for check in checks_on(type(claim)) for finding in check.run(claim)]


def never_wrong(claim: Claim) -> None:
    wrong = [f for f in findings(claim) if f.verdict in (INCONSISTENT, IMPOSSIBLE, SLIP)]
    assert not wrong, [(f.code, f.message) for f in wrong]


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 300))
    return draw(st.integers(0, n)), n


@generated(counts(), st.integers(0, 3), RULES, st.booleans())
def test_a_percentage_of_a_count(count: tuple[int, int], decimals: int, rule: str, with_count: bool) -> None:
    k, n = count
    percent = shown(Fraction(100 * k, n), decimals, rule)
    never_wrong(share(percent, str(n), str(k) if with_count else None))


@generated(st.lists(counts(), min_size=2, max_size=3), st.integers(0, 1), RULES)
def test_a_range_of_percentages_of_several_arms(
    found: list[tuple[int, int]], decimals: int, rule: str
) -> None:
    percents = sorted(Fraction(100 * k, n) for k, n in found)
    low, high = (
        reported(shown(p, decimals, rule), address=a) for p, a in ((percents[0], "l"), (percents[-1], "h"))
    )
    arms = tuple(Share(place(), f"a{i}", number(str(n), f"a{i}/n")) for i, (_, n) in enumerate(found))
    never_wrong(SharedShare(place(), arms, low, high))


@generated(
    counts(), counts(), st.sampled_from(sorted(two_by_two.TESTS)), st.integers(1, 3), st.integers(2, 4), RULES
)
def test_a_test_of_two_shares(
    one: tuple[int, int], two: tuple[int, int], name: str, decimals: int, p_decimals: int, rule: str
) -> None:
    found = two_by_two.TESTS[name](*one, *two)
    assume(not math.isnan(float(found.p)))
    p = float(found.p)
    cells = [(shown(Fraction(100 * k, n), decimals, rule), str(n)) for k, n in (one, two)]
    letter = None if name.startswith("Fisher") else "z" if name.startswith("z ") else "chi2"
    statistic = None if letter is None else shown(float(found.value), 3, rule)
    words = "significant" if p < 0.05 else "not-significant"
    never_wrong(shares_test(letter, statistic, shown(p, p_decimals, rule), *cells, claim=words))
    never_wrong(shares_test(letter, statistic, "<0.05" if p < 0.05 else ">0.05", *cells, claim=words))


@generated(
    st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=3), SEEDS, RULES
)
def test_a_test_of_a_table(rows: list[list[int]], seed: int, rule: str) -> None:
    name = sorted(r_by_c.TESTS)[seed % len(r_by_c.TESTS)]
    assume(all(sum(row) for row in rows))
    found = r_by_c.TESTS[name](rows)
    assume(not math.isnan(float(found.p)))
    letter = {"rank-sum test": "z", "Kruskal-Wallis test": "h"}.get(name, "chi2")
    texts = [tuple(map(str, row)) for row in rows]
    never_wrong(
        table_test(letter, shown(float(found.value), 3, rule), shown(float(found.p), 3, rule), *texts)
    )


def sample(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.normal(rng.uniform(0.5, 50), rng.uniform(0.5, 20), n)


def cell(x: np.ndarray, decimals: int, rule: str) -> tuple[str, str, str]:
    return shown(float(x.mean()), decimals, rule), shown(float(x.std(ddof=1)), decimals, rule), str(x.size)


@generated(SEEDS, st.integers(3, 60), st.integers(3, 60), st.integers(0, 3), RULES, st.booleans())
def test_a_t_of_two_means(seed: int, n1: int, n2: int, decimals: int, rule: str, is_pooled: bool) -> None:
    rng = np.random.default_rng(seed)
    x, y = sample(rng, n1), sample(rng, n2)
    found = (t.pooled if is_pooled else t.welch)(x.mean(), x.std(ddof=1), n1, y.mean(), y.std(ddof=1), n2)
    cells = cell(x, decimals, rule), cell(y, decimals, rule)
    p, words = float(found.p), "significant" if found.p < 0.05 else "not-significant"
    never_wrong(means_test("t", shown(float(found.value), 2, rule), shown(p, 3, rule), *cells, claim=words))
    never_wrong(means_test(None, None, shown(p, 3, rule), *cells, claim=words))


@generated(SEEDS, st.integers(3, 60), st.integers(0, 3), RULES, st.floats(-0.9, 0.95))
def test_a_t_before_and_after(seed: int, n: int, decimals: int, rule: str, r: float) -> None:
    rng = np.random.default_rng(seed)
    before = sample(rng, n)
    after = r * before + rng.normal(0, rng.uniform(0.1, 10), n)
    change = before - after
    value = float(change.mean() / (change.std(ddof=1) / math.sqrt(n)))
    p = 2 * t_sf(abs(value), n - 1.0)
    cells = cell(before, decimals, rule), cell(after, decimals, rule)
    never_wrong(within_test("t", shown(value, 2, rule), shown(p, 3, rule), *cells))
    never_wrong(within_test(None, None, shown(p, 3, rule), *cells))


@generated(SEEDS, st.integers(4, 40), st.integers(4, 40), st.integers(0, 3), RULES)
def test_a_t_of_change_between_arms(seed: int, n1: int, n2: int, decimals: int, rule: str) -> None:
    rng = np.random.default_rng(seed)
    cells, changes = [], []
    for n in (n1, n2):
        before = sample(rng, n)
        after = 0.6 * before + rng.normal(0, 5, n)
        cells += [cell(before, decimals, rule), cell(after, decimals, rule)]
        changes.append(before - after)
    (a, b), (sa, sb) = ([x.mean() for x in changes], [x.std(ddof=1) for x in changes])
    found = t.pooled(a, sa, n1, b, sb, n2)
    never_wrong(
        change_test("t", shown(float(found.value), 2, rule), shown(float(found.p), 3, rule), "change", *cells)
    )


@generated(
    st.floats(-2, 2), st.floats(0.05, 0.8), st.sampled_from([60, 90, 95, 99]), st.integers(2, 3), RULES,
    st.booleans(),
)  # fmt: skip
def test_an_effect_with_its_interval(
    log: float, se: float, level: int, decimals: int, rule: str, ratio: bool
) -> None:
    from evidence.reanalysis.intervals import half_widths

    reach = half_widths(level) * se
    scale = math.exp if ratio else float
    numbers = [shown(scale(x), decimals, rule) for x in (log, log - reach, log + reach)]
    p = 2 * normal_sf(abs(log) / se)
    claim = effect(
        "HR" if ratio else "MD",
        *numbers,
        p=shown(p, 3, rule),
        se=shown(se, 2, rule),
        level=str(level),
    )
    never_wrong(claim)


@generated(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=5), st.integers(0, 2), RULES)
def test_sorted_numbers_are_in_order(values: list[float], decimals: int, rule: str) -> None:
    texts = [shown(x, decimals, rule) for x in sorted(values)]
    items = tuple((f"number {i}", reported(x, address=str(i))) for i, x in enumerate(texts))
    never_wrong(Ordered(place(), "numbers", items))


@generated(st.lists(st.integers(0, 500), min_size=2, max_size=6))
def test_parts_make_their_total(parts: list[int]) -> None:
    for what in ("the arms", "categories of a", "flow of a"):
        never_wrong(summed(what, str(sum(parts)), *map(str, parts)))


@generated(counts(), counts(), SEEDS)
def test_swapping_arms_keeps_every_verdict(one: tuple[int, int], two: tuple[int, int], seed: int) -> None:
    cells = [(shown(Fraction(100 * k, n), 1, ROUND_HALF_UP), str(n)) for k, n in (one, two)]
    statistic = f"{seed % 8000 / 1000:.3f}"
    verdicts = [
        [
            (f.code, f.verdict, f.decision, f.severity)
            for f in findings(shares_test("chi2", statistic, "<0.05", *order))
        ]
        for order in (cells, cells[::-1])
    ]
    assert verdicts[0] == verdicts[1]


HOSTILE = [
    None,
    "0",
    "1",
    "-1",
    "0.000",
    "1e308",
    "-1e308",
    "1e-300",
    "1e999",
    "99999999999999999999",
    "<0.05",
    ">5",
    "~3",
]
SIZES = ["0", "1", "2", "3", "160", "1e9", "12.5", "-4", "<5", "1e999", "99999999999999999999"]


@generated(st.sampled_from(["chi2", "t", "z", "f", "u", "w", "h", "q", "rho", "statistic", None]),
       st.sampled_from(HOSTILE), st.sampled_from([*HOSTILE, "ns", "1.2"]), st.sampled_from(SIZES),
       st.sampled_from(SIZES), st.sampled_from(["0", "100", "50.0", "-3", "112", "1e308", "<1", ">99"]),
       st.sampled_from([None, "significant", "not-significant"]))  # fmt: skip
def test_hostile_numbers_give_a_verdict(
    letter: str | None,
    statistic: str | None,
    p: str | None,
    n1: str,
    n2: str,
    percent: str,
    words: str | None,
) -> None:
    mean = "1e308" if percent == "112" else percent
    cells = (mean, "1e308" if n1 == "1e9" else "0", n1), (mean, "5.0", n2)
    claims = [
        shares_test(letter, statistic, p, (percent, n1), ("50", n2), claim=words),
        shares_test(letter, statistic, p, (percent, n1), ("50", n2), ("0", n2), claim=words),
        means_test(letter, statistic, p, *cells, claim=words),
        within_test(letter, statistic, p, *cells, claim=words),
        change_test(letter, statistic, p, "change", *cells, *cells),
        change_test(letter, statistic, p, "percent-change", *cells, *cells[::-1]),
        effect("HR", statistic, percent, mean, p=p, se=n1),
        effect("MD", statistic, percent, mean, p=p, se=n1, level=None),
        share(percent, n1, n2),
        summed("the arms", n1, n2, percent),
    ]
    for claim in claims:
        for finding in findings(claim):
            assert "nan" not in finding.message.replace("finan", "")


@pytest.mark.parametrize("p", ["0", "1", "0.000", "1.000", "<0.001", "ns"])
def test_any_p_is_taken(p: str) -> None:
    for claim in (
        shares_test("chi2", "0", p, ("0", "10"), ("0", "10")),
        shares_test(None, None, p, ("0", "1"), ("100", "1")),
    ):
        findings(claim)
