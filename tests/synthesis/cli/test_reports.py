"""Reports from the command line: what changed since, numbers as files, verifying, letters."""

import shutil
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def review(first_two: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "studies"
    shutil.copytree(first_two, folder)
    return folder


def test_a_report_verifies_until_a_file_changes(evidence: Any, review: Path, tmp_path: Path) -> None:
    made = str(tmp_path / "report.html")
    assert evidence("report", str(review), "-o", made).code == 0
    assert "byte for byte (3 files)" in evidence("verify", made, "--root", str(review)).out
    file = review / "gansu-2024.yaml"
    file.write_text(file.read_text("utf-8").replace("89.02", "89.03"), encoding="utf-8")
    said = evidence("verify", made, "--root", str(review))
    assert (said.code, "gansu-2024.yaml has changed" in said.out) == (1, True)


def test_a_report_says_what_changed_since_another(evidence: Any, review: Path, tmp_path: Path) -> None:
    old, new = str(tmp_path / "old.html"), str(tmp_path / "new.html")
    evidence("report", str(review), "-o", old)
    (review / "chen-2025.yaml").unlink()
    plan = review / "review.yaml"
    plan.write_text(plan.read_text("utf-8").replace("focus: [chen-2025, ", "focus: ["), encoding="utf-8")
    assert evidence("report", str(review), "-o", new, "--since", old).code == 0
    assert "Studies no longer included" in Path(new).read_text("utf-8")
    assert evidence("verify", new, "--root", str(review), "--since", old).code == 0
    said = evidence("verify", new, "--root", str(review))
    assert (said.code, "name it with --since" in said.err) == (2, True)


def test_the_numbers_are_written_beside(evidence: Any, review: Path, tmp_path: Path) -> None:
    folder = tmp_path / "numbers"
    evidence("report", str(review), "-o", str(tmp_path / "r.html"), "--data", str(folder))
    assert sorted(file.name for file in folder.iterdir()) == [
        "findings.csv", "numbers.csv", "report.json", "results.csv",
    ]  # fmt: skip


def test_nothing_is_written_where_the_numbers_cannot_be(evidence: Any, review: Path, tmp_path: Path) -> None:
    page, file = tmp_path / "r.html", tmp_path / "taken"
    file.write_text("", encoding="utf-8")
    said = evidence("report", str(review), "-o", str(page), "--data", str(file))
    assert (said.code, page.exists()) == (2, False)
    assert "taken is no folder to write to" in said.err


@pytest.mark.parametrize("text", [b"\xff\xfe", b"no report", b""])
def test_what_is_no_report_is_refused_in_a_sentence(evidence: Any, tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "other.html"
    file.write_bytes(text)
    said = evidence("verify", str(file))
    assert said.code == 2
    assert "report" in said.err
    assert "Traceback" not in said.err


def test_a_report_that_is_not_there_is_refused(evidence: Any, review: Path, tmp_path: Path) -> None:
    for command in (["verify", "gone.html"], ["report", str(review), "--since", "gone.html"]):
        said = evidence(*command)
        assert (said.code, "gone.html was not read" in said.err) == (2, True)


def test_the_sheet_and_the_letter_are_text(evidence: Any, studies: str, tmp_path: Path) -> None:
    assert "71.79 for 77.79" in evidence("sheet", "--root", studies).out
    file = tmp_path / "letter.md"
    assert evidence("letter", "gansu-2024", "--root", studies, "-o", str(file)).code == 0
    assert "Your reply:" in file.read_text("utf-8")


def test_a_letter_about_an_unknown_study_is_answered_with_a_guess(evidence: Any, studies: str) -> None:
    said = evidence("letter", "gansu", "--root", studies)
    assert (said.code, "did you mean gansu-2024?" in said.err) == (2, True)
