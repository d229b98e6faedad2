"""What cannot be estimated is nan, without a warning, and what can be stays, as metafor has it."""

import numpy as np
import pytest

from evidence.measures import get


def known(code, *inputs, **options):
    yi, vi = get(code).effect(*([one] for one in inputs), **options)
    return float(yi[0]), float(vi[0])


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("SMD", (5, 0, 20, 3, 0, 20)),  # no spread
        ("SMD", (5, 1, 1, 3, 1, 1)),  # one person an arm: no degrees of freedom
        ("SMDH", (5, 1, 1, 3, 1, 20)),
        ("SMD1", (5, 1, 3, 1, 1)),
        ("SMD1H", (5, 1, 1, 3, 1, 20)),
        ("ROM", (5, 1, 20, -3, 1, 20)),  # means of two signs
        ("ROM", (0, 1, 20, 3, 1, 20)),
        ("VR", (0, 20, 1, 20)),
        ("VR", (1, 1, 1, 20)),
        ("CVR", (-5, 1, 20, 5, 1, 20)),
        ("SMN", (5, 2, 1)),
        ("SDLN", (2, 1)),
        ("CVLN", (-5, 2, 20)),
        ("MNLN", (0, 2, 20)),
        ("SMCC", (5, 3, 1, 1, 0.5, 1)),
        ("SMCR", (5, 3, 0, 0.5, 20)),
        ("SMCRH", (5, 3, 1, 1, 0.5, 1)),
        ("ROMC", (5, -3, 1, 1, 0.5, 20)),
        ("VRC", (1, 1, 0.5, 1)),
        ("ZCOR", (1.0, 20)),
        ("ZCOR", (0.5, 3)),
        ("COR", (1.2, 20)),
        ("COR", (0.5, 3)),
        ("UCOR", (0.5, 4)),
        ("PCOR", (0.5, 4, 5)),
        ("ZPCOR", (0.5, 4, 6)),
        ("R2", (1.2, 4, 50)),
        ("ARAW", (0.9, 1, 50)),
        ("ARAW", (0.9, 10, 2)),
        ("ABT", (1.0, 10, 50)),
        ("IR", (3, 0.0)),
        ("PR", (11, 10)),
        ("PHI", (0, 10, 0, 10)),  # an empty margin
        ("AS", (3, 0, 4, 10)),
    ],
)
def test_not_estimable(code, inputs):
    assert np.isnan(known(code, *inputs)).all()


@pytest.mark.parametrize(
    ("code", "inputs", "effect"),
    [
        ("COR", (1.0, 20), 1.0),
        ("COR", (-1.0, 20), -1.0),
        ("UCOR", (1.0, 20), 1.0),
        ("MD", (5, 0, 20, 3, 0, 20), 2.0),
        ("MN", (5, 0, 20), 5.0),
        ("PHI", (10, 10, 0, 10), 1.0),
        ("RTET", (10, 10, 0, 10), 1.0),
        ("RTET", (0, 10, 10, 10), -1.0),
        ("ARAW", (1.0, 10, 50), 1.0),
        ("R2", (0.0, 4, 50), 0.0),
    ],
)
def test_a_known_effect_may_have_no_variance(code, inputs, effect):
    assert known(code, *inputs) == pytest.approx((effect, 0.0), abs=1e-12)


def test_one_empty_cell_leaves_the_tetrachoric_correlation_without_a_variance():
    yi, vi = known("RTET", 0, 116, 3, 117)
    assert yi == -1.0
    assert np.isnan(vi)


def test_one_person_has_a_mean_but_the_variance_of_its_printed_sd():
    assert known("MN", 5, 2, 1) == (5.0, 4.0)


def test_the_variance_under_no_effect_needs_three_degrees_of_freedom():
    assert np.isnan(known("SMD", 5, 1, 2, 3, 1, 2, vtype="H0")).all()
    assert np.isfinite(known("SMD", 5, 1, 3, 3, 1, 2, vtype="H0")).all()


def test_an_unbiased_variance_below_zero_is_not_estimable():
    yi, vi = get("UCOR").effect([0.999], [5], vtype="UB")
    assert np.isnan(vi[0]) == np.isnan(yi[0])


def test_averages_skip_what_is_not_estimable():
    two = get("COR").effect([0.3, 0.5], [40, 60], vtype="AV")[1]
    three = get("COR").effect([0.3, 0.5, np.nan], [40, 60, 30], vtype="AV")[1]
    np.testing.assert_array_equal(two, three[:2])


def test_averages_keep_to_their_own_meta_analysis():
    rows = [[0.3, 0.5], [0.1, 0.2]]
    both = get("COR").effect(rows, [40, 60], vtype="AV")[1]
    for row, one in zip(rows, both, strict=True):
        np.testing.assert_allclose(get("COR").effect(row, [40, 60], vtype="AV")[1], one, rtol=1e-15)


def test_the_approximate_correction_is_the_usual_fraction():
    plain = known("SMD", 2, 1, 20, 1, 1, 22, correct=False)[0]
    assert known("SMD", 2, 1, 20, 1, 1, 22, correct="approx")[0] == pytest.approx(plain * (1 - 3 / 159))


def test_an_unknown_correction_is_refused():
    with pytest.raises(ValueError, match="unknown correction 'some'; choose True, 'approx' or False"):
        known("SMD", 2, 1, 20, 1, 1, 22, correct="some")
