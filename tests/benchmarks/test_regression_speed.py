"""How fast regressions are, beside the bare kernel of tau2 and statsmodels' weighted least squares.

    python -m pytest tests/benchmarks/test_regression_speed.py

statsmodels has no meta-regression; `one weighted least squares` is the algebra of a single step of ours.
"""

import numpy as np
import pytest
from statsmodels.api import WLS, add_constant

from synthesis.counting import mantel_haenszel
from synthesis.models.regression_basis import basis_of
from synthesis.models.regression_tau2 import between
from synthesis.regressing import regress

RNG = np.random.default_rng(1)


@pytest.fixture(scope="module")
def thousand():
    """1,000 studies and four moderators, so five coefficients."""
    x, vi = RNG.normal(size=(1_000, 4)), RNG.uniform(0.01, 0.2, 1_000)
    yi = 0.1 + x @ [0.2, 0.3, 0.0, 0.0] + RNG.normal(0.0, np.sqrt(vi + 0.1))
    return yi, vi, x


@pytest.mark.benchmark(group="one REML regression, k = 1,000, p = 5")
def test_regression_of_1_000(benchmark, thousand):
    yi, vi, x = thousand
    assert benchmark(lambda: regress(yi=yi, vi=vi, moderators=x)).converged


@pytest.mark.benchmark(group="one REML regression, k = 1,000, p = 5")
def test_bare_kernel_of_1_000(benchmark, thousand):
    yi, vi, x = thousand
    basis = basis_of(np.column_stack([np.ones(1_000), x]))
    assert benchmark(lambda: between("REML", basis, yi, vi))[1]


@pytest.mark.benchmark(group="one REML regression, k = 1,000, p = 5")
def test_one_weighted_least_squares_of_1_000(benchmark, thousand):
    yi, vi, x = thousand
    fit = regress(yi=yi, vi=vi, moderators=x, interval="Wald")
    peer = benchmark(lambda: WLS(yi, add_constant(x), weights=1.0 / (vi + fit.tau2)).fit())
    np.testing.assert_allclose(peer.params, fit.b, rtol=1e-8)


@pytest.mark.benchmark(group="the whole regression: with R2 and the interval of tau2")
def test_whole_regression_of_1_000(benchmark, thousand):
    yi, vi, x = thousand

    def whole():
        fit = regress(yi=yi, vi=vi, moderators=x)
        return fit.heterogeneity, fit.r2, fit.moderators

    assert benchmark(whole)[1] > 0


@pytest.mark.benchmark(group="the fit without each of 1,000 studies", max_time=1.0, min_rounds=1)
def test_influence_of_1_000(benchmark, thousand):
    yi, vi, x = thousand
    fit = regress(yi=yi, vi=vi, moderators=x)
    assert benchmark(fit.influence).cook.size == 1_000


@pytest.mark.benchmark(group="Mantel-Haenszel, k = 13")
def test_mantel_haenszel_of_13(benchmark):
    events, sizes = RNG.integers(1, 30, (2, 13)), RNG.integers(40, 90, (2, 13))
    assert benchmark(lambda: mantel_haenszel(events[0], sizes[0], events[1], sizes[1])).k == 13
