"""Counts and rates by inverse variance agree with metafor's rma.uni: closed forms to 1e-8, iterated to 1e-6.

The last test says where each id of the oracles of counts and rates is compared.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from evidence import measures
from synthesis import pool
from synthesis.heterogeneity import typical_variance

ORACLES = Path(__file__).parents[2] / "oracles"
DATASETS = [*sorted(path.stem for path in ORACLES.glob("counts_*.json")), "rates_dat.nielweise2008"]
COMPARED = 2475
PREDICTION = {
    "pi_default": "as-interval",
    "pi_simple": "tau-only",
    "pi_riley": "t(k-2)-own",
    "pi_t": "t(k-1)-own",
}
QUANTITIES = {
    "k": lambda fit: fit.k,
    "p": lambda fit: fit.b.size,
    "beta": lambda fit: fit.mu,
    "se": lambda fit: fit.se,
    "stat": lambda fit: fit.statistic,
    "pval": lambda fit: fit.p,
    "ci_lb": lambda fit: fit.ci.low,
    "ci_ub": lambda fit: fit.ci.high,
    "tau2": lambda fit: fit.heterogeneity.tau2,
    "se_tau2": lambda fit: fit.heterogeneity.tau2_se,
    "I2": lambda fit: fit.heterogeneity.i2,
    "H2": lambda fit: fit.heterogeneity.h2,
    "QE": lambda fit: fit.heterogeneity.q,
    "QEp": lambda fit: fit.heterogeneity.p,
    "vt": lambda fit: typical_variance(fit.vi),
}
LIKELIHOOD = {"ll": "ll", "deviance": "deviance", "AIC": "aic", "BIC": "bic", "AICc": "aicc"}
ELSEWHERE = {
    "MH": "test_counts_against_metafor.py",
    "PETO": "test_counts_against_metafor.py",
    "IV": "here",
    "metabin": "test_counts_against_meta.py",
    "metainc": "test_counts_against_meta.py",
    "metabias": "the tests of small-study effects",
}


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


@cache
def fitted(dataset, measure, method, prediction):
    yi, vi = measures.get(measure).effect(*oracle(dataset)["input"].values())
    model = "common-effect" if method == "FE" else "random-effects"
    good = np.isfinite(yi)
    options = {"tau2": "REML" if method == "FE" else method, "interval": "Wald", "prediction": prediction}
    return pool(yi=yi[good], vi=vi[good], model=model, **options)


@cache
def pairs(dataset):
    found = []
    for entry in oracle(dataset)["expected"]:
        if not entry["id"].startswith("IV."):
            continue
        args, result = (entry["args"]["measure"], entry["args"]["method"]), entry["result"]
        fit = fitted(dataset, *args, "t(k-1)")
        for name, of in QUANTITIES.items():
            if result.get(name) is not None:
                found.append((entry["id"], name, of(fit), np.squeeze(result[name])))
        for name, field in LIKELIHOOD.items():
            found.append((entry["id"], name, getattr(fit.likelihood, field), result["fit"][name]))
        for name, key in PREDICTION.items():
            if name in result:
                bounds = fitted(dataset, *args, key).prediction
                found.append((entry["id"], name, (bounds.low, bounds.high), result[name]))
    return found


NAMES = [*QUANTITIES, *LIKELIHOOD, *PREDICTION]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_quantity(dataset, name):
    for where, quantity, found, expected in pairs(dataset):
        if quantity == name:
            rtol = 1e-6 if where.endswith("REML") else 1e-8
            np.testing.assert_allclose(
                np.ravel(found), np.ravel(expected), rtol=rtol, atol=1e-9, err_msg=where
            )


def test_the_number_of_numbers_compared_has_not_shrunk():
    assert sum(np.size(expected) for dataset in DATASETS for *_, expected in pairs(dataset)) == COMPARED


def test_every_number_of_an_entry_is_compared():
    for dataset in DATASETS:
        compared = {(where, name) for where, name, *_ in pairs(dataset)}
        for entry in oracle(dataset)["expected"]:
            if entry["id"].startswith("IV."):
                names = {name for name, value in entry["result"].items() if value is not None}
                left = (
                    names - {"fit", "coef_names"} - {name for where, name in compared if where == entry["id"]}
                )
                assert left == set(), entry["id"]


def test_every_entry_of_the_oracles_is_compared_somewhere():
    kinds = {entry["id"].split(".")[0] for dataset in DATASETS for entry in oracle(dataset)["expected"]}
    assert kinds == set(ELSEWHERE)
