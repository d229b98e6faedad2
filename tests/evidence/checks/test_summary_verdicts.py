"""What the checks on summaries, variances, strata, ranks, correlations and effects say, one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.auditing import audit_paper
from evidence.checks import checks_on
from evidence.checks.examples import (
    bare,
    correlations,
    effect,
    effect_of_arms,
    means_test,
    paper,
    shares_test,
    stratified_test,
    summary,
    table_test,
)
from evidence.claims import Claim
from evidence.findings import (
    CONSISTENT,
    CONSISTENT_UNDER,
    DEPENDS_ON_TEST,
    ERROR,
    FLIPS,
    IMPOSSIBLE,
    INCONSISTENT,
    NONE,
    NOT_CHECKABLE,
    NOTE,
    SCREEN,
    SLIP,
    WARNING,
    Finding,
)


def findings(claim: Claim) -> list[Finding]:
    return [finding for check in checks_on(type(claim)) for finding in check.run(claim)]


def codes(claim: Claim) -> set[str]:
    return {finding.code for finding in findings(claim)}


def of(code: str, claim: Claim) -> Finding:
    (finding,) = [f for f in findings(claim) if f.code == code]
    return finding


# --- whole numbers ----------------------------------------------------------------------------------------


def test_a_mean_within_a_unit_is_a_slip_and_farther_away_impossible() -> None:
    assert of("AUD201", summary("5.19", "1.6", "28", items="1")).verdict == SLIP
    far = of("AUD201", summary("5.196", "1.6", "28", items="1"))
    assert (far.verdict, far.severity) == (IMPOSSIBLE, ERROR)
    assert "145/28 is 5.179" in far.message


def test_a_mean_that_fewer_people_could_have_is_a_warning() -> None:
    found = of("AUD201", summary("3.357", None, "30", items="1"))
    assert found.severity == WARNING
    assert "28 could have it" in found.details[0]


def test_a_mean_of_many_is_no_information() -> None:
    found = of("AUD201", summary("5.19", "1.6", "400", items="1"))
    assert (found.verdict, found.power) == (CONSISTENT, 0)
    assert "no information" in found.details[0]


def test_an_unknown_n_is_said_so() -> None:
    claim = replace(summary("5.19", "1.6", "28", items="1"), n=None)
    found = of("AUD201", claim)
    assert (found.verdict, found.message) == (NOT_CHECKABLE, "the mean cannot be counted: n is not printed")


def test_an_impossible_sd_names_those_next_to_it() -> None:
    found = of("AUD202", summary("3.44", "2.47", "18", items="1"))
    assert found.verdict in (IMPOSSIBLE, SLIP)
    assert "next to it" in found.message
    assert found.recomputed is not None


def test_an_impossible_mean_is_not_held_against_its_sd_too() -> None:
    assert codes(summary("5.196", "1.6", "28", items="1", scale=("1", "7"))) == {"AUD201", "AUD204"}


def test_a_yes_or_no_sd_of_the_population_is_named() -> None:
    found = of("AUD203", summary("0.30", "0.458", "10", items="1", scale=("0", "1")))
    assert (found.verdict, found.by) == (CONSISTENT_UNDER, "population standard deviation")


def test_yes_or_no_data_are_left_to_their_own_rule() -> None:
    assert "AUD202" not in codes(summary("0.35", "0.18", "20", items="1", scale=("0", "1")))


def test_a_sample_is_counted_and_its_absence_found() -> None:
    found = of("AUD205", summary("3.2", "2.4", "19", items="1", scale=("0", "7")))
    assert (found.verdict, found.details) == (CONSISTENT, ("2201 samples in all",))
    assert of("AUD205", summary("4.0", "3.42", "26", items="1", scale=("0", "7"))).verdict == IMPOSSIBLE


def test_a_spread_beyond_its_scale_is_one_finding() -> None:
    claim = summary("3.2", "3.9", "19", items="1", scale=("0", "7"))
    assert of("AUD204", claim).verdict == IMPOSSIBLE
    assert "AUD205" not in codes(claim)


def test_too_many_samples_to_count_are_not_held_against_anybody() -> None:
    found = of("AUD205", summary("50.31", "29.95", "90", items="1", scale=("0", "100")))
    assert (found.verdict, found.severity) == (NOT_CHECKABLE, NONE)


def test_an_end_that_may_be_misprinted_is_said_so() -> None:
    claim = summary("3.0", "1.2", "4", items="1", scale=("1", "7"), ends=("1", "7"))
    assert "an end may be misprinted" in of("AUD205", claim).details[0]


def test_a_spread_of_unknown_kind_is_not_held_against_its_least_value() -> None:
    claim = summary("61.4", "2.2", "40", ends=("40", "79"))
    assert of("AUD204", claim).verdict == IMPOSSIBLE
    assert of("AUD204", replace(claim, plusminus=claim.sd)).verdict == CONSISTENT


def test_skew_is_a_note() -> None:
    found = of("AUD206", summary("3.1", "2.9", "40", ends=("0.2", "18")))
    assert (found.verdict, found.severity) == (SCREEN, NOTE)


# --- tests ------------------------------------------------------------------------------------------------

THREE = ("17.63", "4.97", "72"), ("23.17", "4.66", "51"), ("19.99", "4.64", "26")


def test_an_f_is_named_by_what_gives_it() -> None:
    assert of("AUD318", means_test("f", "19.80", None, *THREE)).by == "analysis of variance"
    welch = (("17.63", "4.97", "72"), ("23.17", "9.66", "51"), ("19.99", "4.64", "26"))
    assert of("AUD318", means_test("f", "7.98", None, *welch)).by == "Welch's analysis of variance"


def test_standard_errors_printed_as_standard_deviations_are_a_warning() -> None:
    cells = ("5.0", "0.50", "16"), ("6.0", "0.50", "16"), ("7.5", "0.50", "16")
    found = of("AUD318", means_test("f", "6.33", None, *cells))
    assert (found.verdict, found.severity) == (CONSISTENT_UNDER, WARNING)


def test_a_misprinted_f_is_repaired() -> None:
    found = audit_paper(paper(means_test("f", "9.80", None, *THREE)))
    (wrong,) = [f for f in found if f.code == "AUD318"]
    assert wrong.verdict == INCONSISTENT
    assert [r.edits[0].proposed for r in wrong.repairs] == ["19.80"]


@pytest.mark.parametrize("named", ["kruskal-wallis", "mann-whitney"])
def test_rank_tests_are_not_recomputed_from_means(named: str) -> None:
    two = ("17.63", "4.97", "72"), ("23.17", "4.66", "51")
    assert of("AUD318", means_test(None, None, "0.9", *THREE, named=named)).verdict == NOT_CHECKABLE
    assert of("AUD315", means_test(None, None, "0.9", *two, named=named)).verdict == NOT_CHECKABLE


def test_a_pair_may_have_been_compared_with_the_variance_of_all() -> None:
    two = ("17.63", "4.97", "72"), ("19.99", "4.64", "26")
    claim = means_test("t", "-2.15", None, *two)
    assert of("AUD315", claim).by != "t with the variance of all arms"
    third = summary("23.17", "9.66", "51", arm="c")
    with_third = replace(means_test("t", "-1.50", None, *two), others=(third,))
    assert of("AUD315", with_third).by == "t with the variance of all arms"


def test_a_stratified_chi_square_is_named_by_its_form() -> None:
    strata = ("12", "25", "12", "21"), ("9", "24", "17", "31")
    assert (
        of("AUD313", stratified_test("chi2", "1.315", None, *strata)).by == "CMH chi-square with correction"
    )
    assert of("AUD313", stratified_test("chi2", "9.1", None, *strata)).verdict == INCONSISTENT


def test_an_uncorrected_chi_square_of_a_small_table_is_a_note() -> None:
    found = of("AUD314", shares_test("chi2", "5.495", "0.019", ("60", "10"), ("10", "10")))
    assert (found.verdict, found.severity, found.decision) == (SCREEN, NOTE, DEPENDS_ON_TEST)


def test_an_exact_test_of_three_arms_is_recomputed() -> None:
    arms = ("21", "14"), ("32", "25"), ("77", "13")
    found = of("AUD312", shares_test(None, None, "0.0076", *arms, named="fisher"))
    assert (found.verdict, found.by) == (CONSISTENT, "Fisher-Freeman-Halton test")
    large = ("50", "300"), ("50", "400"), ("52", "500")
    assert of("AUD312", shares_test(None, None, "0.7", *large, named="fisher")).verdict == NOT_CHECKABLE


def test_a_u_beyond_its_sizes_is_impossible_and_ties_are_named() -> None:
    assert of("AUD319", bare("u", "256", "0.097", n=("12", "15"))).verdict == IMPOSSIBLE
    assert of("AUD319", bare("u", "56", "0.08", n=("12", "15"))).by == "ties"
    high = of("AUD319", bare("u", "56", "0.40", n=("12", "15")))
    assert (high.verdict, high.severity) == (INCONSISTENT, WARNING)
    flips = of("AUD319", bare("u", "20", "0.40", n=("12", "15")))
    assert (flips.severity, flips.decision) == (ERROR, FLIPS)


def test_a_u_of_a_table_is_known_with_its_ties() -> None:
    rows = ("3", "17", "12", "8"), ("1", "10", "15", "14")
    assert of("AUD319", table_test("u", "589.5", None, *rows)).verdict == CONSISTENT
    assert of("AUD319", table_test("u", "598.5", None, *rows)).verdict == INCONSISTENT


# --- correlations and effects -----------------------------------------------------------------------------


def test_a_symmetrical_interval_of_a_correlation_is_named() -> None:
    found = of("AUD320", effect("COR", "0.50", "0.20", "0.80"))
    assert (found.verdict, found.by) == (CONSISTENT_UNDER, "symmetrical interval")


def test_correlations_that_cannot_stand_together() -> None:
    assert of("AUD320", correlations(("0.90",), ("0.90", "0.10"))).verdict == IMPOSSIBLE
    assert of("AUD320", correlations(("0.9",), ("0.9", "0.6"))).verdict == CONSISTENT  # over the rounding


@pytest.mark.parametrize(("adjusted", "severity"), [(None, WARNING), (False, ERROR)])
def test_a_wrong_effect_is_an_error_only_where_nothing_was_adjusted_for(
    adjusted: bool | None, severity: str
) -> None:
    claim = effect_of_arms("RR", "1.85", ("", "20", "40"), ("", "12", "38"))
    found = of("AUD306", replace(claim, effect=replace(claim.effect, adjusted=adjusted)))
    assert (found.verdict, found.severity) == (INCONSISTENT, severity)


@pytest.mark.parametrize(
    ("measure", "estimate", "cells"),
    [
        ("RR", "1.67", (("", "20", "40"), ("", "12", "38"))),
        ("MD", "1.90", (("5.0", "2.0", "20"), ("4.0", "2.0", "20"))),
    ],
)
def test_an_effect_that_a_model_may_give_is_a_note(
    measure: str, estimate: str, cells: tuple[tuple[str, str, str], tuple[str, str, str]]
) -> None:
    assert of("AUD306", effect_of_arms(measure, estimate, *cells)).severity == NOTE


def test_arms_the_other_way_round_are_named() -> None:
    found = of("AUD306", effect_of_arms("RR", "0.63", ("", "20", "40"), ("", "12", "38")))
    assert (found.verdict, found.severity) == (CONSISTENT_UNDER, NOTE)
    assert "other way round" in found.message


@pytest.mark.parametrize(("d", "by"), [("0.50", "Cohen's d"), ("0.49", "Hedges' g")])
def test_a_standardised_difference_is_named_by_its_kind(d: str, by: str) -> None:
    cells = ("5.000", "2.000", "20"), ("4.000", "2.000", "20")
    assert of("AUD306", effect_of_arms("SMD", d, *cells)).by == by


def test_a_hazard_ratio_is_not_one_of_two_counts() -> None:
    assert "AUD306" not in codes(effect_of_arms("HR", "0.59", ("", "20", "40"), ("", "12", "38")))
