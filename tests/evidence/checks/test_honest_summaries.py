"""Whole numbers, strata, variances, ranks, correlations and effects: honest ones are never found wrong.

Also: hostile numbers give a verdict from the same checks, soon and in little memory.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence.checks import checks_on
from evidence.checks.examples import (
    bare,
    correlations,
    effect,
    effect_of_arms,
    means_test,
    stratified_test,
    summary,
    table_test,
)
from evidence.claims import Claim
from evidence.findings import IMPOSSIBLE, INCONSISTENT, SLIP, Finding
from evidence.reanalysis import anova, correlation, effect_sizes, ranks, stratified

EXAMPLES = int(os.environ.get("EVIDENCE_EXAMPLES", "60"))
RULES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN])
SEEDS = st.integers(0, 2**32 - 1)


def generated(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return lambda test: settings(deadline=None, max_examples=EXAMPLES)(given(*strategies)(test))


def shown(value: float | Fraction, decimals: int, rule: str) -> str:
    """A value rounded once from its exact value; a fraction by whole numbers."""
    if not isinstance(value, Fraction):
        return str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=rule))
    whole, left = divmod(abs(value) * 10**decimals, 1)
    half = left == Fraction(1, 2) and (rule == ROUND_HALF_UP or (rule == ROUND_HALF_EVEN and whole % 2 == 1))
    digits = int(whole) + (left > Fraction(1, 2) or half)
    return str(Decimal(-digits if value < 0 else digits).scaleb(-decimals))


def root_shown(square: Fraction, decimals: int, rule: str) -> str:
    """The root of a fraction rounded once: ties are found exactly, not by floats."""
    scaled = square * 100**decimals
    whole = isqrt(scaled.numerator // scaled.denominator)
    half = (Fraction(2 * whole + 1, 2)) ** 2
    up = scaled > half or (
        scaled == half and (rule == ROUND_HALF_UP or (rule == ROUND_HALF_EVEN and whole % 2 == 1))
    )
    return str(Decimal(whole + up).scaleb(-decimals))


def findings(claim: Claim) -> list[Finding]:
    return [finding for check in checks_on(type(claim)) for finding in check.run(claim)]


def never_wrong(claim: Claim) -> None:
    wrong = [f for f in findings(claim) if f.verdict in (INCONSISTENT, IMPOSSIBLE, SLIP)]
    assert not wrong, [(f.code, f.message) for f in wrong]


def described(x: list[int], items: int, decimals: int, rule: str) -> tuple[str, str]:
    n = len(x)
    mean = Fraction(sum(x), n * items)
    square = Fraction(n * sum(v * v for v in x) - sum(x) ** 2, n * (n - 1) * items**2)
    return shown(mean, decimals, rule), root_shown(square, decimals, rule)


@generated(
    st.lists(st.integers(-3, 12), min_size=2, max_size=40),
    st.integers(1, 4),
    st.integers(0, 3),
    RULES,
    st.booleans(),
)
def test_means_of_whole_numbers(x: list[int], items: int, decimals: int, rule: str, on_scale: bool) -> None:
    mean, sd = described(x, items, decimals, rule)
    least, most = math.floor(Fraction(min(x), items)), math.ceil(Fraction(max(x), items))
    scale = (str(least), str(most)) if on_scale else None
    never_wrong(summary(mean, sd, str(len(x)), items=str(items), scale=scale))


@generated(st.lists(st.integers(0, 10), min_size=2, max_size=30), st.integers(0, 3), RULES)
def test_means_between_their_printed_ends(x: list[int], decimals: int, rule: str) -> None:
    mean, sd = described(x, 1, decimals, rule)
    never_wrong(summary(mean, sd, str(len(x)), items="1", ends=(str(min(x)), str(max(x)))))


@generated(st.integers(2, 300), SEEDS, st.integers(0, 3), RULES)
def test_means_of_zeros_and_ones(n: int, seed: int, decimals: int, rule: str) -> None:
    x = [1] * (seed % (n + 1)) + [0] * (n - seed % (n + 1))
    mean, sd = described(x, 1, decimals, rule)
    never_wrong(summary(mean, sd, str(n), items="1", scale=("0", "1")))


@generated(SEEDS, st.integers(2, 60), st.integers(0, 3), RULES)
def test_spreads_of_continuous_data_between_their_ends(seed: int, n: int, decimals: int, rule: str) -> None:
    rng = np.random.default_rng(seed)
    x = rng.choice([rng.normal(50, 9, n), rng.exponential(3, n), rng.integers(0, 2, n) * 1.0])
    texts = [shown(float(v), decimals, rule) for v in (x.mean(), x.std(ddof=1), x.min(), x.max())]
    se = shown(float(x.std(ddof=1) / np.sqrt(n)), decimals, rule)
    never_wrong(summary(texts[0], texts[1], str(n), ends=(texts[2], texts[3])))
    never_wrong(summary(texts[0], None, str(n), se=se, ends=(texts[2], texts[3])))


@generated(SEEDS, st.integers(3, 5), st.integers(0, 3), RULES, st.booleans())
def test_an_analysis_of_variance(seed: int, groups: int, decimals: int, rule: str, equal: bool) -> None:
    rng = np.random.default_rng(seed)
    data = [rng.normal(rng.uniform(5, 9), rng.uniform(1, 4), rng.integers(4, 40)) for _ in range(groups)]
    numbers = [float(x.mean()) for x in data], [float(x.std(ddof=1)) for x in data], [x.size for x in data]
    found = (anova.fisher if equal else anova.welch)(*numbers)
    cells = [
        (shown(m, decimals, rule), shown(s, decimals, rule), str(n)) for m, s, n in zip(*numbers, strict=True)
    ]
    assume(all(float(sd) > 0 for _, sd, _ in cells))
    p, words = shown(found.p, 3, rule), "significant" if found.p < 0.05 else "not-significant"
    never_wrong(means_test(None, None, p, *cells, claim=words))
    never_wrong(
        means_test("f", shown(found.value, 2, rule), p if equal else None, *cells)
    )  # AUD301 has Fisher's df


@generated(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=4), SEEDS, RULES,
           st.booleans())  # fmt: skip
def test_a_stratified_test(sizes: list[tuple[int, int]], seed: int, rule: str, corrected: bool) -> None:
    rng = np.random.default_rng(seed)
    strata = [(int(rng.integers(0, n1 + 1)), n1, int(rng.integers(0, n2 + 1)), n2) for n1, n2 in sizes]
    found = stratified.cmh(strata, corrected=corrected)
    assume(found.value == found.value)
    texts = [(str(a), str(n1), str(c), str(n2)) for a, n1, c, n2 in strata]
    never_wrong(stratified_test("chi2", shown(found.value, 3, rule), shown(found.p, 3, rule), *texts))
    never_wrong(stratified_test(None, None, shown(found.p, 2, rule), *texts))


@generated(
    st.lists(st.integers(0, 15), min_size=3, max_size=4),
    st.lists(st.integers(0, 15), min_size=4, max_size=4),
    RULES,
)
def test_a_u_of_ordered_categories(one: list[int], two: list[int], rule: str) -> None:
    two = two[: len(one)]
    found = ranks.from_ordered_counts(one, two)
    assume(found is not None)
    assert found is not None
    p = math.erfc(abs(found.z) / math.sqrt(2))
    claim = table_test(
        "u", shown(found.u, 1, rule), shown(p, 3, rule), tuple(map(str, one)), tuple(map(str, two))
    )
    never_wrong(claim)


@generated(SEEDS, st.integers(2, 25), st.integers(2, 25), RULES, st.booleans())
def test_a_u_without_its_ranks(seed: int, n1: int, n2: int, rule: str, ties: bool) -> None:
    from scipy.stats import mannwhitneyu

    rng = np.random.default_rng(seed)
    x, y = rng.normal(0, 1, n1), rng.normal(rng.uniform(0, 2), 1, n2)
    x, y = (np.round(x), np.round(y)) if ties else (x, y)
    assume(len(set(x) | set(y)) > 1)
    for method in ("asymptotic",) if ties else ("asymptotic", "exact"):
        said = mannwhitneyu(x, y, method=method)
        p = shown(float(said.pvalue), 3, rule)
        never_wrong(bare("u", shown(float(said.statistic), 1, rule), p, n=(str(n1), str(n2))))


@generated(st.floats(-0.95, 0.95), st.integers(5, 300), st.integers(2, 3), RULES)
def test_a_correlation_in_its_interval(r: float, n: int, decimals: int, rule: str) -> None:
    numbers = [shown(x, decimals, rule) for x in (r, *correlation.interval(r, n))]
    never_wrong(effect("COR", *numbers, p=shown(correlation.p_of(r, n), 3, rule)))


@generated(SEEDS, st.integers(3, 6), st.integers(1, 2), RULES)
def test_a_table_of_correlations(seed: int, variables: int, decimals: int, rule: str) -> None:
    data = np.random.default_rng(seed).normal(size=(variables + 1, variables))
    matrix = np.asarray(np.corrcoef(data, rowvar=False))
    rows = [tuple(shown(float(matrix[i][j]), decimals, rule) for j in range(i)) for i in range(1, variables)]
    never_wrong(correlations(*rows))


@generated(st.tuples(*[st.integers(1, 120)] * 2), SEEDS, st.sampled_from(["RR", "OR", "RD", "NNT"]), RULES,
           st.booleans())  # fmt: skip
def test_an_effect_of_counts(
    sizes: tuple[int, int], seed: int, measure: str, rule: str, with_events: bool
) -> None:
    n1, n2 = sizes
    a, c = seed % (n1 + 1), seed // 1000 % (n2 + 1)
    value = effect_sizes.OF_COUNTS[measure](a, n1, c, n2)
    assume(math.isfinite(value))
    cells = [
        ("" if with_events else shown(Fraction(100 * k, n), 1, rule), str(k) if with_events else "", str(n))
        for k, n in ((a, n1), (c, n2))
    ]
    never_wrong(effect_of_arms(measure, shown(value, 2, rule), cells[0], cells[1]))


@generated(SEEDS, st.integers(2, 60), st.integers(2, 60), st.integers(0, 3), RULES, st.integers(0, 6))
def test_an_effect_of_means(seed: int, n1: int, n2: int, decimals: int, rule: str, which: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(8, 2, n1), rng.normal(6, 3, n2)
    m1, s1, m2, s2 = (float(v) for v in (x.mean(), x.std(ddof=1), y.mean(), y.std(ddof=1)))
    cells = [tuple(shown(v, decimals, rule) for v in pair) for pair in ((m1, s1), (m2, s2))]
    one, two = (*cells[0], str(n1)), (*cells[1], str(n2))
    assume(min(m1, m2) > 1)
    point = [(v, v, v) for v in (m1, s1, m2, s2)]
    found = effect_sizes.standardised(point[0], point[1], n1, point[2], point[3], n2)
    values = {"MD": m1 - m2, "ROM": m1 / m2} | {f"SMD{i}": box[1] for i, box in enumerate(found.values())}
    measure, value = list(values.items())[which % len(values)]
    never_wrong(effect_of_arms(measure[:3], shown(value, 2, rule), one, two))  # type: ignore[arg-type]  # triples


HOSTILE = ["0", "1", "-1", "0.000", "1e308", "-1e308", "1e-300", "1e999", "9" * 20, "<0.05", ">5", "~3"]
SIZES = ["0", "1", "2", "3", "4", "160", "1e9", "12.5", "-4", "<5", "1e999", "99999999999999999999"]


@generated(*[st.sampled_from(HOSTILE)] * 4, *[st.sampled_from(SIZES)] * 3,
           st.sampled_from(["chi2", "t", "f", "u", "w", "rho", None]))  # fmt: skip
def test_hostile_numbers_give_a_verdict(
    a: str, b: str, c: str, d: str, n: str, m: str, items: str, letter: str | None
) -> None:
    cells = (a, b, n), (c, d, m), (b, a, n)
    claims: list[Claim] = [
        summary(a, b, n, items=items, scale=(c, d)),
        summary(a, b, n, items="1", ends=(c, d)),
        summary(a, b, n, items="1", scale=("0", "1")),
        summary(a, None, n, se=b, scale=(c, d)),
        means_test(letter, c, d, *cells),
        replace(means_test(letter, c, d, *cells[:2]), others=(summary(b, a, n, arm="c"),)),
        stratified_test(letter, c, d, (a, n, b, m), (c, m, d, n)),
        bare(letter, a, b, n=(n, m)),
        bare(letter, a, b, n=(n,), within=True),
        correlations((a,), (b, c)),
        effect("COR", a, b, c, p=d),
        effect_of_arms("RR", a, (b, "", n), (c, "", m)),
        effect_of_arms("NNT", a, ("", b, n), ("", c, m)),
        effect_of_arms("SMD", a, cells[0], cells[1]),
        effect_of_arms("ROM", a, cells[0], cells[1]),
    ]
    for claim in claims:
        for finding in findings(claim):
            assert "nan" not in finding.message


@pytest.mark.parametrize("n", ["40", "99999"])
def test_wide_scales_and_many_people_are_soon_done(n: str) -> None:
    findings(summary("50.0", "9.1", n, items="1", scale=("0", "100")))
    findings(summary("50.00", "9.10", n, items="20", scale=("0", "100")))


def test_continuous_data_are_not_held_against_a_grid() -> None:
    codes = {f.code for f in findings(summary("5.19", "1.63", "28"))}
    assert not codes & {"AUD201", "AUD202", "AUD203", "AUD205"}
