"""A text is audited on the spot: each result as far as it goes alone."""

import pytest

from evidence.auditing_text import audit_text


def said(text: str) -> list[tuple[str, str]]:
    """Code and severity of what counts as a note or more."""
    return [(f.code, f.severity) for f in audit_text(text) if f.severity != "none"]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("t(58) = 2.31, p = .024", []),
        ("t(58) = 2.31, p = .003", [("AUD301", "error")]),
        ("t(158) = 1.661, P < 0.05", [("AUD302", "error")]),
        ("(t=1.661, P<0.05)", [("AUD302", "error")]),
        ("(t=1.616,P>0.05)", []),
        ("χ2=5.794,P<0.05", []),
        ("χ²(1) = 5.794, P = .16", [("AUD302", "error"), ("AUD301", "error")]),
        ("t(198) = -2.22, p = -.22", [("AUD301", "error")]),
        ("P = 5.2", [("AUD301", "error")]),
        ("P = .000", [("AUD301", "note")]),
        ("HR 0.59, 95% CI 0.45-0.76; p<0.0001", []),
        ("HR 0.59, 95% CI 0.45-0.76; p=0.34", [("AUD305", "error")]),
        ("OR 1.12 (95% CI 1.42-1.79)", [("AUD106", "error"), ("AUD304", "warning")]),
        ("MD -1.20 (95% CI -2.10 to -0.30)", []),
        ("89.02%(73/82) and 74.36% (58/78)", []),
        ("77.79% (60/78)", [("AUD103", "error"), ("AUD104", "error")]),
        ("44.25±5.31, n = 82", []),
    ],
)
def test_what_the_audit_says(text: str, findings: list[tuple[str, str]]) -> None:
    assert sorted(said(text)) == sorted(findings)


def test_a_stated_side_halves_the_p() -> None:
    assert said("t(40) = 1.80, p = .04, one-tailed") == []
    assert said("t(40) = 1.80, p = .04") != []


def test_findings_name_the_text_with_line_and_column() -> None:
    (finding,) = audit_text("\n\nso t(58) = 2.31, p = .003", "page.txt").at_least("error")
    source = finding.about[0].source
    assert (source.file, source.line, source.column) == ("page.txt", 3, 22)
    assert finding.place.quotes == ("t(58) = 2.31, p = .003",)


def test_addresses_are_of_one_number_each() -> None:
    found = audit_text("t=37.827,50.445,t=37.186,45.647,all P<0.05; t=1.2, P>0.05")
    texts: dict[str, str] = {}
    for number in (n for finding in found for n in finding.about):
        assert texts.setdefault(number.address, number.text) == number.text


def test_nothing_recognised_is_an_empty_audit() -> None:
    assert len(audit_text("No numbers here.")) == 0


# --- repairs and the whole text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "was", "proposed"),
    [
        ("t(58) = 2.31, p = .042", ".042", ".024"),
        ("t(58) = 3.21, p = .024", "3.21", "2.31"),
        ("χ²(1) = 5.794, P = .16", ".16", ".016"),
        ("z = 2.10, p = .306", ".306", ".036"),
        ("54.9% (54/82)", "54", "45"),
    ],
)
def test_the_edit_of_one_digit_that_mends_a_result_is_proposed(text: str, was: str, proposed: str) -> None:
    (finding, *_) = [f for f in audit_text(text).at_least("error") if f.repairs]
    (edit,) = finding.repairs[0].edits
    assert (edit.number.text, edit.proposed, finding.repairs[0].rank) == (was, proposed, 1)
    assert "then " in finding.repairs[0].note


def test_no_two_numbers_are_edited_at_once() -> None:
    found = audit_text("t(58) = 2.31, p = .003; HR 0.59, 95% CI 0.45-0.76; p=0.34")
    assert all(len(repair.edits) == 1 for finding in found for repair in finding.repairs)


def test_repairs_are_looked_for_to_the_first_findings_only() -> None:
    found = audit_text("; ".join(f"t(58) = 2.31, p = .04{i % 10}, not {i}" for i in range(45)))
    mended = [bool(finding.repairs) for finding in found.at_least("error")]
    assert len(mended) == 45
    assert any(mended[:30])
    assert not any(mended[30:])


def test_one_sided_testing_throughout_is_a_reading_of_the_whole_text() -> None:
    text = "t(40) = 1.80, p = .04; t(38) = 1.90, p = .03; t(50) = 2.10, p = .02"
    joints = {f.joint.name for f in audit_text(text).at_least("warning") if f.joint is not None}
    assert joints == {"one-sided tests throughout"}
    assert all(f.joint is None for f in audit_text(f"{text}; z = 2.50, p = .012"))


def test_a_result_said_twice_is_one_result() -> None:
    once = "t(40) = 1.80, p = .04"
    found = audit_text(f"Abstract: {once}. Results: {once}.")
    assert all(f.joint is None and f.code != "AUD307" for f in found)


def test_one_statistic_for_unlike_things_in_one_passage_is_pointed_out() -> None:
    (finding,) = [f for f in audit_text("(χ2=5.551,7.301,7.301,all P<0.05)") if f.code == "AUD307"]
    assert (finding.severity, finding.verdict) == ("note", "screen")


def test_a_statistic_and_its_p_in_each_others_place_are_pointed_out() -> None:
    assert ("AUD308", "note") in said("χ2(1) = .016, p = 5.79")


def test_the_rows_of_a_table_are_held_against_their_tests() -> None:
    rows = (
        "\tAnlotinib (n = 82)\tSorafenib (n = 78)\tχ2\tP",
        "Response, n (%)\t73 (89.02)\t58 (74.36)\t5.794\t0.016",
        "Any event, n (%)\t46 (56.10)\t60 (77.79)\t4.262\t0.039",
    )
    assert said("\n".join(rows[:2])) == []
    assert ("AUD104", "error") in said("\n".join(rows))
    wrong = rows[1].replace("5.794", "7.594")
    assert ("AUD311", "error") in said(f"{rows[0]}\n{wrong}")


def test_people_may_be_missing_from_a_row_of_a_table() -> None:
    table = "\tA (n = 82)\tB (n = 78)\tP\nResponse, n (%)\t45 (57.0)\t40 (51.3)\t0.47"
    assert all(severity == "note" for _, severity in said(table))
