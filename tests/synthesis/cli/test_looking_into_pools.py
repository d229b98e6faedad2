"""`evidence regress`, `evidence diagnose` and `evidence pool --by`, on a small review."""

import json
from pathlib import Path

import pytest

from synthesis.characteristics import CHARACTERISTICS
from synthesis.cli.commands.diagnose import DIAGNOSTICS

REVIEW = """\
format: 1
review: made-up
treatments:
  drug: {label: Drug}
  placebo: {label: Placebo, reference: true}
endpoints:
  pain: {label: Pain, kind: binary, better: lower, measure: RR}
"""
STUDY = """\
format: 1
study: {0}
label: Trial {0}
sources: {{paper: {{kind: paper, year: {1}}}}}
design: {{kind: randomised-trial, blinding: {2}{5}}}
arms: {{a: {{treatment: drug, n: 100}}, c: {{treatment: placebo, n: 100}}}}
outcomes:
  - {{endpoint: pain, where: T, results: {{a: {{events: {3}}}, c: {{events: {4}}}}}}}
"""
TRIALS = [
    ("aa", 2001, "double", 20, 40, ", country: Peru"),
    ("bb", 2005, "double", 25, 41, ""),
    ("cc", 2011, "none", 30, 38, ", country: Chile"),
    ("dd", 2015, "none", 36, 42, ", country: Chile"),
    ("ee", 2021, "none", 38, 40, ", country: Peru"),
]


@pytest.fixture
def root(tmp_path: Path) -> str:
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for trial in TRIALS:
        (tmp_path / f"{trial[0]}.yaml").write_text(STUDY.format(*trial), encoding="utf-8")
    return str(tmp_path)


def test_effects_are_regressed_on_the_year(evidence, root):
    said = evidence("regress", "pain", "--on", "year", "--root", root)
    assert said.code == 0
    assert "Meta-regression, 5 studies, 2 coefficients" in said.out
    assert "all moderators together: chi-square" in said.out


def test_the_regression_as_json_takes_words_and_the_choices_of_models(evidence, root):
    said = evidence(
        *("regress", "pain", "--on", "year,blinding", "--tau2", "PM", "--interval", "Wald"),
        *("--format", "json", "--root", root),
    )
    told = json.loads(said.out)["regression"]
    assert told["names"] == ["intercept", "year", "blinding[none]"]
    assert len(told["p"]) == 3
    assert (told["tau2_method"], told["interval_method"]) == ("PM", "Wald")


def test_products_of_characteristics_are_terms(evidence, root):
    said = evidence("regress", "pain", "--on", "year*blinding", "--root", root)
    assert "year:blinding[none]" in said.out


@pytest.mark.parametrize(
    ("on", "message"),
    [
        ("country", "country is not stated by: Trial bb"),
        ("yeer", "unknown characteristic 'yeer'"),
        ("design", "moderator design has a single level, 'randomised trial'"),
    ],
)
def test_what_cannot_be_regressed_on_is_said(evidence, root, on, message):
    said = evidence("regress", "pain", "--on", on, "--root", root)
    assert said.code == 2
    assert message in said.err


def test_the_usual_diagnostics_come_without_being_named(evidence, root):
    said = evidence("diagnose", "pain", "--root", root)
    assert said.code == 0
    assert said.out.index("leave-one-out") < said.out.index("influence") < said.out.index("small-study")
    assert "not done: Egger's regression test needs at least 10 studies" in said.out


@pytest.mark.parametrize("what", DIAGNOSTICS)
def test_every_diagnostic_can_be_asked_for(evidence, root, what):
    said = evidence("diagnose", "pain", what, "--format", "json", "--root", root)
    assert said.code == 0
    told = json.loads(said.out)
    assert list(told["diagnostics"]) == [what]
    assert told["pool"]["k"] == 5


def test_a_test_of_small_studies_can_be_chosen(evidence, root):
    said = evidence("diagnose", "pain", "small-study", "--test", "begg", "--least", "3", "--root", root)
    assert "Begg and Mazumdar's rank test, 5 studies" in said.out


def test_an_unknown_diagnostic_is_refused_with_the_nearest(evidence, root):
    said = evidence("diagnose", "pain", "influenze", "--root", root)
    assert said.code == 2
    assert "Did you mean influence?" in said.err


@pytest.mark.parametrize("name", CHARACTERISTICS)
def test_pools_can_be_grouped_by_every_characteristic(evidence, root, name):
    assert evidence("pool", "pain", "--by", name, "--root", root).code == 0


def test_groups_stand_beside_the_pool_with_their_test(evidence, root):
    said = evidence("pool", "pain", "--by", "blinding", "--root", root)
    assert "Double" in said.out
    assert "groups differ: chi-square" in said.out
    told = json.loads(evidence("pool", "pain", "--by", "country", "--format", "json", "--root", root).out)
    levels = {group["level"] for group in told["pools"][0]["groups"]["groups"]}
    assert levels == {"Peru", "Chile", "country not stated"}
