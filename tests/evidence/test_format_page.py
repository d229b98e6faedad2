"""The page about the study file: its examples are one review that is understood, and it names every key."""

import re
from pathlib import Path

import pytest

import evidence
from evidence.entry import Effect, Entry, Pairs, Statistics, Test
from evidence.records import written_fields
from evidence.review import Review
from evidence.study import AnalysisSet, Arm, Cut, Design, Endpoint, Overlap, Publication, Study, Unplaced

MODELS = (
    *(Study, Publication, Design, Arm, AnalysisSet, Cut, Overlap, Unplaced, Entry, Statistics, Pairs),
    *(Test, Effect, Endpoint, Review),
)
NAMES = sorted({name for model in MODELS for name in written_fields(model)})
OTHER = """\
format: 1
study: jones-2019
label: Jones 2019
sources: {paper: {kind: paper}}
design: {kind: cohort}
arms: {active: {treatment: active, n: 9}}
outcomes: [{endpoint: rash, where: Text, results: {active: {events: 1}}}]
"""


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "studies/format.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def review(page: str, tmp_path_factory: pytest.TempPathFactory) -> Review:
    """The examples put together: the whole file, what else may stand in it, entries after those it has."""
    whole, *parts = re.findall(r"^```yaml\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    folder = tmp_path_factory.mktemp("format")
    entries = "".join(part for part in parts if part.startswith("- "))
    beside = "".join(part for part in parts if not part.startswith(("- ", "format:")))
    (plan,) = [part for part in parts if part.startswith("format:")]
    indented = "".join(f"  {line}\n" for line in entries.splitlines())
    (folder / "smith-2020.yaml").write_text(whole + indented + beside, encoding="utf-8")
    (folder / "jones-2019.yaml").write_text(OTHER, encoding="utf-8")
    (folder / "review.yaml").write_text(plan, encoding="utf-8")
    return evidence.read_review(folder)


def test_its_examples_are_understood(review: Review) -> None:
    assert review.warnings == ()
    assert len(review.study("smith-2020").entries) == 20


def test_the_audit_has_nothing_against_them(review: Review) -> None:
    found = evidence.audit(review).findings
    assert [f.message for f in found if f.severity in ("error", "warning")] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_names_every_key(page: str, name: str) -> None:
    assert re.search(rf"`{name}[`:]|[{{, ]{name}: |^{name}:", page, flags=re.MULTILINE)
