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
