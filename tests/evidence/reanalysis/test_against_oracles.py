"""The arithmetic of tests against R and recalc: closed forms, so 1e-10 of the value (1e-12 near zero)."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from evidence.reanalysis import intervals, r_by_c, t, two_by_two
from evidence.reanalysis.counts import behind_percent
from evidence.rounding import bounds
from evidence.values import reported

FOLDER = Path(__file__).parents[2] / "oracles" / "audit"


def cases(name: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["cases"]


def named(name: str) -> Any:
    found = cases(name)
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def near(value: float) -> Any:
    return pytest.approx(value, rel=1e-10, abs=1e-12)


def box(text: str) -> t.Box:
    return bounds(reported(text)).floats


def point(text: str) -> t.Box:
    return (float(text),) * 3


def logs(text: str) -> t.Box:
    low, mid, high = box(text)
    return math.log(low), math.log(mid), math.log(high)


SIZES = {
    "anova_from_summary": 18,
    "debit": 90,
    "grim": 120,
    "grimmer": 110,
    "known_studies": 21,
    "paired_implied_r": 16,
    "percent": 68,
    "ratio_ci_p": 30,
    "sd_bounds": 20,
    "sprite_closure": 45,
    "t_from_summary": 44,
    "tables_2x2": 50,
    "tables_mh": 8,
    "tables_rxc": 25,
}


@pytest.mark.parametrize("name", SIZES)
def test_no_oracle_has_shrunk(name: str) -> None:
    assert len(cases(name)) == SIZES[name]


TWO_BY_TWO = {
    "pearson": two_by_two.pearson,
    "yates_R_capped": two_by_two.yates,
    "likelihood_ratio": two_by_two.likelihood_ratio,
    "n_minus_1": two_by_two.n_minus_1,
}


@pytest.mark.parametrize("test", TWO_BY_TWO)
@named("tables_2x2")
def test_a_two_by_two_chi_square_is_that_of_r(case: dict[str, Any], test: str) -> None:
    (a, c), (n1, n2) = case["events"], case["n"]
    found = TWO_BY_TWO[test](a, n1, c, n2)
    assert float(found.value) == near(case[test]["chi2"])
    assert float(found.p) == near(case[test]["p"])


P_ONLY = {
    "fisher": two_by_two.fisher,
    "fisher_midp": two_by_two.fisher_mid_p,
    "wald_z": two_by_two.z_unpooled,
}


@pytest.mark.parametrize("test", P_ONLY)
@named("tables_2x2")
def test_a_two_by_two_p_is_that_of_recalc(case: dict[str, Any], test: str) -> None:
    (a, c), (n1, n2) = case["events"], case["n"]
    if test in case["recalc_p"]:
        assert float(P_ONLY[test](a, n1, c, n2).p) == near(case["recalc_p"][test])


@named("tables_2x2")
def test_the_smaller_tail_of_fisher_doubled(case: dict[str, Any]) -> None:
    (a, c), (n1, n2) = case["events"], case["n"]
    tail = min(case["fisher"]["p_less"], case["fisher"]["p_greater"])
    assert float(two_by_two.fisher_doubled(a, n1, c, n2).p) == near(min(1.0, 2 * tail))


@named("tables_2x2")
def test_the_pooled_z_is_the_root_of_pearson(case: dict[str, Any]) -> None:
    (a, c), (n1, n2) = case["events"], case["n"]
    assert float(two_by_two.z_pooled(a, n1, c, n2).value) == near(case["z_pooled"])


R_BY_C = {
    "pearson": (r_by_c.pearson, "chi2"),
    "likelihood_ratio": (r_by_c.likelihood_ratio, "chi2"),
    "linear_by_linear": (r_by_c.linear_by_linear, "chi2"),
    "kruskal_wallis": (r_by_c.kruskal_wallis, "H"),
    "cochran_armitage": (r_by_c.trend, "chi2"),
}


@pytest.mark.parametrize("test", R_BY_C)
@named("tables_rxc")
def test_an_r_by_c_statistic_is_that_of_r(case: dict[str, Any], test: str) -> None:
    function, key = R_BY_C[test]
    if test in case:
        found = function(case["counts"])
        assert float(found.value) == near(case[test][key])
        assert float(found.p) == near(case[test]["p"])


@named("tables_rxc")
def test_a_rank_sum_z_is_that_of_r(case: dict[str, Any]) -> None:
    if "wilcoxon_2group" in case:
        found = r_by_c.rank_sum(case["counts"])
        assert abs(float(found.value)) == near(abs(case["wilcoxon_2group"]["z_no_cc"]))
        assert float(found.p) == near(case["wilcoxon_2group"]["p_no_cc"])


@pytest.mark.parametrize("kind", ["pooled", "welch"])
@named("t_from_summary")
def test_t_from_summaries(case: dict[str, Any], kind: str) -> None:
    means = [float(case[key]) for key in ("mean1", "sd1", "n1", "mean2", "sd2", "n2")]
    found = getattr(t, kind)(*means)
    assert float(found.value) == near(case[kind]["t"])
    assert float(found.df) == near(case[kind]["df"])
    assert float(found.p) == near(case[kind]["p_two"])


@pytest.mark.parametrize("kind", ["pooled", "welch"])
@named("t_from_summary")
def test_the_range_of_t_over_the_rounding(case: dict[str, Any], kind: str) -> None:
    found = t.t_range(
        box(case["mean1"]),
        box(case["sd1"]),
        case["n1"],
        box(case["mean2"]),
        box(case["sd2"]),
        case["n2"],
        is_pooled=kind == "pooled",
    )
    assert (found[0], found[2]) == (near(case[kind]["t_range"][0]), near(case[kind]["t_range"][1]))


@named("t_from_summary")
def test_the_paired_t_at_a_correlation(case: dict[str, Any]) -> None:
    m1, s1, m2, s2 = (float(case[key]) for key in ("mean1", "sd1", "mean2", "sd2"))
    for at in case.get("paired_if_same_n", {}).get("t_at_r", []):
        assert float(t.paired(m1, s1, m2, s2, case["n1"], at["r"]).value) == near(at["t"])


@named("paired_implied_r")
def test_the_correlation_a_paired_t_implies(case: dict[str, Any]) -> None:
    found = t.implied_correlation(
        point(case["mean_diff"]),
        point(case["sd_before"]),
        point("0"),
        point(case["sd_after"]),
        case["n"],
        box(case["t_reported"]),
    )
    low, high = case["implied_r_range_t_rounding_only"]
    assert found == (near(low), near(case["implied_r"]), near(high))


@named("ratio_ci_p")
def test_a_ratio_with_its_interval(case: dict[str, Any]) -> None:
    numbers = [logs(case[key]) for key in ("estimate", "lower", "upper")]
    z = intervals.z_range(*numbers)
    assert z == (near(case["z_range"][0]), near(case["z"]), near(case["z_range"][1]))
    p = intervals.p_range(z)
    assert (p[0], p[2]) == (near(case["p_range"][0]), near(case["p_range"][1]))
    gap = intervals.asymmetry(*numbers)
    assert (gap[0], gap[2]) == tuple(map(near, case["log_asymmetry_range"]))


@named("percent")
def test_the_counts_behind_a_percentage(case: dict[str, Any]) -> None:
    n = case["n"] * case["items"]
    assert list(behind_percent(reported(case["x"]), n)) == case["totals"]
