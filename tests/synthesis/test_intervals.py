"""Intervals: which applies, what they come from, and that batches equal loops."""

import json
from math import inf
from pathlib import Path

import numpy as np
import pytest

from synthesis import pool
from synthesis.intervals import (
    INTERVALS,
    PREDICTIONS,
    Spread,
    chi_square_p,
    chi_square_quantile,
    critical_t,
    hartung_knapp,
    two_sided_p,
    wald,
)

ORACLES = sorted((Path(__file__).parents[1] / "oracles").glob("pool_*.json"))
MANY = np.array([0.7, 0.0, -0.4]), np.array([0.1, 0.2, 0.3]), np.array([3.0, 0.0, 30.0]), np.array([5, 4, 1])


@pytest.fixture(params=ORACLES, ids=lambda path: path.stem)
def oracle(request):
    return json.loads(request.param.read_text(encoding="utf-8"))


def expected(oracle, name):
    return next(entry["result"] for entry in oracle["expected"] if entry["id"] == name)


def test_the_wider_interval_is_the_wider_of_metafors_two(oracle):
    z, knha = expected(oracle, "REML.z"), expected(oracle, "REML.knha")
    wider = max((z, knha), key=lambda result: result["ci_ub"][0] - result["ci_lb"][0])
    result = pool(yi=oracle["input"]["yi"], vi=oracle["input"]["vi"])
    bounds = (wider["ci_lb"][0], wider["ci_ub"][0], wider["pval"][0])
    assert (result.ci.low, result.ci.high, result.p) == pytest.approx(bounds, rel=1e-6)
    assert result.interval_method == ("Wald" if wider is z else "HKSJ")


@pytest.mark.parametrize(("ours", "theirs"), [("t(k-1)", "pi_t"), ("t(k-2)", "pi_riley")])
def test_prediction_intervals_take_the_larger_standard_error(oracle, ours, theirs):
    if len(oracle["input"]["yi"]) < 3:
        return
    result = pool(yi=oracle["input"]["yi"], vi=oracle["input"]["vi"], prediction=ours)
    bounds = expected(oracle, "REML.adhoc")[theirs]  # its floor of 1 makes the same choice
    assert [result.prediction.low, result.prediction.high] == pytest.approx(bounds, rel=1e-6)


@pytest.mark.parametrize("name", INTERVALS)
def test_a_batch_of_intervals_equals_the_loop(name):
    together = INTERVALS[name](*MANY, 90)
    for row in range(3):
        alone = INTERVALS[name](*(part[row] for part in MANY), 90)
        for field in ("se", "low", "high", "statistic", "df", "p"):
            assert getattr(together, field)[row] == pytest.approx(float(getattr(alone, field)), rel=1e-14)


@pytest.mark.parametrize("name", PREDICTIONS)
def test_a_batch_of_prediction_intervals_equals_the_loop(name):
    mu, se, q, k = (part[[0, 2]] for part in MANY)
    k = k + 2.0
    fields = (mu, q, se, 1.1 * se, 1.2 * se, k - 0.5)
    together = PREDICTIONS[name](Spread(*fields, wald(mu, se, q, k, 95), k), 95)
    for row in range(2):
        one = wald(mu[row], se[row], q[row], k[row], 95)
        alone = PREDICTIONS[name](Spread(*(part[row] for part in fields), one, k[row]), 95)
        assert [bound[row] for bound in together] == pytest.approx([float(b) for b in alone], rel=1e-14)


def test_hartung_knapp_is_walds_where_its_variance_is_zero_or_there_is_one_study():
    knapp, plain = hartung_knapp(*MANY, 95), wald(*MANY, 95)
    assert knapp.df.tolist() == [4.0, inf, inf]
    assert knapp.low[1:].tolist() == plain.low[1:].tolist()


def test_the_interval_and_its_test_agree():
    for interval in INTERVALS.values():
        found = interval(*MANY, 95)
        assert (found.p < 0.05).tolist() == ((found.low > 0) | (found.high < 0)).tolist()


def test_many_tails_at_once_equal_them_one_by_one():
    t = np.linspace(-6, 6, 201)
    df = np.where(np.arange(201) % 2, 7.0, inf)
    alone = [float(two_sided_p(*pair)) for pair in zip(t, df, strict=True)]
    np.testing.assert_allclose(two_sided_p(t, df), alone, rtol=1e-11)


def test_many_chi_square_tails_at_once_equal_them_one_by_one():
    q = np.linspace(0, 60, 201)
    np.testing.assert_allclose(chi_square_p(q, 9), [float(chi_square_p(x, 9)) for x in q], rtol=1e-11)


def test_quantiles_have_the_shape_of_their_degrees_of_freedom():
    assert critical_t([[1.0, 2.0]], 95).shape == chi_square_quantile(0.5, [[1.0, 2.0]]).shape == (1, 2)
    assert critical_t(4, 95).shape == ()
