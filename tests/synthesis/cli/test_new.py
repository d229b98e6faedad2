"""`evidence new`: what it writes is understood as it is, filled in, and never written over."""

import json
import re
from pathlib import Path

import pytest


@pytest.fixture
def started(evidence, tmp_path: Path) -> Path:
    """A review with one study, fresh from `new`."""
    folder = tmp_path / "thyroid"
    assert evidence("new", "review", str(folder)).code == 0
    assert evidence("new", "study", "smith-2019", "--root", str(folder)).code == 0
    return folder


def uncommented(text: str) -> str:
    """The scaffold with every example line taken in."""
    text = re.sub(r"^.*nothing copied yet.*\n", "", text, flags=re.MULTILINE)
    return re.sub(
        r"^#(?=\S| {2,}\S(?!.*\baccept:|.*\bprinted:))",
        "",
        text.partition("# An author's")[0],
        flags=re.MULTILINE,
    )


def test_a_new_review_lies_beside_its_schemas(started: Path) -> None:
    names = {file.name for file in started.iterdir()}
    assert names == {"review.yaml", "smith-2019.yaml", "study.schema.json", "review.schema.json"}


def test_what_is_new_is_understood(evidence, started: Path) -> None:
    said = evidence("validate", str(started))
    assert (said.code, said.out) == (0, "understood: smith-2019\n")


@pytest.mark.parametrize("command", [("audit",), ("report", "-o", "out.html"), ("effects", "--root")])
def test_everything_works_on_a_review_with_nothing_in_it(
    evidence, started: Path, command, monkeypatch
) -> None:
    monkeypatch.chdir(started.parent)
    assert evidence(*command, "thyroid").code == 0


def test_silence_of_the_audit_is_not_a_pass(evidence, started: Path) -> None:
    said = evidence("audit", str(started))
    assert "Nothing was printed that could be checked in: smith-2019" in said.out


def test_the_examples_in_the_scaffold_are_understood_too(evidence, started: Path) -> None:
    for name in ("review.yaml", "smith-2019.yaml"):
        text = (started / name).read_text(encoding="utf-8")
        (started / name).write_text(uncommented(text), encoding="utf-8")
    said = evidence("validate", str(started))
    assert (said.code, said.err) == (0, "")


def test_nothing_is_written_over(evidence, started: Path) -> None:
    (started / "smith-2019.yaml").write_text("mine", encoding="utf-8")
    said = evidence("new", "study", "smith-2019", "--root", str(started))
    assert said.code == 2
    assert "is there already and was left as it is" in said.err
    assert (started / "smith-2019.yaml").read_text(encoding="utf-8") == "mine"


def test_a_review_that_exists_is_left_alone(evidence, started: Path) -> None:
    before = (started / "review.yaml").read_bytes()
    assert evidence("new", "review", str(started)).code == 2
    assert (started / "review.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "hint"), [("Smith 2019", "smith-2019"), ("2019", "smith-2019"), ("../x", "x")]
)
def test_a_name_that_cannot_be_is_refused_with_one_that_can(
    evidence, started: Path, name: str, hint: str
) -> None:
    said = evidence("new", "study", name, "--root", str(started))
    assert said.code == 2
    assert f"such as {hint}" in said.err


def test_a_study_needs_a_review(evidence, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = evidence("new", "study", "smith-2019")
    assert said.code == 2
    assert "evidence new review" in said.err


def test_another_study_may_be_half_written(evidence, started: Path) -> None:
    (started / "smith-2019.yaml").write_text("study: [", encoding="utf-8")
    assert evidence("new", "study", "jones-2020", "--root", str(started)).code == 0


def test_it_answers_in_json(evidence, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = evidence("new", "review", "thyroid", "--format", "json")
    assert json.loads(said.out)["written"][0] == "thyroid/review.yaml"


def test_the_scaffold_uses_the_treatments_of_the_review(evidence, started: Path) -> None:
    text = (started / "smith-2019.yaml").read_text(encoding="utf-8")
    assert "{{" not in text
    assert "  comparator: {treatment: comparator, n: not-reported}" in text


def test_the_arms_asked_for_are_there(evidence, started: Path) -> None:
    said = evidence("new", "study", "jones-2020", "--root", str(started), "--arms", "comparator")
    text = (started / "jones-2020.yaml").read_text(encoding="utf-8")
    assert said.code == 0
    assert "kind: single-arm\n" in text
    assert "arms:\n  comparator: {treatment: comparator, n: not-reported}\n\n" in text
    assert evidence("validate", str(started)).code == 0


def test_arms_that_nobody_declared_are_refused_with_what_would_do(evidence, started: Path) -> None:
    asked = ("new", "study", "jones-2020", "--root", str(started), "--arms")
    assert "did you mean comparator?" in evidence(*asked, "comparater").err
    assert "selpercatinib: {label: selpercatinib}" in evidence(*asked, "selpercatinib").err
    assert "names no treatment" in evidence(*asked, ",").err
