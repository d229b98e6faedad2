"""AUD108: which responses are held against which, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.checks.responses_add_up import run
from evidence.claiming import paper
from evidence.claims import Claim, ResponseSum
from evidence.findings import NONE, NOTE, WARNING
from evidence.loading import read_study

STUDY = """\
format: 1
study: series
label: Series
sources: {paper: {kind: paper}, review: {kind: secondary}}
design: {kind: single-arm}
arms: {active: {treatment: active, n: 65}}
endpoints:
  objective-response: {kind: binary}
  disease-control: {kind: binary}
  partial-response: {kind: binary}
  stable-disease: {kind: binary}
  best-response: {kind: ordinal}
outcomes:
  - {endpoint: objective-response, assessor: independent, where: Table 2, results: {active: {events: OR}}}
  - {endpoint: disease-control, where: Table 2, results: {active: {percent: DC}}}
  - {endpoint: partial-response, where: Table 2, results: {active: {percent: 24.6}}}
  - {endpoint: stable-disease, source: review, where: Table 1, results: {active: {percent: 64.6}}}
  - endpoint: best-response
    assessor: independent
    where: Table 2
    results: {active: {by_category: {CR: {events: 2}, PR: {events: 13}, SD: {events: 40}}}}
"""


def claims(folder: Path, objective: str = "15", control: str = "89.2") -> list[ResponseSum]:
    file = folder / "series.yaml"
    file.write_text(STUDY.replace("OR}", f"{objective}}}").replace("DC}", f"{control}}}"), encoding="utf-8")
    made: tuple[Claim, ...] = paper(read_study(file)).claims
    return [claim for claim in made if isinstance(claim, ResponseSum)]


def test_only_responses_under_the_same_qualifiers_meet(tmp_path: Path) -> None:
    by_whole = {c.place.endpoint: [name for name, _ in c.parts] for c in claims(tmp_path)}
    assert by_whole == {"objective-response": ["CR", "PR"], "disease-control": ["PR", "SD"]}


def test_what_is_not_printed_is_said_to_be_missing(tmp_path: Path) -> None:
    assert {c.place.endpoint: c.missing for c in claims(tmp_path)} == {
        "objective-response": (),
        "disease-control": ("CR",),
    }


@pytest.mark.parametrize(("objective", "severity"), [("15", NONE), ("14", WARNING), ("16", WARNING)])
def test_objective_responses_are_complete_and_partial_ones(
    tmp_path: Path, objective: str, severity: str
) -> None:
    (finding,) = run(claims(tmp_path, objective)[0])
    assert finding.severity == severity


@pytest.mark.parametrize(("control", "severity"), [("89.2", NONE), ("92.3", NONE), ("80.0", NOTE)])
def test_controlled_disease_has_room_for_what_is_not_printed(
    tmp_path: Path, control: str, severity: str
) -> None:
    (finding,) = run(claims(tmp_path, control=control)[1])
    assert finding.severity == severity


def test_the_counts_are_named(tmp_path: Path) -> None:
    (finding,) = run(claims(tmp_path, "14")[0])
    assert finding.message == "CR 2 + PR 13 make 15 of 65, not 14 (Objective response)"
