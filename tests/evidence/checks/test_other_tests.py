"""A p of a test that is not named: one near the recomputed p may be of another test of the same data."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from evidence.checks import interval_and_p, means_test, r_by_c_tests, ratio_symmetry, two_by_two_tests
from evidence.checks.examples import effect, printed, share
from evidence.checks.examples import means_test as means
from evidence.claims import MeansTest, SharesTest
from evidence.findings import Finding


def counted(p: str, *sides: tuple[int, int], named: str | None = None) -> SharesTest:
    test = printed(None, None, p, n=tuple(str(n) for _, n in sides), named=named)
    cells = zip("abcd", sides, strict=False)
    return SharesTest(test, tuple((share(None, str(n), str(k), arm=arm),) for arm, (k, n) in cells))


def only(findings: Iterator[Finding]) -> Finding:
    (finding,) = findings
    return finding


@pytest.mark.parametrize("p", ["0.0005", "0.0006"])
def test_a_p_near_that_of_the_counts_is_a_note(p: str) -> None:
    finding = only(two_by_two_tests.run(counted(p, (587, 10269), (707, 10267))))
    assert finding.severity in ("none", "note")


def test_a_p_far_from_that_of_the_counts_stays_a_warning() -> None:
    finding = only(two_by_two_tests.run(counted("0.002", (587, 10269), (707, 10267))))
    assert (finding.verdict, finding.severity) == ("inconsistent", "warning")


def test_a_named_test_has_no_such_room() -> None:
    finding = only(two_by_two_tests.run(counted("0.0005", (587, 10269), (707, 10267), named="chi-square")))
    assert finding.severity == "error"


def of_means(p: str, named: str | None = None) -> MeansTest:
    claim = means(None, None, p, ("3.0", "4.4", "130"), ("3.9", "4.4", "133"))
    return replace(claim, test=replace(claim.test, named=named))


def test_a_p_of_means_may_be_adjusted_for_the_values_before() -> None:
    assert only(means_test.run(of_means("≤0.02"))).severity == "note"
    assert only(means_test.run(of_means("<0.0001"))).severity == "error"
    assert only(means_test.run(of_means("≤0.02", named="t"))).severity == "error"


def test_a_p_of_non_inferiority_is_held_against_the_margin() -> None:
    against = effect("RR", "0.91", "0.74", "1.11", p="<0.001", margin="1.46")
    assert only(interval_and_p.run(against)).by == "non-inferiority"
    superior = effect("RR", "0.91", "0.74", "1.11", p="0.34", margin="1.46")
    assert only(interval_and_p.run(superior)).by == "Wald, 95 % interval"
    neither = effect("RR", "0.91", "0.74", "1.11", p="<0.001", margin="1.05")
    assert only(interval_and_p.run(neither)).severity == "error"


def test_a_chi_square_corrected_in_every_cell_is_recognised() -> None:
    sides = ((31, 749), (7, 145), (2, 28), (3, 43))
    claim = counted("0.950", *sides)
    test = printed("chi2", "0.350", "0.950", n=tuple(str(n) for _, n in sides))
    finding = only(r_by_c_tests.run(replace(claim, test=test)))
    assert (finding.verdict, finding.by) == ("consistent", "chi-square with Yates correction in every cell")


def test_limits_of_too_few_digits_are_not_out_of_order() -> None:
    finding = only(ratio_symmetry.run(effect("OR", "1.00", "1.00", "1.00")))
    assert finding.verdict == "not-checkable"
    assert "too few digits" in finding.message
