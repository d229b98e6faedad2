"""What `mantel_haenszel` and `peto` take, refuse and give."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis import pool
from synthesis.counting import mantel_haenszel, peto
from synthesis.errors import PoolingError, UnknownName
from synthesis.fit import NotDefined
from synthesis.models.mantel_haenszel import RATES, SUMMED, odds_ratio
from synthesis.models.peto import one_step
from synthesis.models.stratified import ZeroCells

AI, N1I, CI, N2I = [4, 6, 3, 0], [123, 306, 231, 50], [11, 29, 11, 3], [139, 303, 220, 49]


@st.composite
def tables(draw):
    """Two to six studies with events and others in both arms taken together."""
    k = draw(st.integers(2, 6))
    sizes = [draw(st.lists(st.integers(5, 80), min_size=k, max_size=k)) for _ in range(2)]
    events = [[draw(st.integers(1, n - 1)) for n in size] for size in sizes]
    return events[0], sizes[0], events[1], sizes[1]


# --- properties ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", SUMMED)
@given(tables())
@settings(max_examples=25, deadline=None)
def test_swapping_the_arms_flips_the_sign(measure, drawn):
    a, n1, c, n2 = drawn
    one = mantel_haenszel(a, n1, c, n2, measure=measure)
    other = mantel_haenszel(c, n2, a, n1, measure=measure)
    assert other.mu == pytest.approx(-one.mu, rel=1e-9, abs=1e-12)
    assert other.se == pytest.approx(one.se, rel=1e-9)


@given(tables())
@settings(max_examples=25, deadline=None)
def test_swapping_the_arms_flips_the_sign_of_peto(drawn):
    a, n1, c, n2 = drawn
    one, other = peto(a, n1, c, n2), peto(c, n2, a, n1)
    assert (other.mu, other.se) == pytest.approx((-one.mu, one.se), rel=1e-9, abs=1e-12)


@given(tables())
@settings(max_examples=25, deadline=None)
def test_counting_those_without_the_event_flips_the_odds_ratio(drawn):
    a, n1, c, n2 = (np.array(one) for one in drawn)
    for method in (mantel_haenszel, peto):
        one, other = method(a, n1, c, n2), method(n1 - a, n1, n2 - c, n2)
        assert other.mu == pytest.approx(-one.mu, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("measure", SUMMED)
@given(tables(), st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_the_order_of_studies_does_not_matter(measure, drawn, seed):
    order = np.random.default_rng(seed).permutation(len(drawn[0]))
    one = mantel_haenszel(*drawn, measure=measure)
    other = mantel_haenszel(*(np.array(column)[order] for column in drawn), measure=measure)
    assert (other.mu, other.se) == pytest.approx((one.mu, one.se), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("measure", SUMMED)
def test_a_study_without_events_adds_nothing_to_a_ratio(measure):
    one = mantel_haenszel(AI, N1I, CI, N2I, measure=measure)
    other = mantel_haenszel([*AI, 0], [*N1I, 40], [*CI, 0], [*N2I, 41], measure=measure)
    if measure in ("RD", "IRD"):
        assert other.mu != one.mu
    else:
        assert (other.mu, other.se) == pytest.approx((one.mu, one.se))
    assert [out.reason for out in other.left_out] == [
        "its own effect cannot be estimated"
    ] or measure in RATES


def test_one_table_has_its_own_odds_ratio():
    found = mantel_haenszel([12], [25], [12], [21])
    assert found.mu == pytest.approx(np.log(12 * 9 / (13 * 12)))
    assert isinstance(found.heterogeneity, NotDefined)


def test_a_batch_is_the_loop():
    a, n1, c, n2 = (np.array([column, column[::-1]]) for column in (AI, N1I, CI, N2I))
    found = odds_ratio(a, n1 - a, c, n2 - c)
    alone = [mantel_haenszel(a[i], n1[i], c[i], n2[i]) for i in range(2)]
    np.testing.assert_allclose(found.mu, [one.mu for one in alone])
    np.testing.assert_allclose(
        one_step(a, n1, c, n2).mu, [peto(a[i], n1[i], c[i], n2[i]).mu for i in range(2)]
    )


def test_a_null_effect_expects_what_was_counted():
    found = mantel_haenszel([5, 8], [20, 30], [5, 8], [20, 30])
    assert found.mu == pytest.approx(0.0, abs=1e-15)
    assert all(test.statistic == pytest.approx(0.0, abs=1e-12) for test in found.tests)


def test_what_was_corrected_is_said():
    found = mantel_haenszel(AI, N1I, CI, N2I, zero_cells=ZeroCells(0.5, "only0"))
    assert found.notes == ("Cells of 1 of 4 studies were corrected before summing.",)


def test_the_treatment_arm_correction_leaves_balance():
    found = mantel_haenszel(AI, N1I, CI, N2I, zero_cells=ZeroCells("treatment-arm", "only0"))
    assert np.isfinite(found.mu)


def test_weights_add_up_to_a_hundred():
    assert mantel_haenszel(AI, N1I, CI, N2I).weights.sum() == pytest.approx(100.0)


def test_a_summary_shows_the_tests():
    said = str(mantel_haenszel(AI, N1I, CI, N2I))
    assert said.startswith("Mantel-Haenszel model, 4 studies")
    for name in ("Cochran-Mantel-Haenszel", "Breslow-Day", "Tarone"):
        assert name in said


@pytest.mark.parametrize("method", [mantel_haenszel, peto])
def test_the_method_is_explained(method):
    said = method(AI, N1I, CI, N2I).explain()
    assert "under a common-effect model" in said
    assert "inverse variance" not in said


# --- tables of effects -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Arm:
    events: float | None
    n: float | None


@dataclass(frozen=True)
class Row:
    study: str
    label: str
    arms: tuple[Arm, ...]
    yi: float = 0.1
    vi: float = 0.2


@dataclass(frozen=True)
class Table:
    """A table of effects as far as counts are looked for in one."""

    measure: str = "OR"
    rows: tuple[Row, ...] = tuple(
        Row(f"s{i}", f"Study {i}", (Arm(a, n), Arm(c, m)))
        for i, (a, n, c, m) in enumerate(zip(AI, N1I, CI, N2I, strict=True))
    )
    left_out: tuple[Any, ...] = ()

    @property
    def labels(self):
        return tuple(row.label for row in self.rows)


@pytest.mark.parametrize("measure", ["OR", "RR", "RD"])
def test_a_table_is_pooled_by_its_counts(measure):
    found = pool(Table(measure), model="mantel-haenszel")
    assert found.mu == mantel_haenszel(AI, N1I, CI, N2I, measure=measure).mu
    assert (found.model, found.labels[0], found.common_effect) == ("mantel-haenszel", "Study 0", True)


def test_a_table_is_pooled_by_peto():
    assert pool(Table(), model="peto").mu == peto(AI, N1I, CI, N2I).mu


def test_a_row_without_an_effect_counts_in_the_sums_and_is_named():
    rows = (*Table().rows, Row("x", "Meyer 2010", (Arm(0, 10), Arm(0, 10)), float("nan"), float("nan")))
    found = pool(Table("RD", rows), model="mantel-haenszel")
    assert found.mu == mantel_haenszel([*AI, 0], [*N1I, 10], [*CI, 0], [*N2I, 10], measure="RD").mu
    assert (found.k, found.left_out) == (4, ())
    assert found.notes == ("Counted, though without an effect of their own: Meyer 2010.",)


def test_rows_without_counts_are_refused_by_name():
    rows = (*Table().rows, Row("x", "Meyer 2010", (Arm(None, 10), Arm(3, 10))))
    with pytest.raises(PoolingError, match="no counts of events in both arms: Meyer 2010"):
        pool(Table(rows=rows), model="mantel-haenszel")


def test_a_measure_without_such_a_mean_is_refused():
    with pytest.raises(PoolingError, match="no Mantel-Haenszel HR"):
        pool(Table("HR"), model="mantel-haenszel")
    with pytest.raises(PoolingError, match="table holds RR"):
        pool(Table("RR"), model="peto")


def test_effects_alone_are_refused():
    with pytest.raises(PoolingError, match="needs counts"):
        pool(yi=[0.1, 0.2], vi=[0.1, 0.2], model="peto")


def test_another_interval_is_refused():
    with pytest.raises(PoolingError, match="Wald interval, not HKSJ"):
        pool(Table(), model="mantel-haenszel", interval="HKSJ")


# --- refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (([1, 20], [10, 10], [2, 3], [10, 10]), "row 2 .2.: ai is 20 of n1i = 10"),
        (([1, -2], [10, 10], [2, 3], [10, 10]), "row 2 .2.: ai is -2"),
        (([1, 2], [10, 0], [2, 3], [10, 10]), "row 2 .2.: n1i is 0"),
        (([1, 2], [10, 10], [2, float("nan")], [10, 10]), "row 2 .2.: ci is nan"),
        (([1, 2], [10, 10], [2, 3, 4], [10, 10]), "ai holds 2 values; n1i holds 2 values; ci holds 3 values"),
        (([], [], [], []), "nothing to pool"),
        (([0, 0], [10, 10], [2, 3], [10, 10]), "not estimable"),
    ],
)
def test_bad_counts_are_refused_by_name(columns, said):
    with pytest.raises(PoolingError, match=said):
        mantel_haenszel(*columns)


def test_no_events_at_all_are_refused():
    with pytest.raises(PoolingError, match="not estimable"):
        peto([0, 0], [10, 10], [0, 0], [10, 10])


def test_more_events_than_time_are_possible():
    assert np.isfinite(mantel_haenszel([7, 8], [0.5, 1.6], [11, 8], [1.9, 1.4], measure="IRR").mu)


def test_an_unknown_measure_is_refused():
    with pytest.raises(UnknownName, match="unknown measure 'ORR'; choose OR"):
        mantel_haenszel(AI, N1I, CI, N2I, measure="ORR")
    with pytest.raises(UnknownName, match="unknown variance"):
        mantel_haenszel(AI, N1I, CI, N2I, measure="RD", variance="GR")
