"""GOSH pools every subset, or a seeded sample of them."""

import json

import numpy as np
import pytest

from synthesis import gosh, pool
from synthesis.errors import PoolingError
from synthesis.fit import NotDefined
from synthesis.tau2 import TAU2


@pytest.mark.parametrize("tau2", TAU2)
def test_every_subset_equals_its_pool(tau2, simulated):
    yi, vi = simulated(5, 0.3)
    found = gosh(pool(yi=yi, vi=vi, tau2=tau2))
    assert found.mu.size == 31
    for n in range(31):
        held = [i for i in range(5) if (n + 1) >> i & 1]
        alone = pool(yi=yi[held], vi=vi[held], tau2=tau2)
        h = alone.heterogeneity
        rest = (0, 0, 1, 0) if isinstance(h, NotDefined) else (h.tau2, h.i2, h.h2, h.q)
        row = (found.mu[n], found.tau2[n], found.i2[n], found.h2[n], found.q[n])
        np.testing.assert_allclose(row, (alone.mu, *rest), rtol=1e-8, atol=1e-12)
        assert found.k[n] == len(held)
        assert [bool(found.holds(i)[n]) for i in range(5)] == [i in held for i in range(5)]


def test_the_common_effect_has_its_own_i2(simulated):
    yi, vi = simulated(4, 0.3)
    found = gosh(pool(yi=yi, vi=vi, model="common-effect"))
    whole = pool(yi=yi, vi=vi, model="common-effect")
    assert (found.mu[-1], found.i2[-1]) == pytest.approx((whole.mu, whole.heterogeneity.i2), rel=1e-10)


def test_a_sample_is_the_same_for_the_same_seed_and_holds_no_empty_subset(simulated):
    whole = pool(yi=simulated(9)[0], vi=simulated(9)[1], tau2="DL")
    first, second, other = (gosh(whole, subsets=500, seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.mu, second.mu)
    assert (first.mu != other.mu).any()
    assert first.k.min() >= 1
    assert first.k.mean() == pytest.approx(4.5, abs=0.3)
    assert (first.every, first.seed, gosh(whole).seed) == (False, 3, None)


def test_above_twenty_studies_subsets_are_drawn(monkeypatch, simulated):
    monkeypatch.setattr("synthesis.diagnostics.gosh.SAMPLED", 200)
    yi, vi = simulated(25)
    found = gosh(pool(yi=yi, vi=vi, tau2="DL"))
    assert (found.mu.size, found.every) == (200, False)
    assert sum(found.holds(i) for i in range(25)).tolist() == found.k.tolist()


def test_blocks_do_not_change_the_answer(monkeypatch, simulated):
    whole = pool(yi=simulated(8)[0], vi=simulated(8)[1])
    at_once = gosh(whole)
    monkeypatch.setattr("synthesis.diagnostics.refits._CACHED", 8 * 7)
    np.testing.assert_allclose(gosh(whole).mu, at_once.mu, rtol=1e-13)


def test_two_studies_have_no_gosh():
    assert gosh(pool(yi=[0.1, 0.2], vi=[0.1, 0.1])) == NotDefined(
        "GOSH needs at least 3 studies; there are 2 studies"
    )


def test_a_number_of_subsets_is_positive():
    with pytest.raises(PoolingError, match="subsets is 0"):
        gosh(pool(yi=[0.1, 0.2, 0.4], vi=[0.1, 0.1, 0.1]), subsets=0)


def test_it_prints_and_becomes_json():
    found = gosh(pool(yi=[0.1, 0.2, 0.4], vi=[0.1, 0.1, 0.1], labels=["A", "B", "C"]))
    assert "7 pools, all subsets" in str(found)
    assert len(json.loads(json.dumps(found.to_dict()))["mu"]) == 7


@pytest.mark.parametrize("tau2", ["REML", "ML"])
@pytest.mark.parametrize("apart", [0.0, 3.0, 1e5])
@pytest.mark.parametrize("seed", range(4))
def test_likelihoods_from_sums_end_where_the_estimator_does(tau2, apart, seed, simulated):
    yi, vi = simulated(9, 0.02, seed)
    yi[:4] += apart
    vi[::3] /= 20  # then some subsets have two maxima
    found = gosh(pool(yi=yi, vi=vi, tau2=tau2))
    where = np.stack([found.holds(i) for i in range(9)], axis=1)
    np.testing.assert_allclose(found.tau2, TAU2[tau2](yi, vi, where=where)[0], rtol=1e-7, atol=1e-10)
