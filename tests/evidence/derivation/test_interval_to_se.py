"""Standard errors from intervals, p-values and z statistics agree with metafor's conv.wald to 1e-10."""

import json
from pathlib import Path

import numpy as np
import pytest

from evidence.derivation.interval_to_se import from_interval, from_p, from_z
from evidence.measures import get

ORACLE = json.loads((Path(__file__).parents[2] / "oracles" / "conv_wald.json").read_text(encoding="utf-8"))
CASES = {entry["id"]: entry for entry in ORACLE["expected"]}


def converted(args):
    log = args.get("transf") == "log"
    if "ci.lb" in args:
        # conv.wald takes the normal quantile whether or not the sample size is given.
        bounds = (args["ci.lb"], args["ci.ub"], args.get("level", 95))
        return from_interval(args["out"], *bounds, log=log)
    if "pval" in args:
        return from_p(args["out"], args["pval"], log=log)
    return from_z(args["out"], args["zval"], log=log)


@pytest.mark.parametrize("name", CASES)
def test_the_estimate(name):
    assert converted(CASES[name]["args"])[0] == pytest.approx(CASES[name]["result"]["yi"][0], rel=1e-10)


@pytest.mark.parametrize("name", CASES)
def test_the_variance(name):
    assert converted(CASES[name]["args"])[1] ** 2 == pytest.approx(CASES[name]["result"]["vi"][0], rel=1e-10)


def test_an_interval_made_with_t_gives_back_its_standard_error():
    t = 2.1447866879169273  # the upper 2.5 % point on 14 degrees of freedom
    found = from_interval(1.2, 1.2 - t * 0.4, 1.2 + t * 0.4, log=False, df=14)
    np.testing.assert_allclose(found, [1.2, 0.4], rtol=1e-12)


def test_all_eight_conversions_are_compared():
    assert len(CASES) == 8


def test_the_hazard_ratio_measure_uses_the_same_rule():
    estimate, se = from_interval(0.68, 0.46, 0.99, 90)
    yi, vi = get("HR").effect(0.68, 0.46, 0.99, 90)
    assert (float(estimate), float(se) ** 2) == pytest.approx((float(yi), float(vi)), rel=1e-14)


def test_any_level_gives_back_the_standard_error():
    se = np.array([0.1, 0.3])
    for level, z in ((90, 1.6448536269514722), (95, 1.959963984540054), (99, 2.5758293035489004)):
        estimate = np.array([-0.2, 0.4])
        found = from_interval(np.exp(estimate), np.exp(estimate - z * se), np.exp(estimate + z * se), level)
        np.testing.assert_allclose(found, [estimate, se], rtol=1e-12)


@pytest.mark.parametrize(
    "numbers", [(0.7, 0.9, 0.5, 95), (0.7, 0.0, 0.9, 95), (-0.7, 0.5, 0.9, 95), (0.7, 0.5, 0.9, 100)]
)
def test_what_cannot_be_an_interval_is_not_estimable(numbers):
    assert np.isnan(from_interval(*numbers)).all()


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 1.2])
def test_what_cannot_be_a_p_value_is_not_estimable(p):
    assert np.isnan(from_p(0.7, p)).all()


def test_the_null_has_no_standard_error_from_its_p():
    assert np.isnan(from_p(1.0, 0.5)).all()
