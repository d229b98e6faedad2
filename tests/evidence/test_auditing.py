"""The audit of the two real studies says what it must, with its numbers, and nothing false."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.auditing import audit, audit_paper
from evidence.checks import all_checks
from evidence.findings import ERROR, NOTE, WARNING, Audit, Finding
from evidence.loading import read_review, read_study
from evidence.repair.joint import ONE_SIDED
from evidence.repair.throughout import INDEPENDENT, VISIT

GANSU, CHEN = "gansu-2024", "chen-2025"


@pytest.fixture(scope="module")
def found(first_two: Path) -> Audit:
    return audit(read_review(first_two), reading="as-printed")


def of(found: Audit, study: str, code: str, endpoint: str, at: str | None = None) -> list[Finding]:
    return [
        f
        for f in found
        if (f.study, f.code, f.place.endpoint) == (study, code, endpoint) and (at is None or at in f.place.at)
    ]


def one(found: Audit, code: str, endpoint: str, at: str | None = None, study: str = GANSU) -> Finding:
    (finding,) = of(found, study, code, endpoint, at)
    return finding


def test_the_errors_and_warnings_are_these_and_no_others(found: Audit) -> None:
    seen = [(f.study, f.code, f.place.endpoint, f.place.at, f.severity) for f in found.at_least(WARNING)]
    assert sorted(seen) == sorted(
        [
            (GANSU, "AUD103", "any-adverse-event", (), ERROR),
            (GANSU, "AUD311", "any-adverse-event", (), ERROR),
            (GANSU, "AUD311", "fatigue", (), ERROR),
            (GANSU, "AUD302", "target-lesion-volume", ("12 months",), ERROR),
            *[(GANSU, "AUD316", "thyroglobulin", (), WARNING)] * 2,
            *[(GANSU, "AUD316", "target-lesion-volume", (), WARNING)] * 2,
            (GANSU, "AUD317", "target-lesion-volume", ("6 months",), WARNING),
            (GANSU, "AUD317", "target-lesion-volume", ("12 months",), WARNING),
        ]
    )


def test_the_percentage_that_no_count_has(found: Audit) -> None:
    (finding,) = [f for f in of(found, GANSU, "AUD103", "any-adverse-event") if f.severity == ERROR]
    assert finding.verdict == "impossible"
    assert "60/78 is 76.92 % and 61/78 is 78.21 %" in finding.message
    assert finding.address == "gansu-2024/any-adverse-event/sorafenib/percent"


@pytest.mark.parametrize("code", ["AUD103", "AUD311"])
def test_its_single_best_repair(found: Audit, code: str) -> None:
    finding = next(f for f in of(found, GANSU, code, "any-adverse-event") if f.severity == ERROR)
    (repair,) = finding.repairs
    (edit,) = repair.edits
    assert (edit.number.text, edit.proposed, edit.kind) == ("77.79", "71.79", "one digit substituted")
    assert (repair.rank, repair.rivals, repair.repaired) == (1, 0, 2)
    assert repair.chance == pytest.approx(1 / repair.tried)


def test_the_adverse_events_under_the_neighbouring_counts(found: Audit) -> None:
    finding = one(found, "AUD311", "any-adverse-event")
    assert finding.recomputed is not None
    assert (finding.recomputed.low, finding.recomputed.high) == (
        pytest.approx(7.75390, abs=1e-5),
        pytest.approx(8.81964, abs=1e-5),
    )


def test_fatigue_has_two_tied_repairs(found: Audit) -> None:
    finding = one(found, "AUD311", "fatigue")
    edits = {(r.edits[0].number.text, r.edits[0].proposed): r.note for r in finding.repairs}
    pearson = "is the Pearson chi-square without correction of 10/82 and"
    assert edits == {
        ("7.301", "5.551"): f"as printed for Hand foot skin reaction; then χ² = 5.551 {pearson} 21/78",
        ("26.92", "29.49"): f"as printed for Diarrhoea; then χ² = 7.301 {pearson} 23/78",
    }


def test_a_repair_says_what_the_numbers_then_are(found: Audit) -> None:
    (repair,) = one(found, "AUD311", "any-adverse-event").repairs
    assert "71.79 % is 56/78; χ² = 4.262 is the Pearson chi-square without correction" in repair.note


def test_the_tied_repairs_of_fatigue_share_rank_and_cost(found: Audit) -> None:
    finding = one(found, "AUD311", "fatigue")
    assert {(r.rank, r.rivals, r.cost) for r in finding.repairs} == {(1, 1, 1.0)}
    assert finding.recomputed is not None
    assert finding.recomputed.mid == pytest.approx(5.55088, abs=1e-5)


def test_fatigue_repeats_the_statistic_of_diarrhoea(found: Audit) -> None:
    (finding,) = [f for f in found if f.code == "AUD307"]
    assert finding.severity == NOTE
    assert finding.message == "χ² = 7.301 is printed for Diarrhoea and Fatigue, whose data are not the same"


@pytest.mark.parametrize(
    ("endpoint", "within"), [("thyroglobulin", "0.0017"), ("target-lesion-volume", "0.0004")]
)
def test_before_and_after_only_as_independent_samples(found: Audit, endpoint: str, within: str) -> None:
    findings = of(found, GANSU, "AUD316", endpoint)
    assert {(f.verdict, f.by) for f in findings} == {("consistent-under", "independent-samples t")}
    assert any(f.message.endswith(f"a correlation of 0 within {within}") for f in findings)


def test_the_decision_error_at_twelve_months(found: Audit) -> None:
    finding = one(found, "AUD302", "target-lesion-volume", "12 months")
    assert finding.decision == "flips"
    assert "has p 0.0986 to 0.0988 (t on 158 degrees of freedom, two-sided)" in finding.message
    assert finding.details == ("one-sided, p would be 0.0493 to 0.0494, below 0.05",)


def test_one_sided_testing_is_the_joint_reading(found: Audit) -> None:
    finding = one(found, "AUD302", "target-lesion-volume", "12 months")
    assert finding.joint is not None
    for text in ("1.616 (one-sided p 0.054)", "1.272 (one-sided p 0.103)", "1.661 (one-sided p 0.049)"):
        assert text in finding.joint.message
    assert len(finding.joint.explains) == 3
    assert sum(f.joint is not None and f.joint.name == ONE_SIDED for f in found) == 1


@pytest.mark.parametrize(("code", "name", "many"), [("AUD316", INDEPENDENT, 4), ("AUD317", VISIT, 2)])
def test_other_readings_of_the_whole_paper_leave_severities_alone(
    found: Audit, code: str, name: str, many: int
) -> None:
    read = [f for f in found if f.joint is not None and f.joint.name == name]
    assert {(f.code, f.severity) for f in read} == {(code, WARNING)}
    assert len(read) == many


@pytest.mark.parametrize("at", ["6 months", "12 months"])
def test_volume_changes_that_no_printed_volume_gives(found: Audit, at: str) -> None:
    finding = one(found, "AUD317", "target-lesion-volume", at)
    for text in ("unless another visit is meant", "at least 1.83", "5.5 or more"):
        assert text in finding.message
    assert finding.details == ("the values after by themselves differ by t = -8.83",)


def test_the_thyroglobulin_decline_is_a_percent_change(found: Audit) -> None:
    finding = one(found, "AUD317", "thyroglobulin")
    assert finding.verdict == "consistent"


@pytest.mark.parametrize(
    "endpoint", ["objective-response", "hand-foot-skin-reaction", "diarrhoea", "overall-survival"]
)
def test_the_rest_are_pearson_without_correction(found: Audit, endpoint: str) -> None:
    finding = one(found, "AUD311", endpoint)
    assert (finding.verdict, finding.by) == ("consistent", "Pearson chi-square without correction")


def test_the_second_study_has_one_reading_only(found: Audit) -> None:
    messages = [f.message for f in of(found, CHEN, "AUD103", "objective-response")]
    assert messages == ["77 % is 10/13", "21 to 32 % can only be 3/14 (anlotinib) and 8/25 (seeds)"]


def test_the_second_study_s_three_arm_test(found: Audit) -> None:
    finding = one(found, "AUD312", "objective-response", study=CHEN)
    assert (finding.verdict, finding.by) == ("consistent", "Pearson chi-square")
    assert finding.recomputed is not None
    assert finding.recomputed.mid == pytest.approx(0.00664275, abs=1e-8)


def test_every_printed_test_has_a_finding(found: Audit, first_two: Path) -> None:
    from evidence.claiming import paper
    from evidence.claims import TESTS

    review = read_review(first_two)
    for study in review.studies:
        for claim in paper(study, "as-printed", review).claims:
            if isinstance(claim, TESTS):
                for number in (claim.test.statistic, claim.test.p):
                    assert number is None or found.about(number)


def test_fingerprints_are_unique(found: Audit) -> None:
    marks = [(f.study, f.anchor) for f in found]
    assert len(set(marks)) == len(marks)


def test_every_code_comes_from_a_check(found: Audit) -> None:
    assert {f.code for f in found} <= {check.code for check in all_checks()}


def study_file(tmp_path: Path, repository: Path, old: str, new: str) -> Path:
    review = (repository / "tests/reviews/first-two.yaml").read_text("utf-8")
    (tmp_path / "review.yaml").write_text(review.replace("focus: [chen-2025, ", "focus: ["), "utf-8")
    text = (repository / "studies/gansu-2024.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "gansu-2024.yaml").write_text(text.replace(old, new), "utf-8")
    return tmp_path


CORRECTED = "{percent: {printed: 77.79, corrected: 71.79, because: the authors confirm, by: RR}}"


def test_a_correction_settles_what_it_mends(tmp_path: Path, repository: Path) -> None:
    folder = study_file(tmp_path, repository, "{percent: 77.79}", CORRECTED)
    found = audit(read_review(folder))
    settled = [f for f in found if f.settled]
    assert {f.code for f in settled} == {"AUD103", "AUD311"}
    assert {(f.settled.how, f.settled.because, f.settled.by) for f in settled if f.settled} == {
        ("corrected", "the authors confirm", "RR")
    }
    assert not [f for f in found.at_least(ERROR) if f.place.endpoint == "any-adverse-event"]
    assert any(
        "with the correction: χ² = 4.262 is the Pearson" in line for f in settled for line in f.details
    )


def test_the_corrected_decision_depends_on_the_test(tmp_path: Path, repository: Path) -> None:
    from evidence.claiming import paper

    review = read_review(study_file(tmp_path, repository, "{percent: 77.79}", CORRECTED))
    found = Audit(audit_paper(paper(review.studies[0], "corrected", review)))
    finding = one(found, "AUD311", "any-adverse-event")
    assert (finding.verdict, finding.decision, finding.severity) == ("consistent", "depends-on-test", NOTE)
    assert finding.by == "Pearson chi-square without correction"
    assert "chi-square with Yates correction has p 0.0574" in finding.details[0]


def test_as_printed_ignores_corrections(tmp_path: Path, repository: Path) -> None:
    review = read_review(study_file(tmp_path, repository, "{percent: 77.79}", CORRECTED))
    assert not [f for f in audit(review, reading="as-printed") if f.settled]


def test_an_acceptance_settles_its_finding(tmp_path: Path, repository: Path) -> None:
    accept = "higher: anlotinib, accept: [{code: AUD302, was: 1.661, because: one-sided, by: RR}]}"
    folder = study_file(
        tmp_path, repository,
        't: 1.661, p: "<0.05", claim: significant, higher: anlotinib}',
        f't: 1.661, p: "<0.05", claim: significant, {accept}',
    )  # fmt: skip
    (finding,) = [f for f in audit(read_review(folder)) if f.settled]
    assert finding.code == "AUD302"
    assert finding.settled is not None
    assert (finding.settled.how, finding.settled.because) == ("accepted", "one-sided")


def test_an_acceptance_that_meets_nothing_is_a_warning(tmp_path: Path, repository: Path) -> None:
    accept = "accept: [{code: AUD302, was: 1.616, because: one-sided, by: RR}]\nunplaced:"
    folder = study_file(tmp_path, repository, "unplaced:", accept)
    (finding,) = [f for f in audit(read_review(folder)) if f.code == "CFG903"]
    assert finding.severity == WARNING
    assert finding.about[0].text == "1.616"


def test_an_unknown_reading_is_refused(first_two: Path) -> None:
    review = read_review(first_two)
    with pytest.raises(ValueError, match="unknown reading"):
        audit(review, reading="repaired")


def test_a_study_alone_can_be_audited(repository: Path, first_two: Path) -> None:
    review = read_review(first_two)
    study = read_study(repository / "studies/gansu-2024.yaml", review)
    assert len(audit(study)) == len(audit(review).of(GANSU))
