"""How fast the audit's arithmetic and its checks are, finding objects included.

    python -m pytest tests/benchmarks/test_audit_speed.py

Nothing is asserted about time; each benchmark asserts that it computed the right thing. What is aimed at, on
one core: a statistic to its p 10,000 times a second, two-by-two tables with all tests 3,000 times a second,
GRIMMER in less than 5 ms a case.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from evidence.checks import mean_attainable, sd_attainable, statistic_and_p, two_by_two_tests
from evidence.checks.examples import bare, shares_test, summary
from evidence.findings import CONSISTENT
from evidence.reanalysis import closure, two_by_two
from evidence.reanalysis.fisher_freeman_halton import fisher_freeman_halton
from evidence.reanalysis.grimmer import grimmer
from evidence.values import reported

ORACLES = Path(__file__).parents[1] / "oracles" / "audit"
MANY = 300


def cases(name):
    return json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))["cases"]


def consistent(check, claims):
    """How many claims a check finds consistent; the answers of earlier rounds are forgotten."""
    two_by_two_tests.computed.cache_clear()
    two_by_two._fisher.cache_clear()
    return sum(finding.verdict == CONSISTENT for claim in claims for finding in check.run(claim))


def tables():
    draw = np.random.default_rng(1)
    for _ in range(MANY):
        n1, n2 = (int(n) for n in draw.integers(20, 150, 2))
        yield int(draw.integers(1, n1)), n1, int(draw.integers(1, n2)), n2


def two_shares(a, n1, c, n2):
    """Pearson's chi-square with its decision, which the exact tests are asked for as well."""
    chi2 = float(two_by_two.pearson(a, n1, c, n2).value)
    cells = ((f"{100 * k / n:.2f}", str(n)) for k, n in ((a, n1), (c, n2)))
    return shares_test("chi2", f"{chi2:.3f}", "<0.05" if chi2 > 3.8415 else ">0.05", *cells)


@pytest.mark.benchmark(group=f"{MANY} two-by-two tables, every test, with findings", max_time=1, min_rounds=3)
def test_two_by_two(benchmark):
    claims = [two_shares(*table) for table in tables()]
    assert benchmark(consistent, two_by_two_tests, claims) == MANY


@pytest.mark.benchmark(group=f"{MANY} statistics to their p, with findings", max_time=1, min_rounds=3)
@pytest.mark.parametrize(("letter", "p"), [("t", "0.025"), ("chi2", "0.024"), ("z", "0.024")])
def test_statistic_and_p(benchmark, letter, p):
    value = {"t": "2.26", "chi2": "5.10", "z": "2.26"}[letter]
    claims = [bare(letter, value, p, n=("82", "78")) for _ in range(MANY)]
    assert benchmark(consistent, statistic_and_p, claims) == MANY


@pytest.mark.benchmark(group="GRIMMER over its 110 oracle cases", max_time=0.5, min_rounds=3)
def test_grimmer(benchmark):
    found = [(reported(c["x"]), reported(c["sd"]), c["n"], c["items"]) for c in cases("grimmer")]
    assert benchmark(lambda: sum(grimmer(*case) is not None for case in found)) == 86


@pytest.mark.benchmark(
    group=f"{MANY} means and SDs of whole numbers, with findings", max_time=0.5, min_rounds=3
)
def test_whole_numbers(benchmark):
    claims = [summary("5.21", "1.60", "28", items="1") for _ in range(MANY)]
    both = benchmark(lambda: [consistent(check, claims) for check in (mean_attainable, sd_attainable)])
    assert both == [MANY, MANY]


@pytest.mark.benchmark(group="samples on a scale: 45 oracle cases", max_time=1, min_rounds=2)
@pytest.mark.parametrize("how", ["exists", "count"])
def test_samples(benchmark, how):
    asked = [
        closure.target(reported(c["mean"]), reported(c["sd"]), c["n"], c["min"], c["max"])
        for c in cases("sprite_closure")
    ]
    found = benchmark(lambda: [bool(getattr(closure, how)(each)) for each in asked])
    assert found == [c["n_multisets_mean_and_sd"] != "0" for c in cases("sprite_closure")]


@pytest.mark.benchmark(group="20 samples of 19 people drawn", max_time=0.5, min_rounds=3)
def test_draws(benchmark):
    asked = closure.target(reported("3.2"), reported("2.4"), 19, 0, 7)
    assert len(benchmark(closure.draw, asked, 20)) == 20


@pytest.mark.benchmark(group="an exact test of 2 x 5", max_time=0.5, min_rounds=3)
def test_exact_larger_table(benchmark):
    case = next(c for c in cases("tables_rxc") if c["id"] == "tabrc-public-22")
    assert benchmark(fisher_freeman_halton, case["counts"]) == pytest.approx(case["fisher_p"], rel=1e-9)
