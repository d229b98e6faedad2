"""Tail areas and quantiles agree with scipy.special and come back to themselves."""

from math import exp, inf, pi

import pytest
from scipy import special

from evidence.distributions import (
    chi2_isf,
    chi2_sf,
    f_sf,
    f_tails,
    normal_isf,
    normal_sf,
    t_isf,
    t_sf,
    t_tails,
)

TAILS = (1e-20, 1e-9, 1e-4, 0.005, 0.025, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.9, 0.975, 0.999999)
DEGREES = (0.5, 1, 2, 3, 4, 7.3, 12, 50, 333, 1000, 1001, 1e5)


@pytest.mark.parametrize("z", [-5, -1.96, 0, 0.1, 1.96, 8, 37])
def test_normal_tail(z):
    assert normal_sf(z) == pytest.approx(special.ndtr(-z), rel=1e-12)


@pytest.mark.parametrize("q", TAILS)
def test_normal_quantile(q):
    assert normal_isf(q) == pytest.approx(-special.ndtri(q), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("df", DEGREES)
@pytest.mark.parametrize("t", [-30, -2, 0, 0.01, 1, 1.96, 8, 100, 1e4])
def test_t_tail(t, df):
    assert t_sf(t, df) == pytest.approx(special.stdtr(df, -t), rel=1e-11)


@pytest.mark.parametrize("df", DEGREES)
@pytest.mark.parametrize("q", TAILS)
def test_t_quantile_has_its_tail(q, df):
    assert t_sf(t_isf(q, df), df) == pytest.approx(q, rel=2e-10 if df > 1000 else 1e-12)


@pytest.mark.parametrize("df", DEGREES)
@pytest.mark.parametrize("x", [0, 1e-8, 0.5, 1, 3.84, 20, 100, 900])
def test_chi_square_tail(x, df):
    assert chi2_sf(x, df) == pytest.approx(special.chdtrc(df, x), rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("df", DEGREES)
@pytest.mark.parametrize("q", TAILS)
def test_chi_square_quantile_has_its_tail(q, df):
    assert chi2_sf(chi2_isf(q, df), df) == pytest.approx(q, rel=1e-10)


@pytest.mark.parametrize("df1", [1, 3, 12, 500])
@pytest.mark.parametrize("df2", [1, 3, 12, 999, 2000, inf])
@pytest.mark.parametrize("f", [0, 0.5, 1, 4, 30])
def test_f_tail(f, df1, df2):
    expected = special.chdtrc(df1, df1 * f) if df2 == inf else special.fdtrc(df1, df2, f)
    assert f_sf(f, df1, df2) == pytest.approx(expected, rel=1e-10)


def test_f_on_one_degree_is_t_squared():
    assert f_sf(4.2**2, 1, 9) == pytest.approx(2 * t_sf(4.2, 9), rel=1e-13)


def test_a_small_t_keeps_its_digits():
    assert 0.5 - t_sf(1e-8, 1) == pytest.approx(1e-8 / pi, rel=1e-7)


def test_chi_square_on_two_degrees_is_exponential_far_out():
    assert chi2_sf(1000, 2) == pytest.approx(exp(-500), rel=1e-12)


@pytest.mark.parametrize("quantile", [normal_isf, lambda q: t_isf(q, 5), lambda q: chi2_isf(q, 5)])
def test_what_is_no_probability_is_refused(quantile):
    assert quantile(0.0) == inf
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(1.5)


@pytest.mark.parametrize("df", [1, 2, 10, 58, 999, 2000, inf])
@pytest.mark.parametrize("t", [0, 0.01, 0.6, 2.31, 9, 40])
@pytest.mark.parametrize("half", [0.0005, 0.005, 0.05, 0.5])
def test_three_t_tails_are_those_of_each(t, df, half):
    points = (max(t - half, 0.0), t, t + half)
    assert t_tails(points, df) == pytest.approx([t_sf(x, df) for x in points], rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("df1", [1, 3, 30, 999])
@pytest.mark.parametrize("df2", [1, 30, 999, inf])
@pytest.mark.parametrize("f", [0, 0.01, 0.9, 3.2, 47, inf])
@pytest.mark.parametrize("half", [0.0005, 0.05, 0.5])
def test_three_f_tails_are_those_of_each(f, df1, df2, half):
    points = (max(f - half, 0.0), f, f + half)
    assert f_tails(points, df1, df2) == pytest.approx(
        [f_sf(x, df1, df2) for x in points], rel=1e-11, abs=1e-300
    )
