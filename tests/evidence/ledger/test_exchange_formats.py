"""SARIF, GitHub, JUnit and Markdown: valid where there is a schema, safe where there is none, and stable."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from evidence import ledger
from evidence.auditing import audit
from evidence.claims import Place
from evidence.findings import Audit, Finding, Range, Settled
from evidence.loading import read_review
from evidence.review import Review
from evidence.values import Source, reported

SCHEMA = Path(__file__).parents[2] / "oracles" / "sarif" / "sarif-schema-2.1.0.json"
PLACE = Place("smith-2019", "smith-2019/response", "response", "Response", where="p. 7")
NAMES = ("sarif", "github", "junit", "md")


def number(text: str, field: str, line: int, file: str = "smith-2019.yaml"):
    return reported(text, f"smith-2019/response/{field}", Source(file, line, 10, 10 + len(text)))


WRONG = Finding(
    "AUD301",
    "p-follows-from-statistic",
    "inconsistent",
    "t = 2.31 has p 0.0242, not P = 0.003",
    (number("0.003", "p", 4), number("2.31", "t", 4)),
    PLACE,
    severity="error",
    recomputed=Range(0.0242, 0.0245, 0.02481),
    details=("two-sided",),
)
ODD = replace(WRONG, code="AUD317", severity="warning", message="100 % | <b>a</b>, 5:\n`x` \x07 *y*")
UNSURE = replace(WRONG, code="AUD103", verdict="not-checkable", severity="note", message="n is not printed")
FINE = replace(WRONG, code="AUD103", verdict="consistent", severity="none", message="50.0 % is 4 of 8")
ACCEPTED = replace(WRONG, settled=Settled("accepted", "the authors confirm", "RR"))
KNOWN = replace(WRONG, settled=Settled("in the baseline", ""))
AUDIT = Audit((WRONG, ODD, UNSURE, FINE))


@pytest.fixture(scope="module")
def review(first_two: Path) -> Review:
    return read_review(first_two)


@pytest.fixture(scope="module")
def real(review: Review) -> Audit:
    return audit(review)


def sarif(found: Audit, root: str = "") -> dict[str, Any]:
    log: dict[str, Any] = json.loads(ledger.get("sarif")(found, {}, root))
    return log


def results(found: Audit, root: str = "") -> list[dict[str, Any]]:
    return list(sarif(found, root)["runs"][0]["results"])


def validate(log: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)


# ---- SARIF


@pytest.mark.parametrize(
    "found", [AUDIT, Audit(()), Audit((ACCEPTED, KNOWN))], ids=["some", "none", "settled"]
)
def test_sarif_is_valid(found: Audit) -> None:
    validate(sarif(found))


def test_sarif_of_the_real_studies_is_valid(real: Audit) -> None:
    validate(sarif(real, "studies"))


def test_the_schema_would_find_a_fault() -> None:
    log = sarif(AUDIT)
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        validate(log)


def test_sarif_has_no_agreements_and_three_levels() -> None:
    assert [result["level"] for result in results(AUDIT)] == ["error", "warning", "note"]


def test_sarif_places_a_number_by_line_and_characters() -> None:
    place = results(AUDIT, "studies")[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "studies/smith-2019.yaml"
    assert place["region"] == {"startLine": 4, "startColumn": 10, "endColumn": 15}


@pytest.mark.parametrize("root", ["studies", "./studies/", "/home/ada/studies", "."])
def test_sarif_names_files_relatively(root: str) -> None:
    places = [result["locations"][0]["physicalLocation"] for result in results(AUDIT, root)]
    for place in places:
        assert place["artifactLocation"]["uri"] in ("studies/smith-2019.yaml", "smith-2019.yaml")


def test_an_odd_file_name_is_a_valid_uri() -> None:
    odd = replace(WRONG, about=(number("0.003", "p", 4, "smith 2019 é.yaml"),))
    place = results(Audit((odd,)))[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "smith%202019%20%C3%A9.yaml"


def test_a_fingerprint_stays_when_lines_move_and_differs_for_twins() -> None:
    moved = replace(WRONG, about=(number("0.003", "p", 40), number("2.31", "t", 40)))
    (before,), (after,) = results(Audit((WRONG,))), results(Audit((moved,)))
    assert before["partialFingerprints"] == after["partialFingerprints"]
    one, two = (result["partialFingerprints"] for result in results(Audit((WRONG, WRONG))))
    assert one != two


def test_sarif_explains_every_rule_it_names(real: Audit) -> None:
    run = sarif(real)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert len(rule["help"]["text"]) > 100


def test_sarif_knows_a_rule_without_a_page() -> None:
    foreign = replace(WRONG, code="XYZ999", slug="of-another-kind")
    log = sarif(Audit((foreign,)))
    validate(log)
    assert log["runs"][0]["tool"]["driver"]["rules"][0]["name"] == "OfAnotherKind"


def test_what_is_accepted_is_suppressed_with_its_reason() -> None:
    (result,) = results(Audit((ACCEPTED,)))
    assert result["suppressions"] == [{"kind": "inSource", "justification": "the authors confirm"}]


def test_what_was_known_is_unchanged() -> None:
    (result,) = results(Audit((KNOWN,)))
    assert (result["baselineState"], "suppressions" in result) == ("unchanged", False)


# ---- GitHub


def test_github_has_a_command_for_every_finding() -> None:
    first, second, third = ledger.get("github")(AUDIT, {}, "studies").splitlines()
    assert first == (
        "::error file=studies/smith-2019.yaml,line=4,col=10,endColumn=15,"
        "title=AUD301 p-follows-from-statistic::t = 2.31 has p 0.0242, not P = 0.003"
    )
    assert second.startswith("::warning ") and third.startswith("::notice ")


def test_github_escapes_what_ends_a_command() -> None:
    line = ledger.get("github")(Audit((ODD,)), {}).splitlines()[0]
    assert line.endswith("::100 %25 | <b>a</b>, 5:%0A`x` \x07 *y*")
    comma = replace(WRONG, about=(number("0.003", "p", 4, "a,b:c.yaml"),))
    assert "file=a%2Cb%3Ac.yaml," in ledger.get("github")(Audit((comma,)), {})


def test_github_shows_what_is_settled_as_a_notice() -> None:
    line = ledger.get("github")(Audit((ACCEPTED,)), {})
    assert line.startswith("::notice ") and "(accepted: the authors confirm)" in line


# ---- JUnit


def junit(found: Audit) -> ElementTree.Element:
    return ElementTree.fromstring(ledger.get("junit")(found, {}, "studies"))


def test_junit_fails_errors_and_skips_what_cannot_be_checked() -> None:
    (suite,) = junit(AUDIT)
    assert [[child.tag for child in case] for case in suite] == [
        ["failure"],
        ["system-out"],
        ["skipped"],
        ["system-out"],
    ]
    assert {key: suite.attrib[key] for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "0",
        "skipped": "1",
    }


def test_junit_says_what_failed() -> None:
    (failure,) = junit(AUDIT).iter("failure")
    assert failure.attrib == {"type": "AUD301", "message": "t = 2.31 has p 0.0242, not P = 0.003"}
    assert "printed 0.003; recomputed 0.0242 to 0.0248" in (failure.text or "")


def test_junit_skips_what_is_settled() -> None:
    (skipped,) = junit(Audit((ACCEPTED,))).iter("skipped")
    assert skipped.attrib["message"].startswith("accepted: the authors confirm; ")


def test_junit_counts_the_real_errors(real: Audit) -> None:
    assert junit(real).attrib["failures"] == str(real.counts()["error"])


# ---- Markdown


def test_markdown_has_a_row_for_every_finding_and_folds_what_agrees() -> None:
    text = ledger.get("md")(AUDIT, {}, "studies")
    table, _, rest = text.partition("<details>")
    assert [line.split(" | ")[1] for line in table.splitlines() if line.startswith("| ")] == [
        "Rule", "---", "AUD301", "AUD317", "AUD103",
    ]  # fmt: skip
    assert "<summary>1 agree</summary>" in rest
    assert "`studies/smith-2019.yaml:4`" in table


def test_markdown_means_nothing_by_what_was_printed() -> None:
    text = ledger.get("md")(Audit((ODD,)), {})
    assert r"100 % \| &lt;b&gt;a&lt;/b&gt;, 5: \`x\`" in text
    assert "</b> 100 % | &lt;b&gt;a&lt;/b&gt;, 5: `x`" in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert {len(line.replace(r"\|", "").split("|")) for line in rows} == {8}


def test_markdown_keeps_what_is_settled() -> None:
    text = ledger.get("md")(Audit((ACCEPTED,)), {})
    assert "<summary>1 settled or in the baseline</summary>" in text
    assert "(accepted: the authors confirm)" in text


# ---- all of them


@pytest.mark.parametrize("name", NAMES)
def test_no_format_shows_an_absolute_path(name: str, review: Review, real: Audit, first_two: Path) -> None:
    text = ledger.get(name)(real, review.files, str(first_two))
    assert str(first_two) not in text
    assert "gansu-2024.yaml" in text


@pytest.mark.parametrize("name", ledger.formats())
def test_the_same_audit_gives_the_same_text(name: str, review: Review, real: Audit) -> None:
    render = ledger.get(name)
    assert render(real, review.files, "studies") == render(audit(review), dict(review.files), "studies")


@pytest.mark.parametrize("name", ledger.formats())
def test_findings_without_a_place_or_number_can_be_shown(name: str) -> None:
    assert isinstance(ledger.get(name)(Audit((replace(WRONG, about=()),)), {}), str)
