"""What every estimator of tau2 promises; a new one gets these tests by being in TAU2."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synthesis.arrays import batch
from synthesis.q_statistics import generalised_q
from synthesis.tau2 import TAU2, maximum_likelihood, restricted_maximum_likelihood

QUICK = settings(max_examples=20, deadline=None)
EVERY = pytest.mark.parametrize("name", TAU2)
ITERATED = pytest.mark.parametrize("name", ["PM", "EB", "PMM", "ML", "REML"])


@st.composite
def meta_analyses(draw, k=None):
    size = draw(st.integers(2, 12)) if k is None else k
    yi = draw(arrays(np.float64, size, elements=st.floats(-3, 3)))
    vi = draw(arrays(np.float64, size, elements=st.floats(0.01, 2)))
    return yi, vi


def estimate(name, yi, vi, **options):
    tau2, converged = TAU2[name](yi, vi, **options)
    assert np.all(converged)
    return tau2


def near(tau2, vi):
    """Tolerance: parts in 10^9 of the value, or of a sampling variance."""
    return {"rtol": 1e-9, "atol": 1e-9 * float(np.max(vi))}


@EVERY
@QUICK
@given(data=meta_analyses())
def test_never_negative(name, data):
    assert estimate(name, *data) >= 0


@EVERY
@QUICK
@given(data=meta_analyses(), seed=st.randoms(use_true_random=False))
def test_the_order_of_studies_does_not_matter(name, data, seed):
    yi, vi = data
    order = list(range(yi.size))
    seed.shuffle(order)
    np.testing.assert_allclose(estimate(name, yi[order], vi[order]), estimate(name, yi, vi), **near(0, vi))


@EVERY
@QUICK
@given(data=meta_analyses(), shift=st.floats(-1e3, 1e3))
def test_adding_a_constant_to_all_effects_changes_nothing(name, data, shift):
    yi, vi = data
    np.testing.assert_allclose(estimate(name, yi + shift, vi), estimate(name, yi, vi), **near(0, vi))


@EVERY
@QUICK
@given(data=meta_analyses(), scale=st.floats(1e-6, 1e6))
def test_tau2_scales_with_the_square_of_the_unit(name, data, scale):
    yi, vi = data
    found = estimate(name, yi * scale, vi * scale**2)
    np.testing.assert_allclose(found / scale**2, estimate(name, yi, vi), **near(0, vi))


@EVERY
@QUICK
@given(first=meta_analyses(k=6), second=meta_analyses(k=6))
def test_a_batch_equals_the_loop(name, first, second):
    together = estimate(name, np.stack([first[0], second[0]]), np.stack([first[1], second[1]]))
    alone = [estimate(name, *first), estimate(name, *second)]
    np.testing.assert_allclose(together, alone, **near(0, first[1]))


@EVERY
@QUICK
@given(data=meta_analyses(k=7), left=st.integers(0, 6))
def test_leaving_a_study_out_by_where_equals_deleting_it(name, data, left):
    yi, vi = data
    where = np.arange(7) != left
    masked = estimate(name, yi, vi, where=where)
    np.testing.assert_allclose(masked, estimate(name, yi[where], vi[where]), **near(0, vi))


@EVERY
def test_values_left_out_by_where_may_be_nan(name):
    yi, vi = [0.1, np.nan, 0.9, 0.4], [0.1, np.nan, 0.1, 0.2]
    found = estimate(name, yi, vi, where=[True, False, True, True])
    assert found == pytest.approx(float(estimate(name, [0.1, 0.9, 0.4], [0.1, 0.1, 0.2])), rel=1e-12)


@EVERY
def test_equal_effects_have_no_variance_between_them(name):
    assert estimate(name, [0.3, 0.3, 0.3], [0.1, 0.2, 0.3]) == 0


@EVERY
@pytest.mark.parametrize("k", [0, 1])
def test_one_study_or_none_has_no_variance_between(name, k):
    assert estimate(name, [0.3] * k, [0.1] * k) == 0


@EVERY
def test_leaving_every_study_out_equals_no_study(name):
    assert estimate(name, [0.3, 0.4], [0.1, 0.1], where=[False, False]) == 0


@EVERY
def test_two_studies_give_a_number(name):
    assert np.isfinite(estimate(name, [0.2, 0.9], [0.05, 0.08]))


@EVERY
@pytest.mark.parametrize("scale", [1e-100, 1e-30, 1e30, 1e100])
def test_extreme_units_lose_no_digits(name, scale):
    yi, vi = np.array([0.2, 0.9, -0.4, 0.3]), np.array([0.05, 0.08, 0.02, 0.1])
    found = estimate(name, yi * scale, vi * scale * scale) / scale / scale
    assert found == pytest.approx(float(estimate(name, yi, vi)), rel=1e-11)


@EVERY
def test_variances_of_very_different_size_give_a_number(name):
    yi, vi = [0.2, 0.9, -0.4, 0.3], [1e-12, 0.08, 1e12, 0.1]
    assert np.isfinite(estimate(name, yi, vi))


@EVERY
def test_any_batch_shape_is_kept(name):
    yi = np.linspace(0, 1, 24).reshape(2, 3, 4)
    assert estimate(name, yi, 0.01).shape == (2, 3)


@EVERY
def test_blocks_do_not_change_the_answer(name, monkeypatch):
    rng = np.random.default_rng(7)
    yi, vi = rng.normal(size=(50, 5)), rng.uniform(0.1, 1, (50, 5))
    whole = estimate(name, yi, vi)
    monkeypatch.setattr("synthesis.arrays.BLOCK_BYTES", 8 * 8 * 5 * 7)
    np.testing.assert_allclose(estimate(name, yi, vi), whole, rtol=1e-12)  # sums in another order


@ITERATED
def test_ten_thousand_small_data_sets_all_converge(name):
    rng = np.random.default_rng(20)
    vi = rng.gamma(1.5, 0.2, (10_000, 5)) + 1e-3
    assert TAU2[name](rng.normal(0, np.sqrt(vi + 0.1)), vi)[1].all()


def score(yi, vi, tau2, restricted):
    w = 1 / (vi + tau2)
    residual = yi - (w * yi).sum() / w.sum()
    value = (w * w * residual**2).sum() - w.sum()
    return (value + (w * w).sum() / w.sum() * restricted) / w.sum()


@pytest.mark.parametrize(
    ("estimator", "restricted"), [(maximum_likelihood, 0), (restricted_maximum_likelihood, 1)]
)
@QUICK
@given(data=meta_analyses())
def test_the_likelihood_is_stationary_or_falls_from_zero(estimator, restricted, data):
    tau2 = float(estimator(*data)[0])
    slope = score(*data, tau2, restricted)
    assert abs(slope) < 1e-9 if tau2 > 0 else slope <= 1e-12


def log_likelihood(yi, vi, tau2, restricted):
    w = 1 / (vi + tau2)
    residual = yi - (w * yi).sum() / w.sum()
    return 0.5 * (np.log(w).sum() - (w * residual**2).sum() - restricted * np.log(w.sum()))


def plain_scoring(yi, vi, restricted):
    """Fisher scoring one data set at a time, halved to stay above 0, with metafor's look at 0; or None."""
    tau2 = max(0.0, yi.var(ddof=1) - vi.mean())
    for _ in range(500):
        w = 1 / (vi + tau2)
        s1, s2, s3 = w.sum(), (w**2).sum(), (w**3).sum()
        information = s2 - restricted * (2 * s3 / s1 - (s2 / s1) ** 2)
        step = score(yi, vi, tau2, restricted) * s1 / information
        while tau2 + step < 0:
            step /= 2
        tau2 += step
        if abs(step) < 1e-12:
            here, at_zero = (log_likelihood(yi, vi, value, restricted) for value in (tau2, 0.0))
            return 0.0 if at_zero > here else tau2
    return None


@pytest.mark.parametrize(
    ("estimator", "restricted"), [(maximum_likelihood, 0), (restricted_maximum_likelihood, 1)]
)
def test_where_plain_scoring_converges_it_ends_at_the_same_maximum(estimator, restricted):
    rng = np.random.default_rng(1)
    vi = rng.uniform(0.01, 0.5, (500, 10))  # among these some likelihoods have two maxima
    yi = rng.normal(0, np.sqrt(vi + 0.05))
    found = estimator(yi, vi)[0]
    plain = [plain_scoring(*row, restricted) for row in zip(yi, vi, strict=True)]
    pairs = [(one, other) for one, other in zip(found, plain, strict=True) if other is not None]
    assert len(pairs) > 480
    np.testing.assert_allclose(*zip(*pairs, strict=True), rtol=1e-6, atol=1e-9)


@QUICK
@given(data=meta_analyses())
def test_paule_mandel_puts_q_at_its_expectation(data):
    yi, vi = data
    tau2 = float(estimate("PM", yi, vi))
    whole, _ = batch(yi, vi)
    q = float(generalised_q(whole, tau2 / whole.unit**2)[0])
    assert q == pytest.approx(yi.size - 1, rel=1e-9) if tau2 > 0 else q <= yi.size - 1 + 1e-9


@QUICK
@given(data=meta_analyses())
def test_the_generalised_q_never_rises_with_tau2(data):
    whole, _ = batch(*data)
    q = [float(generalised_q(whole, tau2)[0]) for tau2 in np.linspace(0, 50, 200)]
    assert (np.diff(q) <= 1e-12 * (1 + q[0])).all()


def test_shapes_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="broadcast"):
        TAU2["DL"]([0.1, 0.2, 0.3], [0.1, 0.2])


def test_single_numbers_are_refused():
    with pytest.raises(ValueError, match="axis of studies"):
        TAU2["DL"](0.1, 0.2)
