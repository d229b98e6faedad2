"""A row carries the findings about its own numbers, and not those that merely share its arm's size."""

from pathlib import Path

import pytest

import evidence
import synthesis
from synthesis.table import EffectRow


@pytest.fixture(scope="module")
def rows(first_two: Path) -> dict[str, EffectRow]:
    review = evidence.read_review(first_two)
    audit = evidence.audit(review)
    pair = ("anlotinib", "sorafenib")
    names = ("objective-response", "any-adverse-event", "fatigue", "hand-foot-skin-reaction")
    return {name: synthesis.effects(review, name, compare=pair, audit=audit).rows[0] for name in names}


def errors(row: EffectRow) -> set[str]:
    return {finding.address.split("/", 1)[1] for finding in row.findings if finding.severity == "error"}


def test_an_impossible_percentage_stands_under_its_own_row(rows: dict[str, EffectRow]) -> None:
    assert "any-adverse-event/sorafenib/percent" in errors(rows["any-adverse-event"])


def test_a_statistic_that_is_not_reproduced_stands_under_the_row_of_its_numbers(
    rows: dict[str, EffectRow],
) -> None:
    assert errors(rows["fatigue"]) == {"fatigue/between/chi2"}


@pytest.mark.parametrize("name", ["objective-response", "hand-foot-skin-reaction"])
def test_rows_that_share_only_the_arm_s_size_are_clean(rows: dict[str, EffectRow], name: str) -> None:
    assert errors(rows[name]) == set()
