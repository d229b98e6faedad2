"""What a review may plan: sides, qualifiers and groups, and how a wrong name is said."""

from pathlib import Path

import pytest

import evidence

REVIEW = """\
format: 1
review: made-up
treatments:
  active: {label: Active}
  other: {label: Other, synonyms: [ZX-1]}
  placebo: {label: Placebo, reference: true}
endpoints: {relapse: {kind: binary, better: lower, measure: RR}}
"""
STUDY = """\
format: 1
study: one
label: One
sources: {paper: {kind: paper}}
design: {kind: randomised-trial}
arms: {active: {treatment: active, n: 50}, placebo: {treatment: placebo, n: 52}}
sets: {safety: {n: {active: 49, placebo: 52}}}
cuts: {final: {date: 2020-01}}
subgroups: {sex: {women: {n: {active: 20, placebo: 22}}}}
outcomes:
  - {endpoint: relapse, where: T, results: {active: {events: 10}, placebo: {events: 20}}}
"""


def read(folder: Path, plan: str, top: str = ""):
    (folder / "review.yaml").write_text(f"{REVIEW}{top}syntheses:\n  a: {plan}\n", encoding="utf-8")
    (folder / "one.yaml").write_text(STUDY, encoding="utf-8")
    return evidence.read_review(folder)


def problems(folder: Path, plan: str, top: str = "") -> list[str]:
    with pytest.raises(evidence.StudyFileError) as caught:
        read(folder, plan, top)
    return [f"{p.line}:{p.column} {p.message}; {p.help}" for p in caught.value.problems]


@pytest.mark.parametrize(
    ("compare", "sides"),
    [
        ("active", (("active",),)),
        ("[active, placebo]", (("active",), ("placebo",))),
        ("[[active, other], placebo]", (("active", "other"), ("placebo",))),
        ("[any, placebo]", (("any",), ("placebo",))),
        ("[[active, other]]", (("active", "other"),)),
    ],
)
def test_a_side_is_a_treatment_or_several(tmp_path: Path, compare: str, sides) -> None:
    review = read(tmp_path, f"{{endpoint: relapse, compare: {compare}}}")
    assert review.syntheses["a"].compare == sides


def test_qualifiers_are_one_or_several(tmp_path: Path) -> None:
    plan = read(tmp_path, "{endpoint: relapse, compare: active, grade: 3+, set: [safety, none]}").syntheses[
        "a"
    ]
    assert (plan.grade, plan.set) == (("3+",), ("safety", "none"))


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("{endpoint: relaps, compare: active}", "unknown endpoint `relaps`; did you mean relapse?"),
        ("{endpoint: relapse, compare: [activ, placebo]}", "unknown treatment `activ`; did you mean active?"),
        ("{endpoint: relapse, compare: [ZX-1, placebo]}", "`ZX-1` is another name of other; write other"),
        ("{endpoint: relapse, compare: [active, [placebo, active]]}", "`active` stands here twice"),
        ("{endpoint: relapse, compare: [active, other, placebo]}", "compares two treatments"),
        ("{compare: active}", "`endpoint` is missing here"),
        ("{endpoint: relapse}", "`compare` is missing here"),
        ("{endpoint: relapse, compare: []}", "`compare` is missing here"),
        ("{endpoint: relapse, compare: [[any, active], placebo]}", "`any` stands alone on its side"),
        ("{endpoint: relapse, compare: [active, placebo], via: placebo}", "`placebo` stands here twice"),
        ("{endpoint: relapse, compare: active, by: sx}", "unknown subgroup factor `sx`: no study has it"),
        ("{endpoint: relapse, compare: active, by: treatmen}", "did you mean treatment?"),
        ("{endpoint: relapse, compare: active, set: safty}", "unknown set `safty`: no study has it"),
        ("{endpoint: relapse, compare: active, cut: finale}", "did you mean final?"),
        ("{endpoint: relapse, compare: active, assessor: centrall}", "did you mean central?"),
        ("{endpoint: relapse, compare: active, confirmed: maybe}", 'confirmed: "maybe"'),
        ("{endpoint: relapse, compare: active, leave_out: {on: x}}", "unknown study `on`"),
        ("{endpoint: relapse, compare: active, leave_out: {one/activ: x}}", "unknown arm `activ` of one"),
        ("{indirect: [a, b]}", "unknown synthesis `b`"),
        ("{indirect: [a]}", "`indirect` names two syntheses"),
        ("{indirect: [a, a], via: placebo}", "`via` cannot stand beside `indirect`"),
        ("{endpoint: relapse, compare: active, via: placebo}", "`via` needs two sides in `compare`"),
        ("{endpoint: relapse, compare: active, via: placbo}", "did you mean placebo?"),
        ("{endpoint: relapse, compare: active, by: sex, model: peto}", "groups are not pooled by peto"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_said_with_what_would_do(tmp_path: Path, plan: str, said: str) -> None:
    found = problems(tmp_path, plan)
    assert any(said in one for one in found), found


def test_a_wrong_name_is_said_where_it_stands(tmp_path: Path) -> None:
    found = problems(tmp_path, "{endpoint: relapse, compare: active, by: sx}")
    assert found[0].startswith("9:47 ")


def test_a_preference_for_what_no_study_has_is_a_warning(tmp_path: Path) -> None:
    review = read(tmp_path, "{endpoint: relapse, compare: active}", "prefer: {cut: [update, final]}\n")
    assert [w.message for w in review.warnings] == ["unknown cut `update`: no study has it"]


def test_a_study_that_cannot_be_read_hides_no_plan(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text("study: [", encoding="utf-8")
    assert not any("subgroup factor" in one for one in problems(tmp_path, "{endpoint: relapse, by: line}"))
