"""How fast pools are, beside a bare kernel, statsmodels' `combine_effects` and, where R is, metafor.

    python -m pytest tests/benchmarks/test_pooling_speed.py -s -p no:cacheprovider

Processor time of one thread, the least of several rounds. Every line gives it with the ratio to the first
of its group; nothing is asserted about time, but every contender must have computed the right thing. The bare
kernels are written out here, with NumPy and nothing around them.
"""

import json
import time
from pathlib import Path

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from evidence.distributions import chi2_sf, normal_sf, t_sf
from synthesis import pool, pool_many
from synthesis.intervals.permutation import permutation_p, sign_flips
from synthesis.intervals.sample import Sample
from synthesis.tau2 import TAU2

ORACLES = Path(__file__).parents[1] / "oracles"


def simulated(*shape):
    rng = np.random.default_rng(1)
    vi = rng.uniform(0.01, 0.5, shape)
    return rng.normal(0.0, np.sqrt(vi + 0.05)), vi


def bcg():
    columns = json.loads((ORACLES / "pool_dat.bcg.json").read_text(encoding="utf-8"))["input"]
    return np.array(columns["yi"]), np.array(columns["vi"])


def least(job, rounds):
    """The least processor time of a job in milliseconds, and what it gave."""
    answer, best = job(), np.inf
    for _ in range(rounds):
        start = time.process_time_ns()
        answer = job()
        best = min(best, time.process_time_ns() - start)
    return best / 1e6, answer


def race(title, rounds, peers=None, **jobs):
    """The jobs timed one after the other and printed, then what peers took elsewhere; what each job gave."""
    print(f"\n{title}")
    first, answers = None, {}
    for name, job in jobs.items():
        taken, answers[name] = least(job, rounds)
        first = first or taken
        print(f"  {name:<22}{taken:10.3f} ms  {taken / first:8.2f}")
    for name, taken in (peers or {}).items():
        print(f"  {name:<22}{taken:10.3f} ms  {taken / first:8.2f}")
    return answers


def scored(tau2, yi, vi):
    """Fisher's scoring of REML, as bare as can be."""
    w = 1 / (vi + tau2)
    s1, s2, s3 = w.sum(), w @ w, (w * w) @ w
    wr = w * (yi - (w @ yi) / s1)
    return tau2 + (wr @ wr - s1 + s2 / s1) / (s2 - 2 * s3 / s1 + (s2 / s1) ** 2)


def q_at(tau2, yi, vi):
    w = 1 / (vi + tau2)
    r = yi - (w @ yi) / w.sum()
    return (w * r) @ r, (w * r) @ (w * r)


def q_root(target, yi, vi):
    tau2 = 0.0
    for _ in range(60):
        q, slope = q_at(tau2, yi, vi)
        step = q / slope * (q / target - 1)
        tau2 = max(tau2 + step, 0.0)
        if abs(step) < 1e-10 or tau2 == 0.0:
            return tau2
    return tau2


def bare_pool(yi, vi):
    """The numbers of a pool with nothing around them: REML to 1e-10, both means, bounds, tests, fit."""
    k = yi.size
    old, tau2 = -1.0, max(0.0, yi.var(ddof=1) - vi.mean())
    while abs(tau2 - old) > 1e-10:
        old, tau2 = tau2, max(scored(tau2, yi, vi), 0.0)
    w, w0 = 1 / (vi + tau2), 1 / vi
    s1, s2, s3 = w.sum(), w @ w, (w * w) @ w
    mu, se = (w @ yi) / s1, s1**-0.5
    q, _ = q_at(tau2, yi, vi)
    knapp = se * (q / (k - 1)) ** 0.5
    half = max(2.178812829667 * knapp, 1.959963984540 * se)
    error = (tau2 + max(se, knapp) ** 2) ** 0.5
    further, other = 2.178812829667 * error, 2.200985160083 * error
    low, high = q_root(23.336664158645, yi, vi), q_root(4.403788506982, yi, vi)
    q_common, _ = q_at(0.0, yi, vi)
    mu0, se0 = (w0 @ yi) / w0.sum(), w0.sum() ** -0.5
    tails = t_sf(abs(mu / knapp), k - 1.0), normal_sf(abs(mu0 / se0)), chi2_sf(q_common, k - 1.0)
    typical = (k - 1) * w0.sum() / (w0.sum() ** 2 - w0 @ w0)
    shares = [(100 * t / (t + typical), t / typical + 1) for t in (tau2, low, high)]
    se_tau2 = (2 / (s2 - 2 * s3 / s1 + (s2 / s1) ** 2)) ** 0.5
    ll = 0.5 * (np.log(w).sum() + np.log(k) - np.log(s1) - q - (k - 1) * np.log(2 * np.pi))
    bounds = (mu - half, mu + half, mu - further, mu + further, mu - other, mu + other)
    return mu, tau2, *bounds[:2], low, high, bounds[2:], tails, shares, se_tau2, ll, 100 * w / s1


def test_one_complete_pool_of_13(in_r):
    yi, vi = bcg()
    whole = '{ fit <- rma(yi[1,], vi[1,], test="knha"); confint(fit); predict(fit) }'
    found = race(
        "one complete REML pool, k = 13 (interval, Q-profile, prediction, result)",
        300,
        in_r("metafor", whole, yi, vi),
        bare_kernel=lambda: bare_pool(yi, vi),
        pool=lambda: pool(yi=yi, vi=vi),
        tau2_alone=lambda: TAU2["REML"](yi, vi),
    )
    ours = found["pool"]
    expected = [ours.mu, ours.heterogeneity.tau2, ours.ci.low, ours.ci.high]
    assert found["bare_kernel"][:4] == pytest.approx(expected, rel=1e-6)
    ci = ours.heterogeneity.tau2_ci
    assert found["bare_kernel"][4:6] == pytest.approx([ci.low, ci.high], rel=1e-6)


def test_one_paule_mandel_pool_of_13():
    yi, vi = bcg()
    found = race(
        "one Paule-Mandel pool, k = 13",
        200,
        pool=lambda: pool(yi=yi, vi=vi, tau2="PM"),
        statsmodels=lambda: combine_effects(yi, vi, method_re="iterated").summary_frame(),
    )
    expected = found["statsmodels"].loc["random effect", "eff"]
    assert found["pool"].mu == pytest.approx(expected, rel=1e-4)


def bare_reml(yi, vi):
    old, tau2 = -1.0, max(0.0, yi.var(ddof=1) - vi.mean())
    while abs(tau2 - old) > 1e-10:
        old, tau2 = tau2, max(scored(tau2, yi, vi), 0.0)
    return tau2


def test_one_large_meta_analysis():
    yi, vi = simulated(100_000)
    found = race(
        "k = 100,000",
        15,
        bare_reml=lambda: bare_reml(yi, vi),
        reml=lambda: float(TAU2["REML"](yi, vi)[0]),
        complete_reml_pool=lambda: pool(yi=yi, vi=vi),
        statsmodels_pm=lambda: combine_effects(yi, vi, method_re="iterated").tau2,
    )
    assert found["reml"] == pytest.approx(found["bare_reml"], rel=1e-8)
    assert found["complete_reml_pool"].heterogeneity.tau2 == pytest.approx(found["reml"], rel=1e-12)


def bare_dl(yi, vi):
    w = 1 / vi.T
    y = yi.T
    s1 = w.sum(axis=0)
    r = y - (w * y).sum(axis=0) / s1
    q = (w * r * r).sum(axis=0)
    return np.maximum(0, (q - (y.shape[0] - 1)) / (s1 - (w * w).sum(axis=0) / s1))


def test_ten_thousand_meta_analyses_of_10(in_r):
    yi, vi = simulated(10_000, 10)

    few = (yi[:200], vi[:200])

    def one_by_one():
        return [combine_effects(*row, method_re="iterated").tau2 for row in zip(*few, strict=True)]

    found = race(
        "10,000 meta-analyses of k = 10",
        15,
        bare_dl=lambda: bare_dl(yi, vi),
        dl=lambda: TAU2["DL"](yi, vi)[0],
        reml=lambda: TAU2["REML"](yi, vi),
        pm=lambda: TAU2["PM"](yi, vi),
        pool_many_dl=lambda: pool_many(yi, vi, tau2="DL"),
        pool_many_reml=lambda: pool_many(yi, vi),
    )
    by_dl = 'for (i in 1:200) rma(yi[i,], vi[i,], method="DL")'
    peer = in_r("metafor", by_dl, *few, loops=1)
    race("200 of them by DerSimonian-Laird", 5, peer, pool_many=lambda: pool_many(*few, tau2="DL"))
    race("200 of them by Paule-Mandel", 2, pm=lambda: TAU2["PM"](*few), statsmodels=one_by_one)
    np.testing.assert_allclose(found["dl"], found["bare_dl"], rtol=1e-9, atol=1e-12)
    assert found["reml"][1].all() and found["pm"][1].all()
    np.testing.assert_allclose(found["pool_many_reml"].tau2, found["reml"][0], rtol=1e-9, atol=1e-12)


def test_a_thousand_permutations_of_13(in_r):
    yi, vi = bcg()
    job = "permutest(rma(yi[1,], vi[1,]), iter=1000, progbar=FALSE)"
    fit = pool(yi=yi, vi=vi)
    sample = Sample(yi, vi, fit.heterogeneity.tau2, "REML", fit.mu, fit.se, 1.0)
    signs = sign_flips(13, 1000, 0)
    found = race(
        "1,000 permutations, k = 13, REML anew each time",
        30,
        in_r("metafor", job, yi, vi, loops=1, rounds=1),
        permutations=lambda: permutation_p(sample, signs, np.zeros(1)),
        a_hundred_pools=lambda: [pool(yi=yi * row, vi=vi) for row in signs[:100]],
    )
    assert 0 < found["permutations"][1][0] < 0.05


@pytest.mark.parametrize("name", TAU2)
def test_tau2_of_ten_thousand(name):
    yi, vi = simulated(10_000, 10)
    race(f"tau2 of 10,000 meta-analyses of k = 10 by {name}", 5, estimator=lambda: TAU2[name](yi, vi))
