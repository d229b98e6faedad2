"""The audit travels: the same comparison under each reading of the printed numbers."""

from pathlib import Path

import pytest

import evidence
import synthesis
from evidence.readings import READINGS, review_as, sole_repairs
from synthesis.estimating import tables
from synthesis.planning import pooled
from synthesis.rereading import under_every_reading

REPAIRED = "gansu-2024/any-adverse-event/sorafenib/percent"


@pytest.fixture(scope="module")
def review(first_two: Path):
    return evidence.read_review(first_two)


@pytest.fixture(scope="module")
def audit(review):
    return evidence.audit(review)


def adverse(review, audit, reading: str):
    return synthesis.effects(
        review, "any-adverse-event", compare=("anlotinib", "sorafenib"), audit=audit, reading=reading
    )


def test_only_repairs_without_rivals_are_made(audit) -> None:
    assert {address: edit.proposed for address, edit in sole_repairs(audit).items()} == {REPAIRED: "71.79"}


def test_a_repair_changes_the_count_and_the_row_says_so(review, audit) -> None:
    found = adverse(review, audit, "repaired")
    assert [arm.events for arm in found.rows[0].arms] == [46, 56]
    assert "77.79 is read as 71.79 (one digit substituted)" in found.rows[0].notes


def test_a_repair_is_never_made_by_default(review, audit) -> None:
    assert adverse(review, audit, "corrected").rows[0].arms[1].events == 61
    assert adverse(review, audit, "as-printed").rows[0].arms[1].events == 61


def test_rows_resting_on_an_error_can_be_left_out_with_the_reason(review, audit) -> None:
    found = adverse(review, audit, "without-flagged")
    assert found.rows == ()
    assert "rests on 77.79 (AUD103, impossible)" in found.left_out[-1].reason


def test_readings_that_need_an_audit_make_their_own(review) -> None:
    assert adverse(review, None, "repaired").rows[0].arms[1].events == 56


def test_a_review_without_corrections_is_the_same_object_as_printed(review) -> None:
    assert review_as(review, "corrected") is review
    assert review_as(review, "as-printed") is review


def test_a_reading_that_does_not_exist_is_refused(review) -> None:
    with pytest.raises(ValueError, match="unknown reading 'mended'; choose corrected, as-printed"):
        review_as(review, "mended")


def test_every_comparison_has_every_reading_and_only_touched_ones_move(review, audit) -> None:
    made, _ = tables(review, audit)
    pools = [pool for table in made if (pool := pooled(review, table)) is not None]
    found = under_every_reading(review, pools, audit)
    assert all(tuple(r.reading for r in s.readings) == READINGS for s in found)
    moved = {s.default.table.endpoint for s in found if not s.steady}
    assert moved == {"any-adverse-event", "fatigue"}


def test_the_report_shows_what_each_reading_moves(review) -> None:
    page = synthesis.report(review)
    section = page[page.index('id="sensitivity"') :]
    assert "0.78 (0.617 to 0.990)" in section or "0.78 (0.62 to 0.99)" in section
    assert "no study left" in section
