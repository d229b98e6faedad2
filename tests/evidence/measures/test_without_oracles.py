"""Measures that no oracle has agree with what they are made of, or with a formula written out."""

import numpy as np
import pytest

from evidence.measures import get

TABLE = ([20, 7], [62, 30], [14, 12], [58, 29])
MEANS = ([10.0, 8.0], [3.0, 2.0], [20, 31], [8.5, 9.0], [2.5, 2.2], [24, 28])


@pytest.mark.parametrize(
    ("z", "plain", "columns"),
    [
        *[(("ZPHI", vtype), ("PHI", vtype), TABLE) for vtype in ("LS", "ST", "CS")],
        *[(("ZPB", vtype), ("RPB", vtype), MEANS) for vtype in ("LS", "ST", "CS")],
        (("ZBIS", None), ("RBIS", None), MEANS),
        (("ZTET", None), ("RTET", None), TABLE),
    ],
)
def test_fisher_z_is_the_delta_method(z, plain, columns):
    def computed(code, vtype):
        return get(code).effect(*columns, **({"vtype": vtype} if vtype else {}))

    r, vi = computed(*plain)
    np.testing.assert_allclose(computed(*z), [np.arctanh(r), vi / (1 - r**2) ** 2], rtol=1e-12)


def test_pairs_from_their_margins_agree_with_the_whole_table():
    a, b, c, d = (np.array(one, dtype=float) for one in ([20, 7, 44], [12, 3, 9], [5, 9, 14], [63, 22, 71]))
    phi = (a * d - b * c) / np.sqrt((a + b) * (c + d) * (a + c) * (b + d))
    margins = (a + b, c + d, a + c, b + d)
    np.testing.assert_allclose(
        get("MPORM").effect(*margins, phi), get("MPOR").effect(a, b, c, d, to="none"), rtol=1e-12
    )


def test_an_area_under_the_curve_by_formulas_written_out():
    area, n1, n2 = 0.71, 40.0, 35.0
    navg, q = (n1 + n2) / 2, area * (1 - area)
    newcombe = q / ((n1 - 1) * (n2 - 1)) * (2 * navg - 1 - (3 * navg - 3) / ((2 - area) * (1 + area)))
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    hanley = q - 0.02 / 4 + (n1 - 1) * (q1 - area**2) + (n2 - 1) * (q2 - area**2)
    expected = {
        "LS": newcombe,
        "LS2": hanley / ((n1 - 1) * (n2 - 1)),
        "H0": (n1 + n2 + 1) / (12 * n1 * n2),
        "MAX": q / 34,
    }
    for vtype, variance in expected.items():
        yi, vi = get("CLES").effect(area, n1, n2, 0.02, vtype=vtype)
        assert (float(yi), float(vi)) == pytest.approx((area, variance), rel=1e-14)


def test_a_percentage_of_the_range_is_a_rescaled_mean():
    low, high = np.array([0, 5]), np.array([40, 25])
    factor = 100 / (high - low)
    for code, plain, columns in (
        ("POMPMD", "MD", MEANS),
        ("POMPMC", "MC", (MEANS[0], MEANS[3], MEANS[1], MEANS[4], [0.5, 0.3], [20, 31])),
    ):
        yi, vi = get(plain).effect(*columns)
        np.testing.assert_allclose(
            get(code).effect(*columns, low, high), [factor * yi, factor**2 * vi], rtol=1e-12
        )
    yi, vi = get("MN").effect(*MEANS[:3])
    found = get("POMPMN").effect(*MEANS[:3], low, high)
    np.testing.assert_allclose(found, [factor * (yi - low), factor**2 * vi], rtol=1e-12)


def test_a_range_that_ends_before_it_begins_is_none():
    assert np.isnan(get("POMPMN").effect(8.0, 2.0, 31, 40, 0)).all()


def test_hardy_weinberg_shares_have_no_excess_of_heterozygotes():
    yi, vi = get("REH").effect(25, 50, 25)
    assert float(yi) == pytest.approx(0, abs=1e-12)
    assert float(vi) == pytest.approx((0.5 / (4 * 0.25 * 0.25) + 1 / 0.5) / 100)


@pytest.mark.parametrize(
    ("code", "vtype", "columns", "variance"),
    [
        ("RR", "H0", ([20], [62], [14], [58]), (1 - 34 / 120) / (34 / 120) * (1 / 62 + 1 / 58)),
        ("OR", "H0", ([20], [62], [14], [58]), (1 / 62 + 1 / 58) / (34 / 120 * (1 - 34 / 120))),
        ("RD", "H0", ([20], [62], [14], [58]), (1 / 62 + 1 / 58) * 34 / 120 * (1 - 34 / 120)),
        ("COR", "H0", ([0.3], [40]), (1 - 0.09) / 38),
        ("COR", "H0a", ([0.3], [40]), (1 - 0.09) / 38),
        ("COR", "H0b", ([0.3], [40]), 1 / 40),
        ("SMD", "LS3", ([10.0], [3.0], [20], [8.5], [3.0], [24]), None),
    ],
)
def test_variances_under_no_effect(code, vtype, columns, variance):
    yi, vi = get(code).effect(*columns, vtype=vtype)
    if variance is None:
        variance = 1 / 20 + 1 / 24 + yi[0] ** 2 / (2 * (44 - 3.94))
    assert vi[0] == pytest.approx(variance, rel=1e-12)


def test_one_variance_for_all_means_weighs_by_degrees_of_freedom():
    _, vi = get("MN").effect([5, 6], [2.0, 3.0], [11, 31], vtype="HO")
    shared = (10 * 4 + 30 * 9) / 40
    np.testing.assert_allclose(vi, [shared / 11, shared / 31], rtol=1e-14)


def test_one_variation_for_both_arms():
    _, vi = get("ROM").effect(*MEANS, vtype="AVHO")
    m1, s1, n1, m2, s2, n2 = (np.array(one, dtype=float) for one in MEANS)
    average = ((n1 * s1 / m1).sum() + (n2 * s2 / m2).sum()) / (n1 + n2).sum()
    np.testing.assert_allclose(vi, average**2 * (1 / n1 + 1 / n2), rtol=1e-14)
