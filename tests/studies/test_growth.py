"""The first two studies say what they said when they stood alone."""

from pathlib import Path
from typing import Any

import pytest

import evidence
import synthesis
from evidence.review import Review

FIRST = ("chen-2025", "gansu-2024")


@pytest.fixture(scope="module")
def alone(first_two: Path) -> Review:
    return evidence.read_review(first_two)


@pytest.fixture(scope="module")
def among_all(repository: Path) -> Review:
    return evidence.read_review(repository / "studies")


def said(review: Review, study: str) -> list[tuple[Any, ...]]:
    audit = evidence.audit(review)
    return [(f.code, f.address, f.verdict, f.severity, f.message, f.repairs) for f in audit.of(study)]


@pytest.mark.parametrize("study", FIRST)
def test_the_audit_of_a_study_knows_nothing_of_the_others(
    alone: Review, among_all: Review, study: str
) -> None:
    assert said(alone, study) == said(among_all, study)


COMPARISONS = [
    ("objective-response", ("anlotinib", "sorafenib")),
    ("any-adverse-event", ("anlotinib", "sorafenib")),
    ("hand-foot-skin-reaction", ("anlotinib", "sorafenib")),
    ("thyroglobulin", ("anlotinib", "sorafenib")),
    ("target-lesion-volume", ("anlotinib", "sorafenib")),
    ("objective-response", ("anlotinib-125i", "anlotinib")),
    ("objective-response", ("anlotinib-125i", "iodine-125-seeds")),
]


@pytest.mark.parametrize(("endpoint", "compare"), COMPARISONS)
def test_an_effect_of_theirs_is_the_same(
    alone: Review, among_all: Review, endpoint: str, compare: tuple[str, str]
) -> None:
    tables = [synthesis.effects(review, endpoint, compare=compare) for review in (alone, among_all)]
    before, now = ([(row.study, row.yi, row.vi, row.inputs) for row in table.rows] for table in tables)
    assert before
    assert before == [row for row in now if row[0] in FIRST]


def test_anlotinib_of_both_stands_side_by_side(among_all: Review) -> None:
    table = synthesis.effects(among_all, "anlotinib-response-side-by-side")
    assert [row.study for row in table.rows if row.study in FIRST] == list(FIRST)
    assert not table.pooled
