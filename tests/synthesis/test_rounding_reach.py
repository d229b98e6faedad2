"""How far rounding lets a pooled mean reach: against a search of everything, and where it says nothing."""

from dataclasses import replace
from itertools import product
from math import log

import numpy as np
import pytest

import synthesis
from synthesis.fit import NotDefined
from synthesis.rounding_reach import reach
from synthesis.table import EffectRow, EffectTable

Z = 1.959963984540054


def printed(hr: float, low: float, high: float) -> tuple[float, float]:
    return log(hr), ((log(high) - log(low)) / (2 * Z)) ** 2


def row(name: str, *points: tuple[float, float]) -> EffectRow:
    (yi, vi), *corners = points
    return EffectRow(name, name, yi, vi, (), (), name, corners=tuple(corners))


def rounded(name: str, hr: float, low: float, high: float, half: float = 0.005) -> EffectRow:
    ends = product(*((one - half, one + half) for one in (hr, low, high)))
    return row(name, printed(hr, low, high), *(printed(*end) for end in ends))


TRIALS = [("a", 0.21, 0.12, 0.37), ("b", 0.22, 0.15, 0.32), ("c", 0.59, 0.45, 0.76), ("d", 0.63, 0.43, 0.92)]


def table(*rows: EffectRow) -> EffectTable:
    return EffectTable("e", "E", "HR", ("x", "y"), ("X", "Y"), rows)


def trials(k: int, half: float = 0.005) -> EffectTable:
    return table(*(rounded(*one, half) for one in TRIALS[:k]))


def everything(found: EffectTable, **model) -> list[float]:
    """The mean at every combination of corners."""
    ways = product(*(((r.yi, r.vi), *r.corners) for r in found.rows))
    arrays = np.array(list(ways))
    return synthesis.pool_many(arrays[..., 0], arrays[..., 1], interval="Wald", **model).mu


@pytest.mark.parametrize("tau2", ["REML", "DL", "PM", "EB"])
def test_it_is_the_least_and_greatest_of_every_combination_of_corners(tau2: str) -> None:
    found = trials(3)
    whole = everything(found, tau2=tau2)
    answer = synthesis.pool(found, tau2=tau2).reach()
    assert answer.low == pytest.approx(min(whole), abs=1e-9)
    assert answer.high == pytest.approx(max(whole), abs=1e-9)


def test_of_the_common_effect_too() -> None:
    found = trials(3)
    whole = everything(found, model="common-effect")
    answer = synthesis.pool(found, model="common-effect").reach()
    assert (answer.low, answer.high) == pytest.approx((min(whole), max(whole)), abs=1e-9)


def test_of_two_studies_it_is_that_of_the_common_effect() -> None:
    found = trials(2)
    whole = everything(found, model="common-effect")
    assert synthesis.pool(found).reach().high == pytest.approx(max(whole), abs=1e-9)


def test_no_random_reading_lies_outside() -> None:
    found = trials(4, half=0.05)
    answer = synthesis.pool(found).reach()
    draws = np.random.default_rng(1).uniform(-0.05, 0.05, (2000, 4, 3))
    values = np.array([one[1:] for one in TRIALS]) + draws
    yi = np.log(values[..., 0])
    vi = ((np.log(values[..., 2]) - np.log(values[..., 1])) / (2 * Z)) ** 2
    means = synthesis.pool_many(yi, vi, interval="Wald").mu
    assert answer.low - 1e-9 <= means.min() and means.max() <= answer.high + 1e-9


def test_finer_print_reaches_less_far() -> None:
    coarse, fine = (synthesis.pool(trials(4, half)).reach() for half in (0.005, 0.0005))
    assert coarse.low < fine.low < fine.high < coarse.high


def test_rows_that_were_not_rounded_stay_where_they_are() -> None:
    fixed = row("fixed", printed(0.5, 0.3, 0.8))
    answer = synthesis.pool(table(rounded(*TRIALS[0]), rounded(*TRIALS[1]), fixed)).reach()
    assert answer.moved == ("a", "b")


def test_one_study_reaches_as_far_as_its_own_rounding() -> None:
    answer = synthesis.pool(table(rounded(*TRIALS[0]))).reach()
    assert (answer.low, answer.high) == pytest.approx((log(0.205), log(0.215)), abs=1e-12)


@pytest.mark.parametrize(
    ("pool", "reason"),
    [
        (synthesis.pool(yi=[0.1, 0.2], vi=[0.1, 0.1]), "no table of printed numbers"),
        (synthesis.pool(table(row("a", (0.1, 0.1)), row("b", (0.2, 0.1)))), "nothing under it was rounded"),
        (synthesis.pool(trials(3), weights="equal"), "only means by inverse variances"),
    ],
)
def test_where_it_is_not_known_it_says_why(pool, reason: str) -> None:
    found = reach(pool)
    assert isinstance(found, NotDefined) and reason in found.reason


def test_a_given_tau2_stays_as_given() -> None:
    found = trials(3)
    whole = everything(found, tau2=np.full(9**3, 0.1))
    assert synthesis.pool(found, tau2=0.1).reach().low == pytest.approx(min(whole), abs=1e-9)


def test_very_many_corners_are_thinned_to_the_outermost() -> None:
    points = [(float(np.cos(a)) / 9, 0.05 + float(np.sin(a)) / 99) for a in np.linspace(0, 6.28, 200)]
    rows = [row("a", (0.0, 0.05), *points), row("b", (0.3, 0.05)), row("c", (0.1, 0.05))]
    found = table(*rows)
    whole = everything(found)
    answer = synthesis.pool(found).reach()
    assert (answer.low, answer.high) == pytest.approx((min(whole), max(whole)), abs=1e-3)


def test_the_summary_and_the_plain_data_hold_it() -> None:
    pool = synthesis.pool(trials(4))
    assert "rounding of the printed numbers allows 0.3" in pool.summary()
    assert set(pool.to_dict()["reach"]) == {"low", "high", "moved"}
    assert replace(pool, table=None).to_dict()["reach"] == {"not_defined": "plain arrays"}
