"""Intervals that need the studies themselves: what they are made of, and what all of them promise."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chi2

from synthesis import pool
from synthesis.errors import PoolingError
from synthesis.intervals import STUDY_INTERVALS, STUDY_PREDICTIONS, Sample
from synthesis.intervals.bootstrap import _drawn_tau2
from synthesis.intervals.permutation import permutation_p, sign_flips
from synthesis.models.inverse_variance import weighted_mean
from synthesis.tau2 import TAU2
from synthesis.tau2_intervals import TAU2_INTERVALS

ORACLES = Path(__file__).parents[1] / "oracles"
BCG = json.loads((ORACLES / "pool_dat.bcg.json").read_text(encoding="utf-8"))["input"]
YI, VI = np.array(BCG["yi"]), np.array(BCG["vi"])
EVERY = pytest.mark.parametrize("name", STUDY_INTERVALS)
STEADY = pytest.mark.parametrize("name", ["KR", "HKSJ-IQWiG", "Henmi-Copas", "profile-likelihood"])
QUICK = settings(max_examples=10, deadline=None)


def sample_of(yi, vi, **options):
    tau2 = float(TAU2["REML"](yi, vi)[0])
    mean = weighted_mean(yi, vi, tau2)
    return Sample(yi, vi, tau2, "REML", float(mean.mu), float(mean.se), float(mean.q), **options)


@st.composite
def meta_analyses(draw):
    size = draw(st.integers(6, 9))
    yi = draw(arrays(np.float64, size, elements=st.floats(-3, 3), unique=True))
    vi = draw(arrays(np.float64, size, elements=st.floats(0.05, 2)))
    return np.round(yi, 3) + np.arange(size) * 1e-3, np.round(vi, 3)


@EVERY
def test_pool_gives_it(name):
    result = pool(yi=YI, vi=VI, interval=name)
    assert result.interval_method == name
    assert result.ci.low < result.mu < result.ci.high
    assert (result.p < 0.05) == (not result.ci.low <= 0 <= result.ci.high)


@EVERY
def test_a_higher_level_is_wider(name):
    low, high = (pool(yi=YI, vi=VI, interval=name, level=level).ci for level in (80, 97))
    assert high.low < low.low < low.high < high.high


@EVERY
@QUICK
@given(data=meta_analyses())
def test_turning_all_signs_turns_the_interval(name, data):
    yi, vi = data
    there, back = (STUDY_INTERVALS[name](sample_of(sign * yi, vi, draws=200), 90) for sign in (1, -1))
    if name == "bootstrap":  # its draws are the same, so its width is
        assert there.high - there.low == pytest.approx(float(back.high - back.low), rel=1e-6)
    np.testing.assert_allclose((back.low, back.high), (-there.high, -there.low), rtol=1e-4, atol=1e-4)


@STEADY
@QUICK
@given(data=meta_analyses(), scale=st.floats(1e-3, 1e3), shift=st.floats(-50, 50))
def test_shift_and_scale_move_the_interval_with_them(name, data, scale, shift):
    yi, vi = data
    plain = STUDY_INTERVALS[name](sample_of(yi, vi), 95)
    moved = STUDY_INTERVALS[name](sample_of(yi * scale + shift, vi * scale**2), 95)
    expected = np.array([plain.low, plain.high]) * scale + shift
    np.testing.assert_allclose((moved.low, moved.high), expected, rtol=1e-6, atol=1e-6 * (scale + 1))


@STEADY
@QUICK
@given(data=meta_analyses(), seed=st.randoms(use_true_random=False))
def test_the_order_of_studies_does_not_matter(name, data, seed):
    yi, vi = data
    order = list(range(yi.size))
    seed.shuffle(order)
    first = STUDY_INTERVALS[name](sample_of(yi, vi), 95)
    second = STUDY_INTERVALS[name](sample_of(yi[order], vi[order]), 95)
    np.testing.assert_allclose((first.low, first.high), (second.low, second.high), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", ["permutation", "bootstrap"])
def test_the_same_seed_gives_the_same_interval_and_another_another(name):
    first, again, other = (pool(yi=YI, vi=VI, interval=name, seed=seed).ci for seed in (3, 3, 4))
    assert first == again != other


def test_the_bounds_of_the_profile_likelihood_lie_where_it_has_fallen_by_the_quantile():
    bounds = pool(yi=YI, vi=VI, interval="profile-likelihood").ci
    tau2 = float(TAU2["ML"](YI, VI)[0])
    best = twice_log_likelihood(float(weighted_mean(YI, VI, tau2).mu), tau2)
    for bound in (bounds.low, bounds.high):
        grid = np.linspace(0, 3, 300_001)
        highest = max(twice_log_likelihood(bound, part) for part in np.array_split(grid, 300))
        assert best - highest == pytest.approx(chi2.isf(0.05, 1), abs=1e-6)


def twice_log_likelihood(mu, tau2):
    total = VI + np.reshape(tau2, (-1, 1))
    return float((-np.log(total) - (YI - mu) ** 2 / total).sum(axis=1).max())


def test_henmi_and_copas_is_metafors_hc():
    # metafor 5.1.12 hc() of dat.li2007 as in pubbias_dat.li2007.json; its root finder stops at 1e-4.
    li = json.loads((ORACLES / "pool_dat.li2007.json").read_text(encoding="utf-8"))["input"]
    found = pool(yi=li["yi"], vi=li["vi"], tau2="DL", interval="Henmi-Copas")
    assert found.mu == pytest.approx(-0.00682378271369314, rel=1e-10)
    assert found.se == pytest.approx(0.199832306771445, rel=1e-10)
    assert found.ci.low == pytest.approx(-1.01054190702639, rel=1e-4)
    assert found.ci.high == pytest.approx(0.996894341599006, rel=1e-4)
    assert "common-effect" in found.interval_note


def test_kenward_and_roger_has_metas_numbers():
    found = pool(yi=YI, vi=VI, interval="KR")  # meta 8.3.0, method.random.ci = "KR"
    expected = (0.181535636413219, 10.5137107629088, -1.11635595183724, -0.312708732479036)
    assert (found.se, found.df, found.ci.low, found.ci.high) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("k", [6, 7, 11])
def test_few_studies_are_flipped_in_every_way_once(k):
    signs = sign_flips(k, 1000, 0)
    assert signs.shape == (2 ** (k - 1), k)
    assert len({tuple(row) for row in signs.tolist()}) == 2 ** (k - 1)
    assert (signs[0] == 1).all()


def test_the_exact_p_counts_the_flips_at_least_as_far_out():
    yi, vi = YI[:7], VI[:7]
    sample, signs = sample_of(yi, vi), sign_flips(7, 1000, 0)
    _, p = permutation_p(sample, signs, np.zeros(1))
    t = [abs(pool(yi=yi * row, vi=vi, interval="HKSJ").statistic) for row in signs]
    assert p[0] == pytest.approx(np.mean(np.array(t) >= t[0] * (1 - 1e-9)), rel=1e-12)


def test_permutation_bounds_are_where_p_passes_the_level():
    yi, vi = YI[:8], VI[:8]
    sample, signs = sample_of(yi, vi), sign_flips(8, 1000, 0)
    ci = pool(yi=yi, vi=vi, interval="permutation").ci
    step = 1e-4 * ci.width
    means = np.array([ci.low - step, ci.low + step, ci.high - step, ci.high + step])
    assert (permutation_p(sample, signs, means)[1] > 0.05).tolist() == [False, True, True, False]


def test_too_few_studies_for_a_permutation_interval_are_told_why():
    with pytest.raises(PoolingError, match="5 studies allow no permutation interval.*0.0625"):
        pool(yi=YI[:5], vi=VI[:5], interval="permutation")


def test_one_study_has_its_own_wald_interval_whatever_is_asked_for():
    for name in STUDY_INTERVALS:
        assert pool(yi=[0.3], vi=[0.1], interval=name).interval_method == "Wald"


@pytest.mark.parametrize("name", sorted(set(STUDY_INTERVALS) - {"permutation"}))
def test_two_studies_have_an_interval(name):
    ci = pool(yi=[0.2, 0.9], vi=[0.05, 0.08], interval=name).ci
    assert np.isfinite([ci.low, ci.high]).all()


@pytest.mark.parametrize("name", sorted(set(STUDY_INTERVALS) - {"permutation", "bootstrap"}))
def test_equal_effects_have_an_interval(name):
    ci = pool(yi=[0.3] * 6, vi=[0.05, 0.08, 0.1, 0.2, 0.1, 0.1], interval=name).ci
    assert ci.low <= 0.3 <= ci.high


def test_intervals_of_studies_are_for_weights_by_variance():
    with pytest.raises(PoolingError, match="inverse-variance weights"):
        pool(yi=YI, vi=VI, weights="equal", interval="KR")


def test_nagashimas_law_of_tau2_has_the_generalised_q_bounds_as_its_quantiles():
    low, high, _ = TAU2_INTERVALS["BJ"](YI, VI)
    drawn = _drawn_tau2(sample_of(YI, VI), np.array([0.0, 0.025, 0.975]))
    assert drawn.tolist() == pytest.approx([0.0, float(low), float(high)], rel=1e-3)


def test_nagashimas_interval_hardly_depends_on_the_seed_and_is_wide():
    few, more = (pool(yi=YI, vi=VI, prediction="bootstrap", draws=40_000, seed=seed) for seed in (0, 1))
    assert few.prediction.low == pytest.approx(more.prediction.low, abs=0.05)
    assert few.prediction.high == pytest.approx(more.prediction.high, abs=0.05)
    assert few.prediction.width > pool(yi=YI, vi=VI, prediction="HTS(k-1)").prediction.width


def test_predictions_that_need_the_studies_are_listed():
    assert set(STUDY_PREDICTIONS) == {"bootstrap"}
