"""What `pool` takes, refuses and gives, for any number of studies."""

from dataclasses import FrozenInstanceError, dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis import pool
from synthesis.errors import PoolingError, SynthesisError, UnknownName
from synthesis.fit import Interval, NotDefined
from synthesis.intervals import INTERVALS, PREDICTIONS
from synthesis.tau2 import TAU2

YI = [0.2, 0.9, 0.4, -0.3]
VI = [0.05, 0.08, 0.04, 0.1]


@dataclass(frozen=True)
class Left:
    study: str = "smith"
    label: str = "Smith"
    reason: str = "prints no counts"


@dataclass(frozen=True)
class Table:
    """A table of effects as far as pooling looks at one."""

    yi: Any = field(default_factory=lambda: np.array(YI))
    vi: Any = field(default_factory=lambda: np.array(VI))
    labels: tuple[str, ...] = ("A", "B", "C", "D")
    measure: str = "RR"
    left_out: tuple[Left, ...] = (Left(),)


@dataclass(frozen=True)
class Row:
    study: str


@dataclass(frozen=True)
class TableWithRows(Table):
    rows: tuple[Row, ...] = (Row("a"), Row("b"), Row("a"), Row("c"))


@dataclass(frozen=True)
class TableNotPooled(Table):
    pooled: bool = False
    reason: str = "lesions and patients are counted"


def test_a_table_carries_its_labels_measure_and_left_out_studies():
    table = Table()
    result = pool(table)
    assert (result.labels, result.measure, result.left_out) == (table.labels, "RR", (Left(),))
    assert result.table is table


def test_a_table_and_its_arrays_give_the_same_mean():
    assert pool(Table()).mu == pool(yi=YI, vi=VI).mu


def test_rows_of_one_study_share_participants_and_are_refused_by_name():
    with pytest.raises(PoolingError, match="share participants cannot be pooled as independent: a"):
        pool(TableWithRows())


def test_a_table_that_is_not_to_be_pooled_is_refused_with_its_reason():
    with pytest.raises(PoolingError, match="lesions and patients are counted"):
        pool(TableNotPooled())


def test_the_defaults_are_reml_and_the_wider_interval():
    result = pool(yi=YI, vi=VI)
    assert (result.model, result.tau2_method, result.interval_requested, result.level) == (
        "random-effects",
        "REML",
        "HKSJ-wider",
        95.0,
    )


def test_the_common_effect_model_has_a_wald_interval_by_default():
    result = pool(yi=YI, vi=VI, model="common-effect")
    assert (result.interval_method, result.df, result.tau2_method) == ("Wald", None, "none")


def test_the_common_effect_model_has_no_prediction_interval():
    assert isinstance(pool(yi=YI, vi=VI, model="common-effect").prediction, NotDefined)


def test_the_common_estimate_is_given_beside_the_random_effects_one():
    common = pool(yi=YI, vi=VI, model="common-effect")
    assert pool(yi=YI, vi=VI).common == common.common
    assert common.common.mu == common.mu


def test_tau2_may_be_given():
    result = pool(yi=YI, vi=VI, tau2=0.05)
    assert (result.heterogeneity.tau2, result.tau2_method) == (0.05, "given")


def test_the_shape_is_that_of_a_fit_with_one_coefficient():
    result = pool(yi=YI, vi=VI)
    assert (result.b.shape, result.vb.shape, result.names) == ((1,), (1, 1), ("mu",))
    assert result.vb[0, 0] == pytest.approx(result.se**2, rel=1e-15)


def test_results_cannot_be_changed():
    result = pool(yi=YI, vi=VI)
    with pytest.raises(FrozenInstanceError):
        result.mu = 0.0
    with pytest.raises(ValueError, match="read-only"):
        result.weights[0] = 0.0


def test_the_arrays_given_are_copied():
    yi = np.array(YI)
    result = pool(yi=yi, vi=VI)
    yi[0] = 9.0
    assert result.yi[0] == YI[0]


# How many studies there are


@pytest.mark.parametrize("model", ["random-effects", "common-effect"])
def test_no_studies_are_refused(model):
    with pytest.raises(PoolingError, match="nothing to pool: there are no effects"):
        pool(yi=[], vi=[], model=model)


def test_an_empty_table_is_refused_with_the_reasons():
    with pytest.raises(PoolingError, match="Smith: prints no counts"):
        pool(Table(yi=[], vi=[], labels=()))


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("tau2", TAU2)
def test_one_study_gives_its_own_wald_interval(tau2, interval):
    result = pool(yi=[0.4], vi=[0.04], tau2=tau2, interval=interval)
    assert result.interval_method == "Wald"
    assert (result.ci.low, result.ci.high) == pytest.approx(
        (0.4 - 1.959964 * 0.2, 0.4 + 1.959964 * 0.2), rel=1e-6
    )


def test_one_study_has_no_heterogeneity_and_no_prediction():
    result = pool(yi=[0.4], vi=[0.04])
    assert result.heterogeneity == NotDefined("one study")
    assert result.prediction == NotDefined("one study")
    assert not result.headline


def test_two_studies_are_not_worth_a_headline_and_say_so():
    result = pool(yi=[0.2, 0.9], vi=[0.05, 0.08])
    assert not result.headline
    assert "no diamond" in result.notes[0]


def test_two_studies_have_no_prediction_interval():
    assert pool(yi=[0.2, 0.9], vi=[0.05, 0.08]).prediction == NotDefined("fewer than three studies")


def test_three_studies_have_both_prediction_intervals():
    result = pool(yi=YI[:3], vi=VI[:3])
    assert (result.prediction.method, result.prediction_alternative.method) == ("t(k-1)", "t(k-2)")
    assert result.prediction_alternative.width > result.prediction.width


# Degenerate data


@pytest.mark.parametrize("tau2", TAU2)
@pytest.mark.parametrize("value", [0.0, 0.1, -1e6, 1 / 3])
def test_equal_effects_have_tau2_zero_and_a_wald_interval(tau2, value):
    result = pool(yi=[value] * 5, vi=[0.1, 0.2, 0.3, 0.04, 0.5], tau2=tau2, interval="HKSJ")
    assert (result.heterogeneity.tau2, result.heterogeneity.q, result.heterogeneity.i2) == (0.0, 0.0, 0.0)
    assert result.interval_method == "Wald"
    assert "effects are equal" in result.interval_note


@pytest.mark.parametrize("unit", [1e-60, 1e-9, 1e9, 1e60])
def test_the_unit_of_the_effects_does_not_matter(unit):
    plain, scaled = pool(yi=YI, vi=VI), pool(yi=np.multiply(YI, unit), vi=np.multiply(VI, unit**2))
    assert scaled.mu / unit == pytest.approx(plain.mu, rel=1e-12)
    assert scaled.p == pytest.approx(plain.p, rel=1e-10)
    assert scaled.heterogeneity.i2 == pytest.approx(plain.heterogeneity.i2, rel=1e-9)
    assert scaled.prediction.high / unit == pytest.approx(plain.prediction.high, rel=1e-10)


def test_a_study_of_enormous_variance_hardly_counts():
    with_it, without = pool(yi=[*YI, 50.0], vi=[*VI, 1e15]), pool(yi=YI, vi=VI)
    assert with_it.common.mu == pytest.approx(without.common.mu, rel=1e-9)


def test_effects_far_from_zero_lose_no_digits():
    plain, shifted = pool(yi=YI, vi=VI), pool(yi=np.add(YI, 1e6), vi=VI)
    assert shifted.heterogeneity.q == pytest.approx(plain.heterogeneity.q, rel=1e-8)


# What cannot be pooled


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((0.1, 0.0), r"row 3: vi is 0, and a variance is positive"),
        ((0.1, -0.2), r"row 3: vi is -0.2, and a variance is positive"),
        ((0.1, float("nan")), r"row 3: vi is nan"),
        ((0.1, float("inf")), r"row 3: vi is inf"),
        ((float("nan"), 0.1), r"row 3: yi is nan"),
        ((float("-inf"), 0.1), r"row 3: yi is -inf"),
    ],
)
def test_a_row_that_cannot_be_pooled_is_named(row, said):
    with pytest.raises(PoolingError, match=said):
        pool(yi=[0.2, 0.3, row[0]], vi=[0.1, 0.1, row[1]])


def test_every_bad_row_is_named_at_once_with_its_label():
    with pytest.raises(PoolingError, match=r"row 1 \(A\): yi is nan; row 3 \(C\): vi is 0"):
        pool(yi=[np.nan, 0.3, 0.1], vi=[0.1, 0.1, 0], labels=["A", "B", "C"])


def test_many_bad_rows_are_counted():
    with pytest.raises(PoolingError, match="and 15 more"):
        pool(yi=[0.1] * 25, vi=[0.0] * 25)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"yi": [0.1, 0.2], "vi": [0.1]}, "yi holds 2 effects but vi holds 1 variances"),
        ({"yi": [0.1], "vi": [0.1], "labels": ["A", "B"]}, "labels holds 2 names but there are 1"),
        ({"yi": [[0.1]], "vi": [[0.1]]}, r"yi has shape \(1, 1\); pool\(\) takes one row"),
        ({"yi": 0.1, "vi": 0.1}, r"yi has shape \(\)"),
        ({"yi": ["a"], "vi": [0.1]}, "yi is not a row of numbers"),
        ({"yi": [0.1]}, "give a table of effects, or both"),
        ({}, "give a table of effects, or both"),
        ({"table": Table(), "yi": [0.1]}, "not both"),
        ({"table": Table(), "measure": "OR"}, "the table holds RR"),
        ({"yi": YI, "vi": VI, "level": 0.95}, "in per cent.*did you mean 95"),
        ({"yi": YI, "vi": VI, "level": 100}, "level is 100"),
        ({"yi": YI, "vi": VI, "tau2": -0.1}, "tau2 is -0.1"),
        ({"yi": YI, "vi": VI, "tau2": float("nan")}, "tau2 is nan"),
        ({"yi": [1e150, 1.0], "vi": [1.0, 1.0]}, "right unit"),
        ({"yi": [1.0, 1.0], "vi": [1e-300, 1.0]}, "right unit"),
        ({"yi": [1e100, 1.0], "vi": [1e-200, 1.0]}, "right unit"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call, said):
    with pytest.raises(PoolingError, match=said):
        pool(**call)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"tau2": "RELM"}, r"unknown tau2 estimator 'RELM'; choose REML, DL, .* \(did you mean REML\?\)"),
        ({"interval": "hksj"}, r"unknown interval 'hksj'; .*\(did you mean HKSJ\?\)"),
        ({"model": "fixed"}, r"unknown model 'fixed'; choose random-effects, common-effect"),
        ({"prediction": "t(k-3)"}, r"unknown prediction interval 't\(k-3\)'; .*did you mean t\(k-"),
    ],
)
def test_an_unknown_name_lists_those_that_exist(option, said):
    with pytest.raises(UnknownName, match=said):
        pool(yi=YI, vi=VI, **option)


def test_every_error_is_a_synthesis_error_and_a_value_error():
    assert issubclass(PoolingError, SynthesisError) and issubclass(UnknownName, SynthesisError)
    assert issubclass(SynthesisError, ValueError)


# What holds for every choice

STUDIES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=3, max_size=10)
EVERY = pytest.mark.parametrize("interval", INTERVALS)


@EVERY
@settings(max_examples=25, deadline=None)
@given(studies=STUDIES, tau2=st.sampled_from(sorted(TAU2)))
def test_the_interval_holds_the_mean_and_weights_add_up(interval, studies, tau2):
    yi, vi = zip(*studies, strict=True)
    result = pool(yi=yi, vi=vi, tau2=tau2, interval=interval)
    assert result.ci.low <= result.mu <= result.ci.high
    assert min(yi) - 1e-9 <= result.mu <= max(yi) + 1e-9
    assert result.weights.sum() == pytest.approx(100)
    assert result.converged
    assert 0 <= result.p <= 1


@EVERY
@settings(max_examples=25, deadline=None)
@given(studies=STUDIES)
def test_changing_the_sign_of_all_effects_mirrors_the_result(interval, studies):
    yi, vi = zip(*studies, strict=True)
    one, other = pool(yi=yi, vi=vi, interval=interval), pool(yi=np.negative(yi), vi=vi, interval=interval)
    assert (other.ci.low, other.ci.high) == pytest.approx((-one.ci.high, -one.ci.low), rel=1e-9, abs=1e-9)
    assert other.heterogeneity.tau2 == pytest.approx(one.heterogeneity.tau2, rel=1e-9, abs=1e-11)


@settings(max_examples=50, deadline=None)
@given(studies=STUDIES)
def test_the_default_interval_is_never_narrower_than_wald_or_hartung_knapp(studies):
    yi, vi = zip(*studies, strict=True)
    wider = pool(yi=yi, vi=vi).ci.width
    assert wider >= pool(yi=yi, vi=vi, interval="Wald").ci.width
    assert wider >= pool(yi=yi, vi=vi, interval="HKSJ").ci.width


@pytest.mark.parametrize("name", PREDICTIONS)
def test_every_prediction_interval_holds_the_mean(name):
    result = pool(yi=YI, vi=VI, prediction=name)
    assert isinstance(result.prediction, Interval)
    assert result.prediction.low < result.mu < result.prediction.high


def test_a_p_below_alpha_goes_with_an_interval_without_the_null():
    for interval in INTERVALS:
        for shift in np.linspace(-1, 1, 21):
            result = pool(yi=np.add(YI, shift), vi=VI, interval=interval)
            assert (result.p < 0.05) == (result.ci.low > 0 or result.ci.high < 0)
