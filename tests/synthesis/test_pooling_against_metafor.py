"""Pools agree with metafor's rma.uni: closed forms to 1e-10, iterated ones to 1e-6.

Q-profile bounds and the median-unbiased estimator are held to 1e-5, for there metafor's own root
finding is no better. metafor looks for tau2 up to 100 only, so bounds it put at 100 are not compared;
nor are prediction intervals of two studies, which are not given here.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from synthesis import pool
from synthesis.fit import Interval, NotDefined
from synthesis.heterogeneity import typical_variance

ORACLES = Path(__file__).parents[1] / "oracles"
DATASETS = sorted(path.stem for path in ORACLES.glob("pool_*.json"))
INTERVAL = {"z": "Wald", "knha": "HKSJ", "adhoc": "HKSJ-floor", "t": "t"}
CLOSED = {"FE", "DL", "HE", "HS", "HSk", "SJ", "given"}
PREDICTION = {
    "pi_default": "as-interval",
    "pi_simple": "tau-only",
    "pi_riley": "t(k-2)-own",
    "pi_t": "t(k-1)-own",
}
SCALARS = {
    "beta": lambda fit: fit.mu,
    "se": lambda fit: fit.se,
    "stat": lambda fit: fit.statistic,
    "pval": lambda fit: fit.p,
    "ci_lb": lambda fit: fit.ci.low,
    "ci_ub": lambda fit: fit.ci.high,
    "ddf": lambda fit: fit.df,
    "k": lambda fit: fit.k,
    "tau2": lambda fit: fit.heterogeneity.tau2,
    "I2": lambda fit: fit.heterogeneity.i2,
    "H2": lambda fit: fit.heterogeneity.h2,
    "QE": lambda fit: fit.heterogeneity.q,
    "QEp": lambda fit: fit.heterogeneity.p,
    "vt": lambda fit: typical_variance(fit.vi),
}
COMPARED = 8915


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


@cache
def fitted(dataset, method, test="z", level=95, tau2=None, prediction="t(k-1)"):
    columns = oracle(dataset)["input"]
    model = "common-effect" if method == "FE" else "random-effects"
    between = tau2 if tau2 is not None else "REML" if method == "FE" else method
    options = {"interval": INTERVAL[test], "level": level, "prediction": prediction}
    return pool(yi=columns["yi"], vi=columns["vi"], model=model, tau2=between, **options)


def method_of(entry):
    return entry["args"].get("method", "given")


def tolerance(entry):
    method = method_of(entry)
    return 1e-10 if method in CLOSED else 1e-5 if method == "PMM" else 1e-6


def fit_of(dataset, entry, prediction="t(k-1)"):
    args = entry["args"]
    chosen = {"level": args.get("level", 95), "tau2": args.get("tau2"), "prediction": prediction}
    return fitted(dataset, method_of(entry), args.get("test", "z"), **chosen)


def fits(dataset, quantity):
    """The entries of a data set that hold a quantity."""
    return [entry for entry in oracle(dataset)["expected"] if entry["result"].get(quantity) is not None]


def flat(value):
    return np.ravel(np.asarray(value, dtype=float))


def scalar_pairs(dataset, quantity):
    for entry in fits(dataset, quantity):
        yield entry, SCALARS[quantity](fit_of(dataset, entry)), entry["result"][quantity]


def prediction_pairs(dataset, quantity):
    for entry in fits(dataset, quantity):
        if quantity == "pi_riley" and method_of(entry) == "given":
            continue  # With tau2 given metafor's "riley" is t(k - 1); here t(k - 2) is what it says.
        found = fit_of(dataset, entry, PREDICTION[quantity]).prediction
        if isinstance(found, Interval):
            yield entry, (found.low, found.high), entry["result"][quantity]


def profile_pairs(dataset, name):
    for entry in fits(dataset, "confint_QP"):
        heterogeneity = fit_of(dataset, entry).heterogeneity
        found = heterogeneity.tau2_ci if name == "tau2" else heterogeneity.i2_ci
        for value, bound in zip((found.low, found.high), (1, 2), strict=True):
            if entry["result"]["confint_QP"]["tau2"][bound] != 100:
                yield entry, value, entry["result"]["confint_QP"][name][bound]


def weight_pairs(dataset, quantity):
    for entry in fits(dataset, quantity):
        yield entry, fit_of(dataset, entry).weights, entry["result"][quantity]


def assert_equal(pairs, looser=0.0):
    for entry, found, expected in pairs:
        rtol = max(tolerance(entry), looser)
        np.testing.assert_allclose(flat(found), flat(expected), rtol=rtol, atol=1e-12, err_msg=entry["id"])


@pytest.mark.parametrize("quantity", SCALARS)
@pytest.mark.parametrize("dataset", DATASETS)
def test_scalar(dataset, quantity):
    assert_equal(scalar_pairs(dataset, quantity))


@pytest.mark.parametrize("quantity", PREDICTION)
@pytest.mark.parametrize("dataset", DATASETS)
def test_prediction_interval(dataset, quantity):
    assert_equal(prediction_pairs(dataset, quantity))


@pytest.mark.parametrize("name", ["tau2", "I2"])
@pytest.mark.parametrize("dataset", DATASETS)
def test_q_profile_interval(dataset, name):
    assert_equal(profile_pairs(dataset, name), looser=1e-5)


@pytest.mark.parametrize("dataset", DATASETS)
def test_weights(dataset):
    assert_equal(weight_pairs(dataset, "weights_percent"))


def test_where_metafor_stops_at_100_the_bound_lies_beyond():
    fit = fitted("pool_synthetic_two_studies", "REML")
    assert fit.heterogeneity.tau2_ci.high > 100


def test_two_studies_have_no_prediction_interval():
    assert isinstance(fitted("pool_synthetic_two_studies", "REML").prediction, NotDefined)


def test_the_number_of_numbers_compared_has_not_shrunk():
    count = 0
    for dataset in DATASETS:
        for pairs, names in (
            (scalar_pairs, SCALARS),
            (prediction_pairs, PREDICTION),
            (profile_pairs, ("tau2", "I2")),
            (weight_pairs, ("weights_percent",)),
        ):
            count += sum(flat(expected).size for name in names for *_, expected in pairs(dataset, name))
    assert count == COMPARED


def test_every_estimator_and_interval_of_the_oracles_is_compared():
    methods = {method_of(entry) for dataset in DATASETS for entry in oracle(dataset)["expected"]}
    assert methods == {"FE", "REML", "DL", "PM", "ML", "EB", "SJ", "HE", "HS", "HSk", "PMM", "given"}
