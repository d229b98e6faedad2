"""Q, typical variance and the Q-profile interval, over batches and at their limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.arrays import batch
from synthesis.heterogeneity import cochran_q, h2_of, i2_of, typical_variance
from synthesis.intervals import chi_square_quantile
from synthesis.q_statistics import generalised_q
from synthesis.tau2_intervals import q_profile

STUDIES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=2, max_size=10)
RNG = np.random.default_rng(3)
YI, VI = RNG.normal(0, 0.7, (6, 5)), RNG.uniform(0.05, 0.4, (6, 5))


def q_at(yi, vi, tau2):
    whole, _ = batch(yi, vi)
    return float(generalised_q(whole, tau2 / whole.unit**2)[0])


@settings(max_examples=50, deadline=None)
@given(studies=STUDIES)
def test_q_at_the_bounds_is_the_quantile_or_the_bound_is_zero(studies):
    yi, vi = (np.array(column) for column in zip(*studies, strict=True))
    low, high, found = q_profile(yi, vi, 90)
    assert found
    for bound, upper in ((float(low), 0.05), (float(high), 0.95)):
        target = float(chi_square_quantile(upper, yi.size - 1))
        assert (
            q_at(yi, vi, bound) == pytest.approx(target, rel=1e-8) if bound > 0 else q_at(yi, vi, 0) <= target
        )


def test_a_wider_level_gives_a_wider_interval():
    low90, high90, _ = q_profile(YI, VI, 90)
    low99, high99, _ = q_profile(YI, VI, 99)
    assert (low99 <= low90).all() and (high99 >= high90).all()


@pytest.mark.parametrize(
    "function", [cochran_q, lambda y, v: q_profile(y, v)[0], lambda y, v: q_profile(y, v)[1]]
)
def test_a_batch_equals_the_loop(function):
    alone = [float(function(y, v)) for y, v in zip(YI, VI, strict=True)]
    np.testing.assert_allclose(function(YI, VI), alone, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("function", [cochran_q, lambda y, v, where=None: q_profile(y, v, where=where)[1]])
def test_leaving_a_study_out_by_where_equals_deleting_it(function):
    where = np.array([True, True, False, True, True])
    expected = function(YI[0][where], VI[0][where])
    assert function(YI[0], VI[0], where=where) == pytest.approx(float(expected), rel=1e-10)


def test_typical_variance_with_a_study_left_out_equals_deleting_it():
    where = np.array([True, True, False, True, True])
    assert typical_variance(VI[0], where=where) == pytest.approx(
        float(typical_variance(VI[0][where])), rel=1e-14
    )


def test_equal_variances_are_their_own_typical_variance():
    assert typical_variance([0.3] * 6) == pytest.approx(0.3, rel=1e-14)


def test_equal_effects_have_the_interval_zero_to_zero():
    low, high, found = q_profile([0.4] * 3, [0.1, 0.2, 0.3])
    assert (float(low), float(high), bool(found)) == (0.0, 0.0, True)


@pytest.mark.parametrize("scale", [1e-100, 1e100])
def test_extreme_units_lose_no_digits(scale):
    plain = q_profile(YI[1], VI[1])[1]
    assert q_profile(YI[1] * scale, VI[1] * scale**2)[1] / scale / scale == pytest.approx(
        float(plain), rel=1e-10
    )


def test_i2_and_h2_tell_the_same():
    i2, h2 = i2_of(0.3, 0.1), h2_of(0.3, 0.1)
    assert float(i2) == pytest.approx(100 * (1 - 1 / float(h2)))
