"""What a planned synthesis makes of its studies: sides, groups, shared arms, and who may meet."""

from math import log
from pathlib import Path

import pytest

import evidence
import synthesis
from synthesis.errors import PoolingError, SynthesisError
from synthesis.estimating import tables
from synthesis.planning import grouped, pooled
from synthesis.table import in_brief

REVIEW = """\
format: 1
review: made-up
treatments:
  low: {label: Low, class: drug}
  high: {label: High, class: drug}
  seeds: {label: Seeds, class: brachytherapy}
  placebo: {label: Placebo, reference: true}
endpoints:
  response: {label: Response, kind: binary, better: higher, measure: RR}
  pain: {label: Pain, kind: continuous, better: lower, measure: MD}
  progression: {label: Progression, kind: time-to-event, better: higher, measure: HR}
"""
STUDY = """\
format: 1
study: %s
label: %s
sources: {paper: {kind: paper}}
design: {kind: %s}
"""


@pytest.fixture
def write(tmp_path: Path):
    """A review of made-up studies: `write(plans, study=(design, rest), ...)`."""

    def made(plans: str, **studies: tuple[str, str]):
        plan = "".join(f"  {line}\n" for line in plans.splitlines() if line)
        text = REVIEW + (f"syntheses:\n{plan}" if plan else "")
        (tmp_path / "review.yaml").write_text(text, encoding="utf-8")
        for name, (design, rest) in studies.items():
            head = STUDY % (name, name.capitalize(), design)
            (tmp_path / f"{name}.yaml").write_text(head + rest, encoding="utf-8")
        return evidence.read_review(tmp_path)

    return made


def arms(**given: tuple[str, int]) -> str:
    inside = ", ".join(f"{key}: {{treatment: {t}, n: {n}}}" for key, (t, n) in given.items())
    return f"arms: {{{inside}}}\n"


def counts(words: str = "", **events: int) -> str:
    inside = ", ".join(f"{arm}: {{events: {e}}}" for arm, e in events.items())
    return f"outcomes: [{{endpoint: response, where: T{words}, results: {{{inside}}}}}]\n"


def hazards(*effects: str) -> str:
    return f"outcomes: [{{endpoint: progression, where: T, effects: [{', '.join(effects)}]}}]\n"


def hr(first: str, versus: str, estimate: str, more: str = "") -> str:
    return f"{{measure: HR, compare: [{first}, {versus}], estimate: {estimate}, ci95: [0.1, 0.9]{more}}}"


def trial(a: int, c: int, treatment: str = "low", words: str = "") -> str:
    return arms(a=(treatment, 50), c=("placebo", 50)) + counts(words, a=a, c=c)


def alone(events: int, treatment: str = "low", n: int = 40, words: str = "") -> str:
    return arms(a=(treatment, n)) + counts(words, a=events)


RCT, COHORT, SINGLE = "randomised-trial", "cohort", "single-arm"


# --- sides --------------------------------------------------------------------------------------------------


def test_any_stands_for_every_treatment_but_references(write) -> None:
    review = write("a: {endpoint: response, compare: [any, placebo]}", x=(RCT, trial(20, 10)),
                   z=(RCT, trial(22, 9, "seeds")))  # fmt: skip
    table = synthesis.effects(review, "a")
    assert table.compare_labels == ("Active treatment", "Placebo")
    assert [row.study for row in table.rows] == ["x", "z"]


def test_several_treatments_on_a_side_can_be_asked_for_without_a_plan(write) -> None:
    review = write("", x=(RCT, trial(20, 10)), z=(RCT, trial(22, 9, "high")))
    for compare in [(("low", "high"), "placebo"), ("low+high", "placebo"), ("any", "placebo")]:
        assert [r.study for r in synthesis.effects(review, "response", compare=compare).rows] == ["x", "z"]


def test_a_treatment_that_is_not_there_is_named(write) -> None:
    review = write("", x=(RCT, trial(20, 10)))
    with pytest.raises(SynthesisError, match="unknown treatment 'hihg'.*did you mean high"):
        synthesis.effects(review, "response", compare=("low+hihg", "placebo"))


THREE = arms(a=("low", 50), b=("high", 60), c=("placebo", 70))


def test_two_arms_of_one_side_are_one_group_so_that_the_control_enters_once(write) -> None:
    review = write("a: {endpoint: response, compare: [[low, high], placebo]}",
                   x=(RCT, THREE + counts(a=20, b=30, c=14)))  # fmt: skip
    row = synthesis.effects(review, "a").rows[0]
    assert [(arm.arm, arm.events, arm.n) for arm in row.arms] == [("a+b", 50, 110), ("c", 14, 70)]
    assert row.yi == pytest.approx(log(50 / 110 / (14 / 70)), abs=1e-12)
    assert "a and b are taken together as one group" in row.notes
    assert row.people == ("x/a", "x/b", "x/c")


def test_means_of_arms_taken_together_are_those_of_all_their_people(write) -> None:
    values = "{a: {mean: 5, sd: 2}, b: {mean: 8, sd: 3}, c: {mean: 9, sd: 2}}"
    outcome = f"outcomes: [{{endpoint: pain, unit: points, where: T, results: {values}}}]\n"
    review = write("a: {endpoint: pain, compare: [[low, high], placebo]}", x=(RCT, THREE + outcome))
    arm = synthesis.effects(review, "a").rows[0].arms[0]
    assert (arm.n, arm.mean) == (110, pytest.approx((50 * 5 + 60 * 8) / 110, abs=1e-12))
    whole = ((49 * 4 + 59 * 9 + 50 * 60 / 110 * 9) / 109) ** 0.5
    assert arm.sd == pytest.approx(whole, abs=1e-12)


def test_printed_effects_cannot_be_taken_together_so_one_enters_and_says_so(write) -> None:
    effects = hazards(hr("a", "c", "0.5"), hr("b", "c", "0.4"))
    review = write("a: {endpoint: progression, compare: [[low, high], placebo]}", x=(RCT, THREE + effects))
    row = synthesis.effects(review, "a").rows[0]
    assert row.yi == pytest.approx(log(0.5), abs=1e-12)
    assert "of a against c only: rows of the other arms would share one of these" in row.notes
    assert row.passed_over[0].startswith("HR 0.4")


def test_an_effect_printed_of_both_arms_together_comes_before_one_of_them(write) -> None:
    effects = hazards(hr("a", "c", "0.5"), hr("[a, b]", "c", "0.45"))
    review = write("a: {endpoint: progression, compare: [[low, high], placebo]}", x=(RCT, THREE + effects))
    assert synthesis.effects(review, "a").rows[0].yi == pytest.approx(log(0.45), abs=1e-12)


# --- groups -------------------------------------------------------------------------------------------------


def test_by_treatment_each_drug_has_its_pool_beside_that_of_all(write) -> None:
    plan = "a: {endpoint: response, compare: [any, placebo], by: treatment}"
    review = write(plan, x=(RCT, trial(20, 10)), z=(RCT, trial(22, 9)), zz=(RCT, trial(30, 9, "high")))
    table = synthesis.effects(review, "a")
    found = grouped(review, table)
    assert [(g.level, g.k) for g in found.groups] == [("Low", 2), ("High", 1)]
    assert found.overall.mu == pooled(review, table).mu


def test_by_treatment_a_shared_control_enters_once(write) -> None:
    plan = "a: {endpoint: response, compare: [any, placebo], by: treatment}"
    review = write(plan, x=(RCT, THREE + counts(a=20, b=30, c=14)), z=(RCT, trial(22, 9)))
    table = synthesis.effects(review, "a")
    assert [(row.study, row.group) for row in table.rows] == [("x", "Low"), ("z", "Low")]
    assert table.left_out[0].reason == "High: Placebo is in the row of Low already, and enters once"


def test_dose_arms_of_one_treatment_are_one_row_of_single_arms(write) -> None:
    two = arms(mg200=("low", 16), mg300=("low", 15)) + counts(mg200=2, mg300=2)
    review = write("a: {endpoint: response, compare: any, by: treatment}", x=(RCT, two), z=(SINGLE, alone(9)))
    table = synthesis.effects(review, "a")
    assert [(r.arms[0].events, r.arms[0].n) for r in table.rows] == [(4, 31), (9, 40)]
    assert "mg200 and mg300 are taken together as one group" in table.rows[0].notes


def test_arms_of_unlike_treatments_are_rows_of_their_own_and_share_nobody(write) -> None:
    two = arms(a=("low", 40), b=("high", 40)) + counts(a=10, b=20)
    review = write("a: {endpoint: response, compare: any}", x=(COHORT, two), z=(COHORT, alone(9)))
    table = synthesis.effects(review, "a")
    assert [row.label for row in table.rows] == ["X, Low", "X, High", "Z"]
    assert pooled(review, table).k == 3


def test_rows_that_share_an_arm_are_never_pooled_as_independent(write) -> None:
    from dataclasses import replace

    review = write("a: {endpoint: response, compare: [any, placebo]}", x=(RCT, trial(20, 10)))
    table = synthesis.effects(review, "a")
    twice = replace(table, rows=(table.rows[0], replace(table.rows[0], label="again")))
    with pytest.raises(PoolingError, match="share participants.*x/a, x/c"):
        synthesis.pool(twice)


LEVELS = (
    "subgroups: {line: {first: {n: {a: 30, c: 30}}, later: {n: {a: 20, c: 20}}}}\n"
    "outcomes:\n"
    "  - endpoint: progression\n    where: T\n"
    "    effects: [{measure: HR, compare: [a, c], estimate: 0.5, ci95: [0.3, 0.8]}]\n"
    "    by_subgroup:\n"
    "      first: {effects: [{measure: HR, compare: [a, c], estimate: 0.4, ci95: [0.2, 0.8]}]}\n"
    "      later: {effects: [{measure: HR, compare: [a, c], estimate: 0.6, ci95: [0.3, 1.2]}]}\n"
)


def test_levels_of_a_factor_stand_without_the_whole_they_are_of(write) -> None:
    both = arms(a=("low", 50), c=("placebo", 50))
    review = write("a: {endpoint: progression, compare: [any, placebo], by: line}",
                   x=(RCT, both + LEVELS), z=(RCT, both + hazards(hr("a", "c", "0.7"))))  # fmt: skip
    table = synthesis.effects(review, "a")
    assert [(row.label, row.arms[0].n) for row in table.rows] == [("X, First", 30), ("X, Later", 20)]
    assert table.rows[0].people == ("x/a#first", "x/c#first")
    assert [(left.study, left.reason) for left in table.left_out] == [("z", "does not report it by line")]


def test_without_that_factor_the_whole_stands_alone(write) -> None:
    both = arms(a=("low", 50), c=("placebo", 50))
    review = write("a: {endpoint: progression, compare: [any, placebo]}", x=(RCT, both + LEVELS))
    assert [row.yi for row in synthesis.effects(review, "a").rows] == [pytest.approx(log(0.5), abs=1e-12)]


# --- who may meet -------------------------------------------------------------------------------------------


def meeting(write, plan: str, *found: tuple[str, str]):
    names = ("x", "z", "v")
    review = write(plan, **dict(zip(names, found, strict=False)))
    return synthesis.effects(review, "a")


@pytest.mark.parametrize(("designs", "may"), [("", False), (", designs: [cohort, randomised-trial]", True)])
def test_randomised_and_other_results_meet_only_where_the_plan_names_both(
    write, designs: str, may: bool
) -> None:
    plan = f"a: {{endpoint: response, compare: [any, placebo]{designs}}}"
    table = meeting(write, plan, (RCT, trial(20, 10)), (COHORT, trial(22, 9)))
    assert table.pooled is may
    said = table.notes[0] if may else table.reason
    assert "results of unlike designs (X randomised; Z non-randomised, crude)" in said


@pytest.mark.parametrize(("adjusted", "may"), [("", False), (", adjusted: [adjusted, none]", True)])
def test_adjusted_and_crude_results_meet_only_where_the_plan_names_both(
    write, adjusted: str, may: bool
) -> None:
    both = arms(a=("low", 50), c=("placebo", 50))
    plan = f"a: {{endpoint: progression, compare: [any, placebo]{adjusted}}}"
    first = both + hazards(hr("a", "c", "0.5", ", adjusted: [age]"))
    table = meeting(write, plan, (COHORT, first), (COHORT, both + hazards(hr("a", "c", "0.6"))))
    assert table.pooled is may


def test_nodes_and_patients_never_meet(write) -> None:
    sets = "sets: {nodes: {counts: nodes, n: {a: 40}, clustered_in: patients}}\n"
    nodes = arms(a=("seeds", 18)) + sets + counts(", set: nodes", a=25)
    plan = "a: {endpoint: response, compare: seeds}"
    table = meeting(write, plan, (SINGLE, nodes), (SINGLE, alone(9, "seeds")))
    assert [row.label for row in table.rows] == ["Z"]
    assert [(one.label, one.reason) for one in table.left_out] == [
        ("X", "counts nodes where the others count patients")
    ]


def test_nodes_keep_to_themselves_where_nothing_is_planned(write) -> None:
    sets = "sets: {nodes: {counts: nodes, n: {a: 40}, clustered_in: patients}}\n"
    nodes = arms(a=("seeds", 18)) + sets + counts(", set: nodes", a=25)
    review = write("", x=(SINGLE, nodes), z=(SINGLE, alone(9, "seeds")))
    table = synthesis.effects(review, "response", compare=("seeds",))
    assert not table.pooled
    assert "results that count unlike things (X nodes; Z patients)" in (table.reason or "")


def test_means_in_unlike_units_never_meet(write) -> None:
    def mean(unit: str) -> str:
        values = "{a: {mean: 5, sd: 2}, c: {mean: 9, sd: 2}}"
        both = arms(a=("low", 50), c=("placebo", 50))
        return f"{both}outcomes: [{{endpoint: pain, unit: {unit}, where: T, results: {values}}}]\n"

    table = meeting(
        write, "a: {endpoint: pain, compare: [any, placebo]}", (RCT, mean("mm")), (RCT, mean("cm"))
    )
    assert table.reason == "results in unlike units (X mm; Z cm)"


@pytest.mark.parametrize(("grade", "k", "notes"), [("3+", 1, 0), ("[3+, 3-4]", 2, 1)])
def test_grades_meet_only_where_the_plan_names_both(write, grade: str, k: int, notes: int) -> None:
    plan = f"a: {{endpoint: response, compare: [any, placebo], grade: {grade}}}"
    table = meeting(
        write, plan, (RCT, trial(20, 10, words=", grade: 3+")), (RCT, trial(22, 9, words=", grade: 3-4"))
    )
    assert (table.k, len(table.notes)) == (k, notes)


def test_unlike_times_that_a_plan_takes_together_are_said(write) -> None:
    plan = "a: {endpoint: response, compare: any}"
    table = meeting(write, plan, (SINGLE, alone(9, words=", at: 6 months")), (SINGLE, alone(8)))
    assert table.pooled
    assert table.notes == (
        "By the plan, results of unlike timepoints (X at 6 months; Z time not stated) are taken together",
    )


OVERLAP = "overlaps: [{study: x, certainty: %s, because: same hospital}]\n"


@pytest.mark.parametrize(("certainty", "k"), [("certain", 1), ("likely", 1), ("excluded", 2)])
def test_people_never_enter_twice(write, certainty: str, k: int) -> None:
    plan = "a: {endpoint: response, compare: any}"
    table = meeting(write, plan, (SINGLE, alone(9)), (SINGLE, alone(8) + OVERLAP % certainty))
    assert table.k == k
    assert all("shares people with x" in left.reason for left in table.left_out)


def test_a_study_may_enter_where_the_one_it_overlaps_gives_nothing(write) -> None:
    plan = "a: {endpoint: response, compare: any}"
    other = arms(a=("low", 40)) + hazards()
    table = meeting(write, plan, (SINGLE, other), (SINGLE, alone(8) + OVERLAP % "certain"))
    assert [row.study for row in table.rows] == ["z"]


def test_an_arm_may_be_left_out(write) -> None:
    two = arms(dtc=("low", 32), mtc=("low", 27)) + counts(dtc=8, mtc=6)
    plan = "a: {endpoint: response, compare: any, leave_out: {x/mtc: medullary}}"
    table = meeting(write, plan, (SINGLE, two))
    assert [(arm.arm, arm.n) for arm in table.rows[0].arms] == [("dtc", 32)]


# --- what is not planned ------------------------------------------------------------------------------------


def names(review) -> list[str]:
    return [table.key for table in tables(review)[0]]


def test_what_a_synthesis_answers_is_not_asked_again(write) -> None:
    two = {"x": (RCT, trial(20, 10)), "z": (RCT, trial(22, 9))}
    plain, planned = write("", **two), write("a: {endpoint: response, compare: [any, placebo]}", **two)
    assert names(plain) == ["response-low-placebo"]
    assert names(planned) == ["a"]


def test_single_arms_that_a_synthesis_holds_are_not_shown_again_side_by_side(write) -> None:
    two = {
        "x": (SINGLE, alone(9)),
        "z": (SINGLE, alone(8)),
        "zz": (COHORT, arms(a=("high", 40)) + counts(a=3)),
    }
    assert "response-low" in names(write("", **two))
    planned = write("a: {endpoint: response, compare: [low], designs: [single-arm]}", **two)
    assert names(planned) == ["a"]


def test_arms_of_a_reference_are_not_set_side_by_side(write) -> None:
    two = {"x": (RCT, trial(20, 10)), "z": (RCT, trial(22, 9, "high"))}
    assert names(write("", **two)) == ["response-low-placebo", "response-high-placebo"]


def test_a_graded_event_is_a_comparison_of_its_own(write) -> None:
    review = write("", x=(RCT, trial(20, 10, words=", grade: 3+")))
    found = tables(review)[0]
    assert [(t.key, t.endpoint_label) for t in found] == [
        ("response-grade-3+-low-placebo", "Response, grade 3+")
    ]


def test_studies_left_out_for_one_reason_stand_in_one_line(write) -> None:
    single = {name: (SINGLE, alone(9)) for name in ("p", "q", "r")}
    review = write("a: {endpoint: response, compare: [any, placebo]}", x=(RCT, trial(20, 10)), **single)
    brief = in_brief(synthesis.effects(review, "a").left_out)
    assert [(one.label, one.reason) for one in brief] == [("3 studies", "compare other treatments")]


def test_a_synthesis_asked_for_tells_of_nothing_beside_it(write) -> None:
    review = write(
        "a: {endpoint: response, compare: [any, placebo]}",
        x=(RCT, trial(20, 10)),
        w=(SINGLE, alone(9)),
    )
    made, unused = tables(review, endpoint="a")
    assert [table.name for table in made] == ["a"]
    assert unused == ()


def test_a_plan_may_set_results_side_by_side(write) -> None:
    plan = "a: {endpoint: response, compare: any, pooled: false}"
    table = meeting(write, plan, (SINGLE, alone(30)), (SINGLE, alone(8)))
    assert table.reason == "the plan sets these results side by side"
    assert table.notes[0].startswith("Were 30/40 and 8/40 arms of one trial, Fisher's exact p")


def test_what_is_printed_of_everybody_comes_before_the_sum_of_the_arms(write) -> None:
    two = "total: 31\n" + arms(mg200=("low", 16), mg300=("low", 15))
    results = "{mg200: {percent: 12}, mg300: {percent: 13}, all: {events: 5}}"
    outcome = f"outcomes: [{{endpoint: response, where: T, results: {results}}}]\n"
    review = write("a: {endpoint: response, compare: any}", x=(RCT, two + outcome))
    (arm,) = synthesis.effects(review, "a").rows[0].arms
    assert (arm.arm, arm.events, arm.n) == ("mg200+mg300", 5, 31)


def test_comparisons_of_a_study_of_three_arms_say_that_they_share_some(write) -> None:
    review = write("", x=(RCT, THREE + counts(a=20, b=30, c=14)), z=(RCT, trial(20, 10)))
    rows = synthesis.effects(review, "response", compare=("low", "placebo")).rows
    said = "of a study of 3 arms: its comparisons share arms and are not independent"
    assert [said in row.notes for row in rows] == [True, False]
    together = synthesis.effects(review, "response", compare=("low+high", "placebo")).rows[0]
    assert said not in together.notes
