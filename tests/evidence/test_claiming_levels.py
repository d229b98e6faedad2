"""A test between the levels of a subgroup factor is held against what is printed of each level."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.claiming import paper
from evidence.claims import BareTest, Claim, SharesTest
from evidence.loading import read_study

STUDY = """\
format: 1
study: series
label: Series
sources: {paper: {kind: paper}}
design: {kind: single-arm}
arms: {active: {treatment: active, n: 17}}
subgroups: {line: {first-line: {}, second-line: {}}}
endpoints: {response: {kind: binary}, control: {kind: binary}}
outcomes:
  - endpoint: response
    at: last
    where: Abstract
    results: {active: {events: 7}}
    by_subgroup:
      first-line: {results: {active: {events: 6, n: 13}}}
      second-line: {results: {active: {events: 1, n: 4}}}
    tests: [{compare: [first-line, second-line], p: 0.603}]
  - endpoint: response
    at: 6 months
    where: Abstract
    tests: [{compare: [first-line, second-line], p: 0.5}]
"""


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> tuple[Claim, ...]:
    file: Path = tmp_path_factory.mktemp("study") / "series.yaml"
    file.write_text(STUDY, encoding="utf-8")
    return paper(read_study(file)).claims


def test_each_level_is_a_side_of_its_own_name(claims: tuple[Claim, ...]) -> None:
    (test,) = [c for c in claims if isinstance(c, SharesTest)]
    assert [(s.arm, getattr(s.events, "text", ""), getattr(s.n, "text", "")) for (s,) in test.sides] == [
        ("first-line", "6", "13"),
        ("second-line", "1", "4"),
    ]


def test_results_of_another_time_are_not_taken(claims: tuple[Claim, ...]) -> None:
    (bare,) = [c for c in claims if isinstance(c, BareTest)]
    assert bare.test.place.at == ("6 months",)
