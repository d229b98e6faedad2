"""What may meet, and why the rest may not."""

from pathlib import Path

import pytest

import evidence
import synthesis
from evidence.durations import days
from synthesis.comparability import same_time
from synthesis.comparisons import plan
from synthesis.estimating import tables


@pytest.fixture(scope="module")
def review(first_two: Path):
    return evidence.read_review(first_two)


def table(review, *compare: str, endpoint: str = "objective-response", **options: object):
    return synthesis.effects(review, endpoint, compare=compare, **options)


def test_the_two_studies_share_no_pair_of_treatments(review) -> None:
    found = table(review, "anlotinib", "sorafenib")
    assert [row.study for row in found.rows] == ["gansu-2024"]
    assert [(left.study, left.reason) for left in found.left_out] == [
        ("chen-2025", "compares other treatments (Anlotinib, 125I seeds, Anlotinib + 125I seeds)")
    ]


def test_the_shared_treatment_stands_side_by_side_and_is_not_pooled(review) -> None:
    found = table(review, "anlotinib")
    counts = {row.study: (row.arms[0].events, row.arms[0].n) for row in found.rows}
    assert counts == {"gansu-2024": (73, 82), "chen-2025": (3, 14)}
    assert not found.pooled
    assert found.reason is not None
    assert "unlike timepoints" in found.reason
    assert "5e-7" in found.notes[0]


def test_a_study_without_a_number_says_so(review) -> None:
    found = table(review, "anlotinib", endpoint="thyroglobulin")
    assert [left.reason for left in found.left_out] == ["Serum thyroglobulin: prints no number of it"]


def test_a_shared_range_gives_its_only_counts(review) -> None:
    found = table(review, "anlotinib", "iodine-125-seeds")
    assert [(arm.events, arm.n) for arm in found.rows[0].arms] == [(3, 14), (8, 25)]


def test_swapping_the_treatments_turns_the_sign(review) -> None:
    one, other = table(review, "anlotinib", "sorafenib"), table(review, "sorafenib", "anlotinib")
    assert one.yi[0] == pytest.approx(-other.yi[0], abs=1e-15)
    assert one.vi[0] == pytest.approx(other.vi[0], rel=1e-12)


def test_an_impossible_percentage_gives_the_nearest_count_and_says_so(review) -> None:
    found = table(review, "anlotinib", "sorafenib", endpoint="any-adverse-event")
    assert found.rows[0].arms[1].events == 61
    assert found.rows[0].arms[1].approximate
    assert "no count of 78 prints as 77.79 %" in found.rows[0].notes[0]


def test_findings_travel_into_the_rows(review) -> None:
    audit = evidence.audit(review)
    found = table(review, "anlotinib", "sorafenib", endpoint="any-adverse-event", audit=audit)
    assert "AUD103" in {finding.code for finding in found.rows[0].findings}
    clean = table(review, "anlotinib", "sorafenib", audit=audit)
    assert {finding.severity for finding in clean.rows[0].findings} <= {"none", "note"}


def test_combinations_come_first_in_the_plan(review) -> None:
    pairs = [c.compare for c in plan(review) if c.endpoint == "objective-response"]
    assert pairs[0] == ("anlotinib-125i", "anlotinib")


def test_every_reported_endpoint_is_in_a_table_or_named_with_its_reason(review) -> None:
    made, unused = tables(review)
    seen = {(t.endpoint, row.study) for t in made for row in t.rows} | {(u.endpoint, u.study) for u in unused}
    reported = {(e.endpoint, s.study) for s in review.studies for e in s.outcomes}
    assert reported <= seen
    assert all(u.reason for u in unused)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"endpoint": "objective-respons", "compare": ("anlotinib",)}, "did you mean objective-response"),
        ({"endpoint": "objective-response", "compare": ("anlotinb", "sorafenib")}, "did you mean anlotinib"),
        ({"endpoint": "objective-response"}, "say which treatments to compare"),
        (
            {"endpoint": "objective-response", "compare": ("anlotinib",), "measure": "SDM"},
            "measure .SDM.; choose",
        ),
        ({"endpoint": "objective-response", "compare": ("anlotinib",), "reading": "repared"}, "reading"),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(review, call: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        synthesis.effects(review, **call)


@pytest.mark.parametrize(
    ("time", "length"), [("6 months", 182.625), ("24 weeks", 168), ("best", None), (None, None)]
)
def test_durations_in_days(time: str | None, length: float | None) -> None:
    assert days(time) == length


def test_a_window_holds_times_together() -> None:
    window = {"6 months": ("5 months", "8 months")}
    assert same_time(["6 months", "24 weeks"], window)
    assert not same_time(["6 months", "12 months"], window)
    assert not same_time([None, "6 months"], window)
