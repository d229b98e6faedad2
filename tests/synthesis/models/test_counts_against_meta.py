"""Every number of meta's metabin and metainc is compared: pooled by Mantel-Haenszel, Peto, inverse variance.

To 1e-8; bounds of tau2 by Jackson's method as near as R's uniroot comes at its default tolerance. meta takes
Q about the Mantel-Haenszel mean also for tau2, adds to the events but not to the others for the risk ratios
of studies, to the variances only for risk differences, and drops studies without events from ratios.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from synthesis import pool
from synthesis.counting import mantel_haenszel, peto
from synthesis.fit import Estimate, Interval
from synthesis.heterogeneity import q_based, rb_of
from synthesis.intervals import PREDICTIONS, Spread, hartung_knapp_se
from synthesis.intervals.kenward_roger import kenward_roger
from synthesis.intervals.moments import wald
from synthesis.models.inverse_variance import weighted_mean
from synthesis.models.mantel_haenszel import cochran_rate_ratio
from synthesis.models.stratified import AS_COUNTED, ZeroCells, effects_of, groups_of, tau2_about

ORACLES = Path(__file__).parents[2] / "oracles"
DATASETS = [*sorted(path.stem for path in ORACLES.glob("counts_*.json")), "rates_dat.nielweise2008"]
MEASURE = {"ASD": "AS"}
COMPARED = 12529
ROOT = 2 * np.finfo(float).eps ** 0.25
NO_ERROR = {"statistic_common": 0, "pval_common": 1, "statistic_random": 0, "pval_random": 1}
"""What meta says where it gives no standard error (sample-size weights beside studies without events)."""


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


@cache
def entries(dataset):
    return [one for one in oracle(dataset)["expected"] if one["id"].startswith(("metabin.", "metainc."))]


def policies(args, measure):
    """For the sums and for the studies' own effects."""
    to = args.get("method.incr", "only0")
    add = "treatment-arm" if args.get("incr") == "TACC" else 0.5
    ratio = measure in ("OR", "RR")
    if measure in ("IRR", "IRD"):
        return AS_COUNTED, ZeroCells()
    if measure == "AS":
        return AS_COUNTED, AS_COUNTED
    difference = measure == "RD"
    sums = ZeroCells(add, to, ratio, variance_only=difference)
    return sums, ZeroCells(add, to, ratio, to_others=measure != "RR", variance_only=difference)


@cache
def common_of(dataset, entry_id):
    """The common-effect pool of an entry; for inverse variance that of the studies' effects."""
    entry = next(one for one in entries(dataset) if one["id"] == entry_id)
    args, arrays = entry["args"], list(oracle(dataset)["input"].values())
    measure = MEASURE.get(args["sm"], args["sm"])
    sums, studies = policies(args, measure)
    if args["method"] == "Peto":
        return peto(*arrays)
    if args["method"] == "MH":
        exact = args.get("MH.exact", False)
        return mantel_haenszel(
            *arrays,
            measure=measure,
            zero_cells=ZeroCells(0.0, "none", sums.drop00) if exact else sums,
            study_zero_cells=studies,
            variance="Greenland-Robins",
        )
    groups = groups_of(("a", "n", "c", "m"), arrays, times=measure in ("IRR", "IRD"))
    yi, vi = effects_of(groups, measure, studies)
    good = np.isfinite(yi) & (vi > 0)
    weights = groups.size1 * groups.size2 / (groups.size1 + groups.size2) if args["method"] == "SSW" else None
    return pool(
        yi=yi[good],
        vi=vi[good],
        model="common-effect",
        tau2_interval="J",
        weights=None if weights is None else weights[good],
    )


@cache
def random_of(dataset, entry_id):
    common = common_of(dataset, entry_id)
    tau2 = tau2_about(common) if about_its_mean(common) else "DL"
    weights = common.weights if common.weighting == "given" else None
    return pool(yi=common.yi, vi=common.vi, tau2=tau2, interval="Wald", tau2_interval="J", weights=weights)


def about_its_mean(common):
    """metabin takes Q about the Mantel-Haenszel mean, metainc about the inverse-variance one."""
    return common.model == "mantel-haenszel" and common.measure not in ("IRR", "IRD")


def spread_of(fit):
    tau2, k = np.asarray(fit.heterogeneity.tau2), np.asarray(float(fit.k))
    mean = weighted_mean(fit.yi, fit.vi, tau2)
    knapp = hartung_knapp_se(mean.se, mean.q, k)
    shown = wald(mean.mu, mean.se, mean.q, k, 95)
    return Spread(mean.mu, tau2, mean.se, knapp, *kenward_roger(fit.vi, tau2), shown, k)


@cache
def results(dataset, entry_id):
    """What is to be compared, by meta's names."""
    common, fit = common_of(dataset, entry_id), random_of(dataset, entry_id)
    spread, h = spread_of(fit), fit.heterogeneity
    q = common.heterogeneity if about_its_mean(common) else h
    h2 = np.array(q_based(q.q, common.k))
    rb = np.array(rb_of(fit.yi, fit.vi, h.tau2, q=q.q)) / 100
    low, high = PREDICTIONS["HTS(k-1)"](spread, 95)
    found = {}
    for name, three in (("H", np.sqrt(h2)), ("I2", 1 - 1 / h2), ("Rb", rb)):
        found |= {name: three[0], f"lower_{name}": three[1], f"upper_{name}": three[2]}
    return found | {
        **estimate("common", cochran(dataset) if entry_id.endswith("Cochran") else common),
        **estimate("random", fit),
        "lower_predict": low,
        "upper_predict": high,
        "seTE_predict": np.sqrt(spread.tau2 + spread.se**2),
        "df_predict": fit.k - 1,
        "tau2": h.tau2,
        "tau": h.tau,
        "se_tau2": h.tau2_se,
        "lower_tau2": h.tau2_ci.low,
        "upper_tau2": min(h.tau2_ci.high, 100.0),
        "Q": q.q,
        "df_Q": q.df,
        "pval_Q": q.p,
        "seTE_hakn_ci": spread.se_hk,
        "seTE_kero": spread.se_kr,
        "w_common": common.weights,
        "w_random": fit.weights,
    }


def cochran(dataset):
    found = cochran_rate_ratio(*oracle(dataset)["input"].values())
    told = wald(found.mu, found.se, 0.0, 1, 95)
    ci = Interval(told.low, told.high, 95, "Wald")
    return Estimate(found.mu, found.se, ci, told.statistic, None, told.p, "Wald")


def estimate(name, found):
    return {
        f"TE_{name}": found.mu,
        f"seTE_{name}": found.se,
        f"lower_{name}": found.ci.low,
        f"upper_{name}": found.ci.high,
        f"statistic_{name}": found.statistic,
        f"pval_{name}": found.p,
    }


def shares(weights):
    """Weights of studies that have any, in per cent."""
    given = np.array([one for one in weights if one], dtype=float)
    return 100.0 * given / given.sum()


@cache
def pairs(dataset):
    found = []
    for entry in entries(dataset):
        ours = results(dataset, entry["id"])
        for name, expected in entry["result"].items():
            no_error = entry["result"].get("seTE_common") is None and NO_ERROR.get(name) == expected
            if expected is None or no_error:
                continue
            theirs = shares(expected) if name.startswith("w_") else expected
            found.append((entry["id"], name, ours[name], theirs))
    return found


NAMES = sorted({name for d in DATASETS for entry in entries(d) for name in entry["result"]})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_quantity(dataset, name):
    rtol, atol = (1e-3, ROOT) if name in ("lower_tau2", "upper_tau2") else (1e-8, 1e-8)
    for where, quantity, found, expected in pairs(dataset):
        if quantity == name:
            np.testing.assert_allclose(found, expected, rtol=rtol, atol=atol, err_msg=where)


def test_the_number_of_numbers_compared_has_not_shrunk():
    assert sum(np.size(expected) for dataset in DATASETS for *_, expected in pairs(dataset)) == COMPARED
