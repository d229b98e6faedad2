"""A pool in words and as plain data."""

import json

import numpy as np
import pytest

from evidence.emitting import emitted
from synthesis import pool
from synthesis.describing import INTERVAL_WORDS, PREDICTION_WORDS, TAU2_WORDS, shown, shown_p
from synthesis.errors import PoolingError
from synthesis.intervals import INTERVALS, PREDICTIONS
from synthesis.tau2 import TAU2

YI = [-0.9, -1.6, -1.3, -1.4, -0.2, -0.8]
VI = [0.33, 0.19, 0.42, 0.02, 0.05, 0.007]


@pytest.fixture(scope="module")
def result():
    return pool(yi=YI, vi=VI, measure="RR", labels=list("ABCDEF"))


def test_printing_a_pool_gives_its_summary(result):
    assert str(result) == result.summary()


@pytest.mark.parametrize(("measure", "tested"), [("ZCOR", True), ("CLESN", False), ("PAS", False)])
def test_a_test_is_shown_only_where_zero_means_no_effect(measure, tested):
    line = pool(yi=[0.2, 0.3, 0.4], vi=[0.01, 0.02, 0.01], measure=measure).summary().splitlines()[1]
    assert ("p " in line) == tested


def test_the_summary_shows_ratios_not_logarithms(result):
    line = result.summary().splitlines()[1]
    assert line.startswith(f"risk ratio {shown(float(np.exp(result.mu)))} [")


def test_the_summary_says_which_interval_applied(result):
    assert "95 % interval, HKSJ; t(5) = " in result.summary()


def test_two_studies_are_shown_before_their_mean():
    lines = pool(yi=YI[:2], vi=VI[:2], labels=["A", "B"]).summary().splitlines()
    assert [line.split()[0] for line in lines[1:5]] == ["study", "study", "common", "effect"]


def test_a_proportion_is_not_tested_against_a_half():
    assert "p = " not in pool(yi=YI, vi=VI, measure="PLO").summary().splitlines()[1]


def test_an_empty_effect_table_says_why_it_is_empty():
    from synthesis.table import EffectTable, LeftOut

    table = EffectTable("os", "Survival", "HR", ("a", "b"), ("A", "B"), (), (LeftOut("x", "X", "no n"),))
    with pytest.raises(PoolingError, match="X: no n"):
        pool(table)


def test_the_explanation_names_what_was_used(result):
    text = result.explain()
    assert text.startswith("The risk ratios of 6 studies were combined by inverse variance")
    assert "restricted maximum likelihood" in text
    assert "the wider of the Hartung-Knapp-Sidik-Jonkman and Wald intervals" in text
    assert "Here the Hartung-Knapp interval is shown" in text


def test_the_explanation_of_means_has_its_plural_in_the_right_place():
    assert "ratios of means" in pool(yi=YI, vi=VI, measure="ROM").explain()


@pytest.mark.parametrize("tau2", [*TAU2, 0.2])
def test_every_estimator_has_words(tau2):
    expected = TAU2_WORDS[tau2] if isinstance(tau2, str) else "given beforehand"
    assert expected in pool(yi=YI, vi=VI, tau2=tau2).explain()


@pytest.mark.parametrize("interval", INTERVALS)
def test_every_interval_has_words(interval):
    assert INTERVAL_WORDS[interval] in pool(yi=YI, vi=VI, interval=interval).explain()


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_every_prediction_interval_has_words(prediction):
    assert PREDICTION_WORDS[prediction] in pool(yi=YI, vi=VI, prediction=prediction).explain()


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize("model", ["random-effects", "common-effect"])
def test_few_studies_can_be_described(k, model):
    few = pool(yi=YI[:k], vi=VI[:k], model=model)
    assert few.summary() and few.explain() and json.dumps(few.to_dict(), allow_nan=False)


def test_one_study_is_not_said_to_be_combined():
    text = pool(yi=YI[:1], vi=VI[:1]).explain()
    assert text == "One study was available; its own 95 % Wald interval is given."


def test_the_dictionary_is_plain_json(result):
    assert json.loads(json.dumps(result.to_dict(), allow_nan=False)) == result.to_dict()


def test_floats_in_the_dictionary_have_twelve_digits(result):
    assert result.to_dict()["mu"] == float(f"{result.mu:.12g}") != result.mu


def test_what_is_not_defined_says_why_in_the_dictionary():
    assert pool(yi=YI[:1], vi=VI[:1]).to_dict()["heterogeneity"] == {"not_defined": "one study"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.996, "0.996"),
        (0.9996, "0.9996"),
        (1.0001, "1.0001"),
        (0.99999999, "0.99999999"),
        (-1e-9, "-1.00e-09"),
    ],
)
def test_what_is_not_the_null_is_not_shown_as_the_null(value, text):
    assert shown(value) == text


@pytest.mark.parametrize("p", [0.04996, 0.0500001, 0.05])
def test_a_p_is_not_rounded_across_its_threshold(p):
    printed = float(shown_p(p).split()[-1])
    assert (printed < 0.05) == (p < 0.05)


@pytest.mark.parametrize("value", [-0.0, 0.0])
def test_no_minus_zero_is_emitted(value):
    assert str(emitted(value)) == "0.0"


def test_what_is_not_finite_is_not_emitted_as_a_number():
    assert emitted(float("nan")) is None
