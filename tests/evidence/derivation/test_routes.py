"""Routes from tests, correlations and margins to effects go there and back."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.derivation.averaged import averaged, averaged_exponential
from evidence.derivation.d_to_means import changes_of_d, means_of_d
from evidence.derivation.d_to_overlap import common_language, d_from_common_language
from evidence.derivation.delta_method import transformed
from evidence.derivation.interval_to_se import from_f, from_p, from_z
from evidence.derivation.odds_to_d import risk_difference_at, risk_ratio_at
from evidence.derivation.p_to_statistic import f_from_p, t_from_p
from evidence.derivation.r_to_d import (
    biserial_from_point_biserial,
    d_from_point_biserial,
    d_from_r,
    point_biserial_from_d,
    point_biserial_from_r,
)
from evidence.derivation.t_to_d import change_from_p, change_from_t, d_from_f, d_from_p, d_from_t
from evidence.derivation.t_to_r import partial_from_p, r2_from_f, r2_from_p, r_from_p, r_from_t
from evidence.derivation.table_from_margins import (
    table_from_chi_square,
    table_from_odds_ratio,
    table_from_phi,
)
from evidence.measures import get
from evidence.measures.scales import from_arcsine
from evidence.reanalysis.tails import f_upper, t_two_sided

TEST = {"m": (10.0, 8.5), "sd": (3.0, 2.5), "n": (20, 24)}


def t_statistic():
    (m1, m2), (s1, s2), (n1, n2) = TEST.values()
    pooled = ((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2)
    return (m1 - m2) / (pooled * (1 / n1 + 1 / n2)) ** 0.5


def printed_means():
    (m1, m2), (s1, s2), (n1, n2) = TEST.values()
    return m1, s1, n1, m2, s2, n2


@pytest.mark.parametrize("code", ["SMD", "RPB", "ZPB", "RBIS", "D2OR", "D2ORN"])
def test_a_d_from_t_gives_what_the_means_give(code):
    di = d_from_t(t_statistic(), *TEST["n"])
    one = get(code).effect(*means_of_d(di, *TEST["n"]))
    np.testing.assert_allclose(one, get(code).effect(*printed_means()), rtol=1e-12)


def test_a_common_language_effect_from_d_needs_one_standard_deviation():
    di = d_from_t(t_statistic(), *TEST["n"])
    one = get("CLESN").effect(*means_of_d(di, *TEST["n"]), vtype="HO")
    np.testing.assert_allclose(one, get("CLESN").effect(*printed_means(), vtype="HO"), rtol=1e-12)


def test_p_and_f_give_what_t_gives():
    t, n = t_statistic(), TEST["n"]
    p = float(t_two_sided(t, sum(n) - 2))
    assert float(d_from_p(p, *n)) == pytest.approx(float(d_from_t(t, *n)), rel=1e-9)
    assert float(d_from_p(-p, *n)) == pytest.approx(-float(d_from_t(t, *n)), rel=1e-9)
    assert float(d_from_f(t**2, *n, sign=-1)) == pytest.approx(-float(d_from_t(t, *n)), rel=1e-12)


def test_a_change_from_the_paired_test_gives_what_the_means_give():
    di = change_from_t(2.1, 25)
    m1, m2, sd1, sd2, r, n = 30.0, 24.0, 4.5, 4.7, 0.5, 25
    spread = (sd1**2 + sd2**2 - 2 * r * sd1 * sd2) ** 0.5
    t = (m1 - m2) / (spread / n**0.5)
    one = get("SMCC").effect(*changes_of_d(change_from_t(t, n), n))
    np.testing.assert_allclose(one, get("SMCC").effect(m1, m2, sd1, sd2, r, n), rtol=1e-12)
    assert float(change_from_p(float(t_two_sided(2.1, 24)), 25)) == pytest.approx(float(di), rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(p=st.floats(1e-12, 0.999), df=st.integers(1, 300))
def test_a_p_value_gives_back_its_statistic(p, df):
    assert float(t_two_sided(t_from_p(p, df), df)) == pytest.approx(p, rel=1e-8)
    assert float(f_upper(f_from_p(p, 3, df), 3, df)) == pytest.approx(p, rel=1e-8)


@pytest.mark.parametrize("p", [0.0, 1.2, -1.2, nan])
def test_what_is_no_p_value_has_no_statistic(p):
    assert np.isnan(t_from_p(p, 10))
    assert np.isnan(f_from_p(p, 2, 10))


def test_correlations_and_r_squared_from_their_tests():
    r, n = 0.35, 40
    t = r * ((n - 2) / (1 - r**2)) ** 0.5
    assert float(r_from_t(t, n)) == pytest.approx(r)
    assert float(r_from_p(float(t_two_sided(t, n - 2)), n)) == pytest.approx(r, rel=1e-8)
    assert float(partial_from_p(float(t_two_sided(t, n - 5)), 4, n)) == pytest.approx(
        t / (t**2 + n - 5) ** 0.5, rel=1e-8
    )
    f = (0.3 / 4) / (0.7 / (n - 5))
    assert float(r2_from_f(f, 4, n)) == pytest.approx(0.3)
    assert float(r2_from_p(float(f_upper(f, 4, n - 5)), 4, n)) == pytest.approx(0.3, rel=1e-8)


@settings(max_examples=40, deadline=None)
@given(d=st.floats(-3, 3), n1=st.integers(3, 80), n2=st.integers(3, 80))
def test_d_and_its_correlations_come_back(d, n1, n2):
    assert float(d_from_point_biserial(point_biserial_from_d(d, n1, n2), n1, n2)) == pytest.approx(
        d, abs=1e-9
    )
    assert float(d_from_common_language(common_language(d))) == pytest.approx(d, abs=1e-7)
    share = n1 / (n1 + n2)
    assert float(biserial_from_point_biserial(point_biserial_from_r(0.3, share), share)) == pytest.approx(0.3)


def test_d_from_r_is_by_way_of_the_point_biserial():
    assert float(d_from_r(0.4, 20, 35)) == pytest.approx(
        float(d_from_point_biserial(point_biserial_from_r(0.4, 20 / 55), 20, 35))
    )


@settings(max_examples=60, deadline=None)
@given(cells=st.tuples(*[st.integers(1, 60)] * 4))
def test_a_table_comes_back_from_its_margins(cells):
    a, b, c, d = cells
    margins = (sum(cells), a + b, a + c)
    for found in (
        table_from_odds_ratio(a * d / (b * c), *margins),
        table_from_phi((a * d - b * c) / ((a + b) * (c + d) * (a + c) * (b + d)) ** 0.5, *margins),
    ):
        assert tuple(float(cell) for cell in found) == cells


def test_an_odds_ratio_of_one_is_independence():
    assert [float(cell) for cell in table_from_odds_ratio(1.0, 100, 50, 40)] == [20, 30, 20, 30]


def test_yates_correction_is_undone():
    a, b, c, d = 34, 21, 26, 39
    n, row, column = 120, 55, 60
    plain = (a * d - b * c) ** 2 * n / (row * (n - row) * column * (n - column))
    yates = (abs(a * d - b * c) - n / 2) ** 2 * n / (row * (n - row) * column * (n - column))
    for statistic, correct in ((plain, False), (yates, True)):
        found = table_from_chi_square(statistic, n, row, column, correct=correct)
        assert [float(cell) for cell in found] == [a, b, c, d]


def test_a_table_with_negative_counts_is_none():
    assert np.isnan(table_from_phi(0.99, 100, 10, 90)).all()


def test_no_chi_square_is_no_association():
    assert [float(cell) for cell in table_from_chi_square(0.0, 100, 50, 40)] == [20, 30, 20, 30]


def test_risks_that_an_odds_ratio_means():
    a, b, c, d = 30, 70, 20, 80
    log_odds = np.log(a * d / (b * c))
    assert float(risk_ratio_at(log_odds, 0.2)) == pytest.approx(1.5)
    assert float(risk_difference_at(log_odds, 0.2)) == pytest.approx(0.1)
    assert np.isnan(risk_ratio_at(log_odds, 1.2))


def test_a_given_derivative_is_used():
    found = transformed(1.8, 0.09, np.log, lambda y: 1 / y)
    np.testing.assert_allclose(found, [np.log(1.8), 0.09 / 1.8**2], rtol=1e-14)


@settings(max_examples=40, deadline=None)
@given(y=st.floats(-3, 3))
def test_the_derivative_by_differences_is_exact_to_ten_digits(y):
    assert float(transformed(y, 1.0, np.exp)[1]) == pytest.approx(np.exp(2 * y), rel=1e-9)


def test_what_the_scale_cannot_hold_is_not_estimable():
    assert np.isnan(transformed(-1.0, 0.1, np.log)).all()


def test_averaging_over_no_heterogeneity_is_the_plain_display():
    assert float(averaged(np.tanh, 0.3, 0.0)) == np.tanh(0.3)
    assert np.isnan(averaged(np.tanh, 0.3, -0.1))


def test_averaging_agrees_with_closed_forms():
    assert float(averaged(np.exp, 0.3, 0.2)) == pytest.approx(
        float(averaged_exponential(0.3, 0.2)), rel=1e-12
    )
    # The mean of sin(y)^2 over a normal that never leaves 0 to pi / 2.
    exact = 0.5 * (1 - np.exp(-2 * 0.001) * np.cos(2 * 0.8))
    found = averaged(from_arcsine, 0.8, 0.001, 0.0, 0.5 * np.pi)
    assert float(found) == pytest.approx(exact, rel=1e-12)


def test_averaging_takes_arrays():
    both = averaged(np.tanh, [0.3, 0.5], [0.05, 0.1])
    assert float(both[1]) == float(averaged(np.tanh, 0.5, 0.1))


def test_a_standard_error_from_f_and_from_a_t_test():
    assert float(from_f(-0.42, 4.0, log=False)[1]) == pytest.approx(0.21)
    estimate, se = from_z(0.42, 2.1, log=False)
    p = float(t_two_sided(2.1, 18))
    assert float(from_p(0.42, p, log=False, df=18)[1]) == pytest.approx(float(se), rel=1e-9)
    assert float(estimate) == 0.42
    assert np.isnan(from_f(0.42, 0.0, log=False)).all()
