"""Influence diagnostics agree with metafor: closed forms to 1e-10, what rests on an iterated tau2 to 1e-6.

The oracles allow REML deletions 1e-5; here they agree to 1e-6 like the others. Every number is compared.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from synthesis import pool
from synthesis.diagnostics.cumulative import cumulative
from synthesis.diagnostics.influence import baujat, influence, radial
from synthesis.diagnostics.leave_one_out import leave_one_out
from synthesis.fit import NotDefined
from synthesis.regressing import regress

ORACLES = Path(__file__).parents[2] / "oracles"
DATASETS = sorted(path.stem for path in ORACLES.glob("influence_*.json"))
INTERVAL = {"z": "Wald", "knha": "HKSJ"}
REFIT = {
    "estimate": "mu",
    "se": "se",
    "stat": "statistic",
    "pval": "p",
    "ci_lb": "low",
    "ci_ub": "high",
    "Q": "q",
    "Qp": "q_p",
    "tau2": "tau2",
    "I2": "i2",
    "H2": "h2",
}
TABLE = {
    "rstudent": lambda found: found.rstudent.z,
    "dffits": lambda found: found.dffits,
    "cook_d": lambda found: found.cook,
    "cov_r": lambda found: found.cov_ratio,
    "tau2_del": lambda found: found.tau2_deleted,
    "QE_del": lambda found: found.q_deleted,
    "hat": lambda found: found.hat,
    "weight": lambda found: found.weight,
}
RESIDUALS = {"resid": "residual", "se": "se", "z": "z"}


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


@cache
def entry(dataset, case):
    return next(one for one in oracle(dataset)["expected"] if one["id"] == case)


CASES = [(dataset, one["id"]) for dataset in DATASETS for one in oracle(dataset)["expected"]]
EVERY = pytest.mark.parametrize(("dataset", "case"), CASES)


@cache
def pooled(dataset, case):
    columns, args = oracle(dataset)["input"], entry(dataset, case)["args"]
    model = "common-effect" if args["method"] == "FE" else "random-effects"
    tau2 = "REML" if args["method"] == "FE" else args["method"]
    interval = INTERVAL[args["test"]]
    return pool(yi=columns["yi"], vi=columns["vi"], model=model, tau2=tau2, interval=interval)


@cache
def table(dataset, case):
    return influence(pooled(dataset, case))


OF_REGRESSION = {
    "rstudent": "rstudent",
    "dffits": "dffits",
    "cook_d": "cook",
    "cov_r": "cov_ratio",
    "tau2_del": "tau2",
    "QE_del": "q",
    "hat": "hat",
    "weight": "weight",
}


def with_moderator(dataset, case):
    """The same of a meta-regression."""
    columns, args = oracle(dataset)["input"], entry(dataset, case)["args"]
    fit = regress(
        yi=columns["yi"],
        vi=columns["vi"],
        moderators={"x": columns["mods"]},
        model="common-effect" if args["method"] == "FE" else "random-effects",
        tau2="REML" if args["method"] == "FE" else args["method"],
        interval="Wald",
    )
    found, result = fit.influence(), entry(dataset, case)["result"]
    for name, expected in result["influence"].items():
        yield f"influence {name}", getattr(found, OF_REGRESSION[name]), expected
    for place, expected in enumerate(result["dfbetas"].values()):
        yield f"dfbetas {place}", found.dfbetas[:, place], expected


def pairs(dataset, case):
    """(name, found, expected) of every number of one entry."""
    if "mods" in entry(dataset, case)["args"]:
        yield from with_moderator(dataset, case)
        return
    result, fit = entry(dataset, case)["result"], pooled(dataset, case)
    found = table(dataset, case)
    for name, expected in result["influence"].items():
        yield f"influence {name}", TABLE[name](found), expected
    yield "dfbetas", found.dfbetas[:, 0], result["dfbetas"]
    yield "is_influential", found.influential, result["is_influential"]
    for name in ("rstudent", "rstandard"):
        for part, attribute in RESIDUALS.items():
            yield f"{name} {part}", getattr(getattr(found, name), attribute), result[name][part]
    without = leave_one_out(fit)
    added = cumulative(fit, order=oracle(dataset)["input"]["cumul_order"])
    for name, refits in (("leave1out", without), ("cumul", added)):
        for quantity, expected in result[name].items():
            yield f"{name} {quantity}", getattr(refits, REFIT[quantity]), expected
    plot = baujat(fit)
    yield "baujat x", plot.contribution, result["baujat"]["x"]
    yield "baujat y", plot.influence, result["baujat"]["y"]
    plane = radial(fit)
    yield "radial x", plane.x, result["radial"]["x"]
    yield "radial y", plane.z, result["radial"]["y"]


def tolerance(case):
    return 1e-6 if "REML" in case else 1e-10


@EVERY
def test_every_quantity_agrees(dataset, case):
    for name, found, expected in pairs(dataset, case):
        np.testing.assert_allclose(
            np.asarray(found, float),
            np.asarray(expected, float),
            rtol=tolerance(case),
            atol=tolerance(case) * 1e-2,
            err_msg=name,
        )


def test_the_number_of_numbers_compared_has_not_shrunk():
    count = sum(np.size(expected) for case in CASES for _, _, expected in pairs(*case))
    assert count == 15_120


@pytest.mark.parametrize("case", ["FE.z", "REML.knha"])
@pytest.mark.parametrize("function", [influence, baujat])
def test_two_studies_have_no_table(function, case):
    columns = oracle("influence_dat.bcg")["input"]
    found = function(pool(yi=columns["yi"][:2], vi=columns["vi"][:2]))
    assert isinstance(found, NotDefined)
    assert "at least 3 studies; there are 2 studies" in found.reason
