"""Many pools at once are the pools one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis import pool, pool_many
from synthesis.errors import PoolingError, UnknownName
from synthesis.fit import Interval
from synthesis.intervals import INTERVALS, PREDICTIONS
from synthesis.pooling_many import BATCH_INTERVALS
from synthesis.tau2 import TAU2

RNG = np.random.default_rng(5)
VI = RNG.uniform(0.01, 0.5, (12, 7))
YI = RNG.normal(0.3, np.sqrt(VI + 0.05))
WHERE = RNG.random((12, 7)) < 0.7
WHERE[0] = [True, False, False, False, False, False, False]
WHERE[1] = [True, True, False, False, False, False, False]


def alone(row, **options):
    return pool(yi=YI[row, WHERE[row]], vi=VI[row, WHERE[row]], **options)


def assert_same(many, row, one):
    for name in ("mu", "se", "p", "statistic"):
        assert getattr(many, name)[row] == pytest.approx(getattr(one, name), rel=1e-9), name
    bounds = (many.low[row], many.high[row])
    assert bounds == pytest.approx((one.ci.low, one.ci.high), rel=1e-9)
    assert many.df[row] == (np.inf if one.df is None else pytest.approx(one.df, rel=1e-9))
    assert many.k[row] == one.k
    h = one.heterogeneity
    if one.k > 1:
        found = [getattr(many, name)[row] for name in ("q", "q_p", "tau2", "i2", "h2")]
        assert found == pytest.approx([h.q, h.p, h.tau2, h.i2, h.h2], rel=1e-8, abs=1e-10)
    further = (many.prediction_low[row], many.prediction_high[row])
    if isinstance(one.prediction, Interval):
        assert further == pytest.approx((one.prediction.low, one.prediction.high), rel=1e-9)
    else:
        assert further == (-np.inf, np.inf)


@pytest.mark.parametrize("tau2", [*TAU2, 0.07])
def test_every_estimator_in_a_ragged_batch_is_pool(tau2):
    many = pool_many(YI, VI, where=WHERE, tau2=tau2)
    for row in range(12):
        assert_same(many, row, alone(row, tau2=tau2))


@pytest.mark.parametrize("interval", BATCH_INTERVALS)
def test_every_interval_in_a_ragged_batch_is_pools(interval):
    many = pool_many(YI, VI, where=WHERE, interval=interval)
    for row in range(12):
        assert_same(many, row, alone(row, interval=interval))


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_every_prediction_interval_in_a_batch_is_pools(prediction):
    many = pool_many(YI, VI, prediction=prediction)
    for row in range(12):
        assert_same(many, row, pool(yi=YI[row], vi=VI[row], prediction=prediction))


def test_the_common_effect_in_a_batch_is_pools():
    many = pool_many(YI, VI, where=WHERE, model="common-effect")
    for row in range(12):
        assert_same(many, row, alone(row, model="common-effect"))


@settings(max_examples=20, deadline=None)
@given(k=st.integers(1, 8), n=st.integers(1, 5), seed=st.integers(0, 1000))
def test_any_batch_is_its_pools(k, n, seed):
    rng = np.random.default_rng(seed)
    vi = rng.uniform(0.01, 2, (n, k))
    yi = rng.normal(0, np.sqrt(vi + rng.choice([0, 0.5])))
    many = pool_many(yi, vi)
    for row in range(n):
        assert_same(many, row, pool(yi=yi[row], vi=vi[row]))


def test_one_of_them_is_the_complete_pool():
    many = pool_many(YI, VI, where=WHERE, tau2="PM", level=90)
    one = many[5]
    assert one.heterogeneity == alone(5, tau2="PM", level=90).heterogeneity
    assert one.level == 90


def test_bounds_of_tau2_come_when_they_are_asked_for():
    low, high, found = pool_many(YI, VI, where=WHERE).tau2_bounds()
    ci = alone(5).heterogeneity.tau2_ci
    assert found.all() and (low[5], high[5]) == pytest.approx((ci.low, ci.high), rel=1e-9)


def test_any_shape_of_batch_is_kept():
    many = pool_many(YI.reshape(3, 4, 7), VI.reshape(3, 4, 7))
    assert many.mu.shape == many.high.shape == (3, 4)
    assert many[1, 2].mu == pytest.approx(pool_many(YI, VI).mu[6], rel=1e-12)
    assert pool_many(YI[0], VI[0]).mu == pytest.approx(pool(yi=YI[0], vi=VI[0]).mu, rel=1e-12)


def test_blocks_do_not_change_the_answer(monkeypatch):
    whole = pool_many(YI, VI)
    monkeypatch.setattr("synthesis.arrays.BLOCK_BYTES", 8 * 8 * 7 * 2)
    parts = pool_many(YI, VI)
    np.testing.assert_allclose((parts.mu, parts.high), (whole.mu, whole.high), rtol=1e-12)


def test_values_left_out_may_be_nan():
    holes = np.where(WHERE, YI, np.nan)
    np.testing.assert_array_equal(pool_many(holes, VI, where=WHERE).mu, pool_many(YI, VI, where=WHERE).mu)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.inf, np.nan])
def test_a_variance_that_is_none_is_refused_where_it_stands(bad):
    vi = VI.copy()
    vi[3, 2] = bad
    with pytest.raises(PoolingError, match="meta-analysis 3, study 2: yi is .*, vi is"):
        pool_many(YI, vi)


def test_a_meta_analysis_without_studies_is_refused_by_number():
    where = WHERE.copy()
    where[4] = False
    with pytest.raises(PoolingError, match="nothing to pool in meta-analysis 4"):
        pool_many(YI, VI, where=where)
    with pytest.raises(PoolingError, match="no effects"):
        pool_many(np.zeros((3, 0)), 1.0)


def test_shapes_and_words_that_do_not_fit_are_refused():
    with pytest.raises(PoolingError, match="do not fit together"):
        pool_many(YI, VI[:, :3])
    with pytest.raises(PoolingError, match="single numbers"):
        pool_many(1.0, 2.0)
    with pytest.raises(PoolingError, match="not an array of numbers"):
        pool_many(["a"], [1.0])
    with pytest.raises(PoolingError, match="given tau2"):
        pool_many(YI, VI, tau2=-1.0)
    with pytest.raises(UnknownName, match="did you mean REML"):
        pool_many(YI, VI, tau2="RELM")
    with pytest.raises(UnknownName, match="unknown interval"):
        pool_many(YI, VI, interval="bootstrap")


def test_ten_thousand_converge_and_solve_their_equation():
    rng = np.random.default_rng(1)
    vi = rng.uniform(0.01, 0.5, (10_000, 10))
    yi = rng.normal(0, np.sqrt(vi + 0.05))
    many = pool_many(yi, vi)
    assert many.converged.all()
    w = 1 / (vi + many.tau2[:, None])
    r = yi - (w * yi).sum(axis=1, keepdims=True) / w.sum(axis=1, keepdims=True)
    score = (w * w * r * r).sum(axis=1) - w.sum(axis=1) + (w * w).sum(axis=1) / w.sum(axis=1)
    inside = many.tau2 > 0
    assert np.abs(score[inside] / w.sum(axis=1)[inside]).max() < 1e-10
    assert (score[~inside] <= 1e-10).all()


def test_a_batch_is_printed_in_three_lines_and_framed_with_a_row_each():
    many = pool_many(YI, VI, where=WHERE)
    assert str(many).splitlines()[0] == "12 meta-analyses of 1 to 7 studies, random-effects, tau2 by REML"
    assert len(many) == len(many.to_frame()) == 12
    assert set(INTERVALS) < set(BATCH_INTERVALS)


def test_memory_beside_the_answers_stays_below_a_block():
    import tracemalloc

    rng = np.random.default_rng(2)
    vi = rng.uniform(0.01, 0.5, (200_000, 8))
    yi = rng.normal(0, np.sqrt(vi + 0.05))
    tracemalloc.start()
    pool_many(yi, vi)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 * 2**20 + 20 * yi.shape[0] * 8  # some twenty arrays of one number each
