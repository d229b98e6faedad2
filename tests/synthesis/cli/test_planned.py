"""What the commands say of a review with a plan: what it names in full, the rest in a line each."""

import json
from pathlib import Path

import pytest

REVIEW = """\
format: 1
review: made-up
treatments:
  lenvatinib: {label: Lenvatinib}
  sorafenib: {label: Sorafenib}
  placebo: {label: Placebo, reference: true}
endpoints:
  pfs: {label: PFS, kind: time-to-event, better: higher, measure: HR}
  rash: {label: Rash, kind: binary, better: lower, measure: RR}
syntheses:
  main: {label: By drug, endpoint: pfs, compare: [any, placebo], by: treatment}
  through: {endpoint: pfs, compare: [lenvatinib, sorafenib], via: placebo}
  rash-main: {endpoint: rash, compare: [any, placebo], by: treatment}
"""
TRIALS = [
    ("aa", "lenvatinib", "0.21", "ci99: [0.14, 0.31]", "30", "10"),
    ("bb", "sorafenib", "0.59", "ci95: [0.45, 0.76]", "40", "12"),
    ("cc", "lenvatinib", "0.16", "ci95: [0.10, 0.26]", "35", "11"),
]
STUDY = """\
format: 1
study: {0}
label: Trial {0}
sources: {{paper: {{kind: paper}}}}
design: {{kind: randomised-trial}}
arms: {{a: {{treatment: {1}, n: 100}}, c: {{treatment: placebo, n: 100}}}}
outcomes:
  - {{endpoint: pfs, where: T, effects: [{{measure: HR, compare: [a, c], estimate: {2}, {3}}}]}}
  - {{endpoint: rash, where: T, results: {{a: {{events: {4}}}, c: {{events: {5}}}}}}}
"""
COHORT = """\
format: 1
study: dd
label: Cohort dd
sources: {paper: {kind: paper}}
design: {kind: cohort}
arms: {a: {treatment: lenvatinib, n: 50}, b: {treatment: sorafenib, n: 50}}
outcomes: [{endpoint: rash, where: T, results: {a: {events: 10}, b: {events: 12}}}]
"""


@pytest.fixture
def planned(tmp_path: Path) -> str:
    folder = tmp_path / "made-up"
    folder.mkdir()
    (folder / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for trial in TRIALS:
        (folder / f"{trial[0]}.yaml").write_text(STUDY.format(*trial), encoding="utf-8")
    (folder / "dd.yaml").write_text(COHORT, encoding="utf-8")
    return str(folder)


def test_a_plan_is_shown_in_full_and_the_rest_in_a_line(evidence, planned: str) -> None:
    said = evidence("effects", "--root", planned)
    assert said.out.startswith("main: By drug (PFS, HR: Active treatment vs Placebo)\n")
    full, brief = said.out.split("Comparisons that no synthesis plans")
    assert "Rash: Lenvatinib vs Sorafenib" in brief
    assert "Rash: Lenvatinib vs Sorafenib" not in full
    assert "0.83 (0.40 to 1.75)" in brief and "Cohort dd" in brief


def test_an_endpoint_asked_for_is_shown_in_full(evidence, planned: str) -> None:
    said = evidence("effects", "rash", "--root", planned)
    assert "Comparisons that no synthesis plans" not in said.out
    assert "Rash, RR: Lenvatinib vs Sorafenib\n" in said.out


def test_groups_stand_under_their_pool_on_the_scale_readers_know(evidence, planned: str) -> None:
    said = evidence("pool", "main", "--root", planned)
    assert "    Sorafenib   0.590 [0.454, 0.767]  1 study\n" in said.out
    assert "common effect of 2 studies" in said.out
    assert "groups differ: chi-square" in said.out


def test_models_of_counts_say_that_they_pool_no_groups(evidence, planned: str) -> None:
    said = evidence("pool", "rash-main", "--model", "mantel-haenszel", "--root", planned)
    assert said.code == 0
    assert "groups are not pooled by mantel-haenszel" in said.out


def test_an_indirect_comparison_stands_after_the_pools_with_what_it_rests_on(evidence, planned: str) -> None:
    said = evidence("pool", "through", "--root", planned)
    assert said.out.startswith("PFS: Lenvatinib against Sorafenib, indirectly through Placebo\n")
    assert "Sorafenib vs Placebo, Trial bb: hazard ratio 0.590 [0.454, 0.767]" in said.out
    assert "hazard ratio 0.329 [0.228, 0.475] (95 % interval, Bucher" in said.out


def test_the_effects_behind_an_indirect_comparison_are_shown(evidence, planned: str) -> None:
    said = evidence("effects", "through", "--root", planned)
    assert "PFS, HR: Lenvatinib vs Placebo" in said.out and "PFS, HR: Sorafenib vs Placebo" in said.out


def test_several_treatments_on_a_side_can_be_asked_for(evidence, planned: str) -> None:
    said = evidence("effects", "pfs", "--compare", "lenvatinib+sorafenib,placebo", "--root", planned)
    assert said.out.startswith("PFS, HR: Lenvatinib or Sorafenib vs Placebo\n")


def test_plain_data_hold_plan_groups_and_indirect_comparisons(evidence, planned: str) -> None:
    found = json.loads(evidence("pool", "--root", planned, "--format", "json").out)
    first = found["pools"][0]
    assert (first["table"]["name"], first["table"]["by"]) == ("main", "treatment")
    assert [group["level"] for group in first["groups"]["groups"]] == ["Lenvatinib", "Sorafenib"]
    assert found["indirect"][0]["via"] == "placebo"
    assert found["indirect"][0]["estimate"]["mu"] == pytest.approx(-1.1105, abs=1e-3)
    assert {"group", "choice", "passed_over", "qualifiers"} <= set(first["table"]["rows"][0])


def test_sensitivity_marks_errors_as_such(evidence, planned: str) -> None:
    said = evidence("sensitivity", "main", "--root", planned)
    assert "Errors made elsewhere, shown to compare with and not as results:" in said.out
    assert "error: every interval read as 95 %" in said.out
    assert "error: pooled without the logarithm" in said.out


def test_every_way_of_single_arms_uses_their_own_measure(evidence, planned: str) -> None:
    said = evidence("sensitivity", "rash", "--compare", "lenvatinib", "--root", planned)
    assert "risk ratio" not in said.out


def test_the_report_has_the_plan_the_way_through_and_the_rest(evidence, planned: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert evidence("report", planned, "-o", str(page)).code == 0
    text = page.read_text(encoding="utf-8")
    assert '<h3 id="indirect">' in text and '<h3 id="others">' in text
    assert text.count('href="#indirect"') == 2  # in the contents, and in the summary
    assert "Rash: Lenvatinib against Sorafenib" in text
    assert "How far rounding lets each pooled mean reach" in text


def test_sensitivity_says_once_that_a_reading_changes_nothing(evidence, planned: str) -> None:
    said = evidence("sensitivity", "main", "--root", planned).out
    assert "  as-printed, repaired: as corrected, way by way" in said
    assert "\n  as-printed  " not in said


def test_what_gives_nothing_is_an_error_of_usage(evidence, planned: str) -> None:
    said = evidence("pool", "through", "--measure", "OR", "--root", planned)
    assert (said.code, said.out) == (2, "")
    assert "through gives nothing to pool in this way" in said.err
