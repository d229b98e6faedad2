"""What every estimator and every interval of one number promises, through `pool` and `pool_many` alike.

A new one gets these tests by being in its registry. Those that need the studies one by one have theirs in
test_study_intervals.py, intervals of tau2 in test_tau2_intervals.py.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synthesis import pool, pool_many
from synthesis.errors import PoolingError
from synthesis.fit import NotDefined
from synthesis.intervals import PREDICTIONS
from synthesis.pooling_many import BATCH_INTERVALS
from synthesis.tau2 import TAU2

QUICK = settings(max_examples=15, deadline=None)
INTERVAL = pytest.mark.parametrize("interval", BATCH_INTERVALS)
PREDICTION = pytest.mark.parametrize("prediction", PREDICTIONS)
ESTIMATOR = pytest.mark.parametrize("tau2", TAU2)


@st.composite
def meta_analyses(draw):
    size = draw(st.integers(3, 10))
    yi = draw(arrays(np.float64, size, elements=st.floats(-3, 3)))
    vi = draw(arrays(np.float64, size, elements=st.floats(0.01, 2)))
    return np.round(yi, 4), np.round(vi, 4)


def bounds(yi, vi, **options):
    many = pool_many(yi, vi, **options)
    return np.array([many.low, many.mu, many.high, many.prediction_low, many.prediction_high])


def near(found, expected, scale=1.0):
    np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-8 * scale)


@INTERVAL
@QUICK
@given(data=meta_analyses(), seed=st.randoms(use_true_random=False))
def test_the_order_of_studies_does_not_matter(interval, data, seed):
    yi, vi = data
    order = list(range(yi.size))
    seed.shuffle(order)
    near(bounds(yi[order], vi[order], interval=interval), bounds(yi, vi, interval=interval))


@INTERVAL
@QUICK
@given(data=meta_analyses(), shift=st.floats(-100, 100))
def test_a_shift_of_the_effects_shifts_the_bounds(interval, data, shift):
    yi, vi = data
    moved, still = bounds(yi + shift, vi, interval=interval), bounds(yi, vi, interval=interval)
    near(moved - shift, still, 100 + abs(shift))


@INTERVAL
@QUICK
@given(data=meta_analyses(), scale=st.floats(1e-3, 1e3))
def test_a_change_of_unit_changes_the_unit_of_the_bounds(interval, data, scale):
    yi, vi = data
    near(bounds(yi * scale, vi * scale**2, interval=interval) / scale, bounds(yi, vi, interval=interval))


@INTERVAL
@QUICK
@given(data=meta_analyses())
def test_other_signs_turn_the_bounds(interval, data):
    yi, vi = data
    low, mu, high, *_ = bounds(yi, vi, interval=interval)
    near(bounds(-yi, vi, interval=interval)[:3], (-high, -mu, -low))


@PREDICTION
@QUICK
@given(data=meta_analyses(), shift=st.floats(-100, 100), scale=st.floats(1e-3, 1e3))
def test_prediction_bounds_move_with_the_effects(prediction, data, shift, scale):
    yi, vi = data
    moved = bounds(yi * scale + shift, vi * scale**2, prediction=prediction)[3:]
    still = bounds(yi, vi, prediction=prediction)[3:]
    near((moved - shift) / scale, still, (100 + abs(shift)) / min(scale, 1.0))


@PREDICTION
@QUICK
@given(data=meta_analyses())
def test_a_prediction_interval_with_the_means_uncertainty_is_no_narrower_than_tau_alone(prediction, data):
    low, high = bounds(*data, prediction=prediction)[3:]
    tau_low, tau_high = bounds(*data, prediction="tau-only")[3:]
    assert low <= tau_low + 1e-12 and high >= tau_high - 1e-12


@ESTIMATOR
@QUICK
@given(data=meta_analyses())
def test_every_estimator_gives_a_whole_pool(tau2, data):
    result = pool(yi=data[0], vi=data[1], tau2=tau2)
    assert result.converged and result.heterogeneity.tau2 >= 0
    assert 0 <= result.heterogeneity.i2 <= 100 and result.heterogeneity.h2 >= 1
    assert np.isfinite([result.ci.low, result.ci.high, result.p]).all()
    assert result.weights.sum() == pytest.approx(100)


@ESTIMATOR
def test_equal_effects_are_pooled_without_heterogeneity(tau2):
    result = pool(yi=[0.3] * 4, vi=[0.1, 0.2, 0.3, 0.4], tau2=tau2)
    assert result.heterogeneity.tau2 == 0 and result.mu == pytest.approx(0.3, rel=1e-12)


@ESTIMATOR
@pytest.mark.parametrize("k", [1, 2])
def test_one_and_two_studies_have_an_answer(tau2, k):
    result = pool(yi=[0.2, 0.9][:k], vi=[0.05, 0.08][:k], tau2=tau2)
    assert np.isfinite([result.mu, result.ci.low, result.ci.high]).all()
    assert isinstance(result.prediction, NotDefined)
    assert isinstance(result.heterogeneity, NotDefined) == (k == 1)


@INTERVAL
@pytest.mark.parametrize("bad", [0.0, -0.1, np.inf, np.nan])
def test_a_variance_that_is_none_is_refused_with_its_row(interval, bad):
    with pytest.raises(PoolingError, match="row 2: vi is"):
        pool(yi=[0.1, 0.2, 0.3], vi=[0.1, bad, 0.1], interval=interval)


def test_no_study_is_an_error_not_a_number():
    with pytest.raises(PoolingError, match="nothing to pool"):
        pool(yi=[], vi=[])
