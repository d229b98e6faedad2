"""Subgroups agree with meta's metagen, and with metafor where groups share tau2, to 1e-6."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from synthesis.fit import NotDefined
from synthesis.regressing import regress
from synthesis.subgrouping import subgroups

ORACLES = Path(__file__).parents[2] / "oracles"
DATASETS = sorted(path.stem for path in ORACLES.glob("subgroup_*.json"))
INTERVAL = {"classic": "Wald", "HK": "HKSJ"}
NOT_NUMBERS = {"fit", "levels", "coef_names", "criterion"}
COMPARED = 3036
GROUPS = {
    "k_w": lambda group: group.k,
    "TE_common_w": lambda group: group.common.mu,
    "seTE_common_w": lambda group: group.common.se,
    "lower_common_w": lambda group: group.common.ci.low,
    "upper_common_w": lambda group: group.common.ci.high,
    "TE_random_w": lambda group: group.mean.mu,
    "seTE_random_w": lambda group: group.mean.se,
    "lower_random_w": lambda group: group.mean.ci.low,
    "upper_random_w": lambda group: group.mean.ci.high,
    "tau2_w": lambda group: np.nan if isinstance(group.tau2, NotDefined) else group.tau2,
    "I2_w": lambda group: i2_of_q(group),
    "Q_w": lambda group: 0.0 if group.k == 1 else group.pool.heterogeneity.q,
    "pval_Q_w": lambda group: np.nan if group.k == 1 else group.pool.heterogeneity.p,
}
TESTS = {
    "Q_w_common": lambda found: found.within.statistic,
    "Q_b_common": lambda found: found.between_common.statistic,
    "df_Q_b_common": lambda found: found.between_common.df,
    "pval_Q_b_common": lambda found: found.between_common.p,
    "Q_b_random": lambda found: found.between.statistic,
    "df_Q_b_random": lambda found: found.between.df,
    "pval_Q_b_random": lambda found: found.between.p,
}
REGRESSION = {
    "k": lambda fit: fit.k,
    "p": lambda fit: len(fit.names),
    "beta": lambda fit: fit.b,
    "se": lambda fit: fit.se,
    "stat": lambda fit: fit.statistic,
    "pval": lambda fit: fit.p,
    "ci_lb": lambda fit: fit.low,
    "ci_ub": lambda fit: fit.high,
    "tau2": lambda fit: fit.tau2,
    "se_tau2": lambda fit: fit.tau2_se,
    "I2": lambda fit: fit.heterogeneity.i2,
    "H2": lambda fit: fit.heterogeneity.h2,
    "R2": lambda fit: fit.r2,
    "QE": lambda fit: fit.q,
    "QEp": lambda fit: fit.heterogeneity.p,
    "vt": lambda fit: fit.typical_variance,
    "QM": lambda fit: fit.moderators.statistic,
    "QMp": lambda fit: fit.moderators.p,
    "QMdf": lambda fit: (fit.moderators.df, np.nan),
    "vcov": lambda fit: fit.vb,
}
LIKELIHOOD = {"ll": "ll", "deviance": "deviance", "AIC": "aic", "BIC": "bic", "AICc": "aicc"}
BETWEEN = {
    "QM_between": lambda fit: fit.moderators.statistic,
    "QM_between_p": lambda fit: fit.moderators.p,
    "R2_between": lambda fit: fit.r2,
}


def i2_of_q(group):
    """meta's I2 is from Q, for a random-effects model too."""
    if group.k == 1:
        return np.nan
    q, df = group.pool.heterogeneity.q, group.k - 1
    return max(0.0, (q - df) / q)


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


def regression(columns, method, intercept):
    return regress(
        yi=columns["yi"],
        vi=columns["vi"],
        moderators={"group": columns["group"]},
        intercept=intercept,
        model="common-effect" if method == "FE" else "random-effects",
        tau2="REML" if method == "FE" else method,
        interval="Wald",
    )


@cache
def pairs(dataset):
    columns, found = oracle(dataset)["input"], []
    for entry in oracle(dataset)["expected"]:
        make = meta_pairs if entry["id"].startswith("meta.") else metafor_pairs
        found += [(entry["id"], *one) for one in make(columns, entry)]
    return found


def meta_pairs(columns, entry):
    args, result = entry["args"], entry["result"]
    found = subgroups(
        yi=columns["yi"],
        vi=columns["vi"],
        by=columns["group"],
        tau2=args["method.tau"],
        common_tau2=args["tau.common"],
        interval=INTERVAL[args["method.random.ci"]],
    )
    assert list(found.levels) == result["levels"]
    for name, of in GROUPS.items():
        yield name, [of(group) for group in found.groups], result[name]
    for name, of in TESTS.items():
        yield name, of(found), result[name]


def metafor_pairs(columns, entry):
    args, result = entry["args"], entry["result"]
    alone, beside = (regression(columns, args["method"], intercept) for intercept in (False, True))
    for name, of in REGRESSION.items():
        if result.get(name) is not None:
            yield name, of(alone), result[name]
    for name, field in LIKELIHOOD.items():
        yield name, getattr(alone.likelihood, field), result["fit"][name]
    for name, of in BETWEEN.items():
        yield name, of(beside), result[name]


NAMES = [*GROUPS, *TESTS, *REGRESSION, *LIKELIHOOD, *BETWEEN]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_quantity(dataset, name):
    rtol = 1e-4 if name.startswith("R2") else 1e-6
    for where, quantity, value, expected in pairs(dataset):
        if quantity == name:
            ours, theirs = np.asarray(value, dtype=float), np.asarray(expected, dtype=float)
            np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=1e-8, err_msg=where)


def test_every_number_is_compared():
    for dataset in DATASETS:
        compared = {(where, name) for where, name, *_ in pairs(dataset)}
        for entry in oracle(dataset)["expected"]:
            names = {*entry["result"], *entry["result"].get("fit", ())} - {
                "fit",
                "levels",
                "coef_names",
                "criterion",
            }
            left = {name for name in names if entry["result"].get(name, 0) is not None}
            assert {name for name in left if (entry["id"], name) not in compared} == set(), entry["id"]


def test_the_number_of_numbers_compared_has_not_shrunk():
    sizes = (
        np.isfinite(np.asarray(expected, dtype=float)).sum()
        for dataset in DATASETS
        for *_, expected in pairs(dataset)
    )
    assert sum(map(int, sizes)) == COMPARED
