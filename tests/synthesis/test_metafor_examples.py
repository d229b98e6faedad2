"""The examples of metafor's own help pages, through our public functions.

Each entry of the oracle names the call in R. Closed forms agree to 1e-9 (fifteen digits are stored, and
differences of them lose some), iterated estimators to 1e-6, root-finding to 1e-5. metafor 3.8 stops
`trimfill` and `regtest` at its default tolerance where it fits anew, hence their 1e-4,
and the roots of `confint` at 1e-3.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from evidence import effect_sizes
from synthesis import (
    cumulative,
    excess_significance,
    fail_safe_n,
    influence,
    leave_one_out,
    mantel_haenszel,
    peto,
    pool,
    regress,
    small_study,
    trim_and_fill,
)
from synthesis.errors import PoolingError

ORACLE = json.loads((Path(__file__).parents[1] / "oracles" / "metafor_examples.json").read_text("utf-8"))
EXPECTED = {entry["id"]: entry["result"] for entry in ORACLE["expected"]}
CLOSED, ITERATED, ROOT, REFITTED, BOUNDS = 1e-9, 1e-6, 1e-5, 1e-4, 1e-3


def of(name):
    return EXPECTED[name]


def data(name):
    return dict(ORACLE["input"][f"dat.{name}"])


def columns(name, *keys):
    return {key: np.array(data(name)[key], float) for key in keys}


def same(found, expected, rel):
    wanted = np.array([np.nan if one is None else one for one in np.ravel(expected)], float)
    np.testing.assert_allclose(np.ravel(np.asarray(found, float)), wanted, rtol=rel, atol=1e-9)


def bcg(measure="RR"):
    got = columns("bcg", "tpos", "tneg", "cpos", "cneg")
    return effect_sizes(measure, ai=got["tpos"], bi=got["tneg"], ci=got["cpos"], di=got["cneg"])


def fitted(name, fit, rel=ITERATED):
    """A regression or a pool beside `rma`."""
    wanted = of(name)
    error = getattr(fit, "se", None) if hasattr(fit, "statistic") else None
    same(fit.b, wanted["b"], rel)
    same(error, wanted["se"], rel)
    same(fit.statistic, wanted["zval"], rel)
    same(fit.p, wanted["pval"], 10 * rel)
    low, high = (fit.low, fit.high) if hasattr(fit, "low") else (fit.ci.low, fit.ci.high)
    same(low, wanted["ci.lb"], rel)
    same(high, wanted["ci.ub"], rel)
    same(fit.heterogeneity.tau2, wanted["tau2"], rel)
    same(fit.heterogeneity.q, wanted["QE"], rel)
    same(fit.heterogeneity.i2, wanted["I2"], rel)
    same(fit.heterogeneity.h2, wanted["H2"], rel)
    if hasattr(fit, "moderators"):
        same(fit.moderators.statistic, wanted["QM"], rel)
        same(fit.moderators.p, wanted["QMp"], 10 * rel)
        if wanted["R2"] is not None:
            same(fit.r2, wanted["R2"], REFITTED)


def test_bcg_random_effects():
    found = bcg()
    fitted("bcg.rma", pool(yi=found.yi, vi=found.vi, interval="Wald"))
    fit, wanted = pool(yi=found.yi, vi=found.vi).heterogeneity, of("bcg.confint")
    ci = fit.tau2_ci
    same([fit.tau2, fit.i2], [wanted["est"][0], wanted["est"][2]], ITERATED)
    same([ci.low, ci.high], [wanted["lb"][0], wanted["ub"][0]], BOUNDS)
    same([fit.i2_ci.low, fit.i2_ci.high], [wanted["lb"][2], wanted["ub"][2]], BOUNDS)


def test_bcg_moderators():
    es, got = bcg(), data("bcg")
    both = {"ablat": got["ablat"], "year": got["year"]}
    fitted("bcg.ablat_year", regress(yi=es.yi, vi=es.vi, moderators=both, interval="Wald"))
    words = {"ablat": got["ablat"], "alloc": got["alloc"]}
    fitted("bcg.ablat_alloc.knha", regress(yi=es.yi, vi=es.vi, moderators=words, interval="HKSJ"))
    crossed = regress(yi=es.yi, vi=es.vi, moderators=words, terms="alloc * ablat", tau2="DL", interval="Wald")
    fitted("bcg.interaction.DL", crossed, CLOSED)
    fit = regress(yi=es.yi, vi=es.vi, moderators={"ablat": got["ablat"]}, interval="Wald")
    at, wanted = fit.predict({"ablat": [10, 30, 50]}, prediction="as-interval"), of("bcg.predict")
    for ours, theirs in (
        ("mu", "pred"),
        ("ci_low", "lb"),
        ("ci_high", "ub"),
        ("pi_low", "pilb"),
        ("pi_high", "piub"),
    ):
        same(np.exp(getattr(at, ours)), wanted[theirs], ITERATED)
    bounds, wanted = fit.heterogeneity.tau2_ci, of("bcg.confint.ablat")
    same([bounds.low, bounds.high], [wanted["lb"][0], wanted["ub"][0]], BOUNDS)


@pytest.mark.parametrize("measure", ["OR", "RR", "RD"])
def test_bcg_mantel_haenszel(measure):
    got = columns("bcg", "tpos", "tneg", "cpos", "cneg")
    sizes = got["tpos"] + got["tneg"], got["cpos"] + got["cneg"]
    fit, wanted = (
        mantel_haenszel(got["tpos"], sizes[0], got["cpos"], sizes[1], measure=measure),
        of(f"bcg.mh.{measure}"),
    )
    same(
        [fit.mu, fit.se, fit.ci.low, fit.ci.high],
        [wanted["b"], wanted["se"], wanted["ci.lb"], wanted["ci.ub"]],
        CLOSED,
    )
    same(fit.heterogeneity.q, wanted["QE"], CLOSED)


def test_bcg_peto():
    got = columns("bcg", "tpos", "tneg", "cpos", "cneg")
    fit = peto(got["tpos"], got["tpos"] + got["tneg"], got["cpos"], got["cpos"] + got["cneg"])
    wanted = of("bcg.peto")
    same([fit.mu, fit.se, fit.heterogeneity.q], [wanted["b"], wanted["se"], wanted["QE"]], CLOSED)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("escalc.bcg.")])
def test_bcg_measures(name):
    es, wanted = bcg(name.rsplit(".", 1)[1]), of(name)
    same(es.yi, wanted["yi"], CLOSED)
    same(es.vi, wanted["vi"], CLOSED)


def test_hine():
    es = effect_sizes("RD", **columns("hine1989", "ai", "n1i", "ci", "n2i"))
    same(es.yi, of("hine.RD")["yi"], CLOSED)
    same(es.vi, of("hine.RD")["vi"], CLOSED)
    fitted("hine.DL", pool(yi=es.yi, vi=es.vi, tau2="DL", interval="Wald"), CLOSED)
    whole = pool(yi=es.yi, vi=es.vi, model="common-effect")
    for estimator in ("L0", "R0", "Q0"):
        trimmed(f"hine.trimfill.{estimator}", trim_and_fill(whole, estimator=estimator))


def trimmed(name, found):
    wanted = of(name)
    assert found.missing == wanted["k0"]
    assert found.side == wanted["side"]
    same(found.missing_se, wanted["se.k0"], REFITTED)
    same([found.pool.mu, found.pool.b[0]], [wanted["b"]] * 2, REFITTED)


@pytest.mark.parametrize("measure", ["IRR", "IRD", "IRSD"])
def test_hart(measure):
    got = columns("hart1999", "x1i", "t1i", "x2i", "t2i")
    es, wanted = effect_sizes(measure, **got), of(f"hart.{measure}")
    same(es.yi, wanted["yi"], CLOSED)
    same(es.vi, wanted["vi"], CLOSED)
    fitted(f"hart.rma.{measure}", pool(yi=es.yi, vi=es.vi, interval="Wald"))
    if measure != "IRSD":
        fit = mantel_haenszel(got["x1i"], got["t1i"], got["x2i"], got["t2i"], measure=measure)
        wanted = of(f"hart.mh.{measure}")
        same([fit.mu, fit.se, fit.heterogeneity.q], [wanted["b"], wanted["se"], wanted["QE"]], CLOSED)


def test_lee():
    got = columns("lee2004", "ai", "n1i", "ci", "n2i")
    for measure in ("OR", "RR", "RD"):
        es = effect_sizes(measure, **got)
        fitted(f"lee.{measure}", pool(yi=es.yi, vi=es.vi, interval="Wald"))
    fit, wanted = mantel_haenszel(*got.values(), measure="RR"), of("lee.mh.RR")
    same([fit.mu, fit.se, fit.heterogeneity.q], [wanted["b"], wanted["se"], wanted["QE"]], CLOSED)


def test_linde():
    es = effect_sizes("RR", **columns("linde2005", "ai", "n1i", "ci", "n2i"))
    known = np.isfinite(es.yi)  # two trials have no counts; metafor leaves them out with a warning
    yi, vi = es.yi[known], es.vi[known]
    fitted("linde.RR", pool(yi=yi, vi=vi, interval="Wald"))
    fit = pool(yi=yi, vi=vi, tau2="DL", interval="Wald")
    found, wanted = influence(fit), of("linde.influence.DL")
    same(found.rstudent.z, wanted["rstudent"], CLOSED * 10)
    names = {"dffits": "dffits", "cook": "cook.d", "cov_ratio": "cov.r", "q_deleted": "QE.del", "hat": "hat"}
    for ours, theirs in names.items():
        same(getattr(found, ours), wanted[theirs], CLOSED * 10)
    left, wanted = leave_one_out(fit), of("linde.leave1out.DL")
    for ours, theirs in {"mu": "estimate", "se": "se", "tau2": "tau2", "i2": "I2", "q": "Q"}.items():
        same(getattr(left, ours), wanted[theirs], CLOSED * 10)
    steps, wanted = cumulative(fit), of("linde.cumul.DL")
    for ours, theirs in {"mu": "estimate", "se": "se", "tau2": "tau2"}.items():
        same(getattr(steps, ours), wanted[theirs], CLOSED * 10)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("niel.")])
def test_nielweise_zero_cells(name):
    wanted = of(name)
    es = effect_sizes(
        "OR", **columns("nielweise2007", "ai", "n1i", "ci", "n2i"), add=wanted["add"], to=wanted["to"]
    )
    same(es.yi, wanted["yi"], CLOSED)
    same(es.vi, wanted["vi"], CLOSED)


def test_molloy_as_correlations():
    es = effect_sizes("ZCOR", **columns("molloy2014", "ri", "ni"))
    fit = pool(yi=es.yi, vi=es.vi, interval="Wald", prediction="as-interval")
    wanted = of("molloy.ztor")
    found = [fit.mu, fit.ci.low, fit.ci.high, fit.prediction.low, fit.prediction.high]
    same(np.tanh(found), [wanted[key] for key in ("pred", "lb", "ub", "pilb", "piub")], ITERATED)


def test_pignon():
    got = columns("pignon2000", "OmE", "V")
    yi, vi = got["OmE"] / got["V"], 1.0 / got["V"]
    fitted("pignon.REML", pool(yi=yi, vi=vi, interval="Wald"))
    fit, wanted = pool(yi=yi, vi=vi, model="common-effect"), of("pignon.EE")
    same([fit.mu, fit.se, fit.heterogeneity.q], [wanted["b"], wanted["se"], wanted["QE"]], CLOSED)


def test_raudenbush():
    got = columns("raudenbush1985", "yi", "vi", "weeks")
    yi, vi = got["yi"], got["vi"]
    fitted("raud", pool(yi=yi, vi=vi, interval="Wald"))
    weeks = {"weeks": np.minimum(got["weeks"], 3)}
    fitted("raud.weeks", regress(yi=yi, vi=vi, moderators=weeks, interval="Wald"))
    words = {key: data("raudenbush1985")[key] for key in ("setting", "tester")}
    with pytest.raises(PoolingError, match=r"setting\[indiv\]:tester\[blind\]: constant, or a combination"):
        regress(yi=yi, vi=vi, moderators=words, terms="setting * tester")  # where metafor drops it and warns


def test_raudenbush_study_effects():
    from synthesis.models.study_effects import study_effects

    got, wanted = columns("raudenbush1985", "yi", "vi"), of("raud.blup")
    found = study_effects(pool(yi=got["yi"], vi=got["vi"], interval="Wald"))
    for ours, theirs in {"effect": "pred", "se": "se", "low": "pilb", "high": "piub"}.items():
        same(getattr(found, ours), wanted[theirs], ITERATED)


def test_li():
    es = effect_sizes("OR", **columns("li2007", "ai", "n1i", "ci", "n2i"))
    fit, wanted = pool(yi=es.yi, vi=es.vi, model="common-effect"), of("li.EE")
    same([fit.mu, fit.se, fit.heterogeneity.q], [wanted["b"], wanted["se"], wanted["QE"]], CLOSED)
    fitted("li.DL", pool(yi=es.yi, vi=es.vi, tau2="DL", interval="Wald"), CLOSED)
    copas("li.hc", es.yi, es.vi)


def copas(name, yi, vi):
    fit, wanted = pool(yi=yi, vi=vi, tau2="DL", interval="Henmi-Copas"), of(name)
    same(
        [fit.mu, fit.se, fit.ci.low, fit.ci.high], [wanted[key] for key in ("b", "se", "lb", "ub")], REFITTED
    )


def bangert(**options):
    return pool(**columns("bangertdrowns2004", "yi", "vi"), interval="Wald", **options)


def test_bangert_drowns_small_studies():
    fit, ni = bangert(), data("bangertdrowns2004")["ni"]
    fitted("bang", fit)
    for name, found in (
        ("bang.regtest", small_study(fit, test="egger-mixed")),
        ("bang.regtest.lm", small_study(fit)),
        ("bang.regtest.ni", small_study(fit, test="egger-mixed", predictor="ni", ni=ni)),
    ):
        wanted = of(name)
        same([found.statistic, found.p], [wanted["z"], wanted["p"]], REFITTED)
    ranks, wanted = small_study(fit, test="begg"), of("bang.ranktest")
    same([ranks.correlation, ranks.p], [wanted["tau"], wanted["p"]], REFITTED)
    for estimator in ("L0", "R0", "Q0"):
        trimmed(f"bang.trimfill.{estimator}", trim_and_fill(fit, estimator=estimator))
    copas("bang.hc", fit.yi, fit.vi)


@pytest.mark.parametrize("method", ["Rosenthal", "Orwin", "Rosenberg"])
def test_bangert_drowns_fail_safe(method):
    assert fail_safe_n(bangert(), method=method).n == of(f"bang.fsn.{method}")["fsnum"]


def test_bangert_drowns_excess_significance():
    found, wanted = excess_significance(bangert()), of("bang.tes")
    assert found.observed == wanted["O"]
    same([found.expected, found.ratio, found.mu], [wanted["E"], wanted["OE"], wanted["theta"]], CLOSED * 10)
    same(found.p, wanted["p"], CLOSED * 100)
    same(found.power.mean(), wanted["pwr"], CLOSED * 10)


def test_viechtbauer():
    got = columns("viechtbauer2021", "xTi", "nTi", "xCi", "nCi", "dose")
    counts = {"ai": got["xTi"], "n1i": got["nTi"], "ci": got["xCi"], "n2i": got["nCi"]}
    es, wanted = effect_sizes("OR", **counts, add=0.5, to="all"), of("viecht.escalc")
    same(es.yi, wanted["yi"], CLOSED)
    same(es.vi, wanted["vi"], CLOSED)
    fit = regress(yi=es.yi, vi=es.vi, moderators={"dose": got["dose"]}, interval="Wald")
    fitted("viecht.dose", fit)
    found, wanted = fit.influence(), of("viecht.influence")
    names = {
        "rstudent": "rstudent",
        "dffits": "dffits",
        "cook": "cook.d",
        "cov_ratio": "cov.r",
        "tau2": "tau2.del",
    }
    for ours, theirs in {**names, "q": "QE.del", "hat": "hat", "weight": "weight"}.items():
        same(getattr(found, ours), wanted[theirs], ROOT)
    at, wanted = (
        fit.predict({"dose": [0, 0.1, 0.2, 0.3, 0.4]}, prediction="as-interval"),
        of("viecht.predict"),
    )
    for ours, theirs in (
        ("mu", "pred"),
        ("se", "se"),
        ("ci_low", "lb"),
        ("pi_low", "pilb"),
        ("pi_high", "piub"),
    ):
        same(getattr(at, ours), wanted[theirs], ITERATED)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("normand.")])
def test_normand_measures(name):
    _, measure, *kind = name.split(".")
    got = columns("normand1999", "m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
    options = {"vtype": kind[0]} if kind else {}
    if measure == "ROM":
        options = {"correct": False}  # metafor corrects its bias from version 4 on
    es, wanted = effect_sizes(measure, **got, **options), of(name)
    rel = REFITTED if measure == "RBIS" else CLOSED
    same(es.yi, wanted["yi"], rel)
    same(es.vi, wanted["vi"], rel)


@pytest.mark.parametrize("measure", ["PR", "PLN", "PLO", "PAS", "PFT"])
def test_debruin_proportions(measure):
    es, wanted = effect_sizes(measure, **columns("debruin2009", "xi", "ni")), of(f"debruin.{measure}")
    same(es.yi, wanted["yi"], CLOSED)
    same(es.vi, wanted["vi"], CLOSED)
    fitted(f"debruin.rma.{measure}", pool(yi=es.yi, vi=es.vi, interval="Wald"))
