"""What each command says of the two real studies."""

import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def broken(tmp_path: Path, first_two: Path) -> Path:
    """The two real studies, one of them with two slips."""
    folder = tmp_path / "studies"
    shutil.copytree(first_two, folder)
    file = folder / "gansu-2024.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("{percent: 89.02}", "{percant: 89.02}", 1).replace("kind: cohort", "kind: cohrt", 1)
    file.write_text(text, encoding="utf-8")
    return folder


def test_validate_names_the_studies_it_understood(evidence, studies: str) -> None:
    said = evidence("validate", studies)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("understood: ")
    assert "chen-2025" in said.out and "gansu-2024" in said.out


def test_validate_shows_every_problem_at_its_place(evidence, broken: Path) -> None:
    said = evidence("validate", str(broken))
    assert (said.code, said.out) == (2, "")
    assert f"{broken}/gansu-2024.yaml:9:9: " in said.err
    assert "did you mean cohort?" in said.err
    assert "did you mean percent?" in said.err
    assert "2 problems in 1 file" in said.err


def test_validate_gives_problems_as_json(evidence, broken: Path) -> None:
    said = evidence("validate", str(broken), "--format", "json")
    assert (said.code, said.err) == (2, "")
    problems = json.loads(said.out)["error"]["problems"]
    assert [problem["slug"] for problem in problems] == ["not-allowed", "unknown-key"]


def test_validate_of_one_file_does_not_speak_of_another(evidence, broken: Path) -> None:
    said = evidence("validate", str(broken / "chen-2025.yaml"))
    assert (said.code, said.out) == (0, "understood: chen-2025\n")
    assert "percant" not in said.err


def test_validate_of_the_broken_file_fails(evidence, broken: Path) -> None:
    assert evidence("validate", str(broken / "gansu-2024.yaml")).code == 2


def test_a_missing_file_is_suggested(evidence, studies: str) -> None:
    said = evidence("audit", f"{studies}/chen-2052.yaml")
    assert said.code == 2
    assert "Did you mean chen-2025.yaml?" in said.err


def test_audit_finds_the_impossible_percentage_and_exits_with_1(evidence, studies: str) -> None:
    said = evidence("audit", studies, "--format", "concise")
    assert said.code == 1
    assert any("gansu-2024.yaml" in line and "77.79" in line for line in said.out.splitlines())


def test_audit_of_one_study_is_about_that_study(evidence, studies: str) -> None:
    said = evidence("audit", f"{studies}/chen-2025.yaml", "--format", "json")
    assert {finding["study"] for finding in json.loads(said.out)["findings"]} == {"chen-2025"}


def test_audit_can_be_told_never_to_fail(evidence, studies: str) -> None:
    assert evidence("audit", studies, "--fail-on", "never").code == 0


def test_audit_selects_and_ignores_rules(evidence, studies: str) -> None:
    chosen = evidence("audit", studies, "--select", "AUD1", "--format", "json", "--fail-on", "never")
    codes = {finding["code"] for finding in json.loads(chosen.out)["findings"]}
    assert codes and all(code.startswith("AUD1") for code in codes)
    rest = evidence("audit", studies, "--ignore", "AUD1", "--format", "json", "--fail-on", "never")
    assert not any(f["code"].startswith("AUD1") for f in json.loads(rest.out)["findings"])


def test_audit_writes_its_ledger_to_a_file(evidence, studies: str, tmp_path: Path) -> None:
    said = evidence("audit", studies, "-o", str(tmp_path / "audit.txt"))
    assert (said.code, said.out) == (1, "")
    assert "77.79" in (tmp_path / "audit.txt").read_text(encoding="utf-8")


def test_effects_shows_the_response_of_both_arms(evidence, studies: str) -> None:
    said = evidence("effects", "objective-response", "--compare", "anlotinib,sorafenib", "--root", studies)
    assert said.code == 0
    assert "73/82" in said.out and "58/78" in said.out


def test_effects_without_an_endpoint_says_what_is_in_no_table(evidence, studies: str) -> None:
    document = json.loads(evidence("effects", "--root", studies, "--format", "json").out)
    assert document["tables"] and document["unused"]
    assert all(item["reason"] for item in document["unused"])


def test_an_unknown_endpoint_is_suggested(evidence, studies: str) -> None:
    said = evidence("pool", "objective-respones", "--root", studies)
    assert said.code == 2
    assert "objective-response" in said.err


def test_pool_says_what_was_applied(evidence, studies: str) -> None:
    said = evidence("pool", "objective-response", "--compare", "anlotinib,sorafenib", "--root", studies)
    assert said.code == 0
    assert "1 study" in said.out


def test_pool_says_what_the_audit_says_of_its_numbers(evidence, studies: str) -> None:
    said = evidence("pool", "any-adverse-event", "--compare", "anlotinib,sorafenib", "--root", studies)
    assert "Gansu 2024: error[AUD103] 77.79 % of 78 is no whole number" in said.out


def test_pool_takes_another_measure_and_level(evidence, studies: str) -> None:
    options = ["--measure", "OR", "--level", "90", "--format", "json", "--root", studies]
    said = evidence("pool", "objective-response", "--compare", "anlotinib,sorafenib", *options)
    pool = json.loads(said.out)["pools"][0]["pool"]
    assert (pool["measure"], pool["level"]) == ("OR", 90.0)


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
def test_plot_forest_writes_the_format_of_the_suffix(
    evidence, studies: str, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"orr.{suffix}"
    options = ["--compare", "anlotinib,sorafenib", "--root", studies, "-o", str(file)]
    said = evidence("plot", "forest", "objective-response", *options)
    assert (said.code, said.out) == (0, f"wrote {file}: 1 study\n")
    assert file.read_bytes()[:5] in (b"<svg ", b"%PDF-", b"\x89PNG\r", b"<?xml")


def test_report_says_where_it_is(evidence, studies: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    said = evidence("report", studies, "-o", str(page))
    assert said.code == 0
    assert said.out.startswith(f"wrote {page}: 2 studies")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_report_into_a_missing_folder_is_one_sentence(evidence, studies: str, tmp_path: Path) -> None:
    said = evidence("report", studies, "-o", str(tmp_path / "nowhere" / "report.html"))
    assert said.code == 2
    assert "there is no folder" in said.err


def test_schema_lists_keys_with_what_they_mean(evidence) -> None:
    said = evidence("schema")
    assert said.code == 0
    assert any(line.startswith("arms (required): ") for line in said.out.splitlines())


@pytest.mark.parametrize("file", ["study", "review"])
def test_schema_as_json_is_the_file_beside_the_studies(evidence, repository: Path, file: str) -> None:
    said = evidence("schema", file, "--format", "json")
    assert said.out == (repository / "studies" / f"{file}.schema.json").read_text(encoding="utf-8")


COMMANDS = [
    ("audit", "studies"),
    ("audit", "studies", "--format", "json"),
    ("effects", "--root", "studies"),
    ("pool", "--root", "studies", "--format", "json"),
    ("report", "studies", "-o", "-"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_same_bytes_in_another_place_and_time(process, repository: Path, tmp_path: Path, command) -> None:
    shutil.copytree(repository / "studies", tmp_path / "studies")
    first = process(*command, cwd=repository, TZ="UTC", LANG="C", PYTHONHASHSEED="1")
    second = process(*command, cwd=tmp_path, TZ="Asia/Tokyo", LANG="de_DE.UTF-8", PYTHONHASHSEED="2")
    assert first.code in (0, 1)
    assert first == second


def test_pool_takes_every_choice_of_the_model(evidence, studies: str) -> None:
    options = [
        "--interval",
        "KR",
        "--prediction",
        "HTS",
        "--tau2-interval",
        "J",
        "--tau2",
        "0.1",
        "--explain",
    ]
    said = evidence("pool", "objective-response", "--root", studies, *options)
    assert said.code == 0
    assert "One study was available; its own 95 % Wald interval is given." in said.out


def test_pool_lists_the_choices_of_the_registries(evidence) -> None:
    said = evidence("pool", "--help").out
    for key in ("GENQM", "Henmi-Copas", "KR(df-1)", "PL-ML", "sample-size"):
        assert key in "".join(said.split()).replace("-\n", "-")


def test_a_method_that_does_not_exist_is_answered_with_those_that_do(evidence, studies: str) -> None:
    said = evidence("pool", "objective-response", "--root", studies, "--tau2-interval", "QP")
    assert said.code == 2
    assert "choose Q-profile, BJ, J" in " ".join(said.err.split())


def test_an_endpoint_without_any_effect_says_why_wherever_it_is_asked_for(first_two: Path) -> None:
    from click.testing import CliRunner

    from synthesis.cli.program import PROGRAM

    root = ["--root", str(first_two)]
    for command in (["pool", "overall-survival"], ["effects", "overall-survival"]):
        said = CliRunner().invoke(PROGRAM, [*command, *root]).output
        assert "Chen 2025   Overall survival  Overall survival: prints medians and a test" in said
    drawn = CliRunner().invoke(PROGRAM, ["plot", "forest", "overall-survival", *root], standalone_mode=False)
    assert "no study gives an effect on overall-survival that could be drawn" in str(drawn.exception)
    assert "Gansu 2024: Overall survival" in str(drawn.exception)
