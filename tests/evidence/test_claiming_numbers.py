"""What a study says of its numbers reaches the claims: items, scale, other arms, strata, arms of effects."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.claiming import paper
from evidence.claims import Claim, EffectOfArms, Ordered, Share, StratifiedTest, Summary, TableTest
from evidence.loading import read_study

STUDY = """\
format: 1
study: trial
label: Trial
sources: {paper: {kind: paper, title: Trial, year: 2024}}
design: {kind: randomised-trial}
arms:
  active: {treatment: active, n: 40}
  control: {treatment: control, n: 38}
total: 78
flow:
  screened: 120
  crossed-over: {control: {events: 19, percent: 50, source: paper, where: Figure 1}}
  excluded: {all: {events: 4, percent: 5.1}}
  lost: {active: 3}
subgroups:
  sex:
    women: {n: {active: 22, control: 20}}
    men: {n: {active: 18, control: 18}}
endpoints:
  response: {kind: binary}
  fatigue-score: {kind: continuous}
  best-response: {kind: ordinal}
outcomes:
  - endpoint: response
    where: Table 2
    quote: "20 (50), 12 (31.6), RR 1.58"
    results: {active: {events: 20, percent: 50}, control: {events: 12, percent: 31.6}}
    effects: [{measure: RR, compare: [active, control], estimate: 1.58}]
  - endpoint: response
    id: by-sex
    where: Table 3
    tests: [{chi2: 3.1, p: 0.08, test: cmh, across: sex, compare: [active, control]}]
    by_subgroup:
      women: {results: {active: {events: 12}, control: {events: 7}}}
      men: {results: {active: {events: 8}, control: {events: 5}}}
  - endpoint: fatigue-score
    where: Table 2
    quote: "3.45 (1.20) and 2.90 (1.11)"
    items: 1
    scale: [0, 10]
    unit: points
    results: {active: {mean: 3.45, sd: 1.20}, control: {mean: 2.90, sd: 1.11}}
  - endpoint: best-response
    where: Table 2
    categories: [CR, PR, SD]
    results:
      active: {by_category: {CR: {events: 4}, PR: {events: 16}, SD: {events: 20}}}
      control: {by_category: {CR: {events: 2}, PR: {events: 10}, SD: {events: 26}}}
    tests: [{chi2: 3.42, p: 0.18}]
"""


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> tuple[Claim, ...]:
    file: Path = tmp_path_factory.mktemp("study") / "trial.yaml"
    file.write_text(STUDY, encoding="utf-8")
    return paper(read_study(file)).claims


def test_items_and_scale_need_not_be_quoted(claims: tuple[Claim, ...]) -> None:
    summaries = [c for c in claims if isinstance(c, Summary)]
    assert [s.items.text for s in summaries if s.items is not None] == ["1", "1"]
    assert [tuple(n.text for n in s.scale) for s in summaries if s.scale is not None] == [("0", "10")] * 2


def test_a_share_knows_the_n_of_the_other_arms(claims: tuple[Claim, ...]) -> None:
    shares = [c for c in claims if isinstance(c, Share) and c.percent is not None and c.place.where]
    assert [[getattr(n, "text", "") for n in s.others] for s in shares] == [["38"], ["40"]]


def test_a_stratified_test_has_the_shares_of_every_stratum(claims: tuple[Claim, ...]) -> None:
    (test,) = [c for c in claims if isinstance(c, StratifiedTest)]
    counts = [tuple(getattr(s.events, "text", "") for s in pair) for pair in test.strata]
    assert sorted(counts) == [("12", "7"), ("8", "5")]


def test_an_effect_stands_beside_its_arms(claims: tuple[Claim, ...]) -> None:
    (beside,) = [c for c in claims if isinstance(c, EffectOfArms)]
    assert isinstance(beside.first, Share)
    assert (beside.effect.measure, beside.first.arm, beside.second.arm) == ("RR", "active", "control")


def test_a_mean_stands_on_its_scale(claims: tuple[Claim, ...]) -> None:
    (first, _) = [c for c in claims if isinstance(c, Ordered) and c.what == "scale"]
    assert [number.text for _, number in first.items] == ["0", "3.45", "10"]


def test_a_test_of_categories_has_every_cell(claims: tuple[Claim, ...]) -> None:
    (table,) = [c for c in claims if isinstance(c, TableTest)]
    assert [[getattr(cell.events, "text", "") for cell in row] for row in table.cells] == [
        ["4", "16", "20"],
        ["2", "10", "26"],
    ]


def test_percentages_of_the_flow_are_of_those_allocated(claims: tuple[Claim, ...]) -> None:
    found = [c for c in claims if isinstance(c, Share) and c.place.endpoint.startswith("flow/")]
    assert [(c.arm, c.n.text, c.percent.text) for c in found if c.n and c.percent] == [
        ("control", "38", "50"),
        ("all", "78", "5.1"),
    ]


def test_everybody_without_a_printed_total_is_the_sum_of_the_arms(tmp_path: Path) -> None:
    text = (
        STUDY.replace("total: 78\n", "")
        + "  - {endpoint: response, where: p. 3, results: {all: {events: 32}}}\n"
    )
    (tmp_path / "trial.yaml").write_text(text, encoding="utf-8")
    claims = paper(read_study(tmp_path / "trial.yaml")).claims
    (found,) = [c for c in claims if isinstance(c, Share) and c.place.where == "p. 3"]
    assert getattr(found.n, "text", None) == "78"
