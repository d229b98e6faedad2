"""Meta-regressions agree with metafor's rma.uni to 1e-6, residual tau2 shares to 1e-4.

Where metafor stops beside 0 (tau2 of 1e-13) the estimate here is 0, hence the absolute tolerance; the share
explained by one such fit beside another is a ratio of what its iterations left, and is not compared.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from synthesis.fit import NotDefined
from synthesis.models.regression_comparing import likelihood_ratio, parameters
from synthesis.regressing import regress

ORACLES = Path(__file__).parents[2] / "oracles"
DATASETS = sorted(path.stem for path in ORACLES.glob("metareg_*.json"))
INTERVAL = {"z": "Wald", "knha": "HKSJ"}
TERMS = {
    "ablat": "ablat",
    "ablat_year": "ablat + year",
    "alloc": "alloc",
    "interaction": "alloc * ablat",
    "noint": "alloc",
    "quality": "quality",
    "full": "quality + design + meanage",
    "weeks": "weeks",
    "both": "weeks + setting",
}
LEFT = {
    "LRT.both_vs_weeks.ML R2": "tau2 is 0 in both models; metafor divides the 1e-14 its iterations left",
}
COMPARED = 11048
QUANTITIES = {
    "k": lambda fit: fit.k,
    "p": lambda fit: len(fit.names),
    "beta": lambda fit: fit.b,
    "se": lambda fit: fit.se,
    "stat": lambda fit: fit.statistic,
    "pval": lambda fit: fit.p,
    "ci_lb": lambda fit: fit.low,
    "ci_ub": lambda fit: fit.high,
    "ddf": lambda fit: fit.df,
    "tau2": lambda fit: fit.tau2,
    "se_tau2": lambda fit: fit.tau2_se,
    "I2": lambda fit: fit.heterogeneity.i2,
    "H2": lambda fit: fit.heterogeneity.h2,
    "R2": lambda fit: fit.r2,
    "QE": lambda fit: fit.heterogeneity.q,
    "QEp": lambda fit: fit.heterogeneity.p,
    "vt": lambda fit: fit.typical_variance,
    "QM": lambda fit: fit.moderators.statistic,
    "QMp": lambda fit: fit.moderators.p,
    "QMdf": lambda fit: (fit.moderators.df, np.nan if fit.moderators.df2 is None else fit.moderators.df2),
    "vcov": lambda fit: fit.vb,
    "fitted": lambda fit: fit.fitted,
    "residuals": lambda fit: fit.residuals,
    "hat": lambda fit: fit.hat,
    "rstudent_z": lambda fit: at_every_study(fit, fit.influence().rstudent),
    "cook": lambda fit: at_every_study(fit, fit.influence().cook),
    "confint_QP_tau2": lambda fit: (
        fit.tau2,
        fit.heterogeneity.tau2_ci.low,
        fit.heterogeneity.tau2_ci.high,
    ),
}
NESTED = {
    "fit": {
        "ll": lambda fit: fit.likelihood.ll,
        "deviance": lambda fit: fit.likelihood.deviance,
        "AIC": lambda fit: fit.likelihood.aic,
        "BIC": lambda fit: fit.likelihood.bic,
        "AICc": lambda fit: fit.likelihood.aicc,
    },
    "vif": {"value": lambda fit: list(fit.vif().values())},
}
PREDICTED = {
    "pred": "mu",
    "se": "se",
    "ci_lb": "ci_low",
    "ci_ub": "ci_high",
    "pi_lb": "pi_low",
    "pi_ub": "pi_high",
}


def at_every_study(fit, values):
    """The values of an Influence with gaps for the studies that cannot be left out."""
    full = np.full(fit.k, np.nan)
    full[[fit.labels.index(label) for label in fit.influence().labels]] = values
    return full


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


@cache
def fitted(dataset, model, method, test):
    columns = oracle(dataset)["input"]
    moderators = {name: columns[name] for name in columns if name not in ("yi", "vi", "design_matrices")}
    return regress(
        yi=columns["yi"],
        vi=columns["vi"],
        moderators=moderators,
        terms=TERMS[model],
        intercept=model != "noint",
        model="common-effect" if method == "FE" else "random-effects",
        tau2="REML" if method == "FE" else method,
        interval=INTERVAL[test],
    )


@cache
def pairs(dataset):
    """id, quantity, found, expected for every number of a data set."""
    return tuple(found_and_expected(dataset))


def found_and_expected(dataset):
    for entry in oracle(dataset)["expected"]:
        args, result = entry["args"], entry["result"]
        if "full" in args:
            yield from ratio_pairs(dataset, entry)
            continue
        fit = fitted(dataset, args["model"], args["method"], args["test"])
        if "btt_1based" in args:
            tested = fit.test(*(fit.names[i - 1] for i in args["btt_1based"]))
            df2 = np.nan if tested.df2 is None else tested.df2
            found = {"QM": tested.statistic, "QMp": tested.p, "QMdf": (tested.df, df2)}
            yield from ((entry["id"], f"btt {name}", found[name], result[name]) for name in found)
            continue
        for name, of in QUANTITIES.items():
            if result.get(name) is not None:
                yield entry["id"], name, of(fit), result[name]
        for group, members in NESTED.items():
            for name, of in members.items() if group in result else ():
                yield entry["id"], f"{group} {name}", of(fit), result[group][name]
        if "predict" in result:
            found = fit.predict(args["newmods"], "as-interval")
            for name, field in PREDICTED.items():
                if name in result["predict"]:
                    yield entry["id"], f"predict {name}", getattr(found, field), result["predict"][name]


def ratio_pairs(dataset, entry):
    args, result = entry["args"], entry["result"]
    full, reduced = (fitted(dataset, args[which], "ML", "z") for which in ("full", "reduced"))
    found = likelihood_ratio(full, reduced)
    yield entry["id"], "LRT", found.statistic, result["LRT"]
    yield entry["id"], "pval", found.p, result["pval"]
    yield entry["id"], "df_full", parameters(full), result["df_full"]
    yield entry["id"], "df_reduced", parameters(reduced), result["df_reduced"]
    if f"{entry['id']} R2" not in LEFT:
        yield entry["id"], "R2", found.r2, result["R2"]


def flat(values):
    return np.ravel(np.asarray(values, dtype=float))


NAMES = sorted({name for dataset in DATASETS for _, name, *_ in pairs(dataset)})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_quantity(dataset, name):
    rtol = 1e-4 if name == "R2" else 1e-6
    for where, quantity, found, expected in pairs(dataset):
        if quantity == name:
            atol = 1e-8 if name == "I2" else 1e-10
            np.testing.assert_allclose(flat(found), flat(expected), rtol=rtol, atol=atol, err_msg=where)


def test_the_number_of_numbers_compared_has_not_shrunk():
    count = sum(
        int(np.isfinite(flat(expected)).sum()) for dataset in DATASETS for *_, expected in pairs(dataset)
    )
    assert count == COMPARED


def test_every_number_of_the_oracles_is_compared_or_left_with_a_reason():
    for dataset in DATASETS:
        compared = {(where, name.split()[-1]) for where, name, *_ in pairs(dataset)}
        for entry in oracle(dataset)["expected"]:
            for name, value in leaves(entry["result"]):
                said = f"{entry['id']} {name}" in LEFT
                assert value is None or said or (entry["id"], name) in compared, (entry["id"], name)


def leaves(result):
    for name, value in result.items():
        if name in ("coef_names", "criterion", "coef"):
            continue
        yield from leaves(value) if isinstance(value, dict) else [(name, value)]


def test_where_there_is_nothing_to_explain_the_share_is_not_defined():
    found = likelihood_ratio(*(fitted("metareg_dat.raudenbush1985", m, "ML", "z") for m in ("both", "weeks")))
    assert isinstance(found.r2, NotDefined)
