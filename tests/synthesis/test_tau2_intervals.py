"""Intervals of tau2 satisfy the equations that define them, to 1e-8, and behave as such intervals do."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.integrate import quad
from scipy.stats import chi2

from synthesis.quadratic_forms import squares_sf
from synthesis.tau2_intervals import TAU2_INTERVALS, generalised_q_profile

QUICK = settings(max_examples=15, deadline=None)
EVERY = pytest.mark.parametrize("name", TAU2_INTERVALS)
SOLVED = pytest.mark.parametrize("name", ["Q-profile", "BJ", "J", "PL", "PL-ML"])
ORACLES = sorted((Path(__file__).parents[1] / "oracles").glob("pool_*.json"))
DATA = {
    path.stem: tuple(
        np.array(json.loads(path.read_text(encoding="utf-8"))["input"][name]) for name in ("yi", "vi")
    )
    for path in ORACLES
}


@st.composite
def meta_analyses(draw):
    size = draw(st.integers(3, 9))
    yi = draw(arrays(np.float64, size, elements=st.floats(-3, 3)))
    vi = draw(arrays(np.float64, size, elements=st.floats(0.01, 2)))
    return np.round(yi, 6), np.round(vi, 6)


def imhof(q, a, s):
    """P(Q > q) by Imhof's integral over the eigenvalues, as little like ours as can be."""
    root = np.sqrt(s)
    form = (np.diag(a) - np.outer(a, a) / a.sum()) * np.outer(root, root)
    values = np.linalg.eigvalsh(form)[1:]

    def integrand(u):
        angle = 0.5 * np.arctan(values * u).sum() - 0.5 * q * u
        return np.sin(angle) / (u * np.prod((1 + (values * u) ** 2) ** 0.25))

    return 0.5 + quad(integrand, 0, np.inf, limit=4000, epsabs=1e-12)[0] / np.pi


def fixed_q(yi, a):
    return (a * (yi - (a * yi).sum() / a.sum()) ** 2).sum()


@pytest.mark.parametrize("dataset", ["pool_dat.bcg", "pool_dat.li2007", "pool_dat.molloy2014"])
@pytest.mark.parametrize("power", [1.0, 0.5])
def test_bounds_from_q_with_fixed_weights_have_their_tail_by_imhofs_integral(dataset, power):
    yi, vi = DATA[dataset]
    a = vi**-power
    low, high, found = generalised_q_profile(yi, vi, weights=a)
    assert found
    for bound, tail in ((low, 0.025), (high, 0.975)):
        area = imhof(fixed_q(yi, a), a, vi + bound)
        assert area == pytest.approx(tail, abs=1e-7) if bound > 0 else area > tail


@pytest.mark.parametrize("k", [2, 3, 5, 13, 60, 500])
@pytest.mark.parametrize("tail", [0.999, 0.975, 0.5, 0.025, 1e-4])
def test_with_equal_weights_and_variances_q_is_chi_square(k, tail):
    ones = np.ones((k, 1))
    assert squares_sf(np.array([chi2.isf(tail, k - 1)]), ones, ones)[0] == pytest.approx(tail, abs=1e-13)


@pytest.mark.parametrize("dataset", DATA)
def test_q_profile_bounds_put_q_on_quantiles_of_chi_square(dataset):
    yi, vi = DATA[dataset]
    low, high, _ = TAU2_INTERVALS["Q-profile"](yi, vi)
    for bound, tail in ((low, 0.025), (high, 0.975)):
        w = 1 / (vi + bound)
        if bound > 0:
            assert fixed_q(yi, w) == pytest.approx(chi2.isf(tail, yi.size - 1), rel=1e-8)


def log_likelihood(yi, vi, tau2, restricted):
    w = 1 / (vi + tau2)
    return 0.5 * (np.log(w).sum() - fixed_q(yi, w) - restricted * np.log(w.sum()))


@pytest.mark.parametrize(("name", "restricted"), [("PL", 1), ("PL-ML", 0)])
@pytest.mark.parametrize("dataset", DATA)
def test_profile_likelihood_bounds_fall_by_the_quantile(dataset, name, restricted):
    from synthesis.tau2 import TAU2

    yi, vi = DATA[dataset]
    best = float(TAU2["REML" if restricted else "ML"](yi, vi)[0])
    top = log_likelihood(yi, vi, best, restricted)
    low, high, _ = TAU2_INTERVALS[name](yi, vi)
    for bound in (low, high):
        if bound > 0:
            fall = 2 * (top - log_likelihood(yi, vi, bound, restricted))
            assert fall == pytest.approx(chi2.isf(0.05, 1), rel=1e-8)


@EVERY
@QUICK
@given(data=meta_analyses())
def test_bounds_are_in_order_and_not_negative(name, data):
    low, high, found = TAU2_INTERVALS[name](*data)
    assert found and 0 <= low <= high


@EVERY
@QUICK
@given(data=meta_analyses(), scale=st.floats(1e-3, 1e3), shift=st.floats(-100, 100))
def test_shifts_change_nothing_and_scales_their_square(name, data, scale, shift):
    yi, vi = data
    plain = np.array(TAU2_INTERVALS[name](yi, vi)[:2])
    moved = np.array(TAU2_INTERVALS[name](yi * scale + shift, vi * scale**2)[:2])
    np.testing.assert_allclose(moved / scale**2, plain, rtol=1e-6, atol=1e-7 * vi.max())


@EVERY
def test_a_batch_with_a_mask_equals_the_loop(name):
    rng = np.random.default_rng(3)
    vi = rng.uniform(0.01, 0.5, (6, 7))
    yi = rng.normal(0, np.sqrt(vi + 0.1))
    where = rng.random((6, 7)) < 0.8
    low, high, _ = TAU2_INTERVALS[name](yi, vi, where=where)
    for row in range(6):
        own = where[row]
        alone = TAU2_INTERVALS[name](yi[row, own], vi[row, own])
        np.testing.assert_allclose((low[row], high[row]), alone[:2], rtol=1e-9, atol=1e-11)


@SOLVED
def test_a_higher_level_gives_a_wider_interval(name):
    yi, vi = DATA["pool_dat.bcg"]
    (low90, high90, _), (low99, high99, _) = (TAU2_INTERVALS[name](yi, vi, level) for level in (90, 99))
    assert low99 < low90 < high90 < high99


@SOLVED
@pytest.mark.parametrize("k", [0, 1])
def test_one_study_or_none_has_the_interval_from_0_to_0(name, k):
    low, high, found = TAU2_INTERVALS[name]([0.3] * k, [0.1] * k)
    assert (float(low), float(high), bool(found)) == (0.0, 0.0, True)
