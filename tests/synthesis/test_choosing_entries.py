"""Which entry of a study is taken, why, and what is passed over."""

from itertools import permutations
from pathlib import Path

import pytest

import evidence
import synthesis

REVIEW = """\
format: 1
review: made-up
treatments:
  active: {label: Active}
  placebo: {label: Placebo, reference: true}
endpoints:
  response: {label: Response, kind: binary, better: higher, measure: RR}
  progression: {label: Progression, kind: time-to-event, better: higher, measure: HR}
  rash: {label: Rash, kind: binary, better: lower, measure: RR, windows: {6 months: [5 months, 7 months]}}
"""
STUDY = """\
format: 1
study: one
label: One
sources: {paper: {kind: paper}, review: {kind: secondary}}
design: {kind: %s}
arms: {active: {treatment: active, n: 50}, placebo: {treatment: placebo, n: 50}}
sets: {safety: {n: {active: 49, placebo: 49}}}
cuts: {primary: {date: 2020-01}, update: {date: 2021-01}}
outcomes:
"""
HR = """\
  - endpoint: progression
    where: T
    %s
    effects: [{measure: HR, compare: [active, placebo], estimate: %s, ci95: [0.2, 0.9]%s}]
"""
COUNTS = "  - {endpoint: %s, where: T, %s, results: {active: {events: %s}, placebo: {events: 20}}}\n"
ONLY = "{endpoint: %s, compare: [active, placebo]%s}"


def row(
    folder: Path, entries: str, endpoint: str = "progression", plan: str = "", prefer: str = "", **options
):
    review = REVIEW + (f"prefer: {prefer}\n" if prefer else "")
    review += f"syntheses: {{a: {ONLY % (endpoint, plan)}}}\n"
    (folder / "review.yaml").write_text(review, encoding="utf-8")
    design = options.pop("design", "randomised-trial")
    (folder / "one.yaml").write_text(STUDY % design + entries, encoding="utf-8")
    table = synthesis.effects(evidence.read_review(folder), "a", **options)
    return table.rows[0] if table.rows else table.left_out[0]


def text(found) -> str:
    return found.inputs[0].text


TWO_ASSESSORS = HR % ("assessor: investigator", "0.31", "") + HR % ("assessor: independent", "0.42", "")


def test_without_a_preference_the_first_of_the_file_is_taken_and_that_is_said(tmp_path: Path) -> None:
    found = row(tmp_path, TWO_ASSESSORS)
    assert text(found) == "0.31"
    assert "nothing is preferred between investigator and independent" in found.choice


def test_the_preferred_assessor_is_taken_and_the_other_shown(tmp_path: Path) -> None:
    found = row(tmp_path, TWO_ASSESSORS, prefer="{assessor: [independent, investigator]}")
    assert text(found) == "0.42"
    assert found.choice == "independent comes before investigator"
    assert found.passed_over == (
        "HR 0.31 (0.2 to 0.9, 95 %), investigator: independent comes before investigator",
    )


def test_a_plan_prefers_before_its_review(tmp_path: Path) -> None:
    plan = ", prefer: {assessor: [investigator]}"
    assert text(row(tmp_path, TWO_ASSESSORS, plan=plan, prefer="{assessor: [independent]}")) == "0.31"


def test_a_plan_may_ask_for_an_assessor_alone(tmp_path: Path) -> None:
    found = row(tmp_path, TWO_ASSESSORS, plan=", assessor: independent")
    assert (text(found), found.passed_over) == ("0.42", ())


def test_what_is_asked_for_and_not_there_is_a_reason(tmp_path: Path) -> None:
    found = row(tmp_path, HR % ("assessor: investigator", "0.31", ""), plan=", assessor: independent")
    assert found.reason == "reports it otherwise (investigator)"


TWO_CUTS = HR % ("cut: primary", "0.31", "") + HR % ("cut: update", "0.42", "")


def test_the_preferred_data_cut_is_taken(tmp_path: Path) -> None:
    found = row(tmp_path, TWO_CUTS, prefer="{cut: [update, primary]}")
    assert (text(found), found.choice) == ("0.42", "update comes before primary")


def test_an_assessor_is_settled_before_a_cut(tmp_path: Path) -> None:
    entries = HR % ("assessor: independent\n    cut: primary", "0.31", "")
    entries += HR % ("assessor: investigator\n    cut: update", "0.42", "")
    found = row(tmp_path, entries, prefer="{cut: [update], assessor: [independent]}")
    assert text(found) == "0.31"


@pytest.mark.parametrize(
    ("extra", "plan", "taken"),
    [
        (", adjusted: [age]", "", "0.31"),
        (", adjusted: [age]", ", prefer: {adjusted: [adjusted, none]}", "0.42"),
        (", adjusted: [age]", ", adjusted: adjusted", "0.42"),
        (", crossover: RPSFTM", "", "0.31"),
        (", crossover: RPSFTM", ", crossover: RPSFTM", "0.42"),
        (", crossover: RPSFTM", ", prefer: {crossover: [RPSFTM]}", "0.42"),
    ],
)
def test_effects_as_allocated_and_unadjusted_come_first_unless_the_plan_says_so(
    tmp_path: Path, extra: str, plan: str, taken: str
) -> None:
    entries = HR % ("assessor: central", "0.31", "") + HR % ("assessor: central", "0.42", extra)
    assert text(row(tmp_path, entries, plan=plan)) == taken


def test_an_effect_adjusted_for_crossover_says_so(tmp_path: Path) -> None:
    found = row(tmp_path, HR % ("assessor: central", "0.42", ", crossover: RPSFTM"))
    assert "adjusted for crossover by RPSFTM" in found.notes


def test_the_source_listed_first_is_taken(tmp_path: Path) -> None:
    entries = HR % ("source: review", "0.31", "") + HR % ("source: paper", "0.42", "")
    found = row(tmp_path, entries)
    assert (text(found), found.choice) == ("0.42", "its source is listed later")


def test_a_certain_grade_is_never_taken_for_any(tmp_path: Path) -> None:
    found = row(tmp_path, COUNTS % ("rash", "grade: 3+", 10), "rash")
    assert found.reason == "reports it otherwise (grade 3+)"


@pytest.mark.parametrize(
    ("plan", "events"),
    [("", 30.0), (", grade: any", 30.0), (", grade: 3+", 10.0), (", grade: [3-4, 3+]", 10.0)],
)
def test_a_plan_names_the_grade(tmp_path: Path, plan: str, events: float) -> None:
    entries = COUNTS % ("rash", "grade: 3+", 10) + COUNTS % ("rash", "grade: any", 30)
    assert row(tmp_path, entries, "rash", plan).arms[0].events == events


@pytest.mark.parametrize(("preferred", "events"), [("[true]", 12.0), ("[false]", 15.0), ("[none]", 18.0)])
def test_confirmed_and_unconfirmed_responses_are_told_apart(
    tmp_path: Path, preferred: str, events: float
) -> None:
    entries = COUNTS % ("response", "confirmed: true", 12) + COUNTS % ("response", "confirmed: false", 15)
    entries += COUNTS % ("response", "criteria: RECIST 1.0", 18)
    found = row(tmp_path, entries, "response", f", prefer: {{confirmed: {preferred}}}")
    assert found.arms[0].events == events


@pytest.mark.parametrize(("preferred", "events"), [("RECIST 1.1", 12.0), ("RECIST 1.0", 15.0)])
def test_the_preferred_criteria_are_taken(tmp_path: Path, preferred: str, events: float) -> None:
    entries = COUNTS % ("response", "criteria: RECIST 1.1", 12)
    entries += COUNTS % ("response", "criteria: RECIST 1.0", 15)
    found = row(tmp_path, entries, "response", prefer=f"{{criteria: [{preferred}]}}")
    assert found.arms[0].events == events


def test_the_preferred_set_is_taken_with_its_n(tmp_path: Path) -> None:
    entries = COUNTS % ("rash", "criteria: x", 10) + COUNTS % ("rash", "set: safety", 11)
    found = row(tmp_path, entries, "rash", prefer="{set: [safety]}")
    assert (found.arms[0].events, found.arms[0].n) == (11, 49)


def test_a_time_within_the_window_is_the_time_asked_for(tmp_path: Path) -> None:
    entries = COUNTS % ("rash", "at: 12 months", 10) + COUNTS % ("rash", "at: 24 weeks", 11)
    assert row(tmp_path, entries, "rash", ", at: 6 months").arms[0].events == 11


def test_counts_come_before_a_printed_ratio_of_the_same_entry(tmp_path: Path) -> None:
    entry = COUNTS % ("response", "assessor: central", 30)
    effect = ", effects: [{measure: RR, compare: [active, placebo], estimate: 1.5, ci95: [1.1, 2.2]}]}\n"
    found = row(tmp_path, entry.replace("}\n", effect), "response")
    assert found.route == "counts"
    assert found.passed_over == ("RR 1.5 (1.1 to 2.2, 95 %): counts and means come before printed effects",)


def test_a_single_entry_passes_nothing_over(tmp_path: Path) -> None:
    found = row(tmp_path, HR % ("cut: primary", "0.31", ""))
    assert (found.choice, found.passed_over) == ("", ())


ARM = "  - {endpoint: response, where: %s, %s, results: {%s: {events: %s}}}\n"


def test_arms_printed_in_two_places_are_brought_together(tmp_path: Path) -> None:
    entries = ARM % ("A", "id: first", "active", 30) + ARM % ("B", "id: second", "placebo", 20)
    found = row(tmp_path, entries, "response")
    assert [(arm.events, arm.n) for arm in found.arms] == [(30, 50), (20, 50)]
    assert found.where == "A; B"


def test_of_two_sources_of_an_arm_the_one_listed_first_is_taken(tmp_path: Path) -> None:
    entries = ARM % ("R", "source: review", "active", 31) + ARM % ("P", "source: paper", "placebo", 20)
    entries += ARM % ("Q", "source: paper, id: other", "active", 30)
    assert row(tmp_path, entries, "response").arms[0].events == 30


def test_arms_under_unlike_qualifiers_are_not_brought_together(tmp_path: Path) -> None:
    entries = ARM % ("A", "cut: primary", "active", 30) + ARM % ("B", "cut: update", "placebo", 20)
    assert row(tmp_path, entries, "response").reason.endswith("prints no counts or percentages of both arms")


def test_a_place_that_holds_both_arms_stands_as_it_is(tmp_path: Path) -> None:
    entries = COUNTS % ("response", "id: both", 30) + ARM % ("B", "source: review", "active", 31)
    found = row(tmp_path, entries, "response")
    assert (found.arms[0].events, found.where, found.passed_over) == (30, "T", ())


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_what_preferences_settle_does_not_hang_on_the_order_of_the_file(tmp_path: Path, order) -> None:
    four = [
        HR % ("assessor: independent\n    cut: update", "0.41", ""),
        HR % ("assessor: investigator\n    cut: update", "0.42", ""),
        HR % ("assessor: independent\n    cut: primary", "0.43", ""),
        HR % ("assessor: independent\n    cut: update", "0.44", ", adjusted: [age]"),
    ]
    prefer = "{assessor: [independent, investigator], cut: [update, primary]}"
    found = row(
        tmp_path,
        "".join(four[i].replace("where: T", f"where: T\n    id: e{i}") for i in order),
        prefer=prefer,
    )
    assert text(found) == "0.41"
    assert sorted(one.partition(": ")[2] for one in found.passed_over) == [
        "independent comes before investigator",
        "unadjusted comes before adjusted",
        "update comes before primary",
    ]
