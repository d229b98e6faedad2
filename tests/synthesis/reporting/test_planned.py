"""What a plan adds to the page: a summary of findings, closer looks at each pool, risk of bias."""

from collections.abc import Callable
from typing import Any

import pytest

REVIEW = """
format: 1
review: twelve-trials
treatments: {new: {label: New treatment}, old: {label: Old treatment, reference: true}}
endpoints: {recovery: {label: Recovery, kind: binary, better: higher, measure: RR}}
syntheses: {main: {endpoint: recovery, compare: [new, old]}}
baseline_risks: {recovery: [{label: low, risk: 20}, {label: high, risk: 60}]}
certainty:
  main: {start: high, down: {imprecision: {by: 1, because: few events}}, overall: moderate, by: [RR]}
excluded: {smith-2019: wrong population}
statements: {support: none}
flow: {identified: "1,204", removed: 310, screened: 895}
"""
BIAS = """
bias:
  - tool: RoB2
    for: [recovery]
    by: [RR]
    overall: {judgement: some concerns, because: no protocol}
    domains: {randomisation: {judgement: low, because: central}}
"""


@pytest.fixture(scope="module")
def page(made: Callable[..., str], parsed: Callable[[str], Any], trial: Callable[..., str]) -> Any:
    studies = {f"trial-{i}": trial(i, (20 + i, 15 + i % 5)) for i in range(1, 13)}
    studies["trial-1"] += BIAS
    return parsed(made(studies, REVIEW))


def section(page: Any, name: str) -> str:
    return str(next(e for e in page.all("section") if e.attributes["id"] == name).text)


def test_the_summary_of_findings_has_a_line_for_every_stated_risk(page: Any) -> None:
    said = section(page, "sof")
    assert "200 (low)" in said
    assert "600 (high)" in said
    assert "Moderate" in said
    assert "Down for imprecision: few events." in said


def test_a_pool_has_its_pictures_without_each_study_and_as_a_funnel(page: Any) -> None:
    folds = [e.text for e in page.all("summary")]
    assert any(text.startswith("Without each study") for text in folds)
    assert any(text.startswith("Funnel plot") for text in folds)


def test_judgements_stand_with_their_reasons(page: Any) -> None:
    said = section(page, "bias")
    assert "Some concerns" in said or "some concerns" in said
    assert "no protocol" in said


def test_the_checklist_leads_to_what_is_there_and_names_what_is_not(page: Any) -> None:
    links = {a.text for a in page.all("a") if a.inside("tbody") and a.attributes["href"] == "#sof"}
    assert links == {"Summary of findings"}
    said = section(page, "prisma")
    assert "Looked at and left out" in said
    assert "Needs author" in said


def test_statements_are_shown_and_the_missing_ones_too(page: Any) -> None:
    said = section(page, "limits")
    assert "Support 25none" in said
    assert "Competing interests 26Not supplied" in said
    assert "Risk of bias is not supplied for 11 studies of 12." in said


def test_without_a_plan_there_is_no_summary_of_findings(
    made: Callable[..., str], parsed: Callable[[str], Any], trial: Callable[..., str]
) -> None:
    plain = parsed(made({"trial-1": trial(1, (31, 20))}))
    assert not {"sof", "bias"} & set(plain.ids)


def test_the_flow_of_records_is_drawn_and_its_sums_are_checked(page: Any) -> None:
    assert "1204 identified less 310 are 894, and 895 are given" in section(page, "flow")
