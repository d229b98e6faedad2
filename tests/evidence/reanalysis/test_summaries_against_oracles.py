"""Analysis of variance, strata, exact larger tables, ranks, correlations and effects against other programs.

Closed forms agree to 1e-10. The oracle's least F was found by bounded minimisation and is good to 1e-6; ours
is exact. R's `fisher.test` adds tables within 1e-7 of the one seen, and so do we: 1e-9 holds.
"""

import json
import math
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence.reanalysis import anova, correlation, effect_sizes, r_by_c, ranks, stratified, t
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.fisher_by_halves import less_likely
from evidence.reanalysis.fisher_freeman_halton import SAME_CHANCE, fisher_freeman_halton
from evidence.reanalysis.t import Box
from evidence.rounding import bounds
from evidence.values import reported

FOLDER = Path(__file__).parents[2] / "oracles" / "audit"


def cases(name: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["cases"]


def named(name: str) -> Any:
    found = cases(name)
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def near(value: float, rel: float = 1e-10) -> Any:
    return pytest.approx(value, rel=rel, abs=1e-12)


def boxes(texts: list[str]) -> list[Box]:
    return [bounds(reported(text)).floats for text in texts]


def summaries(case: dict[str, Any]) -> tuple[list[float], list[float], list[int]]:
    return [float(m) for m in case["means"]], [float(s) for s in case["sds"]], case["n"]


@named("anova_from_summary")
def test_an_analysis_of_variance_is_that_of_r(case: dict[str, Any]) -> None:
    found = anova.fisher(*summaries(case))
    assert (found.value, found.df1, found.df2, found.p) == tuple(
        map(near, (case[k] for k in ("F", "df1", "df2", "p")))
    )


@named("anova_from_summary")
def test_an_analysis_of_unequal_variances_is_that_of_r(case: dict[str, Any]) -> None:
    found = anova.welch(*summaries(case))
    assert (found.value, found.df2, found.p) == tuple(
        map(near, (case["welch"][k] for k in ("F", "df2", "p")))
    )


@named("anova_from_summary")
def test_the_greatest_f_over_the_rounding(case: dict[str, Any]) -> None:
    found = anova.f_range(boxes(case["means"]), boxes(case["sds"]), case["n"])
    assert found[2] == near(case["F_max"])


@named("anova_from_summary")
def test_the_least_f_over_the_rounding(case: dict[str, Any]) -> None:
    found = anova.f_range(boxes(case["means"]), boxes(case["sds"]), case["n"])
    assert found[0] == near(case["F_min_numeric"], 1e-6)
    assert found[0] <= case["F_min_numeric"] * (1 + 1e-12)


@named("anova_from_summary")
def test_both_ranges_hold_every_f_of_their_box(case: dict[str, Any]) -> None:
    rng = np.random.default_rng(1)
    means, sds, ns = boxes(case["means"]), boxes(case["sds"]), case["n"]
    f, welch = anova.f_range(means, sds, ns), anova.welch_range(means, sds, ns)
    assert welch is not None
    for _ in range(200):
        m, s = ([rng.choice([b[0], b[2], rng.uniform(b[0], b[2])]) for b in each] for each in (means, sds))
        assert f[0] - 1e-9 <= anova.fisher(m, s, ns).value <= f[2] + 1e-9
        one = anova.welch(m, s, ns)
        assert welch[0][0] - 1e-9 <= one.value <= welch[0][2] + 1e-9
        assert welch[1][0] - 1e-9 <= one.df2 <= welch[1][2] + 1e-9


def test_equal_means_can_have_an_f_of_zero_and_many_groups_have_a_bound() -> None:
    close, sds = boxes(["5.0", "5.1", "5.0"]), boxes(["1.0", "1.2", "1.1"])
    assert anova.f_range(close, sds, [20, 20, 20])[0] == pytest.approx(0, abs=1e-12)
    many = boxes([f"{5 + i % 3}.0" for i in range(15)])
    low, mid, high = anova.f_range(many, boxes(["1.0"] * 15), [10] * 15)
    assert low < mid < high


def test_a_pair_after_an_analysis_of_variance() -> None:
    means, sds, ns = boxes(["5.0", "6.0", "7.0"]), boxes(["1.0", "1.0", "1.0"]), [10, 10, 10]
    t = anova.pair_range(means, sds, ns, 0, 1)
    assert t[1] == near(-1 / np.sqrt(0.2))
    assert anova.bonferroni(t, 27, 3)[1] == near(min(1, 3 * 2 * stats.t.sf(abs(t[1]), 27)))


def strata(case: dict[str, Any]) -> list[stratified.Stratum]:
    return [(s["a"], s["a"] + s["b"], s["c"], s["c"] + s["d"]) for s in case["strata"]]


@pytest.mark.parametrize("corrected", [False, True])
@named("tables_mh")
def test_a_stratified_chi_square_is_that_of_r(case: dict[str, Any], corrected: bool) -> None:
    found, said = stratified.cmh(strata(case), corrected=corrected), case["cmh_cc" if corrected else "cmh"]
    assert (found.value, found.p) == (near(said["chi2"]), near(said["p"]))


@named("tables_mh")
def test_the_common_odds_ratio_is_that_of_r(case: dict[str, Any]) -> None:
    assert stratified.odds_ratio(strata(case)) == near(case["or_mh"])
    assert stratified.odds_ratio_interval(strata(case)) == tuple(map(near, case["or_mh_ci95"]))


def test_strata_without_events_have_no_test() -> None:
    assert np.isnan(stratified.cmh([(0, 5, 0, 6)]).value)
    assert np.isnan(stratified.odds_ratio([(0, 5, 0, 6)]))


LARGE = {f"tabrc-public-{i:02d}" for i in (3, 5, 13, 14, 15, 17, 19)}
"""Tables of three rows and more with hundreds of people, whose tables are too many to follow one by one."""
LARGEST = "tabrc-public-19"
"""Four by five of 360 people: not worked out, by R neither."""


@named("tables_rxc")
def test_an_exact_larger_table_is_that_of_r(case: dict[str, Any]) -> None:
    if case["id"] == LARGEST:
        assert isinstance(fisher_freeman_halton(case["counts"]), Unknown)
    else:
        most = 60_000 if case["id"] in LARGE else 300_000
        assert fisher_freeman_halton(case["counts"], most) == near(case["fisher_p"], 1e-9)


@named("tables_rxc")
def test_a_few_paths_are_not_followed_far(case: dict[str, Any]) -> None:
    if case["id"] in LARGE:
        assert isinstance(fisher_freeman_halton(case["counts"], 2_000), Unknown)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3))
@settings(deadline=None, max_examples=60)
def test_both_ways_to_an_exact_p_agree(table: list[list[int]]) -> None:
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    assume(all(rows) and all(columns))
    seen = -sum(math.lgamma(x + 1) for row in table for x in row) + SAME_CHANCE
    found, followed = less_likely(rows, columns, seen), fisher_freeman_halton(table, 300_000)
    assert isinstance(followed, float)
    assert found == pytest.approx(followed, abs=1e-7) if found is not None else followed < 2e-4


def test_an_exact_test_takes_any_table_calmly() -> None:
    assert fisher_freeman_halton([[0, 0], [3, 4]]) == 1.0
    assert isinstance(fisher_freeman_halton([[10**6, 3, 9], [4, 10**6, 1]]), Unknown)
    assert isinstance(fisher_freeman_halton([[60] * 6] * 6, 1_000), Unknown)


@named("tables_rxc")
def test_the_rank_sum_of_ordered_counts(case: dict[str, Any]) -> None:
    if "wilcoxon_2group" in case:
        found = ranks.from_ordered_counts(*case["counts"])
        assert found is not None
        assert abs(found.z) == near(abs(case["wilcoxon_2group"]["z_no_cc"]))
        assert found.z == near(float(r_by_c.rank_sum(case["counts"]).value))


@pytest.mark.parametrize(("n1", "n2"), [(3, 4), (5, 6), (1, 9), (8, 8)])
def test_the_exact_p_of_u_is_that_of_scipy(n1: int, n2: int) -> None:
    first = list(range(n1))
    for shift in range(n2 + 1):
        second = [x + 0.5 + shift - n2 / 2 for x in range(n2)]
        if set(first) & set(second):
            continue
        said = stats.mannwhitneyu(first, second, method="exact")
        assert ranks.exact_u_p(said.statistic, n1, n2) == near(said.pvalue)


@pytest.mark.parametrize("n", [4, 7, 12])
def test_the_exact_p_of_signed_ranks_is_that_of_scipy(n: int) -> None:
    signs = np.random.default_rng(n).choice([-1, 1], (10, n))
    for row in signs:
        said = stats.wilcoxon(row * np.arange(1, n + 1), method="exact")
        assert ranks.exact_signed_rank_p(float(said.statistic), n) == near(said.pvalue)


def test_the_u_behind_a_p_has_that_p() -> None:
    low, high = ranks.u_range(0.04, 0.06, 12, 15)
    assert all(0.04 <= ranks.u_p(u, 12, 15) <= 0.06 for u in range(low, high + 1))
    assert ranks.u_p(low - 1, 12, 15) < 0.04
    assert ranks.u_p(high + 1, 12, 15) > 0.06


@pytest.mark.parametrize("r", [-0.93, -0.2, 0.0, 0.41, 0.99])
def test_a_correlation_has_the_p_of_scipy(r: float) -> None:
    assert correlation.p_of(r, 25) == near(float(stats.beta(11.5, 11.5, loc=-1, scale=2).sf(abs(r)) * 2))


def test_three_correlations_stand_together_as_their_determinant_says() -> None:
    grid = [-0.95, -0.5, 0.0, 0.3, 0.8]
    none = [[0.0] * 3] * 3
    for a, b, c in product(grid, repeat=3):
        matrix = [[1, a, b], [a, 1, c], [b, c, 1]]
        determinant = 1 + 2 * a * b * c - a * a - b * b - c * c
        assert correlation.can_stand(matrix, none) == (determinant >= -1e-12), matrix
        low, high = correlation.third_range((a, a, a), (b, b, b))
        assert (low - 1e-12 <= c <= high + 1e-12) == (determinant >= -1e-12)


def test_rounding_never_breaks_a_real_correlation_matrix() -> None:
    rng = np.random.default_rng(5)
    for _ in range(50):
        data = rng.normal(size=(6, 5))
        matrix = np.round(np.corrcoef(data, rowvar=False), 2)
        give = np.full((5, 5), 0.005) - np.eye(5) * 0.005
        assert correlation.can_stand(matrix.tolist(), give.tolist())


@named("t_from_summary")
def test_the_standardised_differences_are_those_of_the_oracle(case: dict[str, Any]) -> None:
    m1, s1, m2, s2 = boxes([case[k] for k in ("mean1", "sd1", "mean2", "sd2")])
    found = effect_sizes.standardised(m1, s1, case["n1"], m2, s2, case["n2"])
    assert found["Cohen's d"][1] == near(case["cohens_d"])
    assert found["Hedges' g"][1] == near(case["hedges_g_approx"], 1e-3)  # the oracle's factor is approximate


@named("t_from_summary")
def test_standard_deviations_taken_for_standard_errors(case: dict[str, Any]) -> None:
    numbers = [float(case[key]) for key in ("mean1", "sd1", "n1", "mean2", "sd2", "n2")]
    m1, s1, n1, m2, s2, n2 = numbers
    found = t.welch(m1, s1 * np.sqrt(n1), n1, m2, s2 * np.sqrt(n2), n2).value
    assert float(found) == near(case["sd_as_se"]["t"])


def test_the_range_of_a_standardised_difference_holds_its_box() -> None:
    rng = np.random.default_rng(2)
    m1, s1, m2, s2 = boxes(["5.1", "2.0", "4.3", "1.8"])
    found = effect_sizes.standardised(m1, s1, 20, m2, s2, 25)
    for _ in range(300):
        a, b, c, d = (rng.uniform(box[0], box[2]) for box in (m1, s1, m2, s2))
        value = (a - c) / effect_sizes.pooled_sd(b, 20, d, 25)
        assert found["Cohen's d"][0] <= value <= found["Cohen's d"][2]


def test_effects_of_counts() -> None:
    table = (20, 40, 12, 38)
    assert effect_sizes.of_counts("RR", [table]) == [near(20 / 40 / (12 / 38))]
    assert effect_sizes.of_counts("OR", [table]) == [near(20 * 26 / (20 * 12))]
    assert effect_sizes.of_counts("RD", [table]) == [near(0.5 - 12 / 38)]
    assert effect_sizes.of_counts("NNT", [table]) == [near(1 / (0.5 - 12 / 38))]
    assert effect_sizes.of_counts("RR", [(0, 9, 0, 9)]) == []


def test_variance_explained_and_association() -> None:
    point = (5.0, 5.0, 5.0)
    assert effect_sizes.eta_squared(point, 2, 87)[1] == near(10 / 97)
    assert effect_sizes.cramers_v(point, 100, 3, 4)[1] == near(np.sqrt(5 / 200))
