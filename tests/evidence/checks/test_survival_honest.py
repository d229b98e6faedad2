"""Time-to-event numbers computed from data and printed as papers do are found wrong by no check."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evidence.checks import checks_on
from evidence.checks.example_survival import (
    group,
    hazard_ratio,
    log_rank,
    named,
    of_endpoint,
    point,
    survival,
    whole,
)
from evidence.claims import Landmark, Paper, SurvivalArm, SurvivalClaim
from evidence.findings import IMPOSSIBLE, INCONSISTENT, SCREEN, SLIP, Finding

FILE = Path(__file__).parents[2] / "oracles" / "survival" / "two_arm.json"
DATASETS: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["datasets"]
WRONG = {INCONSISTENT, IMPOSSIBLE, SLIP}

ODD = {"veteran_trt": {"AUD412"}}
"""Screens that real data do raise: these two curves cross."""


def findings(claim: SurvivalClaim) -> list[Finding]:
    return [f for check in checks_on(SurvivalClaim) for f in check.run(claim)]


def points(seen: dict[str, Any]) -> tuple[Landmark, ...]:
    marks = zip(seen["landmark"]["time"], seen["landmark"]["S"], seen["landmark"]["n_risk"], strict=True)
    found = {x: point(f"{x:g}", f"{100 * s:.1f}", at_risk=str(r)) for x, s, r in marks}
    for x, r in zip(seen["at_risk"]["time"], seen["at_risk"]["n_risk"], strict=True):
        found.setdefault(x, point(f"{x:g}", at_risk=str(r)))
    return tuple(found[x] for x in sorted(found))


def arm_of(data: dict[str, Any], which: str, expected: float) -> SurvivalArm:
    seen = data[which]
    low, high = seen.get("median_ci95_log") or (None, None)
    return group(
        str(seen["n"]),
        *points(seen),
        events=str(seen["events"]),
        expected=f"{expected:.1f}",
        median="not-reached" if seen["median"] is None else f"{seen['median']:g}",
        ci=None if low is None or high is None else (f"{low:g}", f"{high:g}"),
        rmst=(f"{seen['rmst']:.1f}", f"{data['rmst_tau']:g}"),
    )


def as_printed(data: dict[str, Any]) -> SurvivalClaim:
    expected = data["logrank"]["expected"]
    arms = named(arm_of(data, "treatment", expected[1]), arm_of(data, "control", expected[0]))
    ratio = hazard_ratio(
        f"{data['cox_efron']['hr']:.2f}", *(f"{x:.2f}" for x in data["cox_efron"]["ci95"]), crude=True
    )
    return survival(*arms, ratios=(ratio,), logranks=(log_rank(f"{data['logrank']['chi2']:.2f}"),))


@pytest.mark.parametrize("data", DATASETS, ids=lambda data: data["id"])
def test_real_trials_are_found_wrong_by_nothing(data: dict[str, Any]) -> None:
    found = findings(as_printed(data))
    assert not [(f.code, f.message) for f in found if f.verdict in WRONG]
    assert {f.code for f in found if f.verdict == SCREEN} <= ODD.get(data["id"], set())


def kaplan_meier(times: np.ndarray, died: np.ndarray) -> list[tuple[float, float]]:
    curve, s = [], 1.0
    for t in np.unique(times[died]):
        s *= 1 - np.sum(died & (times == t)) / np.sum(times >= t)
        curve.append((float(t), s))
    return curve


def at_time(curve: list[tuple[float, float]], x: float) -> float:
    return ([1.0] + [s for t, s in curve if t <= x])[-1]


def simulated(seed: int) -> SurvivalClaim:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(5, 120))
    event = rng.weibull(rng.uniform(0.6, 3), n) * rng.uniform(5, 40)
    censor = rng.uniform(2, rng.uniform(5, 60), n)
    places = int(rng.integers(0, 3))
    times = np.maximum(np.round(np.minimum(event, censor), places), 10.0**-places)
    died = event <= censor
    curve = kaplan_meier(times, died)
    reached = [t for t, s in curve if s <= 0.5 + 1e-12]
    tau = float(np.floor(times.max()))
    marks = [x for x in (3.0, 6.0, 12.0, 18.0) if x <= times.max()]
    knots = [0.0, *[t for t, _ in curve if t < tau], tau]
    rmst = sum((b - a) * at_time(curve, a) for a, b in pairwise(knots))
    seen = [
        point(f"{x:g}", f"{100 * at_time(curve, x):.{places}f}", at_risk=str(int(np.sum(times >= x))))
        for x in marks
    ]
    return survival(
        group(
            str(n),
            *seen,
            events=str(int(died.sum())),
            median=f"{reached[0]:.{places}f}" if reached else "not-reached",
            rmst=(f"{rmst:.2f}", f"{tau:g}") if tau > 0 else None,
        )
    )


@pytest.mark.parametrize("block", range(10))
def test_curves_of_simulated_people_are_found_wrong_by_nothing(block: int) -> None:
    for seed in range(20 * block, 20 * block + 20):
        claim = simulated(seed)
        assert not [(seed, f.code, f.message) for f in findings(claim) if f.verdict in WRONG]


HOSTILE = [
    "0",
    "1",
    "-1",
    "0.000",
    "1e308",
    "-1e308",
    "1e-300",
    "1e999",
    "<5",
    ">5",
    "~3",
    "50",
    "100",
    "12.5",
]


@pytest.mark.parametrize("a", HOSTILE)
@pytest.mark.parametrize("b", HOSTILE)
def test_hostile_numbers_give_a_verdict(a: str, b: str) -> None:
    first = group(
        a, point("12", b, at_risk=a, events=b), events=b, expected=a, median=b, ci=(a, b), rmst=(a, b)
    )
    second = group(
        b, point("12", a, at_risk=b, events=a), events=a, expected=b, median=a, ci=(b, a), rmst=(b, a)
    )
    for level in ("95", "0", "100", "1e9"):
        ratios = (hazard_ratio(a, b, a, level=level), hazard_ratio(b, a, b), hazard_ratio("0.5", a, b))
        tests = (log_rank(a, b), log_rank(None, b), log_rank(None, a))
        for logranks in ((test,) for test in tests):
            claim = survival(*named(first, second), ratios=ratios, logranks=logranks, events=a)
            for finding in findings(claim):
                assert "nan" not in finding.message


@pytest.mark.parametrize("a", HOSTILE)
@pytest.mark.parametrize("b", HOSTILE)
def test_hostile_numbers_of_two_endpoints_give_a_verdict(a: str, b: str) -> None:
    free = of_endpoint("progression-free-survival", group(a, point("12", a), events=a, median=b), cut="final")
    death = of_endpoint("overall-survival", group(a, point("12", b), events=b, median=a), cut="final")
    for until in ("2020-06", "0000-00", "2018", "later"):
        paper = whole(free, death, recruitment="2018-01/2019-12", until=until, followed=b)
        for check in checks_on(Paper):
            for finding in check.run(paper):
                assert "nan" not in finding.message
