"""Time-to-event checks err only where nothing could print the numbers, and ask otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.checks import checks_on
from evidence.checks.example_survival import (
    group,
    hazard_ratio,
    log_rank,
    named,
    of_endpoint,
    point,
    survival,
    whole,
)
from evidence.checks.survival_arms import chi2_of, root
from evidence.claims import Paper, SurvivalClaim
from evidence.findings import (
    CONSISTENT,
    ERROR,
    IMPOSSIBLE,
    INCONSISTENT,
    NOT_CHECKABLE,
    NOTE,
    SCREEN,
    Finding,
)


def of(code: str, claim: SurvivalClaim | Paper) -> list[Finding]:
    checks = [check for check in checks_on(type(claim)) if check.code == code]
    return [f for check in checks for f in check.run(claim)]


def only(code: str, claim: SurvivalClaim | Paper) -> Finding:
    (finding,) = of(code, claim)
    return finding


ORACLES = Path(__file__).parents[2] / "oracles" / "survival" / "abstract_cases.json"
ABSTRACTS = {case["id"]: case for case in json.loads(ORACLES.read_text(encoding="utf-8"))["cases"]}

ABSTRACT = survival(
    *named(group("82", point("12", "98.78"), median="34"), group("78", point("12", "98.72"), median="36")),
    logranks=(log_rank("0.001", ">0.05"),),
)


def test_a_p_of_three_arms_gives_their_chi_square() -> None:
    case = ABSTRACTS["lpfs_three_arm"]
    found = chi2_of(log_rank(None, str(case["inputs"]["overall_p"]), arms=("a", "b", "c")))
    low, high = case["chi2_rounding"]
    assert found == pytest.approx((low, case["chi2_overall"], high), rel=1e-9)


@pytest.mark.parametrize("name", ["pfs_82_78", "os_82_78"])
def test_a_chi_square_of_two_arms_gives_its_z(name: str) -> None:
    case = ABSTRACTS[name]
    found = chi2_of(log_rank(str(case["inputs"]["chi2"])))
    assert found is not None
    assert root(found)[1] == pytest.approx(case["z"], rel=1e-9)


def test_one_year_s_survival_of_the_first_study_is_one_death_an_arm() -> None:
    messages = [f.message for f in of("AUD410", ABSTRACT)]
    assert ["81/82" in messages[0], "77/78" in messages[1]] == [True, True]
    assert all(f.verdict == CONSISTENT for f in of("AUD410", ABSTRACT))


def test_a_near_immune_first_year_is_a_query() -> None:
    finding = only("AUD411", ABSTRACT)
    assert (finding.verdict, finding.severity) == (SCREEN, NOTE)
    assert "3.8 to 3.9 in a" in finding.message
    assert "few events before it" in finding.message


def test_a_landmark_beside_the_median_tells_no_shape() -> None:
    claim = survival(group("46", point("12", "60.3"), point("24", "37.2"), median="22.2"))
    finding = only("AUD411", claim)
    assert finding.verdict == CONSISTENT
    assert "12 months" in finding.message


def test_an_adjusted_ratio_is_not_held_against_a_log_rank_test() -> None:
    ratios = (hazard_ratio("0.59", "0.42", "0.82", crude=False),)
    claim = survival(*named(group("80"), group("80")), ratios=ratios, logranks=(log_rank("1.033"),))
    assert only("AUD403", claim).verdict == NOT_CHECKABLE


def test_an_interval_narrower_than_its_events_is_an_error_unless_adjusted() -> None:
    arms = named(group("90", events="20"), group("88", events="25"))
    for crude, severity in ((True, ERROR), (None, ERROR), (False, NOTE)):
        claim = survival(*arms, ratios=(hazard_ratio("0.59", "0.45", "0.76", crude=crude),))
        finding = only("AUD404", claim)
        assert (finding.verdict, finding.severity) == (INCONSISTENT, severity)
        assert finding.recomputed is not None
        assert finding.recomputed.low > 45


def test_a_ratio_of_a_named_other_model_is_not_bound_by_events() -> None:
    ratio = replace(hazard_ratio("0.59", "0.45", "0.76"), plain=False)
    claim = survival(*named(group("20", events="9"), group("20", events="9")), ratios=(ratio,))
    assert not of("AUD404", claim)


def test_events_of_everybody_are_those_of_two_arms() -> None:
    claim = survival(
        *named(group("90"), group("88")), ratios=(hazard_ratio("0.59", "0.45", "0.76"),), events="45"
    )
    assert only("AUD404", claim).verdict == INCONSISTENT


def test_a_median_is_reached_whatever_was_censored_when_most_had_the_event() -> None:
    finding = only("AUD405", survival(group("40", events="21", median="not-reached")))
    assert (finding.verdict, finding.severity) == (INCONSISTENT, ERROR)
    assert only("AUD405", survival(group("40", events="20", median="not-reached"))).verdict == CONSISTENT


@pytest.mark.parametrize(
    ("percent", "verdict"), [("50.0", CONSISTENT), ("49.9", "slip"), ("49.8", INCONSISTENT)]
)
def test_one_unit_below_one_half_is_a_slip(percent: str, verdict: str) -> None:
    assert only("AUD406", survival(group("82", point("6", percent), median="9"))).verdict == verdict


def test_a_landmark_in_another_unit_is_given_room() -> None:
    claim = survival(group("82", point("52", "48.0", unit="weeks"), median="12"))
    assert not of("AUD406", claim)
    assert of("AUD406", survival(group("82", point("40", "41.0", unit="weeks"), median="12")))


def test_numbers_at_risk_at_the_landmark_itself_are_asked_about_only() -> None:
    same = survival(group("72", point("6", "50.1", at_risk="45")))
    later = survival(group("72", point("6", "50.1"), point("7", at_risk="45")))
    assert only("AUD407", same).verdict == SCREEN
    assert only("AUD407", later).verdict == INCONSISTENT


def test_progression_after_death_is_an_error_at_one_stated_cut_only() -> None:
    def paper(cut: str | None, other: str | None, key: str = "progression-free-survival") -> Paper:
        first = of_endpoint(key, group("82", median="34", label="pfs"), cut=cut)
        return whole(first, of_endpoint("overall-survival", group("82", median="21", label="os"), cut=other))

    assert only("AUD408", paper("final", "final")).severity == ERROR
    assert only("AUD408", paper(None, None)).severity == NOTE
    assert only("AUD408", paper("final", "final", "local-progression-free-survival")).severity == NOTE
    assert not of("AUD408", paper("interim", "final"))


def test_time_beyond_the_calendar_is_an_error_in_a_trial_only() -> None:
    claim = of_endpoint("overall-survival", group("82", median="34"))
    dates = {"recruitment": "2018-01/2019-12", "until": "2020-06"}
    assert only("AUD409", whole(claim, **dates)).verdict == IMPOSSIBLE
    assert only("AUD409", whole(claim, design="cohort", **dates)).verdict == SCREEN
    assert not of("AUD409", whole(claim))


def test_opposite_directions_are_noted_only_where_both_are_clear() -> None:
    arms = named(group("207", median="10.8"), group("210", median="5.8"))
    clear = survival(*arms, ratios=(hazard_ratio("1.69", "1.32", "2.22"),))
    assert only("AUD413", clear).verdict == SCREEN
    assert not of("AUD413", survival(*arms, ratios=(hazard_ratio("1.12", "0.85", "1.48"),)))


def test_a_restricted_mean_is_bound_by_its_horizon() -> None:
    finding = only("AUD414", survival(group("82", rmst=("12.9", "12"))))
    assert (finding.verdict, finding.severity) == (INCONSISTENT, ERROR)


def test_a_pooled_contrast_is_compared_only_over_the_same_people() -> None:
    arms = (group("13"), group("14", name="b"), group("25", name="c"))
    overall = log_rank(None, "0.023", arms=("a", "b", "c"))
    same = survival(*arms, logranks=(overall, log_rank("9.2", arms=("a+b", "c"))))
    fewer = survival(*arms, logranks=(overall, log_rank("9.2", arms=("a", "c"))))
    assert only("AUD416", same).verdict == INCONSISTENT
    assert not of("AUD416", fewer)


def test_expected_events_across_from_the_ratio_are_an_error_where_it_is_crude() -> None:
    arms = named(group("138", events="112", expected="91.6"), group("90", events="53", expected="73.4"))
    for crude, severity in ((True, ERROR), (None, NOTE), (False, NOTE)):
        claim = survival(*arms, ratios=(hazard_ratio("0.59", "0.42", "0.82", crude=crude),))
        (side,) = [f for f in of("AUD418", claim) if f.verdict == INCONSISTENT]
        assert side.severity == severity
