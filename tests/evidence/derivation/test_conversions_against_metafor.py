"""Conversions agree with metafor: closed forms to 1e-10, fitted distributions to 1e-3.

The fitted ones (QE, BC, MLN) are metafor's through the package estmeansd, whose optimisers stop early; the
two Box-Cox methods are simulated there, with R's random numbers after set.seed(1), which we draw too.
"""

import json
from math import nan
from pathlib import Path

import numpy as np
import pytest

from evidence.derivation import averaged, box_cox, d_to_overlap, odds_to_d, older_quantile_rules, r_to_d
from evidence.derivation.delta_method import transformed
from evidence.derivation.five_numbers import five_numbers
from evidence.derivation.luo_wan_shi import log_normal_data, normal_data
from evidence.derivation.quantile_estimation import quantile_estimation
from evidence.derivation.table_from_margins import (
    table_from_chi_square,
    table_from_odds_ratio,
    table_from_phi,
)
from evidence.measures import freeman_tukey, freeman_tukey_rate, scales
from evidence.measures.measure import expit

ORACLES = Path(__file__).parents[2] / "oracles"
COMPARED = {"conv_2x2": 20, "conv_delta": 10, "conv_fivenum": 108, "transf": 158}


def cases(name):
    oracle = json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))
    return {entry["id"]: (entry["args"], entry["result"]) for entry in oracle["expected"]}


TABLES, DELTAS, QUANTILES, TRANSFORMS = (cases(name) for name in COMPARED)


@pytest.mark.parametrize("name", TABLES)
def test_tables_from_margins(name):
    args, result = TABLES[name]
    margins = (args["ni"], args["n1i"], args.get("n2i", nan))
    if "ori" in args:
        found = table_from_odds_ratio(args["ori"], *margins)
    elif "x2i" in args:
        found = table_from_chi_square(args["x2i"], *margins, correct=args.get("correct", True))
    else:  # metafor knows no sensitivity and specificity here, and gives no table
        found = table_from_phi(args.get("ri", nan), *margins)
    expected = np.array([result[cell] for cell in ("ai", "bi", "ci", "di")], dtype=float)
    np.testing.assert_array_equal(np.reshape(found, (4, 1)), expected)


SCALES = {
    "log": np.log,
    "exp": np.exp,
    "atanh": scales.fisher_z,
    "logit": scales.logit,
    "d*pi/sqrt(3)": odds_to_d.log_odds_from_d,
}


@pytest.mark.parametrize("name", DELTAS)
def test_the_delta_method(name):
    args, result = DELTAS[name]
    found = transformed(args["yi"], args["vi"], SCALES[args["transf"]])
    np.testing.assert_allclose(found, [result["yi"][0], result["vi"][0]], rtol=1e-10)


RULES = {
    "qe": quantile_estimation,
    "bc": lambda numbers: box_cox.box_cox(numbers, simulated=True),
    "mln": lambda numbers: box_cox.power_likelihood(numbers, simulated=True),
    "hozo2005": older_quantile_rules.hozo,
    "wan2014": older_quantile_rules.wan,
    "bland2015": older_quantile_rules.bland,
}


def quantiles(args):
    rest = {"q1": "q1", "q3": "q3", "minimum": "min", "maximum": "max"}
    return five_numbers(
        args["median"], args["n"], **{ours: args.get(theirs, nan) for ours, theirs in rest.items()}
    )


def mean_and_sd(args):
    if args["method"] in RULES:
        return RULES[args["method"]](quantiles(args))
    rule = log_normal_data if args["dist"] == "lnorm" else normal_data
    return rule(quantiles(args), test=args["test"])


@pytest.mark.parametrize("name", QUANTILES)
def test_means_and_standard_deviations_from_quantiles(name):
    args, result = QUANTILES[name]
    expected = np.array([result["mean"], result["sd"]], dtype=float)
    tolerance = 1e-3 if args["method"] in ("qe", "bc", "mln") else 1e-10
    np.testing.assert_allclose(np.array(mean_and_sd(args)), expected, rtol=tolerance)


@pytest.mark.parametrize("name", [name for name, (args, _) in QUANTILES.items() if args["method"] == "bc"])
def test_box_cox_is_simulated_with_the_very_numbers_of_r(name):
    args, result = QUANTILES[name]
    np.testing.assert_allclose(np.array(mean_and_sd(args)), [result["mean"], result["sd"]], rtol=1e-10)


@pytest.mark.parametrize("name", [n for n, (args, _) in QUANTILES.items() if args["method"] in ("bc", "mln")])
def test_what_is_integrated_is_what_the_simulation_is_of(name):
    args, result = QUANTILES[name]
    rule = box_cox.box_cox if args["method"] == "bc" else box_cox.power_likelihood
    draws = 10_000 if args["method"] == "mln" else args["n"] + 1000
    mean, sd = (float(one) for one in rule(quantiles(args)))
    assert abs(mean - result["mean"]) < 4 * sd / draws**0.5
    assert result["sd"] == pytest.approx(sd, rel=0.08)


def tau2(args):
    return args["targs"]["tau2"]


WAYS = {
    "transf.rtoz": scales.fisher_z,
    "transf.ztor": scales.from_fisher_z,
    "transf.logit": scales.logit,
    "transf.ilogit": expit,
    "transf.probit": scales.probit,
    "transf.iprobit": scales.from_probit,
    "transf.arcsin": scales.arcsine,
    "transf.iarcsin": scales.from_arcsine,
    "transf.isqrt": scales.from_square_root,
    "transf.ahw": scales.hakstian_whalen,
    "transf.iahw": scales.from_hakstian_whalen,
    "transf.abt": scales.bonett,
    "transf.iabt": scales.from_bonett,
    "transf.r2toz": scales.fisher_z_of_r2,
    "transf.ztor2": scales.r2_from_fisher_z,
    "transf.dtou1": d_to_overlap.u1,
    "transf.dtou2": d_to_overlap.u2,
    "transf.dtou3": d_to_overlap.u3,
    "transf.dtoovl": d_to_overlap.overlap,
    "transf.dtocles": d_to_overlap.common_language,
    "transf.clestod": d_to_overlap.d_from_common_language,
    "transf.dtocliffd": d_to_overlap.cliffs_delta,
    "transf.dtobesd": d_to_overlap.binomial_display,
    "transf.lnortod.norm": lambda x: odds_to_d.d_from_log_odds(x, odds_to_d.NORMAL),
    "transf.lnortod.logis": odds_to_d.d_from_log_odds,
    "transf.dtolnor.norm": lambda x: odds_to_d.log_odds_from_d(x, odds_to_d.NORMAL),
    "transf.dtolnor.logis": odds_to_d.log_odds_from_d,
    "transf.lnortortet.pearson": odds_to_d.pearson_tetrachoric,
    "transf.lnortortet.digby": odds_to_d.digby_tetrachoric,
    "transf.pft": lambda x, ni: freeman_tukey.double_arcsine(np.multiply(x, ni), ni)[0],
    "transf.ipft": freeman_tukey.proportion_of,
    "transf.ipft.hm": lambda x, targs: freeman_tukey.proportion_at_harmonic_mean(x, targs["ni"]),
    "transf.irft": lambda x, ti: freeman_tukey_rate.freeman_tukey_rate(np.multiply(x, ti), ti)[0],
    "transf.iirft": freeman_tukey_rate.rate_of,
    "transf.exp.int": lambda x, targs: averaged.averaged_exponential(x, targs["tau2"]),
    "transf.ztor.int": lambda x, targs: averaged.averaged(np.tanh, x, targs["tau2"]),
    "transf.ilogit.int": lambda x, targs: averaged.averaged(expit, x, targs["tau2"]),
    "transf.dtorpb": r_to_d.point_biserial_from_d,
    "transf.dtorpb.nons": r_to_d.point_biserial_from_d,
    "transf.dtorbis": r_to_d.biserial_from_d,
    "transf.rtod": r_to_d.d_from_r,
    "transf.rtod.nons": r_to_d.d_from_r,
    "transf.rpbtorbis": lambda x, pi: r_to_d.biserial_from_point_biserial(x, pi),
    "transf.rtorpb": lambda x, pi: r_to_d.point_biserial_from_r(x, pi),
    "transf.lnortord": lambda x, pc: odds_to_d.risk_difference_at(x, pc),
    "transf.lnortorr": lambda x, pc: odds_to_d.risk_ratio_at(x, pc),
    "transf.dtomd": lambda x, targs: d_to_overlap.mean_difference_at(x, targs["sd"]),
}


@pytest.mark.parametrize("name", TRANSFORMS)
def test_transformations(name):
    args, result = TRANSFORMS[name]
    value, rest = args["xi"], {key: one for key, one in args.items() if key != "xi"}
    found = np.atleast_1d(WAYS[name](value, **rest))
    tolerance = 1e-5 if name.endswith(".int") else 1e-10
    np.testing.assert_allclose(found, np.array(result["value"], dtype=float), rtol=tolerance, atol=1e-15)


def test_every_transformation_is_compared():
    assert set(WAYS) == set(TRANSFORMS)


@pytest.mark.parametrize("name", COMPARED)
def test_the_number_of_numbers_compared_has_not_shrunk(name):
    assert (
        sum(len(np.atleast_1d(one)) for _, r in cases(name).values() for one in r.values()) == COMPARED[name]
    )
