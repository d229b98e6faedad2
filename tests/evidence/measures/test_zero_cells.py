"""Corrections of empty cells: what they change, what they leave, and that it can be told."""

import numpy as np
import pytest

from evidence.measures import get
from evidence.measures.zero_cells import two_arm_cells

TABLES = ([0, 3, 0, 10], [10, 10, 10, 10], [2, 4, 0, 10], [10, 10, 10, 10])


def test_only_studies_with_an_empty_cell_are_corrected_by_default():
    assert two_arm_cells(*TABLES).corrected.tolist() == [True, False, True, True]


@pytest.mark.parametrize("code", ["OR", "RR", "RD"])
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
