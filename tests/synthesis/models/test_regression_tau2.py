"""tau2 beside moderators: a batch equals the loop, studies left out equal studies taken out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.models.regression_basis import basis_of
from synthesis.models.regression_score import score_of_one, score_step
from synthesis.models.regression_tau2 import REGRESSION_TAU2, between
from synthesis.tau2 import TAU2

RNG = np.random.default_rng(7)
YI, VI = RNG.normal(size=(30, 9)), RNG.uniform(0.05, 0.6, (30, 9))
X = np.column_stack([np.ones(9), np.arange(9.0), RNG.normal(size=9)])


@pytest.mark.parametrize("method", REGRESSION_TAU2)
def test_a_batch_is_the_loop(method):
    batch, converged = between(method, basis_of(X), YI, VI)
    loop = [between(method, basis_of(X), y, v)[0] for y, v in zip(YI, VI, strict=True)]
    np.testing.assert_allclose(batch, loop, rtol=1e-9, atol=1e-12)
    assert converged.all()


@pytest.mark.parametrize("method", REGRESSION_TAU2)
def test_a_study_left_out_is_a_study_taken_out(method):
    used = np.arange(9) != 4
    left, _ = between(method, basis_of(X), YI, VI, where=used)
    taken, _ = between(method, basis_of(X[used]), YI[:, used], VI[:, used])
    np.testing.assert_allclose(left, taken, rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("method", [name for name in TAU2 if name in REGRESSION_TAU2])
def test_an_intercept_alone_is_the_estimator_of_pools(method):
    found, _ = between(method, basis_of(np.ones((9, 1))), YI, VI)
    np.testing.assert_allclose(found, TAU2[method](YI, VI)[0], rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("restricted", [0.0, 1.0])
@given(tau2=st.floats(0, 5), at=st.integers(0, 29))
@settings(max_examples=25, deadline=None)
def test_the_score_of_one_is_the_score_of_many(restricted, tau2, at):
    basis = basis_of(X)
    one = score_of_one(basis, YI[at], VI[at], restricted)(tau2)
    many = score_step(basis, restricted)(np.array([tau2]), YI[at].reshape(-1, 1), VI[at].reshape(-1, 1))
    np.testing.assert_allclose(one, np.ravel(many), rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("restricted", [0.0, 1.0])
def test_the_slope_is_the_derivative_of_the_score(restricted):
    of_one = score_of_one(basis_of(X), YI[0], VI[0], restricted)
    step = 1e-5
    slope = (of_one(0.3 + step)[0] - of_one(0.3 - step)[0]) / (2 * step)
    assert of_one(0.3)[1] == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("method", REGRESSION_TAU2)
def test_effects_on_a_line_have_no_variance_between(method):
    found, converged = between(method, basis_of(X[:, :2]), 0.1 + 0.2 * X[:, 1], VI[0])
    limit = 1e-12 if method != "SJ" else 1e-10
    assert found <= limit
    assert converged
