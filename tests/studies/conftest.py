"""The review as these tests know it: the studies whose facts are listed, whatever else was added."""

from pathlib import Path

import pytest

import evidence
from evidence.review import Review

LISTED = {path.stem for path in (Path(__file__).parent / "facts").glob("*.yaml")}


@pytest.fixture(scope="session")
def review(repository: Path) -> Review:
    """`studies/` without the studies that a reader has added: those have no facts to be held to."""
    whole = evidence.read_review(repository / "studies")
    return whole.model_copy(update={"studies": tuple(s for s in whole.studies if s.study in LISTED)})
