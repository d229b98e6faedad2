"""What every measure in the folder promises; a new one gets these tests by being there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import measures
from evidence.measures.standardised_mean_difference import bias_correction

CODES = measures.codes()
COUNT = st.integers(0, 30)
MEAN = st.floats(0.5, 50)
SPREAD = st.floats(0.1, 20)
SIZE = st.integers(3, 200)


def drawn(data, code, k=4):
    """Possible inputs of a measure for k studies."""
    columns = {}
    for name in measures.get(code).inputs:
        if name in ("n1i", "n2i", "ni"):
            columns[name] = data.draw(st.lists(st.integers(31, 200), min_size=k, max_size=k))
        elif name in ("ai", "ci", "xi"):
            columns[name] = data.draw(st.lists(COUNT, min_size=k, max_size=k))
        elif name.startswith("sd") or name == "vi":
            columns[name] = data.draw(st.lists(SPREAD, min_size=k, max_size=k))
        elif name == "ri":
            columns[name] = data.draw(st.lists(st.floats(-1, 1), min_size=k, max_size=k))
        elif name == "level":
            columns[name] = [95.0] * k
        else:
            columns[name] = data.draw(st.lists(MEAN, min_size=k, max_size=k))
    if code == "HR":
        columns["low"] = np.multiply(columns["hr"], 0.7)
        columns["high"] = np.multiply(columns["hr"], 1.5)
    return [np.asarray(columns[name], dtype=float) for name in measures.get(code).inputs]


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_studies_may_come_in_any_order(code, data):
    columns, order = drawn(data, code), [2, 0, 3, 1]
    straight = measures.get(code).effect(*columns)
    shuffled = measures.get(code).effect(*(column[order] for column in columns))
    for one, other in zip(straight, shuffled, strict=True):
        np.testing.assert_array_equal(one[order], other)


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_batch_equals_the_loop(code, data):
    first, second = drawn(data, code), drawn(data, code)
    effect = measures.get(code).effect
    batch = effect(*(np.stack(pair) for pair in zip(first, second, strict=True)))
    for row, columns in enumerate((first, second)):
        for together, alone in zip(batch, effect(*columns), strict=True):
            np.testing.assert_array_equal(together[row], alone)


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_variances_are_not_negative(code, data):
    assert (measures.get(code).effect(*drawn(data, code))[1] >= 0).all()


@pytest.mark.parametrize("code", [code for code in CODES if len(measures.get(code).inputs) in (4, 6)])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_swapping_the_arms_flips_the_sign(code, data):
    if code == "HR":
        hr, low, high, level = drawn(data, code)
        swapped = (1 / hr, 1 / high, 1 / low, level)
        columns = (hr, low, high, level)
    else:
        columns = drawn(data, code)
        half = len(columns) // 2
        swapped = (*columns[half:], *columns[:half])
        if measures.get(code).kind == "within":
            m1, m2, sd1, sd2, r, n = columns
            swapped = (m2, m1, sd2, sd1, r, n)
    effect = measures.get(code).effect
    one, other = effect(*columns), effect(*swapped)
    np.testing.assert_allclose(one[0], -other[0], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(one[1], other[1], rtol=1e-9)


@pytest.mark.parametrize("code", CODES)
def test_missing_numbers_are_not_estimable_and_no_warning(code):
    columns = [[float("nan")] for _ in measures.get(code).inputs]
    yi, vi = measures.get(code).effect(*columns)
    assert np.isnan(yi).all() and np.isnan(vi).all()


@pytest.mark.parametrize("code", CODES)
def test_single_numbers_give_single_numbers(code):
    inputs = {"hr": 0.7, "low": 0.5, "high": 0.9, "level": 95, "ri": 0.5}
    values = [inputs.get(name, 20 if name.startswith("n") else 5) for name in measures.get(code).inputs]
    assert all(np.shape(part) == () and np.isfinite(part) for part in measures.get(code).effect(*values))


@pytest.mark.parametrize("code", CODES)
def test_the_null_shown_is_one_for_ratios_and_zero_for_differences(code):
    measure = measures.get(code)
    if measure.null is not None:
        assert float(measure.back(measure.null)) == (1.0 if measure.scale == "log" else 0.0)


def test_codes_are_those_of_the_folder():
    expected = "GEN HR MC MD MN OR PFT PLO RD ROM RR SMD"
    assert " ".join(CODES) == expected


def test_an_unknown_code_lists_the_codes_and_the_nearest():
    with pytest.raises(measures.UnknownMeasure, match=r"unknown measure 'ROMM'; choose .*did you mean ROM\?"):
        measures.get("ROMM")


def test_hedges_factor_is_continuous_where_the_series_begins():
    below, above = bias_correction([40 - 1e-9, 40 + 1e-9])
    assert abs(below - above) < 1e-11


def test_hedges_factor_is_near_its_approximation():
    df = np.array([5.0, 39.0, 41.0, 1000.0, 1e6])
    found = np.abs(bias_correction(df) - (1 - 3 / (4 * df - 1)))
    assert (found < 0.05 / df**2).all()


def test_a_double_arcsine_comes_back_to_its_proportion():
    from evidence.measures.freeman_tukey import double_arcsine, proportion_of

    events, size = np.arange(0, 21), np.full(21, 20)
    found = proportion_of(double_arcsine(events, size)[0], size)
    np.testing.assert_allclose(found, events / size, atol=1e-7)
