"""Misprinted numbers of time-to-event endpoints are mended where every check of the endpoint then agrees."""

from __future__ import annotations

from evidence.auditing import audit_paper
from evidence.checks.example_survival import group, hazard_ratio, log_rank, named, point, survival
from evidence.claims import Paper, SurvivalClaim
from evidence.findings import ERROR, Finding


def findings(claim: SurvivalClaim) -> tuple[Finding, ...]:
    effects = tuple(ratio.effect for ratio in claim.ratios)
    return audit_paper(Paper("example", "randomised-trial", (claim, *effects)))


def best(claim: SurvivalClaim, code: str) -> set[tuple[str, str]]:
    """What the best repairs of a rule's finding propose: printed and proposed text."""
    found = [f for f in findings(claim) if f.code == code and f.repairs]
    return {(e.number.text, e.proposed) for f in found for r in f.repairs if r.rank == 1 for e in r.edits}


def trial(
    ratio: tuple[str, str, str] = ("0.63", "0.47", "0.85"), median: str = "9.4", survived: str = "38.2"
) -> SurvivalClaim:
    """A trial whose numbers agree as they are here."""
    first = group("120", point("12", survived), events="90", median=median, ci=("7.9", "11.2"))
    second = group("120", point("12", "21.9", arm="b"), events="105", median="6.1", ci=("5.0", "7.4"))
    return survival(
        *named(first, second),
        ratios=(hazard_ratio(*ratio, crude=True),),
        logranks=(log_rank("9.3", "0.002"),),
    )


def observed_and_expected(expected: str) -> SurvivalClaim:
    men = group("138", events="112", expected=expected)
    women = group("90", events="53", expected="73.4")
    ratio = hazard_ratio("1.70", "1.22", "2.36", crude=True)
    return survival(*named(men, women), ratios=(ratio,), logranks=(log_rank("10.3", "0.0013"),))


def test_nothing_is_proposed_where_all_agrees() -> None:
    for claim in (trial(), observed_and_expected("91.6")):
        assert not [f for f in findings(claim) if f.severity == ERROR or f.repairs]


def test_a_misprinted_limit_is_mended_for_every_check_it_breaks() -> None:
    wrong = trial(ratio=("0.63", "0.47", "0.55"))
    assert best(wrong, "AUD404") == best(wrong, "AUD304") == {("0.55", "0.85")}


def test_a_misprinted_hazard_ratio_is_mended() -> None:
    assert best(trial(ratio=("0.93", "0.47", "0.85")), "AUD304") == {("0.93", "0.63")}


def test_expected_events_that_do_not_add_up_are_mended() -> None:
    assert ("97.6", "91.6") in best(observed_and_expected("97.6"), "AUD418")


def test_a_survival_on_the_wrong_side_of_the_median_is_mended() -> None:
    assert ("58.2", "38.2") in best(trial(survived="58.2"), "AUD406")


def test_an_edit_that_leaves_a_check_nothing_to_go_by_mends_nothing() -> None:
    proposed = best(observed_and_expected("97.6"), "AUD418")
    assert proposed
    assert not [text for _, text in proposed if text.startswith("-")]


def test_no_edit_is_proposed_that_only_brings_another_screen() -> None:
    wrong = trial(ratio=("0.93", "0.47", "0.85"))
    proposals = {e.proposed for f in findings(wrong) for r in f.repairs for e in r.edits}
    assert proposals == {"0.63"}
