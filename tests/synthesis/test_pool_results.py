"""What can be asked of a pool: weights of one's own, fit, predicted effects, frames, HTML, words."""

import json
import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from synthesis import pool
from synthesis.describing_tables import COLUMNS
from synthesis.describing_words import (
    INTERVAL_WORDS,
    PREDICTION_WORDS,
    TAU2_INTERVAL_WORDS,
    TAU2_WORDS,
    references,
)
from synthesis.errors import PoolingError, SynthesisError, UnknownName
from synthesis.fit import Interval, NotDefined
from synthesis.pooling import ALL_INTERVALS, ALL_PREDICTIONS
from synthesis.table import ArmData, EffectRow, EffectTable
from synthesis.tau2 import TAU2
from synthesis.tau2_intervals import TAU2_INTERVALS

YI, VI = [0.2, 0.9, 0.4, 0.3], [0.05, 0.08, 0.04, 0.02]


@pytest.fixture
def result():
    return pool(yi=YI, vi=VI, labels=["A", "B <x>", "C", "D"], measure="RR")


def test_equal_weights_give_the_plain_mean():
    assert pool(yi=YI, vi=VI, weights="equal").mu == pytest.approx(np.mean(YI), rel=1e-12)


def test_weights_in_proportion_to_precision_give_the_same_mean_as_none():
    given, plain = pool(yi=YI, vi=VI, weights=1 / np.array(VI), tau2=0.0), pool(yi=YI, vi=VI, tau2=0.0)
    assert (given.mu, given.se) == pytest.approx((plain.mu, plain.se), rel=1e-12)
    assert given.weighting == "given" and plain.weighting == "inverse-variance"


def test_a_study_of_weight_0_counts_for_tau2_only():
    assert pool(yi=YI, vi=VI, weights=[1, 1, 1, 0]).mu == pytest.approx(np.mean(YI[:3]), rel=1e-12)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, 2], "shape"),
        ([1, -1, 1, 1], "row 2.*weight -1"),
        ([1, np.nan, 1, 1], "row 2.*weight nan"),
        ([0, 0, 0, 0], "all weights are 0"),
        ("sample size", "unknown weights"),
        ("sample-size", "need a table"),
    ],
)
def test_weights_that_are_none_are_refused(weights, message):
    with pytest.raises(PoolingError, match=message):
        pool(yi=YI, vi=VI, weights=weights)


def test_weights_by_sample_size_are_those_of_the_groups():
    table = counted((30, 60), (20, 20))
    assert pool(table, weights="sample-size").weights.tolist() == pytest.approx([200 / 3, 100 / 3])


def test_weights_by_sample_size_give_metas_ssw_mean():
    # meta 8.3.0, metabin(sm = "OR", method = "SSW", method.tau = "DL") of dat.bcg; counts_dat.bcg.json
    path = Path(__file__).parents[1] / "oracles" / "counts_dat.bcg.json"
    oracle = json.loads(path.read_text(encoding="utf-8"))
    (expected,) = (one["result"] for one in oracle["expected"] if one["id"] == "metabin.OR.SSW")
    a, n1, c, n2 = (np.array(oracle["input"][name], float) for name in ("ai", "n1i", "ci", "n2i"))
    yi, vi = np.log(a * (n2 - c) / ((n1 - a) * c)), 1 / a + 1 / (n1 - a) + 1 / c + 1 / (n2 - c)
    weights = n1 * n2 / (n1 + n2)
    common = pool(yi=yi, vi=vi, weights=weights, model="common-effect")
    spread = pool(yi=yi, vi=vi, weights=weights, tau2="DL", interval="Wald")
    found = [common.mu, common.se, spread.mu, spread.se, spread.ci.low, spread.ci.high]
    names = ("TE_common", "seTE_common", "TE_random", "seTE_random", "lower_random", "upper_random")
    assert found == pytest.approx([expected[name] for name in names], rel=1e-10)


def test_a_group_without_its_size_is_named():
    with pytest.raises(PoolingError, match="Two: weights by sample size"):
        pool(counted((30, 60), (20, None)), weights="sample-size")


def counted(*sizes):
    rows = []
    for label, (first, second), yi, vi in zip(("One", "Two"), sizes, YI, VI, strict=False):
        arms = tuple(
            ArmData(arm, arm, arm, n, None, None, None, None, False)
            for arm, n in (("a", first), ("b", second))
        )
        rows.append(EffectRow(label.lower(), label, yi, vi, arms, (), f"{label}/os"))
    return EffectTable("os", "Survival", "MD", ("a", "b"), ("A", "B"), tuple(rows), ())


def test_one_study_has_no_likelihood_and_two_have():
    assert isinstance(pool(yi=YI[:1], vi=VI[:1]).likelihood, NotDefined)
    assert pool(yi=YI[:2], vi=VI[:2]).likelihood.criterion == "REML"


def test_predicted_effects_lie_between_the_study_and_the_mean(result):
    found = result.study_effects()
    low, high = np.minimum(result.yi, result.mu), np.maximum(result.yi, result.mu)
    assert ((found.effect >= low) & (found.effect <= high)).all()
    assert (found.low < found.effect).all() and (found.effect < found.high).all()
    with pytest.raises(ValueError, match="read-only"):
        found.effect[0] = 1.0


def test_without_variance_between_studies_each_is_predicted_at_the_mean():
    fit = pool(yi=YI, vi=VI, tau2=0.0)
    assert fit.study_effects().effect.tolist() == pytest.approx([fit.mu] * 4, rel=1e-12)


def test_the_frame_has_a_row_a_study_the_mean_and_a_further_study(result):
    frame = result.to_frame()
    assert list(frame.index) == ["A", "B <x>", "C", "D", "mean", "a further study"]
    assert [frame.index.name, *frame.columns] == list(COLUMNS)
    assert frame.loc["mean", "effect"] == result.mu
    assert frame.loc["A", "weight"] == pytest.approx(result.weights[0])
    assert frame["kind"].tolist() == ["study"] * 4 + ["mean", "prediction"]


def test_a_frame_without_pandas_says_what_to_install(result, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SynthesisError, match="pip install pandas"):
        result.to_frame()


class Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.rows = [], 0

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)
        self.rows += tag == "tr"

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_notebook_shows_a_table_whose_labels_are_escaped(result):
    html, parser = result._repr_html_(), Cells()
    parser.feed(html)
    assert parser.open == [] and parser.rows == 7
    assert "B &lt;x&gt;" in html and "risk ratio" in html
    assert pool(yi=YI[:1], vi=VI[:1])._repr_html_()


@pytest.mark.parametrize("name", TAU2_INTERVALS)
def test_every_interval_of_tau2_can_be_asked_for(name):
    ci = pool(yi=YI, vi=VI, tau2_interval=name).heterogeneity.tau2_ci
    assert isinstance(ci, Interval) and ci.method == name
    assert TAU2_INTERVAL_WORDS[name] in pool(yi=YI, vi=VI, tau2_interval=name).explain()


def test_the_interval_of_tau2_can_be_left_out():
    fit = pool(yi=YI, vi=VI, tau2_interval="none")
    assert isinstance(fit.heterogeneity.tau2_ci, NotDefined)
    assert "interval by" not in fit.explain()


def test_every_method_has_words():
    assert set(TAU2_WORDS) == {*TAU2, "given"}
    assert set(INTERVAL_WORDS) == set(ALL_INTERVALS)
    assert set(PREDICTION_WORDS) == set(ALL_PREDICTIONS)
    assert set(TAU2_INTERVAL_WORDS) == set(TAU2_INTERVALS)


def test_every_estimator_and_interval_of_tau2_has_its_paper():
    for kind, keys in (("tau2", TAU2), ("tau2 interval", TAU2_INTERVALS)):
        assert all(references([(kind, key)]) for key in keys)
    assert all(references([("prediction", key)]) for key in ALL_PREDICTIONS)
    assert all(references([("interval", key)]) for key in ALL_INTERVALS if key not in ("Wald", "t"))


def test_the_explanation_ends_with_its_papers_each_once(result):
    text = result.explain()
    assert text.count("References:") == 1
    assert text.count("Viechtbauer W. J Educ Behav Stat") == 1 and "Hartung J, Knapp G" in text


def test_weights_are_named_in_the_explanation():
    assert "with equal weights" in pool(yi=YI, vi=VI, weights="equal").explain()


@pytest.mark.parametrize("prediction", ALL_PREDICTIONS)
def test_every_prediction_interval_can_be_asked_for(prediction):
    found = pool(yi=YI, vi=VI, prediction=prediction).prediction
    assert isinstance(found, NotDefined) or found.low <= found.high
    assert json.dumps(pool(yi=YI, vi=VI, prediction=prediction).to_dict(), allow_nan=False)


def test_a_prediction_interval_without_degrees_of_freedom_says_so():
    few = pool(yi=[0.2, 0.9, 0.3], vi=[0.0005, 0.8, 0.9], prediction="KR(df-1)").prediction
    assert isinstance(few, NotDefined) and "degrees of freedom" in few.reason


@pytest.mark.parametrize(
    "options", [{"tau2_interval": "QP"}, {"prediction": "hts"}, {"interval": "knha"}, {"tau2": "dl"}]
)
def test_unknown_methods_are_answered_with_those_that_exist(options):
    with pytest.raises(UnknownName, match="choose"):
        pool(yi=YI, vi=VI, **options)


@pytest.mark.parametrize("draws", [0, 99, 10**9])
def test_a_number_of_draws_is_checked(draws):
    with pytest.raises(PoolingError, match="draws"):
        pool(yi=YI, vi=VI, draws=draws)
