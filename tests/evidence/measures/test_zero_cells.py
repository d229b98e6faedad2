"""Corrections of empty cells: what they change, what they leave, and that it can be told."""

import inspect
import json
from pathlib import Path

import numpy as np
import pytest

from evidence.measures import codes, get
from evidence.measures.zero_cells import correction, two_arm_cells

ORACLES = Path(__file__).parents[2] / "oracles"
TABLES = ([0, 3, 0, 10], [10, 10, 10, 10], [2, 4, 0, 10], [10, 10, 10, 10])


def test_only_studies_with_an_empty_cell_are_corrected_by_default():
    assert two_arm_cells(*TABLES).corrected.tolist() == [True, False, True, True]


TWO_ARMS = [code for code in codes() if get(code).kind == "binary"]


@pytest.mark.parametrize("code", TWO_ARMS)
def test_a_study_without_zeros_is_never_touched_by_the_default(code):
    alone = get(code).effect([3], [10], [4], [10], to="none")
    beside_zeros = get(code).effect(*TABLES)
    assert beside_zeros[0][1] == alone[0][0]
    assert beside_zeros[1][1] == alone[1][0]


def test_if0all_corrects_every_study_when_one_has_a_zero():
    assert two_arm_cells(*TABLES, to="if0all").corrected.all()


def test_if0all_corrects_none_when_none_has_a_zero():
    assert not two_arm_cells([3, 4], [10, 9], [2, 1], [10, 10], to="if0all").corrected.any()


def test_if0all_looks_at_each_meta_analysis_of_a_batch_alone():
    cells = two_arm_cells([[3, 0], [3, 4]], 10, [[2, 1], [2, 1]], 10, to="if0all")
    assert cells.corrected.tolist() == [[True, True], [False, False]]


def test_none_leaves_zeros_not_estimable():
    yi, vi = get("OR").effect(*TABLES, to="none")
    assert np.isnan(yi).tolist() == np.isnan(vi).tolist() == [True, False, True, True]


def test_drop00_drops_no_events_and_nothing_but_events():
    assert two_arm_cells(*TABLES, drop00=True).dropped.tolist() == [False, False, True, True]


def test_a_dropped_study_is_not_also_corrected():
    assert two_arm_cells(*TABLES, drop00=True, to="all").corrected.tolist() == [True, True, False, False]


def test_counts_that_cannot_be_are_not_estimable():
    yi, _ = get("RR").effect([15, -1, 3], [12, 10, 0], [3, 3, 3], [12, 10, 12])
    assert np.isnan(yi).all()


def test_an_unknown_policy_lists_the_policies():
    with pytest.raises(ValueError, match="unknown zero-cell policy 'some'; choose only0, all, if0all, none"):
        two_arm_cells(*TABLES, to="some")


def test_a_negative_addition_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        two_arm_cells(*TABLES, add=-1)


def test_the_treatment_arm_correction_gives_each_arm_its_share():
    cells = two_arm_cells([0, 3], [30, 10], [2, 4], [10, 10], add="treatment-arm")
    assert cells.added1.tolist() == [0.75, 0.0]
    assert cells.added2.tolist() == [0.25, 0.0]


def test_the_treatment_arm_correction_of_arms_alike_is_one_half():
    for one, other in zip(
        get("OR").effect([0], [20], [3], [20], add="treatment-arm"),
        get("OR").effect([0], [20], [3], [20]),
        strict=True,
    ):
        assert one == other


def test_the_treatment_arm_correction_leaves_the_odds_ratio_of_no_effect_at_one():
    # Half a person in each cell would say that the event is likelier in the smaller arm.
    assert abs(get("OR").effect([0], [1000], [0], [100], add="treatment-arm")[0][0]) < 1e-12
    assert get("OR").effect([0], [1000], [0], [100])[0][0] < -2


def test_the_treatment_arm_correction_agrees_with_meta():
    oracle = json.loads((ORACLES / "counts_dat.nielweise2007.json").read_text(encoding="utf-8"))
    result = {entry["id"]: entry["result"] for entry in oracle["expected"]}["metabin.OR.Inverse.TACC"]
    columns = [oracle["input"][name] for name in ("ai", "n1i", "ci", "n2i")]
    yi, vi = get("OR").effect(*columns, add="treatment-arm", drop00=True)
    known = np.isfinite(vi)
    assert np.sum(yi[known] / vi[known]) / np.sum(1 / vi[known]) == pytest.approx(
        result["TE_common"], rel=1e-10
    )
    assert np.sum(1 / vi[known]) ** -0.5 == pytest.approx(result["seTE_common"], rel=1e-10)


def test_an_unknown_addition_is_refused():
    with pytest.raises(ValueError, match="add is 'some'; it is a number or 'treatment-arm'"):
        two_arm_cells(*TABLES, add="some")


def test_what_was_done_is_said():
    assert correction(two_arm_cells(*TABLES)) == "0.5 added to every cell of 3 of 4 studies"
    assert correction(two_arm_cells([3], [10], [2], [10])) == ""
    uneven = two_arm_cells([0], [30], [2], [10], add="treatment-arm")
    assert correction(uneven) == "each arm's share of the people added to every cell of 1 of 1 studies"


@pytest.mark.parametrize("code", ["IRR", "IRD", "IRSD"])
def test_rates_without_zeros_are_never_touched_by_the_default(code):
    alone = get(code).effect([3], [100.0], [4], [90.0], to="none")
    beside_a_zero = get(code).effect([3, 0], [100.0, 80.0], [4, 2], [90.0, 70.0])
    assert [part[0] for part in alone] == [part[0] for part in beside_a_zero]


def test_a_rate_of_zero_is_corrected_in_its_events_only():
    yi, vi = get("IRR").effect([0], [100.0], [4], [50.0])
    assert yi[0] == pytest.approx(np.log((0.5 / 100) / (4.5 / 50)))
    assert vi[0] == pytest.approx(1 / 0.5 + 1 / 4.5)


def test_drop00_drops_groups_without_events():
    yi, _ = get("IRR").effect([0, 0], [100.0, 100.0], [0, 2], [50.0, 50.0], drop00=True)
    assert np.isnan(yi).tolist() == [True, False]


@pytest.mark.parametrize("code", ["AS", "PHI", "RTET", "IRSD", "PAS", "PFT", "IRS", "IRFT", "ZPHI", "ZTET"])
def test_measures_defined_with_zeros_add_nothing_by_default(code):
    assert inspect.signature(get(code).effect).parameters["add"].default == 0.0


def test_pairs_are_corrected_in_all_four_cells():
    yi, vi = get("MPORC").effect([12], [0], [6], [30])
    assert (yi[0], vi[0]) == pytest.approx((np.log(0.5 / 6.5), 1 / 0.5 + 1 / 6.5))
