"""What single checks say in the cases that are easy to get wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.checks import checks_on
from evidence.checks.examples import (
    bare,
    change_test,
    effect,
    means_test,
    share,
    shares_test,
    summary,
    table_test,
    within_test,
)
from evidence.claims import Claim, EffectClaim, MeansTest, SharesTest
from evidence.findings import ERROR, NOTE, WARNING, Finding
from evidence.values import OneOf, reported

ORR = ("89.02", "82"), ("74.36", "78")


def of(code: str, claim: Claim) -> Finding:
    (finding,) = [f for check in checks_on(type(claim)) if check.code == code for f in check.run(claim)]
    return finding


def codes(claim: Claim) -> set[str]:
    return {f.code for check in checks_on(type(claim)) for f in check.run(claim)}


# --- percentages ------------------------------------------------------------------------------------------


def test_a_survival_percentage_need_not_be_a_count() -> None:
    assert of("AUD103", share("77.79", "78", survival=True)).verdict == "not-checkable"


def test_a_large_n_leaves_no_information() -> None:
    finding = of("AUD103", share("33.3", "2000"))
    assert (finding.verdict, finding.power) == ("consistent", 0.0)
    assert "no information" in finding.details[0]


def test_a_truncated_percentage_is_a_slip() -> None:
    assert of("AUD103", share("66.66", "3")).verdict == "slip"


def test_people_who_were_not_assessed_explain_a_percentage() -> None:
    finding = of("AUD104", share("54", "207", "106"))
    assert finding.severity == NOTE
    assert "if not everybody was counted" in finding.details[-1]


def test_an_n_stated_beside_the_percentage_is_taken_at_its_word() -> None:
    claim = share("54", "207", "106")
    stated = replace(claim, n=reported("207", address=f"{claim.place.address}/a/n"))
    assert of("AUD104", stated).severity == ERROR


def test_another_arm_s_n_explains_a_percentage() -> None:
    claim = replace(share("24.7", "101", "20"), others=(reported("81"),))
    assert of("AUD104", claim).details[0] == "it is 20/81, of another arm's n"


def test_one_reading_of_a_doubtful_number_is_enough() -> None:
    doubtful = OneOf((reported("7", address="x"), reported("71", address="x")))
    claim = replace(share("91.0", "78"), events=doubtful)
    assert of("AUD104", claim).verdict == "consistent"


@pytest.mark.parametrize("n", ["0", "12.5", "-4", "99999999999999999999"])
def test_an_n_that_is_none_is_not_checkable(n: str) -> None:
    assert of("AUD103", share("50", n)).verdict == "not-checkable"


# --- tests of counts --------------------------------------------------------------------------------------


def test_a_named_test_that_another_reproduces() -> None:
    claim = shares_test("chi2", "5.794", "<0.05", *ORR, named="chi-square-corrected")
    finding = of("AUD311", claim)
    assert (finding.verdict, finding.severity) == ("consistent-under", NOTE)
    assert finding.by == "Pearson chi-square without correction"


def test_a_test_that_counts_cannot_give_is_not_checkable() -> None:
    assert of("AUD311", shares_test("chi2", "5.794", "<0.05", *ORR, named="cmh")).verdict == "not-checkable"


def test_survival_percentages_that_no_test_reproduces_are_not_checkable() -> None:
    claim = shares_test("chi2", "9.99", "<0.05", *ORR)
    sides = tuple(tuple(replace(s, survival=True) for s in side) for side in claim.sides)
    assert of("AUD311", replace(claim, sides=sides)).verdict == "not-checkable"


def test_the_last_digit_is_a_slip() -> None:
    finding = of("AUD311", shares_test("chi2", "5.795", "<0.05", *ORR))
    assert (finding.verdict, finding.severity) == ("slip", NOTE)
    assert finding.relaxation is not None
    assert 0 < finding.relaxation <= 1


def test_a_stated_one_sided_p_of_counts() -> None:
    claim = shares_test(None, None, "0.008", *ORR, sided=1)
    assert of("AUD311", claim).verdict == "consistent"
    assert of("AUD311", shares_test(None, None, "0.008", *ORR)).verdict == "inconsistent"


def test_a_p_whose_side_of_alpha_depends_on_the_test() -> None:
    finding = of("AUD311", shares_test("chi2", "4.262", "<0.05", ("56.10", "82"), ("71.79", "78")))
    assert (finding.verdict, finding.decision, finding.severity) == ("consistent", "depends-on-test", NOTE)


def test_more_arms_are_another_check_s() -> None:
    three = shares_test("chi2", "10.03", "0.007", ("21", "14"), ("32", "25"), ("77", "13"))
    assert "AUD312" in codes(three)
    assert "AUD311" not in codes(three)


def test_a_table_of_one_column_has_no_test() -> None:
    assert of("AUD312", table_test("chi2", "1.2", "0.3", ("10", "0"), ("12", "0"))).verdict == "not-checkable"


# --- statistic, p, decision -------------------------------------------------------------------------------


def test_a_disagreement_on_the_decision_is_said_once() -> None:
    assert codes(bare("t", "1.661", "<0.05", n=("82", "78"))) == {"AUD302"}


def test_a_wrong_p_on_the_same_side_is_aud301_s() -> None:
    finding = of("AUD301", bare("t", "2.31", "0.003", n=("30", "30")))
    assert (finding.verdict, finding.decision) == ("inconsistent", "same")


def test_a_p_on_the_edge_decides_nothing() -> None:
    assert "AUD302" not in codes(bare("z", "1.96", "0.05"))


def test_welch_s_degrees_of_freedom_are_allowed_where_none_are_printed() -> None:
    assert of("AUD301", bare("t", "2.00", "0.049", n=("82", "82"))).verdict == "consistent"
    assert of("AUD301", bare("t", "2.00", "0.049", n=("82", "82"), df=("162",))).verdict == "slip"


@pytest.mark.parametrize(
    ("letter", "reason"), [("u", "needs the ranks"), (None, "was not printed"), ("f", "n is not printed")]
)
def test_a_statistic_without_a_p_of_its_own_says_why(letter: str | None, reason: str) -> None:
    finding = of("AUD301", bare(letter, "12.1", "0.04"))
    assert finding.verdict == "not-checkable"
    assert reason in finding.message


def test_t_without_degrees_of_freedom_has_the_p_of_any() -> None:
    assert of("AUD301", bare("t", "2.31", "0.03")).verdict == "consistent"
    assert of("AUD302", bare("t", "1.661", "<0.05")).decision == "flips"  # the normal p is 0.0967
    assert of("AUD301", bare("t", "2.31", "0.003")).verdict == "inconsistent"


def test_chi_square_without_degrees_of_freedom_or_arms_has_the_p_of_a_few() -> None:
    assert of("AUD301", bare("chi2", "10.03", "0.007")).by == "χ² on 2 degrees of freedom"
    assert of("AUD301", bare("chi2", "10.03", "0.0009")).verdict == "inconsistent"
    assert of("AUD301", bare("chi2", "25.3", "0.046")).by == "χ² on more than 8 degrees of freedom"
    assert of("AUD301", bare("chi2", "5.551", "0.030")).verdict == "inconsistent"  # .0185 on 1, .062 on 2
    assert "AUD302" not in codes(bare("chi2", "5.794", "<0.05"))


def test_a_correlation_has_its_printed_degrees_of_freedom() -> None:
    assert of("AUD301", bare("rho", ".45", ".013", df=("28",))).verdict == "consistent"
    assert of("AUD301", bare("rho", ".45", ".03", df=("28",))).verdict == "inconsistent"


def test_a_statistic_printed_as_below_a_number_is_between_nought_and_it() -> None:
    assert of("AUD301", bare("f", "<1", ".50", df=("1", "58"))).verdict == "consistent"
    assert of("AUD301", bare("f", "<1", ".03", df=("1", "58"))).verdict == "inconsistent"


@pytest.mark.parametrize(("p", "statistic"), [("1.2", "3.1"), ("-0.01", "3.1"), ("0.04", "-3.1")])
def test_what_nothing_can_have_is_impossible(p: str, statistic: str) -> None:
    assert of("AUD301", bare("chi2", statistic, p, n=("40", "40"))).verdict == "impossible"


# --- means ------------------------------------------------------------------------------------------------


def test_standard_errors_printed_as_standard_deviations() -> None:
    claim = means_test("t", "4.15", "<0.001", ("10.0", "0.9", "40"), ("5.0", "0.8", "40"))
    finding = of("AUD315", claim)
    assert (finding.verdict, finding.severity) == ("consistent-under", WARNING)
    assert "taken as standard errors" in finding.message or "standard errors" in (
        finding.by or finding.message
    )


def test_an_unsaid_plus_minus_may_be_either() -> None:
    claim = means_test("t", "4.15", "<0.001", ("10.0", "0.9", "40"), ("5.0", "0.8", "40"))
    groups = tuple(replace(g, plusminus=g.sd) for g in claim.groups)
    assert of("AUD315", MeansTest(claim.test, groups)).verdict == "consistent"


def test_a_coarse_zero_correlation_is_no_accusation() -> None:
    finding = of("AUD316", within_test("t", "3.5", "<0.01", ("10.0", "2.0", "25"), ("8.0", "2.0", "25")))
    assert (finding.verdict, finding.severity) == ("consistent", "none")


def test_a_t_below_every_correlation_is_inconsistent() -> None:
    claim = within_test("t", "0.50", ">0.05", ("10.0", "2.0", "25"), ("8.0", "2.0", "25"))
    finding = of("AUD316", claim)
    assert "standard errors" in finding.message or finding.verdict == "inconsistent"


def test_a_t_of_change_that_is_of_the_values_after() -> None:
    cells = (
        ("702.94", "105.64", "82"),
        ("93.63", "28.35", "82"),
        ("703.26", "106.84", "78"),
        ("132.78", "27.72", "78"),
    )
    finding = of("AUD317", change_test("t", "-8.83", "<0.05", "change", *cells))
    assert (finding.verdict, finding.by) == ("consistent-under", "t of the values after")


def test_a_negative_spread_is_impossible_and_a_zero_one_is_not() -> None:
    assert of("AUD204", summary("5.0", "-1.2", "10")).verdict == "impossible"
    assert "AUD204" not in codes(summary("5.0", "0.0", "10"))


# --- effects ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "low", "high"), [("99", "0.14", "0.31"), ("60", "0.54", "0.74")])
def test_an_interval_is_read_at_its_printed_level(level: str, low: str, high: str) -> None:
    estimate = "0.21" if level == "99" else "0.63"
    assert of("AUD304", effect("HR", estimate, low, high, level=level)).verdict == "consistent"


@pytest.mark.parametrize(
    ("estimate", "low", "high", "severity"),
    [("1.28", "0.50", "3.40", NOTE), ("0.27", "0.11", "0.47", WARNING)],
)
def test_a_ratio_warns_only_far_from_the_middle(estimate: str, low: str, high: str, severity: str) -> None:
    assert of("AUD304", effect("OR", estimate, low, high)).severity == severity


def test_a_p_that_another_test_could_have_is_a_note() -> None:
    finding = of("AUD305", effect("HR", "0.75", "0.57", "0.98", p="0.041"))
    assert finding.severity in ("none", NOTE)


def test_a_one_sided_p_is_stated_not_assumed() -> None:
    claim = effect("HR", "0.65", "0.42", "0.99", p="0.0947", level="80")
    finding = of("AUD305", claim)
    assert (finding.verdict, finding.severity, finding.by) == ("consistent-under", NOTE, "a one-sided test")
    assert "would agree with P = 0.0947" in finding.details[0]
    assert of("AUD305", replace(claim, sided=1)).verdict == "consistent"


@pytest.mark.parametrize(
    ("claim", "by"),
    [
        (effect("HR", "0.80", "0.63", "1.01", p="0.03"), "a one-sided test"),
        (effect("HR", "0.75", "0.57", "0.98", p="0.060"), "a test other than Wald's"),
        (effect("MD", "5.0", "2.7", "7.3", p="0.0007"), "t on few degrees of freedom"),
        (effect("OR", "6.33", "0.61", "330.1", p="0.10"), "an exact, profile or bootstrap interval"),
    ],
)
def test_a_p_that_another_reading_explains_is_a_note(claim: EffectClaim, by: str) -> None:
    finding = of("AUD305", claim)
    assert finding.severity == NOTE
    assert finding.by is not None
    assert finding.by.startswith(by)


def test_the_interval_of_a_difference_of_shares_may_lean() -> None:
    assert of("AUD303", effect("RD", "0.20", "0.02", "0.34")).severity == NOTE
    assert of("AUD303", effect("MD", "-3.1", "-5.2", "-2.0")).severity == WARNING


def test_no_p_is_made_of_what_has_no_effect_elsewhere_than_at_zero() -> None:
    assert of("AUD305", effect("AUC", "0.62", "0.55", "0.69", p="<0.001")).verdict == "not-checkable"


def test_a_credible_interval_is_left_alone() -> None:
    claim = replace(effect("HR", "0.95", "0.45", "0.76", p="0.03"), credible=True)
    assert {f.verdict for c in checks_on(type(claim)) for f in c.run(claim)} <= {"not-checkable"}


def test_a_level_that_was_not_printed_is_tried() -> None:
    finding = of("AUD305", effect("HR", "0.22", "0.13", "0.36", p="<0.0001", level=None))
    assert finding.verdict == "consistent"


def test_shares_may_be_tested_without_a_statistic_or_p() -> None:
    claim = shares_test(None, None, None, *ORR, claim="significant")
    assert isinstance(claim, SharesTest)
    assert codes(claim) == set()
