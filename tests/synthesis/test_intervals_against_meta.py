"""Every number of meta's metagen in the four meta_*.json is compared, to 1e-6.

Bounds of tau2, and of I2 and H that follow from them, to 1e-3: the package's root tolerance is loose, and
its root finder stops early (ours are checked in their defining equations in
test_tau2_intervals.py). meta too looks up to 100 only. It silently takes the default interval of tau2 (J
after DL, else the Q-profile) where "PL" is asked for, so that is what is compared there.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from synthesis import pool
from synthesis.heterogeneity import h2_of, i2_of, q_based, rb_of, typical_variance
from synthesis.intervals import INTERVALS, PREDICTIONS, STUDY_INTERVALS, Spread, hartung_knapp_se
from synthesis.intervals.kenward_roger import kenward_roger
from synthesis.models.inverse_variance import weighted_mean
from synthesis.tau2_intervals import TAU2_INTERVALS

ORACLES = Path(__file__).parents[1] / "oracles"
DATASETS = sorted(path.stem for path in ORACLES.glob("meta_*.json"))
INTERVAL = {"classic": "Wald", "HK": "HKSJ", "KR": "KR"}
ADHOC = {"se": "HKSJ-floor", "ci": "HKSJ-wider", "IQWiG6": "HKSJ-IQWiG"}
PREDICTION = {
    "V": "HTS(k-1)",
    "HTS": "HTS",
    "HK": "HK",
    "HK-PR": "HK(k-2)",
    "KR": "KR",
    "KR-PR": "KR(df-1)",
    "S": "normal",
}
TAU2_INTERVAL = {"QP": "Q-profile", "BJ": "BJ", "J": "J"}
COMPARED = 9_289


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


@cache
def fitted(dataset, method, interval, tau2_interval):
    columns = oracle(dataset)["input"]
    options = {"tau2": method, "interval": interval, "tau2_interval": tau2_interval}
    return pool(yi=columns["yi"], vi=columns["vi"], **options)


def fit_of(dataset, entry):
    args, method = entry["args"], entry["args"]["method.tau"]
    default = "J" if method == "DL" else "Q-profile"
    interval = INTERVAL[args.get("method.random.ci", "classic")]
    interval = ADHOC.get(args.get("adhoc.hakn.ci"), interval)
    return fitted(dataset, method, interval, TAU2_INTERVAL.get(args.get("method.tau.ci"), default))


def spread_of(fit):
    tau2, k = np.asarray(fit.heterogeneity.tau2), np.asarray(float(fit.k))
    mean = weighted_mean(fit.yi, fit.vi, tau2)
    shown = INTERVALS["Wald"](mean.mu, mean.se, mean.q, k, 95)
    knapp = hartung_knapp_se(mean.se, mean.q, k)
    return Spread(mean.mu, tau2, mean.se, knapp, *kenward_roger(fit.vi, tau2), shown, k)


def prediction(fit, entry):
    """Bounds, standard error and degrees of freedom, from the functions of arrays, for k = 2 too."""
    name = PREDICTION[entry["args"].get("method.predict", "V")]
    spread = spread_of(fit)
    low, high = PREDICTIONS[name](spread, 95)
    lost = 2 if "k-2" in name or name == "HTS" else 1
    error = spread.se_hk if "HK" in name else spread.se_kr if "KR" in name else spread.se
    df = {"KR": spread.df_kr, "KR(df-1)": spread.df_kr - 1}.get(name, fit.k - lost)
    se = np.sqrt(spread.tau2 + error**2)
    return {"lower": low, "upper": high, "seTE": se, "df": df}


def of_tau2_bounds(fit, entry):
    """H and I2 with their bounds, from tau2 or from Q."""
    if entry["args"].get("method.I2") == "tau2":
        h = fit.heterogeneity
        bounds = np.array([h.tau2, h.tau2_ci.low, min(h.tau2_ci.high, 100.0)])
        typical = typical_variance(fit.vi)
        return np.sqrt(h2_of(bounds, typical)), i2_of(bounds, typical) / 100
    h2 = np.array(q_based(fit.heterogeneity.q, fit.k))
    return np.sqrt(h2), 1 - 1 / h2


def adhoc_se(fit, spread, entry):
    return fit.se if "adhoc.hakn.ci" in entry["args"] else spread.se_hk


def results(dataset, entry):
    """What is to be compared, by meta's names."""
    fit = fit_of(dataset, entry)
    h, common, spread = fit.heterogeneity, fit.common, spread_of(fit)
    further, (h_all, i2_all) = prediction(fit, entry), of_tau2_bounds(fit, entry)
    rb = np.array(rb_of(fit.yi, fit.vi, h.tau2)) / 100
    found = {f"{name}_predict": value for name, value in further.items()}
    for name, three in (("H", h_all), ("I2", i2_all), ("Rb", rb)):
        found |= {name: three[0], f"lower_{name}": three[1], f"upper_{name}": three[2]}
    return found | {
        "TE_common": common.mu,
        "seTE_common": common.se,
        "lower_common": common.ci.low,
        "upper_common": common.ci.high,
        "statistic_common": common.statistic,
        "pval_common": common.p,
        "TE_random": fit.mu,
        "seTE_random": fit.se,
        "lower_random": fit.ci.low,
        "upper_random": fit.ci.high,
        "statistic_random": fit.statistic,
        "pval_random": fit.p,
        "df_random": fit.df,
        "tau2": h.tau2,
        "tau": h.tau,
        "se_tau2": h.tau2_se,
        "lower_tau2": h.tau2_ci.low,
        "upper_tau2": min(h.tau2_ci.high, 100.0),
        "Q": h.q,
        "df_Q": h.df,
        "pval_Q": h.p,
        "seTE_hakn_ci": spread.se_hk,
        "seTE_hakn_adhoc_ci": adhoc_se(fit, spread, entry),
        "seTE_kero": spread.se_kr,
        "df_kero": spread.df_kr,
    }


QUANTITIES = sorted({name for d in DATASETS for entry in oracle(d)["expected"] for name in entry["result"]})


def held(dataset, quantity):
    return [entry for entry in oracle(dataset)["expected"] if entry["result"].get(quantity) is not None]


def tolerance(entry, quantity):
    by_tau2 = quantity in ("lower_H", "upper_H", "lower_I2", "upper_I2") and "method.I2" in entry["args"]
    return 1e-3 if by_tau2 or quantity in ("lower_tau2", "upper_tau2") else 1e-6


@pytest.mark.parametrize("quantity", QUANTITIES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_it_is_metas(dataset, quantity):
    for entry in held(dataset, quantity):
        found, expected = results(dataset, entry)[quantity], entry["result"][quantity]
        rtol = tolerance(entry, quantity)
        np.testing.assert_allclose(found, expected, rtol=rtol, atol=1e-8, err_msg=entry["id"])


def test_the_number_of_numbers_compared_has_not_shrunk():
    count = sum(len(held(dataset, quantity)) for dataset in DATASETS for quantity in QUANTITIES)
    assert count == COMPARED


def test_every_interval_of_the_studies_but_three_is_compared_with_metas_or_metafors():
    assert set(STUDY_INTERVALS) - {*INTERVAL.values(), *ADHOC.values()} == {
        "Henmi-Copas",  # in test_study_intervals.py, with metafor's hc()
        "profile-likelihood",
        "permutation",
        "bootstrap",
    }
    assert set(TAU2_INTERVAL.values()) <= set(TAU2_INTERVALS)
