"""`evidence explain`, `evidence rules`, and the options of `evidence audit` that are about rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from evidence import rules


def test_explain_says_everything_a_page_holds(evidence) -> None:
    said = evidence("explain", "AUD103")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("AUD103 percent-attainable: percentage attainable\nSeverity: error\n")
    for part in ("This passes:", "This does not:", "Formula: ", "False alarms: ", "Reference: "):
        assert part in said.out
    assert "error[AUD103] 77.79 % of 78 is no whole number of people" in said.out


def test_explain_takes_names_and_several_rules(evidence) -> None:
    said = evidence("explain", "percent-attainable", "YML010", "--format", "json")
    assert [rule["code"] for rule in json.loads(said.out)["rules"]] == ["AUD103", "YML010"]


def test_explain_suggests_the_nearest(evidence) -> None:
    said = evidence("explain", "percent-atainable")
    assert (said.code, said.out) == (2, "")
    assert "did you mean AUD103 (percent-attainable)?" in said.err


@pytest.mark.parametrize("code", rules.codes())
def test_every_rule_can_be_explained(evidence, code: str) -> None:
    said = evidence("explain", code)
    assert said.code == 0
    assert all(line == line.rstrip() and line.isprintable() for line in said.out.splitlines())


def test_rules_has_a_line_for_every_rule(evidence) -> None:
    lines = evidence("rules").out.splitlines()
    assert [line.split()[0] for line in lines] == list(rules.codes())


def test_rules_can_be_narrowed(evidence) -> None:
    codes = [line.split()[0] for line in evidence("rules", "--select", "src").out.splitlines()]
    assert codes == [code for code in rules.codes() if code.startswith("SRC")]


def test_rules_as_markdown_has_a_heading_for_every_rule_that_links_can_name(evidence, tmp_path: Path) -> None:
    file = tmp_path / "rules.md"
    assert evidence("rules", "--format", "md", "-o", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    assert text.count("\n## ") == len(rules.codes())
    assert '<a id="rule-AUD103"></a>' in text


def test_rules_as_json_holds_the_pages(evidence) -> None:
    found = json.loads(evidence("rules", "--format", "json").out)["rules"]
    assert [rule["code"] for rule in found] == list(rules.codes())
    assert all(rule["failing"]["said"] and rule["what"] and rule["why"] for rule in found)


# ---- --select and --ignore


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_an_error_with_the_nearest(evidence, studies: str, option: str) -> None:
    said = evidence("audit", studies, option, "AUD1,ADU3")
    assert (said.code, said.out) == (2, "")
    assert f"{option}: no rule's code begins with ADU3; did you mean AUD3? [CFG901]" in said.err


def test_no_code_at_all_is_an_error(evidence, studies: str) -> None:
    assert "[CFG901]" in evidence("audit", studies, "--select", " , ").err


# ---- formats and baselines


@pytest.mark.parametrize("name", ["sarif", "github", "junit", "md"])
def test_audit_writes_every_format(evidence, studies: str, name: str, repository: Path) -> None:
    said = evidence("audit", studies, "--format", name)
    assert said.code == 1
    assert "77.79" in said.out
    assert str(repository) not in said.out


def written(evidence: Any, studies: str, tmp_path: Path, *options: str) -> str:
    file = str(tmp_path / "known.json")
    said = evidence("audit", studies, "--write-baseline", file, *options)
    assert said.code == 0
    assert said.out.startswith(f"wrote {file}: ")
    return file


def test_a_review_held_against_its_own_baseline_passes(evidence, studies: str, tmp_path: Path) -> None:
    file = written(evidence, studies, tmp_path)
    known = len(json.loads(Path(file).read_text(encoding="utf-8"))["findings"])
    said = evidence("audit", studies, "--baseline", file, "--fail-on", "note")
    assert said.code == 0
    assert f"Of these, {known} findings in the baseline {file} and 0 new." in said.out
    assert "77.79" in said.out and "error[" not in said.out
    assert f"{known} in the baseline" in said.out


def test_a_new_finding_fails(evidence, studies: str, tmp_path: Path) -> None:
    file = written(evidence, studies, tmp_path, "--ignore", "AUD103")
    said = evidence("audit", studies, "--baseline", file)
    assert said.code == 1
    assert " and 1 new." in said.out
    assert said.out.count("error[") == 1


def test_what_is_gone_from_a_baseline_is_counted(evidence, studies: str, tmp_path: Path) -> None:
    file = Path(written(evidence, studies, tmp_path))
    document = json.loads(file.read_text(encoding="utf-8"))
    document["findings"].append({**document["findings"][0], "fingerprint": "00000000"})
    file.write_text(json.dumps(document), encoding="utf-8")
    assert "; 1 of the baseline no longer found" in evidence("audit", studies, "--baseline", str(file)).out


def test_other_studies_and_rules_are_not_gone(evidence, studies: str, tmp_path: Path) -> None:
    file = written(evidence, studies, tmp_path)
    said = evidence("audit", f"{studies}/chen-2025.yaml", "--baseline", file, "--select", "AUD1")
    assert "no longer found" not in said.out


def test_json_tells_what_was_known(evidence, studies: str, tmp_path: Path) -> None:
    file = written(evidence, studies, tmp_path)
    found = json.loads(evidence("audit", studies, "--baseline", file, "--format", "json").out)["findings"]
    assert {f["settled"]["how"] for f in found if f["severity"] == "error"} == {"in the baseline"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]"])
def test_another_file_is_no_baseline(evidence, studies: str, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(content)
    said = evidence("audit", studies, "--baseline", str(file))
    assert said.code == 2
    assert f"{file}: this is no baseline" in said.err


def test_a_missing_baseline_is_one_sentence(evidence, studies: str, tmp_path: Path) -> None:
    said = evidence("audit", studies, "--baseline", str(tmp_path / "none.json"))
    assert (said.code, said.out) == (2, "")
    assert "No such file" in said.err


def test_accepted_and_unused_acceptances_are_shown(evidence, studies: str, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "studies"
    shutil.copytree(studies, folder)
    file = folder / "gansu-2024.yaml"
    entries = [("AUD103", "77.79", "as printed"), ("AUD104", "56.10", "no such finding")]
    lines = [f'  - {{code: {code}, was: "{was}", because: {why}}}' for code, was, why in entries]
    file.write_text(file.read_text(encoding="utf-8") + "\n".join(["accept:", *lines, ""]), encoding="utf-8")
    out = evidence("audit", str(file)).out
    assert "settled  line 100" in out and "(accepted: as printed)" in out
    assert "warning[CFG903] no finding AUD104 about 56.10 was met" in out
