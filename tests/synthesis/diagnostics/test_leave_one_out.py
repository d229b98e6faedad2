"""Leave-one-out and cumulative pools equal the pools of those studies, one after another."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synthesis import cumulative, gosh, influence, leave_one_out, pool
from synthesis.diagnostics.deletion import MANY
from synthesis.errors import PoolingError
from synthesis.fit import NotDefined
from synthesis.intervals import INTERVALS
from synthesis.regressing import regress
from synthesis.tau2 import TAU2

QUICK = settings(max_examples=20, deadline=None)
SCALARS = ("mu", "se", "statistic", "p")


@st.composite
def meta_analyses(draw, least=3, most=10):
    """(yi, vi) of a few studies."""
    size = draw(st.integers(least, most))
    yi = draw(arrays(np.float64, size, elements=st.floats(-3, 3).map(lambda x: round(x, 6))))
    vi = draw(arrays(np.float64, size, elements=st.floats(0.01, 2).map(lambda x: round(x, 6))))
    return yi, vi


def assert_is(refits, i, alone, rtol=1e-9):
    """Row i of the refits is this pool."""
    h = alone.heterogeneity
    found = [getattr(refits, name)[i] for name in SCALARS] + [refits.low[i], refits.high[i]]
    expected = [getattr(alone, name) for name in SCALARS] + [alone.ci.low, alone.ci.high]
    if not isinstance(h, NotDefined):
        found += [refits.q[i], refits.tau2[i], refits.i2[i], refits.h2[i], refits.q_p[i]]
        expected += [h.q, h.tau2, h.i2, h.h2, h.p]
    np.testing.assert_allclose(found, expected, rtol=rtol, atol=1e-12)


def without(yi, vi, i, **choices):
    return pool(yi=np.delete(yi, i), vi=np.delete(vi, i), **choices)


@pytest.mark.parametrize("tau2", TAU2)
@QUICK
@given(data=meta_analyses())
def test_leave_one_out_equals_the_loop_of_pools(tau2, data):
    found = leave_one_out(pool(yi=data[0], vi=data[1], tau2=tau2))
    for i in range(data[0].size):
        assert_is(found, i, without(*data, i, tau2=tau2), rtol=1e-7)


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("model", ["random-effects", "common-effect"])
def test_every_interval_and_model_is_kept(model, interval, simulated):
    yi, vi = simulated(6)
    choices = {"model": model, "interval": interval, "level": 90}
    found = leave_one_out(pool(yi=yi, vi=vi, **choices))
    for i in range(6):
        assert_is(found, i, without(yi, vi, i, **choices))


@pytest.mark.parametrize("tau2", ["REML", "ML", "DL", "PM", "SJ", 0.3])
@pytest.mark.parametrize("between", [0.0, 0.05, 5.0])
def test_sums_updated_for_many_studies_give_the_same_pools(tau2, between, simulated):
    yi, vi = simulated(MANY + 40, between)
    found = leave_one_out(pool(yi=yi, vi=vi, tau2=tau2))
    for i in range(yi.size):
        assert_is(found, i, without(yi, vi, i, tau2=tau2))


@pytest.mark.parametrize("spoilt", ["precise", "outlying", "apart", "skewed"])
def test_a_study_that_makes_up_nearly_all_of_a_sum_costs_no_digits(spoilt, simulated):
    yi, vi = simulated(MANY + 6)
    if spoilt == "precise":
        vi[3] = 1e-9
    elif spoilt == "outlying":
        yi[3] = 1e6
    elif spoilt == "apart":
        yi[: MANY // 2] += 1e4
    else:
        vi = vi**6
    found = leave_one_out(pool(yi=yi, vi=vi))
    for i in (0, 3, yi.size - 1):
        assert_is(found, i, without(yi, vi, i), rtol=1e-8)


def test_equal_effects_but_one():
    yi, vi = np.full(MANY + 1, 0.3), np.linspace(0.01, 0.5, MANY + 1)
    yi[5] = 1.0
    found = leave_one_out(pool(yi=yi, vi=vi))
    assert (found.q[5], found.tau2[5]) == (0, 0)
    assert_is(found, 5, without(yi, vi, 5))


@QUICK
@given(data=meta_analyses(), seed=st.randoms(use_true_random=False))
def test_the_order_of_studies_only_orders_the_rows(data, seed):
    order = list(range(data[0].size))
    seed.shuffle(order)
    first = influence(pool(yi=data[0], vi=data[1], tau2="DL"))
    second = influence(pool(yi=data[0][order], vi=data[1][order], tau2="DL"))
    np.testing.assert_allclose(second.cook, first.cook[order], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(second.rstudent.z, first.rstudent.z[order], rtol=1e-6, atol=1e-9)


@QUICK
@given(data=meta_analyses(), scale=st.sampled_from([1e-6, 0.3, 1e6]))
def test_influence_does_not_depend_on_the_unit(data, scale):
    first = influence(pool(yi=data[0], vi=data[1], tau2="DL"))
    second = influence(pool(yi=data[0] * scale, vi=data[1] * scale**2, tau2="DL"))
    for name in ("dffits", "cook", "cov_ratio", "q_deleted", "hat", "dfbetas"):
        np.testing.assert_allclose(getattr(second, name), getattr(first, name), rtol=1e-6, atol=1e-9)


@QUICK
@given(data=meta_analyses(least=1))
def test_the_last_row_of_the_cumulative_pools_is_the_pool(data):
    whole = pool(yi=data[0], vi=data[1])
    assert_is(cumulative(whole), -1, whole, rtol=1e-7)


def test_cumulative_pools_equal_the_loop_in_the_order_asked_for(simulated):
    yi, vi = simulated(8)
    years = [2001, 1999, 2010, 2003, 2003, 1988, 2020, 2007]
    found = cumulative(pool(yi=yi, vi=vi), order=years)
    assert found.labels == ("6", "2", "1", "4", "5", "8", "3", "7")
    for n in range(1, 9):
        first = list(found.order[:n])
        assert_is(found, n - 1, pool(yi=yi[first], vi=vi[first]))


@pytest.mark.parametrize("order", [[1, 2], [1, 2, float("nan")]])
def test_an_order_that_does_not_fit_is_refused(order):
    with pytest.raises(PoolingError, match="give one finite number for each of 3 studies"):
        cumulative(pool(yi=[0.1, 0.2, 0.3], vi=[0.1, 0.1, 0.1]), order=order)


def test_one_study_cannot_be_left_out():
    found = leave_one_out(pool(yi=[0.1], vi=[0.1]))
    assert found == NotDefined("leave-one-out needs at least 2 studies; there is 1 study")


@pytest.mark.parametrize("function", [leave_one_out, cumulative, influence])
def test_results_print_and_become_json(function):
    labels = ["Aal", "Bee", "Cod", "Dab"]
    found = function(pool(yi=[0.1, 0.5, 0.2, 0.9], vi=[0.1, 0.2, 0.1, 0.3], labels=labels, measure="RR"))
    assert str(found) == found.summary()
    assert all(label in str(found) for label in labels)
    assert json.loads(json.dumps(found.to_dict()))["labels"] == labels


@pytest.mark.parametrize("choices", [{"interval": "KR"}, {"interval": "Henmi-Copas"}, {"tau2": "GENQ"}])
def test_choices_that_work_on_one_meta_analysis_at_a_time_are_kept(choices, simulated):
    yi, vi = simulated(5)
    found = leave_one_out(pool(yi=yi, vi=vi, **choices))
    for i in range(5):
        assert_is(found, i, without(yi, vi, i, **choices))


def test_weights_are_kept(simulated):
    yi, vi = simulated(5)
    weights = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    whole = pool(yi=yi, vi=vi, weights=weights)
    found = leave_one_out(whole)
    for i in range(5):
        assert_is(found, i, without(yi, vi, i, weights=np.delete(weights, i)))
    for other in (influence(whole), gosh(whole)):
        assert other.reason.startswith("it is defined for inverse-variance means")


@pytest.mark.parametrize("model", ["mantel-haenszel", "peto"])
def test_models_of_counts_are_fitted_to_the_counts_left(model, counted):
    table = counted("OR")
    found = leave_one_out(pool(table, model=model))
    last = cumulative(pool(table, model=model))
    whole = pool(table, model=model)
    assert last.mu[-1] == pytest.approx(whole.mu, rel=1e-12)
    for i in range(table.k):
        rows = table.rows[:i] + table.rows[i + 1 :]
        alone = pool(replace(table, rows=rows), model=model)
        assert (found.mu[i], found.se[i]) == pytest.approx((alone.mu, alone.se), rel=1e-12)


def test_a_regression_has_its_own_influence(simulated):
    yi, vi = simulated(5)
    fit = regress(yi=yi, vi=vi, moderators={"x": [1, 2, 3, 4, 5]})
    with pytest.raises(PoolingError, match=r"fit\.influence\(\)"):
        influence(fit)


def test_a_study_that_is_the_mean_by_itself_has_no_residual():
    found = influence(pool(yi=[0.1, 0.5, 0.9, 0.2], vi=[1e-30, 0.1, 0.2, 0.1], model="common-effect"))
    assert found.hat[0] == 1
    assert found.rstandard.z[0] == 0
