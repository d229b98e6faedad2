"""What every measure in the folder promises; a new one gets these tests by being there."""

import inspect
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import measures
from evidence.measures import files
from evidence.measures.standardised_mean_difference import bias_correction

CODES = measures.codes()
PAIRS = [(code, vtype) for code in CODES for vtype in measures.get(code).vtypes]
COUNTS = ("ai", "ci", "xi", "x1i", "x2i")
SIZES = ("n1i", "n2i", "ni")
FEW_ITEMS = st.integers(2, 9)
INSIDE = st.floats(-0.95, 0.95)
SHARE = st.floats(0.02, 0.95)

ONE_SIDED = {"SMD1", "SMD1H", "SMCR", "SMCRH"}
"""Measures that standardise by one arm or occasion: swapping the two gives another question."""


def strategy(code, name):
    """Possible values of one input of a measure, away from the edges of what can be."""
    if code in ("CLES", "ARAW", "AHW", "ABT") and name == "ai":
        return SHARE
    if measures.get(code).kind in ("association", "reliability") and name == "mi":
        return FEW_ITEMS
    if measures.get(code).kind == "matched" and name in ("ai", "bi", "ci", "di"):
        return st.integers(0, 30)
    if name == "mi":  # the chance of a tie, or a mean
        return st.floats(0, 0.01) if code == "CLES" else st.floats(0.5, 50)
    return (
        st.integers(31, 200)
        if name in SIZES
        else st.integers(0, 30)
        if name in COUNTS
        else st.floats(0.1, 20)
        if name.startswith("sd") or name == "vi"
        else INSIDE
        if name == "ri"
        else SHARE
        if name == "r2i"
        else st.just({"level": 95.0, "mini": 0.0, "maxi": 80.0}[name])
        if name in ("level", "mini", "maxi")
        else st.floats(0.5, 50)
    )


def drawn(data, code, k=4):
    """Possible inputs of a measure for k studies."""
    names = measures.get(code).inputs
    columns = {
        name: data.draw(st.lists(strategy(code, name), min_size=k, max_size=k), label=name) for name in names
    }
    if code == "HR":
        columns["low"] = np.multiply(columns["hr"], 0.7)
        columns["high"] = np.multiply(columns["hr"], 1.5)
    return [np.asarray(columns[name], dtype=float) for name in names]


def computed(code, vtype, columns):
    effect = measures.get(code).effect
    return effect(*columns) if len(measures.get(code).vtypes) == 1 else effect(*columns, vtype=vtype)


@pytest.mark.parametrize(("code", "vtype"), PAIRS)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_studies_may_come_in_any_order(code, vtype, data):
    columns, order = drawn(data, code), [2, 0, 3, 1]
    straight = computed(code, vtype, columns)
    shuffled = computed(code, vtype, [column[order] for column in columns])
    for one, other in zip(straight, shuffled, strict=True):
        np.testing.assert_allclose(one[order], other, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("code", "vtype"), PAIRS)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_a_batch_equals_the_loop(code, vtype, data):
    first, second = drawn(data, code), drawn(data, code)
    batch = computed(code, vtype, [np.stack(pair) for pair in zip(first, second, strict=True)])
    for row, columns in enumerate((first, second)):
        for together, alone in zip(batch, computed(code, vtype, columns), strict=True):
            np.testing.assert_allclose(together[row], alone, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("code", "vtype"), PAIRS)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_a_variance_is_above_zero_where_there_is_one(code, vtype, data):
    yi, vi = computed(code, vtype, drawn(data, code))
    certain = code.startswith("CLES") & (np.minimum(yi, 1 - yi) < 1e-9)  # there the density is too small
    assert (np.isnan(vi) | (vi > 0) | certain).all()
    assert np.isfinite(yi[np.isfinite(vi)]).all()


def swapped(code, columns):
    """The inputs with the arms, groups or occasions the other way round."""
    inputs = dict(zip(measures.get(code).inputs, columns, strict=True))
    if code == "HR":
        return (1 / inputs["hr"], 1 / inputs["high"], 1 / inputs["low"], inputs["level"])
    if code == "CLES":
        return (1 - inputs["ai"], inputs["n2i"], inputs["n1i"], inputs["mi"])
    if code == "MPORM":
        other = {"ai": "ci", "bi": "di", "ci": "ai", "di": "bi"}
    elif measures.get(code).kind == "matched":
        other = {"bi": "ci", "ci": "bi"}
    elif measures.get(code).kind == "binary":
        other = {"ai": "ci", "ci": "ai", "n1i": "n2i", "n2i": "n1i"}
    else:
        other = {name: name.replace("1", "_").replace("2", "1").replace("_", "2") for name in inputs}
    return [inputs[other.get(name, name)] for name in inputs]


def can_be_swapped(code):
    if measures.get(code).kind == "genotypes":
        return False
    names = measures.get(code).inputs
    paired = {"ai", "ci"} <= set(names) or any("1" in name for name in names)
    return code not in ONE_SIDED and (paired or code == "HR")


@pytest.mark.parametrize("code", [code for code in CODES if can_be_swapped(code)])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_swapping_the_arms_flips_the_sign(code, data):
    columns, effect, null = drawn(data, code), measures.get(code).effect, measures.get(code).null
    one, other = effect(*columns), effect(*swapped(code, columns))
    np.testing.assert_allclose(one[0] - null, null - other[0], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(one[1], other[1], rtol=1e-9)


def test_swapping_is_tried_where_there_are_two_of_something():
    tried = {code for code in CODES if can_be_swapped(code)}
    kinds = {measures.get(code).kind for code in set(CODES) - tried - ONE_SIDED}
    one_group = {"proportion", "continuous", "rate", "range", "genotypes"}
    assert kinds == one_group | {"association", "reliability", "generic"}
    assert len(tried) == 50


@pytest.mark.parametrize("code", CODES)
def test_missing_numbers_are_not_estimable_and_no_warning(code):
    columns = [[float("nan")] for _ in measures.get(code).inputs]
    yi, vi = measures.get(code).effect(*columns)
    assert np.isnan(yi).all() and np.isnan(vi).all()


SINGLE = {"mini": 0, "maxi": 80, "hr": 0.7, "low": 0.5, "high": 0.9, "level": 95, "ri": 0.5, "r2i": 0.3}


@pytest.mark.parametrize(("code", "vtype"), PAIRS)
def test_single_numbers_give_single_numbers(code, vtype):
    shares = {"ai": 0.7, "mi": 0.0} if code == "CLES" else {"ai": 0.7} if code[0] == "A" != code[1] else {}
    usual = SINGLE | (shares if code != "AS" else {})
    values = [usual.get(name, 20 if name.startswith("n") else 5) for name in measures.get(code).inputs]
    assert all(np.shape(part) == () and np.isfinite(part) for part in computed(code, vtype, values))


@pytest.mark.parametrize("code", [code for code in CODES if len(measures.get(code).vtypes) > 1])
def test_an_unknown_variance_type_lists_those_there_are(code):
    measure = measures.get(code)
    with pytest.raises(ValueError, match=f"unknown variance type 'XX'.*choose {', '.join(measure.vtypes)}$"):
        measure.effect(*([[5.0]] * len(measure.inputs)), vtype="XX")


@pytest.mark.parametrize("code", CODES)
def test_the_null_shown_is_one_for_ratios_and_zero_for_differences(code):
    measure = measures.get(code)
    if measure.null is not None:
        shown = 1.0 if measure.scale == "log" else 0.5 if code.startswith("CLES") else 0.0
        assert float(measure.back(measure.null)) == shown


def test_the_list_of_files_is_the_folder():
    found = {}
    for module in iter_modules(measures.__path__):
        measure = getattr(import_module(f"evidence.measures.{module.name}"), "MEASURE", None)
        if measure is not None:
            assert measure.code not in found
            found[measure.code] = module.name
    assert found == files.FILES
    assert list(CODES) == sorted(found)


def test_every_measure_says_what_its_effect_takes():
    for code in CODES:
        measure = measures.get(code)
        parameters = inspect.signature(measure.effect).parameters
        positional = [name for name, one in parameters.items() if one.kind is one.POSITIONAL_OR_KEYWORD]
        assert tuple(positional) == measure.inputs
        assert ("vtype" in parameters) == (len(measure.vtypes) > 1)
        assert all(section in measure.effect.__doc__ for section in ("Notes", "Examples", "Parameters"))


def test_importing_the_folder_imports_no_measure():
    code = (
        "import sys, evidence.measures as m; m.codes(); print([n for n in sys.modules if 'risk_ratio' in n])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


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
