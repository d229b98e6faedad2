"""Arrays give what single numbers give, whatever the batch, and undefined statistics are nan."""

from __future__ import annotations

import numpy as np
import pytest

from evidence.reanalysis import logrank, r_by_c, t, two_by_two
from evidence.reanalysis.tails import FEW, chi2_upper, f_upper, normal_upper, t_upper

TABLES = np.array([[73, 82, 58, 78], [0, 12, 3, 9], [5, 5, 1, 7], [10, 82, 21, 78]], float)


@pytest.mark.parametrize("name", two_by_two.TESTS)
def test_a_batch_of_two_by_two_tables_equals_the_loop(name: str) -> None:
    test = two_by_two.TESTS[name]
    batch = test(*TABLES.reshape(2, 2, 4).transpose(2, 0, 1))
    assert batch.p.shape == (2, 2)
    singles = np.array([float(test(*row).p) for row in TABLES])
    assert np.array_equal(batch.p.ravel(), singles, equal_nan=True)


@pytest.mark.parametrize("name", two_by_two.TESTS)
def test_a_table_with_an_empty_margin_has_no_statistic_or_no_evidence(name: str) -> None:
    p = float(two_by_two.TESTS[name](0, 10, 0, 10).p)
    assert np.isnan(p) or p == 1


@pytest.mark.parametrize("name", r_by_c.TESTS)
def test_a_batch_of_larger_tables_equals_the_loop(name: str) -> None:
    tables = np.array([[[3, 11, 2], [8, 17, 4]], [[1, 0, 5], [2, 0, 2]]])
    batch = r_by_c.TESTS[name](tables)
    for i, table in enumerate(tables):
        assert float(batch.p[i]) == float(r_by_c.TESTS[name](table).p)


@pytest.mark.parametrize("name", ["Pearson chi-square", "likelihood-ratio chi-square", "Kruskal-Wallis test"])
def test_empty_rows_and_columns_drop_out(name: str) -> None:
    test = r_by_c.TESTS[name]
    whole, padded = test([[3, 11], [8, 17]]), test([[3, 0, 11], [0, 0, 0], [8, 0, 17]])
    assert float(padded.value) == pytest.approx(float(whole.value), rel=1e-14)
    assert float(padded.df) == float(whole.df)


def test_the_corrected_chi_square_is_never_above_pearson() -> None:
    rng = np.random.default_rng(1)
    n1, n2 = rng.integers(1, 60, (2, 500))
    a, c = rng.integers(0, n1 + 1), rng.integers(0, n2 + 1)
    pearson, yates = (test(a, n1, c, n2).value for test in (two_by_two.pearson, two_by_two.yates))
    known = ~np.isnan(pearson)
    assert (yates[known] <= pearson[known] + 1e-12).all()


@pytest.mark.parametrize(
    ("tail", "others"), [(normal_upper, ()), (t_upper, (7.0,)), (chi2_upper, (3.0,)), (f_upper, (2.0, 9.0))]
)
def test_few_and_many_numbers_have_the_same_tails(tail: object, others: tuple[float, ...]) -> None:
    x = np.linspace(0.01, 9, FEW + 50)
    many = tail(x, *others)  # type: ignore[operator]
    few = np.array([float(tail(v, *others)) for v in x])  # type: ignore[operator]
    assert np.allclose(many, few, rtol=1e-11, atol=0)


def test_a_log_rank_chi_square_and_its_p_are_one() -> None:
    p = logrank.from_chi2(4.262).p
    assert float(logrank.from_p(p).value) == pytest.approx(4.262, rel=1e-9)
    assert float(logrank.events_needed(3.84, 2.0)) == pytest.approx(3.84 * 4 / np.log(2) ** 2)


def test_the_paired_t_at_zero_is_that_of_independent_samples() -> None:
    one = t.paired(151.87, 25.21, 44.25, 5.31, 82, 0).value
    assert float(one) == pytest.approx(float(t.pooled(151.87, 25.21, 82, 44.25, 5.31, 82).value), rel=1e-12)


def test_a_difference_that_may_vanish_has_a_t_from_zero() -> None:
    assert t.absolute(t.t_range((4.5, 5, 5.5), (1, 1, 1), 9, (4.7, 5.2, 5.7), (1, 1, 1), 9))[0] == 0


@pytest.mark.parametrize("r", [-1.0, -0.3, 0.0, 0.7, 0.99])
def test_the_paired_range_holds_every_value_in_its_box(r: float) -> None:
    rng = np.random.default_rng(3)
    m1, s1, m2, s2 = (9.5, 10, 10.5), (1.5, 2, 2.5), (8.5, 9, 9.5), (1.4, 1.9, 2.4)
    low, _, high = t.paired_range(m1, s1, m2, s2, 20, r)
    draws = [rng.uniform(b[0], b[2], 2000) for b in (m1, s1, m2, s2)]
    values = t.paired(draws[0], draws[1], draws[2], draws[3], 20, r).value
    assert low - 1e-12 <= np.nanmin(values)
    assert np.nanmax(values) <= high + 1e-12


def test_the_implied_correlation_holds_every_value_in_its_box() -> None:
    rng = np.random.default_rng(4)
    m1, s1, m2, s2, printed = (
        (9.5, 10, 10.5),
        (1.5, 2, 2.5),
        (6.5, 7, 7.5),
        (1.4, 1.9, 2.4),
        (5.05, 5.1, 5.15),
    )
    low, _, high = t.implied_correlation(m1, s1, m2, s2, 20, printed)
    a, b, c, d, x = (rng.uniform(e[0], e[2], 4000) for e in (m1, s1, m2, s2, printed))
    r = (b**2 + d**2 - 20 * (a - c) ** 2 / x**2) / (2 * b * d)
    assert low <= r.min()
    assert r.max() <= high
