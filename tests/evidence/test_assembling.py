"""What is put together without pydantic is what pydantic would have made."""

from pathlib import Path
from typing import Any

import pytest

import evidence
from evidence.loading import building
from evidence.loading.assembling import assembled
from evidence.review import Review
from evidence.study import Study
from evidence.values import reported

STUDIES = Path(__file__).parents[2] / "studies"


def test_every_file_of_the_review_gives_the_model_that_pydantic_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs: list[tuple[Any, Any]] = []

    def both(record: Any, prepared: Any) -> Any:
        made = assembled(record, prepared)
        pairs.append((made, record.model_validate(prepared)))
        return made

    monkeypatch.setattr(building, "assembled", both)
    evidence.read_review(STUDIES)
    assert {type(made) for made, _ in pairs} == {Review, Study}
    for made, wanted in pairs:
        assert made == wanted
        assert made.model_fields_set == wanted.model_fields_set


SOURCES = {"paper": {"kind": "paper"}}
DESIGN = {"kind": "cohort"}
ARM = {"treatment": "x", "n": reported("12")}


def prepared(**changes: Any) -> dict[str, Any]:
    whole = {"format": "1", "study": "s", "label": "S", "sources": SOURCES, "design": DESIGN}
    return {**whole, "arms": {"a": ARM}, "outcomes": (), **changes}


def test_a_whole_tree_is_put_together() -> None:
    made = assembled(Study, prepared())
    assert made == Study.model_validate(prepared())


@pytest.mark.parametrize(
    "changes",
    [
        {"label": None},
        {"label": 3},
        {"colour": "red"},
        {"design": {"kind": "kohort"}},
        {"design": {"kind": "cohort", "centres": "4"}},
        {"arms": {"a": {"treatment": "x"}}},
        {"arms": ()},
        {"outcomes": ({"where": "T"},)},
        {"outcomes": [{"endpoint": "e"}]},
        {"format": "2"},
    ],
)
def test_whatever_is_not_as_declared_is_left_to_pydantic(changes: dict[str, Any]) -> None:
    assert assembled(Study, prepared(**changes)) is None
