"""The verdicts on 21 published statistics agree with an independent recomputation of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidence.checks import checks_on
from evidence.checks.examples import bare, share, shares_test, summed, within_test
from evidence.claims import Claim
from evidence.findings import Finding

FILE = Path(__file__).parents[2] / "oracles" / "audit" / "known_studies.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]


def claims(case: dict[str, Any]) -> list[Claim]:
    stat, p = case.get("stat") or {}, case.get("p")
    letter, value = stat.get("type"), stat.get("value")
    if case["kind"] == "prop2":
        arms = [(arm["percent"], str(arm["n"])) for arm in case["arms"]]
        survival = "OS" in case["outcome"]
        shares = [share(percent, n, survival=survival) for percent, n in arms]
        return [*shares, shares_test(letter, value, p, *arms)]
    if case["kind"] == "mean2":
        before, after = ((arm["mean"], arm["sd"], str(arm["n"])) for arm in case["arms"])
        return [within_test(letter, value, p, before, after)]
    if case["kind"] == "stat_p":
        return [bare(letter, value, p, n=("82", "78"))]
    if case["kind"] == "percent":
        return [share(case["percent"], str(case["n"]))]
    if case["kind"] == "counts_sum":
        return [summed("the arms", str(case["expected"]), *map(str, case["parts"]))]
    rows = [(f"{100 * yes / (yes + no):.2f}", str(yes + no)) for yes, no in case["counts"]]
    return [shares_test(letter, value, p, *rows)]


def findings(case: dict[str, Any]) -> dict[str, Finding]:
    """The worst finding of each code."""
    order = ["error", "warning", "note", "none"]
    found = [f for claim in claims(case) for check in checks_on(type(claim)) for f in check.run(claim)]
    return {f.code: f for f in sorted(found, key=lambda f: -order.index(f.severity))}


REPRODUCED = ("consistent", "consistent-under")
EXPECTED = {
    "statistic_reproduced": lambda f: any(
        f[code].verdict in REPRODUCED for code in ("AUD311", "AUD316") if code in f
    ),
    "statistic_not_reproduced": lambda f: f["AUD311"].verdict == "inconsistent",
    "p_vs_printed_statistic_coherent": lambda f: f["AUD301"].verdict == "consistent",
    "p_vs_printed_statistic_incoherent": lambda f: f["AUD302"].verdict == "inconsistent",
    "decision_error_vs_printed_statistic": lambda f: f["AUD302"].decision == "flips",
    "percent_not_attainable": lambda f: f["AUD103"].verdict == "impossible",
    "percent_attainable": lambda f: f["AUD103"].verdict == "consistent",
    "decision_depends_on_test": lambda f: f["AUD311"].decision == "depends-on-test",
    "n_conserved": lambda f: f["AUD102"].verdict == "consistent",
    "p_reproduced": lambda f: not any(x.decision == "flips" for x in f.values()),
}


@pytest.mark.parametrize(
    ("case", "verdict"),
    [pytest.param(c, v, id=f"{c['sid']}-{v}") for c in CASES for v in c["verdicts"]],
)
def test_a_known_verdict(case: dict[str, Any], verdict: str) -> None:
    assert EXPECTED[verdict](findings(case))


@pytest.mark.parametrize("case", [c for c in CASES if "tests" in c["recomputed"]], ids=lambda c: c["sid"])
def test_a_known_statistic_of_every_test(case: dict[str, Any]) -> None:
    if case["kind"] != "prop2":
        return
    tried = {t.test: t for t in findings(case)["AUD311"].tried}
    names = {
        "pearson": "Pearson chi-square without correction",
        "yates": "chi-square with Yates correction",
        "n_minus_1": "N - 1 chi-square",
        "likelihood_ratio": "likelihood-ratio chi-square",
    }
    for key, name in names.items():
        values = [test["stat"] for test in case["recomputed"]["tests"][key]]
        seen = tried[name].statistic
        assert seen is not None
        assert (seen.low, seen.high) == (
            pytest.approx(min(values), rel=1e-5),
            pytest.approx(max(values), rel=1e-5),
        )
