"""Baseline p values and their combinations agree with a Carlisle-type recomputation in R of twelve trials."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evidence.reanalysis.baseline import Arm, anova_p, p_range, rounded_p
from evidence.reanalysis.combining import fisher, kolmogorov_smirnov, stouffer
from evidence.rounding import bounds
from evidence.values import reported

FILE = Path(__file__).parents[2] / "oracles" / "audit" / "carlisle.json"
TRIALS: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
ROWS = [
    pytest.param(trial["n"], row, id=f"{trial['id']}-{i}")
    for trial in TRIALS
    for i, row in enumerate(trial["vars"])
]
CLOSED, SIMULATED = 1e-10, 0.015


def arms(sizes: list[int], row: dict[str, Any]) -> tuple[Arm, ...]:
    texts = zip(row["mean"], row["sd"], sizes, strict=True)
    return tuple((bounds(reported(m)).floats, bounds(reported(s)).floats, n) for m, s, n in texts)


def ps(trial: dict[str, Any]) -> tuple[float, ...]:
    return tuple(min(row["p_anova"], 1.0) for row in trial["vars"])


def test_the_oracle_is_whole() -> None:
    assert len(TRIALS) == 12
    assert len(ROWS) == 84


@pytest.mark.parametrize(("sizes", "row"), ROWS)
def test_p_of_the_analysis_of_variance(sizes: list[int], row: dict[str, Any]) -> None:
    means, sds = (tuple(map(float, row[key])) for key in ("mean", "sd"))
    assert anova_p(means, sds, tuple(sizes)) == pytest.approx(row["p_anova"], abs=CLOSED)


@pytest.mark.parametrize(("sizes", "row"), ROWS)
def test_p_of_rounded_means(sizes: list[int], row: dict[str, Any]) -> None:
    decimals = max(reported(m).decimals for m in row["mean"])
    found = rounded_p(arms(sizes, row), decimals)
    assert found == pytest.approx(row["p_montecarlo_midp"], abs=SIMULATED)


@pytest.mark.parametrize(("sizes", "row"), ROWS)
def test_p_lies_in_its_range_with_every_corner(sizes: list[int], row: dict[str, Any]) -> None:
    boxes = arms(sizes, row)
    found = p_range(boxes)
    assert found.low <= found.mid <= found.high
    corners = product(*(product(mean, sd) for mean, sd, _ in boxes))
    seen = [anova_p(tuple(m for m, _ in c), tuple(s for _, s in c), tuple(sizes)) for c in corners]
    assert found.low == pytest.approx(min(seen), abs=CLOSED)
    assert found.high >= max(seen) - CLOSED


@pytest.mark.parametrize("trial", TRIALS, ids=lambda t: t["id"])
def test_stouffer(trial: dict[str, Any]) -> None:
    found, expected = stouffer(ps(trial)), trial["combined"]
    assert found.low == pytest.approx(expected["stouffer_p_too_different"], abs=CLOSED)
    assert found.high == pytest.approx(expected["stouffer_p_too_similar"], abs=CLOSED)
    z = expected["stouffer_z"]
    assert found.value == (float("inf") if z is None else pytest.approx(z, abs=1e-8))


@pytest.mark.parametrize("trial", TRIALS, ids=lambda t: t["id"])
def test_fisher(trial: dict[str, Any]) -> None:
    found, expected = fisher(ps(trial)), trial["combined"]
    assert found.value == pytest.approx(expected["fisher_chi2"], abs=1e-8)
    assert found.low == pytest.approx(expected["fisher_p"], abs=CLOSED)
    assert found.high == pytest.approx(expected["fisher_p_similar_side"], abs=CLOSED)


@pytest.mark.parametrize("trial", TRIALS, ids=lambda t: t["id"])
def test_kolmogorov_smirnov(trial: dict[str, Any]) -> None:
    gap, p = kolmogorov_smirnov(ps(trial))
    assert gap == pytest.approx(trial["combined"]["ks_uniform_D"], abs=CLOSED)
    assert p == pytest.approx(trial["combined"]["ks_uniform_p"], abs=1e-9)


def test_the_range_holds_what_lies_inside_its_boxes() -> None:
    rng = np.random.default_rng(1)
    boxes: tuple[Arm, ...] = tuple(
        ((m - 0.5, m, m + 0.5), (s - 0.5, s, s + 0.5), n)
        for m, s, n in ((10.0, 4.0, 20), (11.0, 5.0, 30), (14.0, 4.5, 25))
    )
    found = p_range(boxes)
    for _ in range(300):
        inside = [(rng.uniform(m[0], m[2]), rng.uniform(s[0], s[2])) for m, s, _ in boxes]
        p = anova_p(tuple(m for m, _ in inside), tuple(s for _, s in inside), (20, 30, 25))
        assert found.low <= p <= found.high


def test_draws_are_the_same_every_time() -> None:
    boxes: tuple[Arm, ...] = (((5.0,) * 3, (2.0,) * 3, 30), ((5.5,) * 3, (2.0,) * 3, 30))
    assert rounded_p(boxes, 1) == rounded_p(boxes, 1)
    assert rounded_p(boxes, 1) != rounded_p(boxes, 1, seed=1)
