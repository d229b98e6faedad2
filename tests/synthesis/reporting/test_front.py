"""The front of the page: the verdict box, the studies in focus, and methods said once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import evidence
from synthesis.reporting.assembly import page
from synthesis.reporting.material import Material, gather


@pytest.fixture(scope="module")
def whole(repository: Path) -> Material:
    """The whole review, gathered."""
    return gather(evidence.read_review(repository / "studies"))


@pytest.fixture(scope="module")
def front(whole: Material, parsed: Callable[[str], Any]) -> Any:
    """The summary of the whole review's page."""
    return next(e for e in parsed(page(whole)).all("section") if e.attributes["id"] == "summary")


def test_it_says_what_the_audit_finds_in_each_of_the_two_first_studies(front: Any, whole: Material) -> None:
    for study in ("gansu-2024", "chen-2025"):
        assert whole.ledger(study).summary in front.text
    for number in ("77.79", "4.262", "7.301"):
        assert number in front.text


def test_it_names_every_comparison_that_they_enter_with_its_estimate(front: Any, whole: Material) -> None:
    for study in ("gansu-2024", "chen-2025"):
        assert whole.entered[study]
        for one in whole.entered[study]:
            assert f"{one.label}: {one.comes_to}" in front.text


def test_a_study_enters_what_has_a_row_of_it(whole: Material) -> None:
    for result in whole.results.shown:
        for row in result.table.estimated:
            assert result.anchor in [one.anchor for one in whole.entered[row.study]]


def test_a_study_in_focus_that_is_not_there_is_refused(made: Callable[..., str], trial: Any) -> None:
    review = "format: 1\nreview: r\ntreatments: {new: {label: New}, old: {label: Old}}\nfocus: [trial-2]\n"
    review += "endpoints: {recovery: {kind: binary}}\n"
    with pytest.raises(evidence.StudyFileError, match="trial-2"):
        made({"trial-1": trial(1, (31, 20))}, review)


def test_an_earlier_report_is_told_of_in_the_box(whole: Material) -> None:
    since = {**whole.data, "findings": []}
    found = gather(whole.review, whole.audit, since)
    assert f"Since the earlier report: {len(whole.data['findings'])} new findings" in page(found)


def test_each_way_of_pooling_is_said_once(whole: Material) -> None:
    methods = page(whole).split('<section id="methods"', 1)[1].split("</section>", 1)[0]
    assert methods.count("estimated by restricted maximum likelihood") == 1
    assert "indirect" in methods or "common comparator" in methods
