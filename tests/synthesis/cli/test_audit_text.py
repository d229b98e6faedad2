"""`evidence audit --text`: results in prose, from a file or from standard input."""

import io
import json
import sys
from pathlib import Path

import pytest

ABSTRACT = "Background\nThe response was higher (t(58)=2.31, p=.003) in 12/24 (50%) of them.\n"


@pytest.fixture
def abstract(tmp_path: Path) -> str:
    file = tmp_path / "abstract.txt"
    file.write_text(ABSTRACT, encoding="utf-8")
    return str(file)


def test_a_finding_is_shown_where_it_stands(evidence, abstract: str) -> None:
    said = evidence("audit", "--text", abstract)
    assert said.code == 1
    assert f"--> {abstract}:2:40" in said.out
    lines = said.out.splitlines()
    line = next(i for i, text in enumerate(lines) if text.startswith("2 | The response"))
    assert lines[line].index(".003") == lines[line + 1].index("^^^^")


def test_no_study_file_is_spoken_of_where_there_is_none(evidence, abstract: str) -> None:
    said = evidence("audit", "--text", abstract)
    assert "corrected:" not in said.out
    assert said.out.endswith("The rule behind a finding: evidence explain CODE\n")


def test_json_has_line_and_column(evidence, abstract: str) -> None:
    said = evidence("audit", "--text", abstract, "--format", "json")
    first = json.loads(said.out)["findings"][0]
    assert said.code == 1
    assert (first["code"], first["file"], first["line"], first["col"]) == ("AUD301", abstract, 2, 40)
    assert (first["reported"], first["quotes"]) == (".003", ["t(58)=2.31, p=.003"])


def test_standard_input_is_a_text_too(evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("χ2＝5.794，P＜0.05".encode())))
    said = evidence("audit", "--text", "-", "--format", "text")
    assert said.code == 0
    assert said.out.startswith("stdin: 1 agree, 0 errors")


def test_a_text_without_results_says_so(evidence, tmp_path: Path) -> None:
    file = tmp_path / "poem.txt"
    file.write_text("Nothing here.", encoding="utf-8")
    said = evidence("audit", "--text", str(file))
    assert said.code == 0
    assert "Nothing was printed that could be checked in: poem.txt" in said.out


def test_rules_are_selected_as_ever(evidence, abstract: str) -> None:
    said = evidence("audit", "--text", abstract, "--ignore", "AUD301")
    assert (said.code, "AUD301" in said.out, "AUD104" in said.out) == (0, False, True)


def test_a_text_and_study_files_are_refused_together(evidence, abstract: str, studies: str) -> None:
    assert evidence("audit", studies, "--text", abstract).code == 2


def test_a_missing_text_is_refused(evidence) -> None:
    said = evidence("audit", "--text", "nothing-here.txt")
    assert said.code == 2
    assert "there is no file nothing-here.txt" in said.err


def test_a_long_line_is_shown_around_the_number(evidence, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("word " * 400 + "t(58)=2.31, p=.003 " + "word " * 400, encoding="utf-8")
    said = evidence("audit", "--text", str(file))
    shown = next(line for line in said.out.splitlines() if line.startswith("1 | "))
    caret = said.out.splitlines()[said.out.splitlines().index(shown) + 1]
    assert len(shown) < 180
    assert shown.index(".003") == caret.index("^")


def test_several_texts_are_each_audited_alone(evidence, abstract: str, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    other = folder / "other.txt"
    other.write_text("(HR 0.59, 95% CI 0.45-0.76; p=0.34)", encoding="utf-8")
    for arguments in (("--text", abstract, str(other)), ("--text", abstract, "--text", str(other))):
        said = evidence("audit", *arguments, "--format", "json")
        findings = json.loads(said.out)["findings"]
        assert said.code == 1
        assert {f["file"] for f in findings if f["severity"] == "error"} == {abstract, str(other)}


def test_one_text_given_twice_is_audited_once(evidence, abstract: str) -> None:
    once, twice = evidence("audit", "--text", abstract), evidence("audit", "--text", abstract, abstract)
    assert twice.out == once.out


@pytest.mark.parametrize("format_", ["text", "concise", "json", "sarif", "github", "junit", "md"])
@pytest.mark.parametrize("text", ["", "\n", "No numbers at all."])
def test_nothing_to_check_is_no_fault_in_any_format(
    evidence, monkeypatch: pytest.MonkeyPatch, text: str, format_: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert evidence("audit", "--text", "-", "--format", format_).code == 0


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"one\ncaf\xe9 t(3) = 4", "2:4", "the byte 0xE9 is not UTF-8"),
        (b"one\n\ntwo \x00 three", "3:5", "a NUL byte"),
        (b"%PDF-1.4\n", "1:1", "the file is a PDF"),
        (b"PK\x03\x04...", "1:1", "the file is a zip archive"),
        ("t(3) = 4".encode("utf-16"), "1:1", "the file is UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_where_that_shows(
    evidence, tmp_path: Path, data: bytes, place: str, message: str
) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(data)
    said = evidence("audit", "--text", str(file))
    assert said.code == 2
    assert said.err.startswith(f"{file}:{place}: {message}")


def test_a_folder_and_a_study_file_are_no_texts(evidence, abstract: str, tmp_path: Path) -> None:
    study = tmp_path / "smith-2019.yaml"
    study.write_text("study: smith-2019\n", encoding="utf-8")
    assert "is a folder" in evidence("audit", "--text", str(tmp_path)).err
    said = evidence("audit", str(study), "--text", abstract)
    assert (said.code, "not both" in said.err) == (2, True)


def test_a_text_of_another_system_keeps_its_lines(evidence, tmp_path: Path) -> None:
    file = tmp_path / "dos.txt"
    file.write_bytes("\ufeffone\r\ntwo (t(58)=2.31, p=.003)\r\n".encode())
    assert f"--> {file}:2:20" in evidence("audit", "--text", str(file)).out
