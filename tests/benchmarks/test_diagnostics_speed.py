"""How fast the diagnostics are, beside a bare kernel that computes the same tau2.

    python -m pytest tests/benchmarks/test_diagnostics_speed.py

Nothing is asserted about time; each benchmark asserts that it computed the right thing.
"""

import numpy as np
import pytest

from synthesis import cumulative, gosh, influence, leave_one_out, pool
from synthesis.tau2 import TAU2


def simulated(k):
    draw = np.random.default_rng(1)
    vi = draw.uniform(0.01, 0.5, k)
    return draw.normal(0.0, np.sqrt(vi + 0.05)), vi


def pooled(k, tau2="REML"):
    yi, vi = simulated(k)
    return pool(yi=yi, vi=vi, tau2=tau2)


THOUSAND = pytest.mark.benchmark(group="without each of 1,000 studies, REML", max_time=0.5, min_rounds=3)
SUBSETS = pytest.mark.benchmark(group="all 2^15 subsets", max_time=0.5, min_rounds=3)


@THOUSAND
def test_leave_one_out_of_1_000(benchmark):
    assert benchmark(leave_one_out, pooled(1_000)).converged.all()


@THOUSAND
def test_influence_of_1_000(benchmark):
    assert benchmark(influence, pooled(1_000)).hat.sum() == pytest.approx(1)


@THOUSAND
def test_bare_kernel_of_1_000_deletions(benchmark):
    yi, vi = simulated(1_000)
    where = ~np.eye(1_000, dtype=bool)
    assert benchmark(lambda: TAU2["REML"](yi, vi, where=where))[1].all()


@pytest.mark.benchmark(group="the first 1, 2, ... 1,000 studies, REML", max_time=0.5, min_rounds=2)
def test_cumulative_of_1_000(benchmark):
    whole = pooled(1_000)
    assert benchmark(cumulative, whole).mu[-1] == pytest.approx(whole.mu)


@SUBSETS
@pytest.mark.parametrize("tau2", ["REML", "DL", "PM"])
def test_gosh_of_15(benchmark, tau2):
    assert benchmark(gosh, pooled(15, tau2)).mu.size == 2**15 - 1


@SUBSETS
def test_bare_reml_kernel_of_all_subsets(benchmark):
    yi, vi = simulated(15)
    where = np.arange(1, 2**15)[:, None] >> np.arange(15) & 1 > 0
    assert benchmark(lambda: TAU2["REML"](yi, vi, where=where))[1].all()
