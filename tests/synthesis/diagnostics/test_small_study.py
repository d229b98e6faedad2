"""Tests of small-study effects: what they promise whatever the data, and how they say no."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import kendalltau

from synthesis import (
    excess_significance,
    fail_safe_n,
    limit_meta_analysis,
    p_curve,
    pet_peese,
    pool,
    small_study,
    trim_and_fill,
    unrestricted_mean,
)
from synthesis.diagnostics.kendall import kendall
from synthesis.diagnostics.small_study import all_tests
from synthesis.errors import PoolingError, UnknownName
from synthesis.fit import NotDefined

QUICK = settings(max_examples=20, deadline=None)
TESTS = pytest.mark.parametrize("test", all_tests())

# Effects and standard errors of third-wave psychotherapies for stress, as in Harrer M, Cuijpers P,
# Furukawa TA, Ebert DD. Doing meta-analysis with R, 2021 (data set ThirdWave of the package dmetar).
THIRD_WAVE = np.array(
    [
        [0.7091362, 0.2608202],
        [0.3548641, 0.1963624],
        [1.7911700, 0.3455692],
        [0.1824552, 0.1177874],
        [0.4218509, 0.1448128],
        [0.63, 0.196],
        [0.7248838, 0.2246641],
        [0.5286638, 0.2104609],
        [0.284, 0.168],
        [1.2750682, 0.3371997],
        [0.1036082, 0.1947275],
        [0.3883906, 0.2307689],
        [0.5407398, 0.2443133],
        [0.4261593, 0.2579379],
        [0.5153969, 0.3512737],
        [1.4797260, 0.3152817],
        [0.6125782, 0.2266834],
        [0.6, 0.249],
    ]
).T


@st.composite
def meta_analyses(draw, least=4, most=12):
    size = draw(st.integers(least, most))
    yi = draw(arrays(np.float64, size, elements=st.integers(-300, 300).map(lambda x: x / 100), unique=True))
    vi = draw(arrays(np.float64, size, elements=st.integers(1, 200).map(lambda x: x / 100), unique=True))
    return yi, vi


@pytest.fixture
def six(counted):
    """A pool of six odds ratios, known by their effects only."""
    table = counted()
    return pool(yi=table.yi, vi=table.vi, measure="OR")


@TESTS
def test_every_test_has_a_result_that_prints(test, six, counts):
    found = small_study(six, test=test, counts=counts, least=3)
    assert 0 <= found.p <= 1
    assert found.name in str(found)
    assert json.loads(json.dumps(found.to_dict()))["test"] == test


@TESTS
def test_below_ten_studies_a_test_is_refused_unless_asked_for(test, six, counts):
    found = small_study(six, test=test, counts=counts)
    assert isinstance(found, NotDefined)
    assert "at least 10 studies; there are 6 studies (least=3" in found.reason


@TESTS
def test_two_studies_are_always_refused(test):
    found = small_study(pool(yi=[0.1, 0.2], vi=[0.1, 0.2]), test=test, least=1)
    assert "at least 3 studies; there are 2" in found.reason


@pytest.mark.parametrize("test", ["harbord", "peters", "deeks", "macaskill", "schwarzer", "pustejovsky"])
def test_without_counts_the_reason_is_given(test):
    found = small_study(pool(yi=[0.1, 0.2, 0.4], vi=[0.1, 0.2, 0.3]), test=test, least=3)
    assert isinstance(found, NotDefined)
    assert "it needs the" in found.reason


@pytest.mark.parametrize("test", ["harbord", "peters", "deeks", "macaskill", "schwarzer", "pustejovsky"])
def test_counts_are_taken_from_the_table(test, six, counts, counted):
    found = small_study(pool(counted()), test=test, least=3)
    assert found.p == small_study(six, test=test, counts=counts, least=3).p


@pytest.mark.parametrize("predictor", ["ni", "ninv", "sqrtni", "sqrtninv"])
def test_sizes_are_needed_for_predictors_of_size(predictor):
    source = pool(yi=[0.1, 0.2, 0.4], vi=[0.1, 0.2, 0.3])
    assert "give ni=" in small_study(source, predictor=predictor, least=3).reason
    found = small_study(source, predictor=predictor, least=3, ni=[10, 20, 25])
    assert isinstance(found.limit, NotDefined) == (predictor in ("ni", "sqrtni"))


def test_equal_standard_errors_leave_no_line():
    source = pool(yi=[0.1, 0.2, 0.4], vi=[0.1, 0.1, 0.1])
    for found in (
        small_study(source, least=3),
        small_study(source, test="egger-mixed", least=3),
        small_study(source, test="begg", least=3),
        pet_peese(source),
        limit_meta_analysis(source),
        trim_and_fill(source),
    ):
        assert isinstance(found, NotDefined)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ni": [1, 2]}, "ni has shape"),
        ({"ni": [1, 2, 0]}, "not above 0"),
        ({"counts": [[1, 2, 3]]}, "give four"),
        ({"counts": [[9, 2, 3], [5, 5, 5], [1, 1, 1], [5, 5, 5]]}, "more events than participants"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(options, message):
    source = pool(yi=[0.1, 0.2, 0.4], vi=[0.1, 0.2, 0.3])
    test = "peters" if "counts" in options else "egger"
    with pytest.raises(PoolingError, match=message):
        small_study(source, test=test, predictor="ni", least=3, **options)


def test_names_that_do_not_exist_are_refused():
    source = pool(yi=[0.1, 0.2, 0.4], vi=[0.1, 0.2, 0.3])
    with pytest.raises(UnknownName, match="did you mean egger"):
        small_study(source, test="eger")
    with pytest.raises(UnknownName, match="unknown predictor"):
        small_study(source, predictor="se", least=3)
    with pytest.raises(UnknownName, match="unknown estimator"):
        trim_and_fill(source, estimator="L1")
    with pytest.raises(UnknownName, match="unknown side"):
        trim_and_fill(source, side="top")
    with pytest.raises(UnknownName, match="unknown method"):
        fail_safe_n(source, method="Fisher")
    with pytest.raises(UnknownName, match="unknown alternative"):
        excess_significance(source, alternative="more")


@pytest.mark.parametrize("test", ["egger", "begg", "thompson"])
@QUICK
@given(data=meta_analyses(), seed=st.randoms(use_true_random=False), scale=st.sampled_from([1e-3, 7.0, 1e3]))
def test_neither_order_nor_unit_matters(test, data, seed, scale):
    order = list(range(data[0].size))
    seed.shuffle(order)
    first = small_study(pool(yi=data[0], vi=data[1]), test=test, least=3)
    second = small_study(pool(yi=data[0][order] * scale, vi=data[1][order] * scale**2), test=test, least=3)
    assert second.statistic == pytest.approx(first.statistic, rel=1e-6, abs=1e-9)
    assert second.p == pytest.approx(first.p, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("test", ["egger", "begg"])
@QUICK
@given(data=meta_analyses())
def test_turning_effects_round_turns_the_sign(test, data):
    first, second = (small_study(pool(yi=s * data[0], vi=data[1]), test=test, least=3) for s in (1, -1))
    assert (second.bias, second.p) == pytest.approx((-first.bias, first.p), rel=1e-9, abs=1e-12)


@QUICK
@given(
    x=arrays(np.float64, 9, elements=st.integers(-4, 4).map(float)),
    y=arrays(np.float64, 9, elements=st.integers(-4, 4).map(float)),
)
def test_kendall_agrees_with_scipy(x, y):
    found = kendall(x, y)
    if found is None:
        assert np.ptp(x) == 0 or np.ptp(y) == 0
        return
    expected = kendalltau(x, y, method="asymptotic")
    assert (found.tau, found.p) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-9)


@QUICK
@given(y=st.permutations(range(8)))
def test_exact_kendall_agrees_with_scipy(y):
    x = np.arange(8.0)
    expected = kendalltau(x, np.array(y, float), method="exact").pvalue
    assert kendall(x, np.array(y, float)).exact_p == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("estimator", ["L0", "R0", "Q0"])
@pytest.mark.parametrize("side", ["left", "right"])
@QUICK
@given(
    half=arrays(np.float64, 4, elements=st.integers(1, 300).map(lambda x: x / 100), unique=True),
    vi=arrays(np.float64, 4, elements=st.integers(1, 200).map(lambda x: x / 100)),
)
def test_a_symmetric_funnel_is_not_filled(estimator, side, half, vi):
    source = pool(yi=np.concatenate([half, -half]), vi=np.concatenate([vi, vi]), model="common-effect")
    found = trim_and_fill(source, estimator=estimator, side=side)
    assert found.missing == 0
    assert found.pool is source


@QUICK
@given(data=meta_analyses())
def test_filling_turns_round_with_the_effects(data):
    first, second = (
        trim_and_fill(pool(yi=s * data[0], vi=data[1], tau2="DL"), side=side)
        for s, side in ((1, "left"), (-1, "right"))
    )
    assert first.missing == second.missing
    np.testing.assert_allclose(second.filled_yi, -first.filled_yi, rtol=1e-8, atol=1e-10)


def test_filled_studies_are_named_in_the_pool():
    found = trim_and_fill(pool(yi=[0.1, 0.2, 0.3, 0.8, 0.9], vi=[0.01, 0.01, 0.02, 0.2, 0.3], tau2="DL"))
    assert found.pool.labels[-2:] == ("filled 1", "filled 2")
    assert "2 studies filled in on the left" in str(found)
    assert json.loads(json.dumps(found.to_dict()))["missing"] == 2


@QUICK
@given(data=meta_analyses())
def test_the_unrestricted_mean_is_the_common_effect_mean(data):
    source = pool(yi=data[0], vi=data[1])
    assert unrestricted_mean(source).estimate.mu == pytest.approx(source.common.mu, rel=1e-9, abs=1e-12)


def test_without_heterogeneity_the_limit_is_the_end_of_eggers_line():
    source = pool(yi=[0.1, 0.2, 0.3, 0.8, 0.9], vi=[0.01, 0.01, 0.02, 0.2, 0.3], model="common-effect")
    found = limit_meta_analysis(source)
    assert found.estimate.mu == pytest.approx(small_study(source, least=3).limit, rel=1e-10)
    assert found.q_small + found.q_rest == pytest.approx(source.heterogeneity.q, rel=1e-10)
    assert "small-study effects" in str(found)


def test_the_p_curve_of_third_wave_therapies():
    """Beside R 4.2.2: `pnorm`, `qnorm`, `pchisq(ncp)` and `uniroot` on the definitions of the papers."""
    found = p_curve(pool(yi=THIRD_WAVE[0], vi=np.square(THIRD_WAVE[1])))
    assert (found.significant, found.strong, found.evidential, found.inadequate) == (11, 10, True, False)
    scores = (
        found.right_skew,
        found.right_skew_half,
        found.flatter,
        found.flatter_half,
        found.flatter_half_exact,
    )
    expected = [-5.943284, -4.982216, 3.260354, 5.158457, 2.679209]
    assert [one.z for one in scores] == pytest.approx(expected, abs=1e-6)
    binomial = (found.right_skew_binomial, found.flatter_binomial)
    assert binomial == pytest.approx((0.005859375, 0.9753509), abs=1e-7)
    power = (found.power, found.power_ci.low, found.power_ci.high)
    assert power == pytest.approx((0.8410357, 0.6269075, 0.9457878), abs=1e-7)
    assert "evidential value present" in str(found)


def test_a_p_curve_of_two_results_is_refused():
    found = p_curve(pool(yi=[0.9, 0.9, 0.1], vi=[0.05, 0.05, 0.05]))
    assert found == NotDefined("p-curve needs at least 3 results with p < .05; there are 2")


def test_results_just_significant_have_no_evidential_value():
    found = p_curve(pool(yi=np.full(8, 0.2), vi=np.linspace(0.0098, 0.0102, 8)))
    assert not found.evidential
    assert found.inadequate
    assert found.power == pytest.approx(0.051)


@pytest.mark.parametrize("alternative", ["greater", "less", "two-sided"])
@pytest.mark.parametrize("test", ["exact", "binomial", "chi-square"])
def test_the_limit_estimate_puts_p_at_its_level(test, alternative):
    source = pool(yi=THIRD_WAVE[0], vi=np.square(THIRD_WAVE[1]))
    found = excess_significance(source, test=test, alternative=alternative)
    assert str(found.observed) in str(found)
    if (test, alternative) in (("exact", "two-sided"), ("binomial", "two-sided")):
        return  # p jumps where another outcome becomes as likely as the one observed
    for limit in found.limits:
        again = excess_significance(source, test=test, alternative=alternative, mu=limit)
        assert again.p == pytest.approx(0.1, abs=1e-8)


def test_power_under_heterogeneity_is_the_mean_power():
    source = pool(yi=[0.5, 0.1, 0.3], vi=[0.04, 0.02, 0.03])
    found = excess_significance(source, mu=0.3, tau2=0.02).power
    at, share = np.polynomial.hermite_e.hermegauss(60)
    rows = [excess_significance(source, mu=0.3 + 0.02**0.5 * x).power for x in at]
    np.testing.assert_allclose(found, share / share.sum() @ np.array(rows), rtol=1e-8)


def test_levels_out_of_range_are_refused():
    source = pool(yi=[0.5, 0.1, 0.3], vi=[0.04, 0.02, 0.03])
    with pytest.raises(PoolingError, match="alpha is 5"):
        fail_safe_n(source, alpha=5)
    with pytest.raises(PoolingError, match="target is 0"):
        fail_safe_n(source, method="Orwin", target=0.0)
    with pytest.raises(PoolingError, match="between 0 and 1"):
        excess_significance(source, alpha=5)


@pytest.mark.parametrize("method", ["Rosenthal", "Rosenberg"])
def test_so_many_null_results_and_no_fewer_undo_significance(method):
    yi, vi = np.array([0.5, 0.9, 0.4]), np.full(3, 0.05)
    n = fail_safe_n(pool(yi=yi, vi=vi), method=method).n
    for added, alpha_reached in ((n, True), (n - 1, False)):
        z = (yi / vi**0.5).sum() / (3 + added) ** 0.5
        assert (
            z <= {"Rosenthal": 1.6448536269514722, "Rosenberg": 1.959963984540054}[method]
        ) == alpha_reached


@pytest.mark.parametrize("method", ["Orwin", "Orwin-unweighted"])
def test_null_results_bring_the_mean_to_the_target(method):
    found = fail_safe_n(pool(yi=[0.5, 0.9, 0.4], vi=[0.05, 0.05, 0.05]), method=method, target=0.1)
    assert (found.n, found.target) == (15, 0.1)
    assert "bring the mean to 0.100" in str(found)
