"""What each output format says of the same audit."""

import json

import pytest

from evidence import ledger
from evidence.claims import Place
from evidence.findings import Audit, Edit, Finding, Range, Repair, Settled
from evidence.values import Source, reported

TEXT = """\
study: smith-2019
outcomes:
  - endpoint: response
    tests: [{t: 2.31, df: 58, p: 0.003}]
    results: {a: {percent: 50.0}}
"""
TEXTS = {"studies/smith-2019.yaml": TEXT}
PLACE = Place(
    "smith-2019", "smith-2019/response", "response", "Response", where="p. 7", quotes=("t(58) = 2.31",)
)


def number(text: str, field: str, line: int, column: int):
    source = Source("studies/smith-2019.yaml", line, column, column + len(text))
    return reported(text, f"smith-2019/response/{field}", source)


P = number("0.003", "a-vs-b/p", 4, 34)
T = number("2.31", "a-vs-b/t", 4, 17)
SHARE = number("50.0", "a/percent", 5, 28)
REPAIR = Repair((Edit(P, "0.03", "digit lost"),), rank=1, cost=1, repaired=2, rivals=1, chance=0.01, tried=40)
WRONG = Finding(
    "AUD301",
    "p-recomputed",
    "inconsistent",
    "p does not follow from t and df",
    (P, T),
    PLACE,
    severity="error",
    recomputed=Range(0.0242, 0.0245, 0.02481),
    details=("no one-sided reading gives .003",),
    repairs=(REPAIR,),
)
FINE = Finding("AUD103", "percent", "consistent", "50.0 % is 4 of 8", (SHARE,), PLACE)
AUDIT = Audit((WRONG, FINE))


def test_the_formats_are_the_files_of_the_folder() -> None:
    assert {"text", "json", "concise"} <= set(ledger.formats())


def test_an_unknown_format_says_which_exist() -> None:
    with pytest.raises(ValueError, match='unknown output format "xml"; choose concise, github, js'):
        ledger.get("xml")


def test_concise_is_one_line_for_what_disagrees() -> None:
    assert ledger.get("concise")(AUDIT, TEXTS) == (
        "studies/smith-2019.yaml:4:34: error[AUD301] p does not follow from t and df\n"
    )


def test_text_shows_the_line_with_a_caret_under_the_number() -> None:
    lines = ledger.get("text")(AUDIT, TEXTS).splitlines()
    printed = lines.index("4 |     tests: [{t: 2.31, df: 58, p: 0.003}]")
    caret = "  |" + " " * 34 + "^^^^^ printed; recomputed 0.0242 to 0.0248"
    assert lines[printed + 1] == caret
    assert lines[printed].index("0.003") == caret.index("^")


def test_text_tells_what_else_there_is_to_know() -> None:
    text = ledger.get("text")(AUDIT, TEXTS)
    assert '= quote: "t(58) = 2.31" (p. 7)' in text
    assert "= rests on: line 4: 2.31" in text
    assert "= note: no one-sided reading gives .003" in text
    assert "= repair: 0.003 -> 0.03 (digit lost) mends 2 checks; tied with 1 other" in text


def test_text_has_a_line_for_every_number_checked_and_a_total() -> None:
    lines = ledger.get("text")(AUDIT, TEXTS).splitlines()
    assert "  error   line 4  AUD301  0.003: p recomputed, in full above" in lines
    assert "  agrees  line 5  AUD103  50.0 % is 4 of 8" in lines
    assert lines[-3] == "2 checks in 1 study: 1 agree, 1 error, 0 warnings, 0 notes"


def test_without_the_file_the_place_is_still_named() -> None:
    text = ledger.get("text")(AUDIT, {})
    assert "--> studies/smith-2019.yaml:4:34" in text
    assert "^" not in text


def test_a_settled_finding_is_one_line_with_its_reason() -> None:
    from dataclasses import replace

    settled = replace(WRONG, settled=Settled("accepted", "the authors confirm", "RR"))
    text = ledger.get("text")(Audit((settled,)), TEXTS)
    assert "error[" not in text
    assert "(accepted: the authors confirm)" in text


def test_json_keeps_the_printed_text_and_the_range() -> None:
    first = json.loads(ledger.get("json")(AUDIT, TEXTS))["findings"][0]
    assert (first["reported"], first["expected"]) == ("0.003", [0.0242, 0.02481])
    assert (first["file"], first["line"], first["col"]) == ("studies/smith-2019.yaml", 4, 34)
    assert first["repairs"][0]["edits"][0]["proposed"] == "0.03"


def test_json_counts_by_severity() -> None:
    document = json.loads(ledger.get("json")(AUDIT, TEXTS))
    assert document["schema"] == 1
    assert document["counts"] == {"error": 1, "warning": 0, "note": 0, "none": 1}


@pytest.mark.parametrize("name", ledger.formats())
def test_every_format_can_say_that_nothing_was_checked(name: str) -> None:
    assert isinstance(ledger.get(name)(Audit(()), {}), str)
