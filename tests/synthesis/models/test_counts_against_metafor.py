"""Mantel-Haenszel and Peto agree with metafor's rma.mh and rma.peto to 1e-8, R's mantelhaen.test likewise."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from evidence import measures
from synthesis.counting import mantel_haenszel, peto
from synthesis.models.stratified import ZeroCells

ORACLES = Path(__file__).parents[2] / "oracles"
DATASETS = [*sorted(path.stem for path in ORACLES.glob("counts_*.json")), "rates_dat.nielweise2008"]
TABLES = json.loads((ORACLES / "audit" / "tables_mh.json").read_text(encoding="utf-8"))["cases"]
NO_VARIANCE = ("k_yi", "QE", "QEp", "I2", "H2", "yi", "vi")
LEFT = {
    "MH.RD.yi-none.drop00FALSE": "studies without events have variance 0 there, and no effect here",
}
COMPARED = 8442
QUANTITIES = {
    "k": lambda pool: pool.k + len(pool.left_out),
    "k_yi": lambda pool: pool.k,
    "beta": lambda pool: pool.mu,
    "se": lambda pool: pool.se,
    "zval": lambda pool: pool.statistic,
    "pval": lambda pool: pool.p,
    "ci_lb": lambda pool: pool.ci.low,
    "ci_ub": lambda pool: pool.ci.high,
    "QE": lambda pool: pool.heterogeneity.q,
    "QEp": lambda pool: pool.heterogeneity.p,
    "I2": lambda pool: pool.heterogeneity.i2,
    "H2": lambda pool: pool.heterogeneity.h2,
    "yi": lambda pool: pool.yi,
    "vi": lambda pool: pool.vi,
    "CMH": lambda pool: statistic_of(pool, "Cochran-Mantel-Haenszel").statistic,
    "CMHp": lambda pool: statistic_of(pool, "Cochran-Mantel-Haenszel").p,
    "Breslow_Day": lambda pool: statistic_of(pool, "Breslow-Day").statistic,
    "BDp": lambda pool: statistic_of(pool, "Breslow-Day").p,
    "Tarone": lambda pool: statistic_of(pool, "Tarone").statistic,
    "Taronep": lambda pool: statistic_of(pool, "Tarone").p,
}


def statistic_of(pool, name):
    return next(one for one in pool.tests if one.name.startswith(name))


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


def entries(dataset):
    ours = [one for one in oracle(dataset)["expected"] if one["id"].startswith("MH.") or one["id"] == "PETO"]
    assert ours
    return ours


def policy(args, which, default):
    add, to, drop00 = (args.get(name, value) for name, value in default.items())
    return ZeroCells(add[which], to[which], drop00[which])


def fitted(dataset, args):
    arrays = list(oracle(dataset)["input"].values())
    if args["measure"] == "PETO":
        return peto(*arrays)
    default = {"add": [0.5, 0.0], "to": ["only0", "none"], "drop00": [True, False]}
    return mantel_haenszel(
        *arrays,
        measure=args["measure"],
        correct=args.get("correct", True),
        zero_cells=policy(args, 1, default),
        study_zero_cells=policy(args, 0, default),
    )


@cache
def pairs(dataset):
    found = []
    for entry in entries(dataset):
        fit = fitted(dataset, entry["args"])
        skipped = NO_VARIANCE if entry["id"] in LEFT and not full(dataset) else ()
        for name, expected in entry["result"].items():
            if expected is None or name in skipped:
                continue
            if entry["id"] == "PETO" and name in ("yi", "vi"):
                continue  # below: metafor shows them corrected, though it pools them as they are
            found.append((entry["id"], name, QUANTITIES[name](fit), expected))
    return found


def full(dataset):
    """Whether every study has an event."""
    columns = oracle(dataset)["input"]
    first, second = columns.get("ai", columns.get("x1i")), columns.get("ci", columns.get("x2i"))
    return all(a + c > 0 for a, c in zip(first, second, strict=True))


@pytest.mark.parametrize("name", QUANTITIES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_quantity(dataset, name):
    for where, quantity, found, expected in pairs(dataset):
        if quantity == name:
            np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-12, err_msg=where)


@pytest.mark.parametrize("dataset", [one for one in DATASETS if one.startswith("counts")])
def test_peto_effects_of_corrected_tables(dataset):
    result = next(one["result"] for one in entries(dataset) if one["id"] == "PETO")
    yi, vi = measures.get("PETO").effect(*oracle(dataset)["input"].values(), drop00=True)
    np.testing.assert_allclose(yi[np.isfinite(yi)], result["yi"], rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(vi[np.isfinite(yi)], result["vi"], rtol=1e-8)


def test_the_number_of_numbers_compared_has_not_shrunk():
    assert sum(np.size(expected) for dataset in DATASETS for *_, expected in pairs(dataset)) == COMPARED


@pytest.mark.parametrize("case", TABLES, ids=[case["id"] for case in TABLES])
def test_stratified_tables_as_r_tests_them(case):
    a, b, c, d = ([stratum[cell] for stratum in case["strata"]] for cell in "abcd")
    sizes = [x + y for x, y in zip(a, b, strict=True)], [x + y for x, y in zip(c, d, strict=True)]
    plain = mantel_haenszel(a, sizes[0], c, sizes[1], correct=False)
    corrected = mantel_haenszel(a, sizes[0], c, sizes[1])
    for found, name in ((plain, "cmh"), (corrected, "cmh_cc")):
        test = statistic_of(found, "Cochran-Mantel-Haenszel")
        assert test.statistic == pytest.approx(case[name]["chi2"], rel=1e-8)
        assert test.p == pytest.approx(case[name]["p"], rel=1e-8)
    assert np.exp(plain.mu) == pytest.approx(case["or_mh"], rel=1e-8)
    np.testing.assert_allclose(np.exp([plain.ci.low, plain.ci.high]), case["or_mh_ci95"], rtol=1e-8)
