"""The ledger of claims, read back from its SVG."""

from typing import Any

import pytest

import synthesis
from evidence.auditing import audit
from evidence.review import Review
from synthesis.errors import FigureError


def test_every_error_and_warning_with_a_number_has_a_row(two_studies: Review, read: Any) -> None:
    found = [f for f in audit(two_studies) if f.severity in ("error", "warning") and f.recomputed]
    drawn = read(synthesis.plot.ledger(two_studies))
    addresses = [group.get("data-address") for group in drawn.root.iter() if group.get("data-address")]
    assert addresses == [finding.address for finding in found]


def test_a_gap_is_drawn_where_box_and_bar_are_apart_and_only_there(two_studies: Review, read: Any) -> None:
    drawn = read(synthesis.plot.ledger(two_studies))
    for group in drawn.titled("recomputed"):
        alert = any((mark.get("class") or "") == "m-alert" for mark in group)
        assert alert == ("overlap" not in (group[0].text or ""))


def test_printed_and_recomputed_stand_in_the_row(two_studies: Review, read: Any) -> None:
    texts = read(synthesis.plot.ledger(two_studies)).texts()
    assert {"77.79", "76.923 or 78.205", "1.661", "AUD103", "Impossible"} <= set(texts)


def test_all_findings_of_one_study_can_be_drawn(two_studies: Review, read: Any) -> None:
    every = read(synthesis.plot.ledger(two_studies, study="chen-2025", which="all")).texts()
    assert any(text.startswith("Consistent") for text in every)
    assert not any("Gansu" in text for text in every)


def test_what_does_not_exist_is_refused(two_studies: Review, demo: Review) -> None:
    with pytest.raises(FigureError, match="no study 'gansu'; there are chen-2025, gansu-2024"):
        synthesis.plot.ledger(two_studies, study="gansu")
    with pytest.raises(FigureError, match="choose alarming, all"):
        synthesis.plot.ledger(two_studies, which="some")
    with pytest.raises(FigureError, match="no error or warning"):
        synthesis.plot.ledger(demo, study="dorn-2019")
