"""Policies on empty cells, from a study file to the row, with metafor's numbers."""

import json
from math import isnan, log
from pathlib import Path

import numpy as np
import pytest

import synthesis
from evidence import read_review
from evidence.measures import get
from synthesis.cli.asking import ZEROS as OFFERED
from synthesis.errors import SynthesisError
from synthesis.zero_policies import ZEROS, options
from tests.synthesis.test_effect_rows import REVIEW, STUDY, relapse

ORACLES = Path(__file__).parents[1] / "oracles"
METAFOR = {("only0", False): "one-half", ("none", False): "none", ("only0", True): "drop"}


def table(folder: Path, active: int, placebo: int, **asked: str):
    (folder / "review.yaml").write_text(REVIEW, encoding="utf-8")
    entry = relapse(f"events: {active}", f"events: {placebo}")
    (folder / "one.yaml").write_text(STUDY + entry, encoding="utf-8")
    return synthesis.effects(read_review(folder), "relapse", compare=("active", "placebo"), **asked)


def test_the_treatment_arm_correction_is_sweeting_s_by_hand(tmp_path: Path) -> None:
    row = table(tmp_path, 0, 4, measure="OR", zeros="treatment-arm").rows[0]
    one, other = 50 / 102, 52 / 102
    cells = (one, 50 + one, 4 + other, 48 + other)
    assert row.yi == pytest.approx(log(cells[0] * cells[3] / (cells[1] * cells[2])), abs=1e-12)
    assert row.vi == pytest.approx(sum(1 / cell for cell in cells), rel=1e-12)
    assert "its arm's share of the people was added to each cell" in row.notes[0]


@pytest.mark.parametrize("zeros", ZEROS)
@pytest.mark.parametrize("measure", ["OR", "RR", "RD", "AS", "PETO"])
def test_no_policy_touches_a_study_without_an_empty_cell(tmp_path: Path, measure: str, zeros: str) -> None:
    usual, row = (table(tmp_path, 2, 4, measure=measure, **z).rows[0] for z in ({}, {"zeros": zeros}))
    assert (row.yi, row.vi, row.notes) == (usual.yi, usual.vi, usual.notes)


def test_nothing_is_added_and_the_row_says_why_it_has_no_estimate(tmp_path: Path) -> None:
    row = table(tmp_path, 0, 4, zeros="none").rows[0]
    assert isnan(row.yi)
    assert row.notes == ("not estimable: a cell is empty and nothing is added to it (0/50 and 4/52)",)


@pytest.mark.parametrize(
    ("measure", "zeros", "k"), [("RD", "one-half", 1), ("RD", "drop", 0), ("OR", "one-half", 0)]
)
def test_what_happens_to_a_study_without_any_event(tmp_path: Path, measure: str, zeros: str, k: int) -> None:
    found = table(tmp_path, 0, 0, measure=measure, zeros=zeros)
    assert (found.k, found.zeros) == (k, zeros)
    assert k or found.rows[0].notes == ("not estimable: no events in either arm",)


def test_an_unknown_policy_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SynthesisError, match="one-half"):
        table(tmp_path, 0, 4, zeros="half")


def test_the_command_line_offers_every_policy() -> None:
    assert OFFERED == ZEROS


def test_a_plan_says_the_policy_and_what_is_asked_goes_before_it(tmp_path: Path) -> None:
    plan = "syntheses: {main: {endpoint: relapse, compare: [active, placebo], zeros: treatment-arm}}\n"
    (tmp_path / "review.yaml").write_text(REVIEW.rstrip() + "\n" + plan, encoding="utf-8")
    (tmp_path / "one.yaml").write_text(STUDY + relapse("events: 0", "events: 4"), encoding="utf-8")
    review = read_review(tmp_path)
    assert synthesis.effects(review, "main").zeros == "treatment-arm"
    assert synthesis.effects(review, "main", zeros="drop").zeros == "drop"


def _cases():
    for path in sorted(ORACLES.glob("escalc_dat.*.json")):
        oracle = json.loads(path.read_text(encoding="utf-8"))
        for entry in oracle["expected"]:
            args = entry["args"]
            zeros = METAFOR.get((args.get("to"), args.get("drop00")))
            if zeros and args["add"] == 0.5 and args["measure"] in ("OR", "RR", "RD"):
                yield pytest.param(oracle["input"], entry, zeros, id=f"{path.stem}-{entry['id']}")


@pytest.mark.parametrize(("columns", "entry", "zeros"), list(_cases()))
def test_policies_are_metafor_s(columns, entry, zeros: str) -> None:
    measure = get(entry["args"]["measure"])
    found = measure.effect(*(columns[name] for name in measure.inputs), **options(zeros, measure))
    for ours, name in zip(found, ("yi", "vi"), strict=True):
        expected = np.array(entry["result"][name], dtype=float)
        np.testing.assert_allclose(ours, expected, rtol=1e-10, atol=1e-13)
