"""The page about plans: its example is understood, and its table names every key."""

import re
from pathlib import Path

import pytest

import evidence
from evidence.planned import BY, Synthesis
from evidence.qualifiers import RANKED
from evidence.records import written_fields

REVIEW = """\
format: 1
review: made-up
treatments:
  drug: {label: Drug}
  other-drug: {label: Other drug}
  placebo: {label: Placebo, reference: true}
endpoints:
  progression-free-survival: {kind: time-to-event, better: higher}
  overall-survival: {kind: time-to-event, better: higher}
  objective-response: {kind: binary, better: higher}
  rash: {kind: binary, better: lower}
"""
STUDY = """\
format: 1
study: one
label: One
sources: {paper: {kind: paper}}
design: {kind: randomised-trial}
arms: {drug: {treatment: drug, n: 50}, placebo: {treatment: placebo, n: 52}}
sets: {safety: {n: {drug: 49, placebo: 52}}}
cuts: {update: {date: 2021}, primary: {date: 2020}}
outcomes: [{endpoint: rash, where: T, results: {drug: {events: 10}}}]
"""


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "studies/plan.md").read_text(encoding="utf-8")


def test_its_example_is_understood(page: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / "review.yaml").write_text(REVIEW + example, encoding="utf-8")
    (tmp_path / "one.yaml").write_text(STUDY, encoding="utf-8")
    review = evidence.read_review(tmp_path)
    assert len(review.syntheses) == 5
    assert review.warnings == ()


@pytest.mark.parametrize("key", written_fields(Synthesis))
def test_it_names_every_key(page: str, key: str) -> None:
    assert re.search(rf"^\|.*`{key}[`:]", page, flags=re.MULTILINE)


@pytest.mark.parametrize("word", BY)
def test_it_names_whatever_rows_may_be_grouped_by(page: str, word: str) -> None:
    assert f"`{word}`" in page


def test_it_names_qualifiers_in_the_order_of_preference(page: str) -> None:
    (listed,) = re.findall(r"the first by preference: (.*?), in this order", page, flags=re.DOTALL)
    words = {"at": "time", "adjusted": "adjustment"}
    assert [one.strip() for one in listed.split(",")] == [words.get(name, name) for name in RANKED]
