"""Which quantiles can be used, and what the routes from them promise."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.derivation.box_cox import PowerNormal, box_cox, power_likelihood
from evidence.derivation.five_numbers import five_numbers
from evidence.derivation.luo_wan_shi import log_normal_data, luo_mean, normal_data, shi_sd, wan_sd
from evidence.derivation.normal_stream import r_normals
from evidence.derivation.older_quantile_rules import bland, expected_range, hozo, walter, wan
from evidence.derivation.quantile_estimation import quantile_estimation
from evidence.derivation.skewness_test import skewed

ROUTES = (normal_data, log_normal_data, quantile_estimation, box_cox, power_likelihood, wan)


def test_the_three_cases():
    numbers = five_numbers(
        [12, 8, 15, 15], [20, 40, 50, 50], q1=[nan, 4, 9, 9], q3=[nan, 13, 21, 21], minimum=[2, nan, 2, 2],
        maximum=[26, nan, 33, nan],
    )  # fmt: skip
    assert numbers.ranged.tolist() == [True, False, False, False]
    assert numbers.quartered.tolist() == [False, True, False, False]
    assert numbers.complete.tolist() == [False, False, True, False]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
@pytest.mark.parametrize(
    "numbers",
    [
        five_numbers(8, 4, q1=4, q3=13),  # too few
        five_numbers(8, 40, q1=9, q3=13),  # out of order
        five_numbers(8, 40, minimum=1, maximum=7),
        five_numbers(8, 40, q1=4),  # one quartile
        five_numbers(8, nan, q1=4, q3=13),
        five_numbers(8, 40),
    ],
)
def test_what_cannot_be_used_is_nan(route, numbers):
    assert all(np.isnan(part) for part in route(numbers))


@pytest.mark.parametrize("route", [log_normal_data, box_cox, power_likelihood])
def test_values_of_zero_have_no_logarithm_nor_power(route):
    assert all(np.isnan(part) for part in route(five_numbers(8, 40, q1=0, q3=13)))


def test_a_range_without_a_median_still_has_a_standard_deviation():
    mean, sd = normal_data(five_numbers(nan, 20, minimum=2, maximum=26))
    assert np.isnan(mean)
    assert sd == pytest.approx(6.4231519347394)


def test_skewed_quantiles_are_refused_unless_one_asks():
    numbers = five_numbers(10, 85, minimum=1.5, maximum=41)
    assert bool(skewed(numbers))
    assert np.isnan(normal_data(numbers)[0])
    assert np.isfinite(normal_data(numbers, test=False)[0])


POSITIVE = st.lists(st.floats(1, 100), min_size=5, max_size=5, unique=True).map(sorted)


@settings(max_examples=50, deadline=None)
@given(values=POSITIVE, n=st.integers(5, 500), factor=st.floats(0.1, 10), shift=st.floats(-50, 50))
def test_means_move_and_stretch_with_the_data(values, n, factor, shift):
    def of(a, q1, m, q3, b):
        numbers = five_numbers(m, n, q1=q1, q3=q3, minimum=a, maximum=b)
        return luo_mean(numbers), shi_sd(numbers), wan_sd(numbers), bland(numbers)[0]

    mean, sd, other, eighths = of(*values)
    moved = of(*(factor * value + shift for value in values))
    expected = (factor * mean + shift, factor * sd, factor * other, factor * eighths + shift)
    np.testing.assert_allclose(moved, expected, rtol=1e-9, atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(values=POSITIVE, n=st.integers(5, 500))
def test_a_batch_equals_the_loop(values, n):
    a, q1, m, q3, b = values
    one = five_numbers(m, n, q1=q1, q3=q3, minimum=a, maximum=b)
    many = five_numbers([m, m], n, q1=[q1, nan], q3=[q3, nan], minimum=a, maximum=b)
    for route in (normal_data, log_normal_data):
        for alone, together in zip(route(one), route(many), strict=True):
            np.testing.assert_array_equal(together[0], alone)


def test_symmetric_quantiles_have_their_median_as_mean():
    numbers = five_numbers(10, 60, q1=7, q3=13, minimum=1, maximum=19)
    for route in (normal_data, wan, bland):
        assert float(route(numbers)[0]) == pytest.approx(10)
    assert float(quantile_estimation(numbers)[0]) == pytest.approx(10, abs=1e-3)


def test_walter_divides_by_the_mean_range_of_normal_samples():
    # Tippett's table: 2 values 1.12838, 10 values 3.07751, 1000 values 6.48287.
    np.testing.assert_allclose(expected_range(np.array([2.0, 10, 1000])), [1.12838, 3.07751, 6.48287], 1e-5)
    assert float(walter(five_numbers(3, 10, minimum=0, maximum=3.07751))[1]) == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize(("n", "divisor"), [(50, 4), (100, 6)])
def test_hozo_divides_the_range_by_four_or_six(n, divisor):
    assert float(hozo(five_numbers(10, n, minimum=0, maximum=24))[1]) == 24 / divisor


def test_older_rules_keep_to_their_case():
    quartiles = five_numbers(8, 40, q1=4, q3=13)
    assert all(np.isnan(part) for rule in (hozo, bland, walter) for part in rule(quartiles))


def test_quantiles_of_a_distribution_give_back_its_mean():
    # The quartiles of a gamma distribution with shape 4 and rate 2.
    mean, sd = quantile_estimation(five_numbers(1.836030, 100, q1=1.267660, q3=2.554708))
    assert (float(mean), float(sd)) == pytest.approx((2.0, 1.0), rel=2e-2)


def test_negative_quantiles_are_fitted_by_the_normal_alone():
    mean, _ = quantile_estimation(five_numbers(-2, 40, q1=-8, q3=4))
    assert float(mean) == pytest.approx(-2, abs=1e-6)


@pytest.mark.parametrize("shape", [0.0, 0.25, 1.0])
def test_power_normal_moments_are_those_of_many_draws(shape):
    fitted = PowerNormal(3.0, 0.5, shape)
    mean, sd = fitted.mean_and_sd()
    drawn_mean, drawn_sd = fitted.simulated(np.random.default_rng(1).standard_normal(400_000))
    assert drawn_mean == pytest.approx(mean, rel=4 * sd / mean / 400_000**0.5)
    assert drawn_sd == pytest.approx(sd, rel=1e-2)


def test_a_power_of_one_leaves_the_normal_alone():
    assert PowerNormal(9.0, 0.5, 1.0).mean_and_sd() == pytest.approx((10.0, 0.5))


def test_the_stream_is_that_of_r():
    # set.seed(1); rnorm(5) and set.seed(42); rnorm(3) in R.
    expected = [-0.6264538, 0.1836433, -0.8356286, 1.5952808, 0.3295078]
    np.testing.assert_allclose(r_normals(5), expected, atol=5e-8)
    np.testing.assert_allclose(r_normals(3, seed=42), [1.3709584, -0.5646982, 0.3631284], atol=5e-8)
