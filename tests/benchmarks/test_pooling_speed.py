"""How fast pools are, beside statsmodels' `combine_effects` in the same run.

    python -m pytest tests/benchmarks/test_pooling_speed.py

The table of each group gives times with their ratio to the fastest in parentheses. Nothing is asserted
about time; each benchmark asserts that it computed the right thing. `bare kernel` is the estimator of
tau2 alone.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from synthesis import pool
from synthesis.tau2 import TAU2

ORACLES = Path(__file__).parents[1] / "oracles"
RNG = np.random.default_rng(1)


@pytest.fixture(scope="module")
def bcg():
    columns = json.loads((ORACLES / "pool_dat.bcg.json").read_text(encoding="utf-8"))["input"]
    return np.array(columns["yi"]), np.array(columns["vi"])


def simulated(*shape):
    vi = RNG.uniform(0.01, 0.5, shape)
    return RNG.normal(0.0, np.sqrt(vi + 0.05)), vi


@pytest.mark.benchmark(group="one Paule-Mandel pool, k = 13")
def test_pool_of_13(benchmark, bcg):
    yi, vi = bcg
    result = benchmark(lambda: pool(yi=yi, vi=vi, tau2="PM"))
    assert result.k == 13


@pytest.mark.benchmark(group="one Paule-Mandel pool, k = 13")
def test_statsmodels_of_13(benchmark, bcg):
    yi, vi = bcg
    peer = benchmark(lambda: combine_effects(yi, vi, method_re="iterated").summary_frame())
    ours = pool(yi=yi, vi=vi, tau2="PM", interval="Wald")
    assert peer.loc["random effect", "eff"] == pytest.approx(ours.mu, rel=1e-4)


@pytest.mark.benchmark(group="one REML pool, k = 13")
def test_complete_reml_pool_of_13(benchmark, bcg):
    yi, vi = bcg
    assert benchmark(lambda: pool(yi=yi, vi=vi)).converged


@pytest.mark.benchmark(group="one REML pool, k = 13")
def test_bare_reml_kernel_of_13(benchmark, bcg):
    yi, vi = bcg
    assert benchmark(lambda: TAU2["REML"](yi, vi))[1]


@pytest.mark.benchmark(group="one large Paule-Mandel pool, k = 100,000", max_time=0.5, min_rounds=3)
def test_pool_of_100_000(benchmark):
    yi, vi = simulated(100_000)
    assert benchmark(lambda: pool(yi=yi, vi=vi, tau2="PM")).converged


@pytest.mark.benchmark(group="one large Paule-Mandel pool, k = 100,000", max_time=0.5, min_rounds=3)
def test_statsmodels_of_100_000(benchmark):
    yi, vi = simulated(100_000)
    assert benchmark(lambda: combine_effects(yi, vi, method_re="iterated")).tau2 > 0


@pytest.mark.benchmark(group="tau2 of 1,000 Paule-Mandel meta-analyses, k = 10", max_time=0.5, min_rounds=3)
def test_a_batch_of_1_000(benchmark):
    yi, vi = simulated(1_000, 10)
    assert benchmark(lambda: TAU2["PM"](yi, vi))[1].all()


@pytest.mark.benchmark(group="tau2 of 1,000 Paule-Mandel meta-analyses, k = 10", max_time=0.5, min_rounds=1)
def test_statsmodels_1_000_times(benchmark):
    yi, vi = simulated(1_000, 10)

    def loop():
        return [combine_effects(*row, method_re="iterated").tau2 for row in zip(yi, vi, strict=True)]

    assert len(benchmark.pedantic(loop, rounds=1)) == 1_000


@pytest.mark.benchmark(group="tau2 of 10,000 meta-analyses, k = 10", max_time=0.3, min_rounds=3)
@pytest.mark.parametrize("name", TAU2)
def test_a_batch_of_10_000(benchmark, name):
    yi, vi = simulated(10_000, 10)
    assert benchmark(lambda: TAU2[name](yi, vi))[1].all()
