"""What the sections say of the two real studies and of five trials that are pooled."""

import hashlib
import re
from pathlib import Path
from typing import Any

import evidence
from synthesis.reporting.anchors import short
from synthesis.reporting.section import all_sections

SECTIONS = [
    "summary",
    "changes",
    "sof",
    "flow",
    "studies",
    "bias",
    "outcomes",
    "sensitivity",
    "audit",
    "methods",
    "rules",
    "limits",
    "numbers",
    "data",
    "reproducibility",
    "prisma",
]


def rows(page: Any, section: str) -> str:
    return str(next(e for e in page.all("section") if e.attributes["id"] == section).text)


def test_sections_are_found_by_listing_the_folder_and_stand_in_order() -> None:
    assert [section.anchor for section in all_sections()] == SECTIONS


def test_every_section_of_the_page_is_in_its_contents(page: Any) -> None:
    linked = [a.attributes["href"] for a in page.all("a") if a.inside("nav")]
    for section in page.all("section"):
        assert f"#{section.attributes['id']}" in linked


def test_every_study_has_a_card(real: Any) -> None:
    assert [card.attributes["id"] for card in real.all("article")] == ["s-chen-2025", "s-gansu-2024"]


def test_a_doi_is_a_link(real: Any) -> None:
    links = [a for a in real.all("a") if a.attributes["href"] == "https://doi.org/10.3389/fendo.2025.1587412"]
    assert links


def test_every_finding_has_a_row_in_the_ledger(real: Any, first_two: Path) -> None:
    audit = evidence.audit(evidence.read_review(first_two))
    assert {finding.anchor for finding in audit} <= set(real.ids)
    assert len([name for name in real.ids if name.startswith("f-")]) == len(audit)


def test_every_printed_number_has_a_place_in_the_index(real: Any, first_two: Path) -> None:
    from evidence.records import printed_numbers

    places = {e.attributes["id"]: e.text for e in real.all("li") if "id" in e.attributes}
    for study in evidence.read_review(first_two).studies:
        assert f"{study.study}.yaml" in rows(real, "numbers")
        for number in printed_numbers(study):
            assert number.source is not None
            said = [
                text for anchor, text in places.items() if anchor.startswith(f"n-{short(number.address)}")
            ]
            assert any(number.text in text and f" {number.source.line}" in text for text in said), number


def test_every_number_of_the_ledger_links_to_its_place(real: Any) -> None:
    cells = [e for e in real.with_class("printed") if e.name == "td"]
    linked = [e.parent for e in real.all("a") if (e.attributes["href"] or "").startswith("#n-")]
    assert [cell.text for cell in cells if cell not in linked] == []


def test_errors_and_warnings_are_in_the_summary_and_link_to_the_ledger(real: Any, first_two: Path) -> None:
    audit = evidence.audit(evidence.read_review(first_two))
    summary = next(e for e in real.all("section") if e.attributes["id"] == "summary")
    links = {a.attributes["href"] for a in real.all("a") if _above(a, summary)}
    assert {f"#{finding.anchor}" for finding in audit.at_least("warning")} <= links


def _above(element: Any, wanted: Any) -> bool:
    while element is not None and element is not wanted:
        element = element.parent
    return element is not None


def test_the_impossible_percentage_is_named_with_its_repair(real: Any) -> None:
    summary = rows(real, "summary")
    assert "77.79" in summary
    assert "71.79" in summary


def test_nothing_was_pooled_of_the_two_studies_and_the_page_says_why(real: Any) -> None:
    assert "Nothing was pooled" in rows(real, "summary")
    assert "unlike timepoints" in rows(real, "outcomes")
    assert "no model was fitted" in rows(real, "methods")


def test_five_trials_are_pooled_with_weights_and_heterogeneity(pooled: Any) -> None:
    said = rows(pooled, "outcomes")
    assert "1 comparison was pooled" in rows(pooled, "summary")
    assert "Random effects (REML)" in said
    assert "Heterogeneity: τ²" in said
    assert "prediction interval" in said


def test_every_rule_of_the_ledger_is_explained_once(real: Any, first_two: Path) -> None:
    audit = evidence.audit(evidence.read_review(first_two))
    assert [e.attributes["id"] for e in real.with_class("rule")] == sorted(
        {f"rule-{finding.code}" for finding in audit}
    )


def test_the_code_of_every_row_links_to_its_rule(real: Any) -> None:
    rows = [e for e in real.elements if (e.attributes.get("id") or "").startswith("f-")]
    links = [e for e in real.all("a") if (e.attributes["href"] or "").startswith("#rule-")]
    assert len(links) == len(rows)


def test_a_rule_shows_an_example_that_passes_and_one_that_does_not(real: Any) -> None:
    said = next(e for e in real.with_class("rule") if e.attributes["id"] == "rule-AUD103").text
    assert "This passes: a/n: 82; a/percent: 89.02. 89.02 % is 73/82." in said
    assert "This does not: a/n: 78; a/percent: 77.79. 77.79 % of 78 is no whole number" in said
    assert "False alarms." in said


def test_methods_speak_only_of_what_ran(real: Any, pooled: Any) -> None:
    assert "restricted maximum likelihood" in rows(pooled, "methods")
    assert "restricted maximum likelihood" not in rows(real, "methods")


def test_references_are_those_cited(page: Any) -> None:
    cited = {a.attributes["href"] for a in page.all("a") if (a.attributes["href"] or "").startswith("#ref-")}
    listed = {f"#{name}" for name in page.ids if name.startswith("ref-")}
    assert cited == listed


def test_the_manifest_holds_the_digest_of_every_input(real: Any, first_two: Path) -> None:
    said = rows(real, "reproducibility")
    for name in ("review", "chen-2025", "gansu-2024"):
        data = (first_two / f"{name}.yaml").read_bytes()
        assert hashlib.sha256(data).hexdigest() in said


def test_a_title_can_be_given(made: Any, parsed: Any) -> None:
    page = parsed(made({}, title="Another title"))
    assert page.all("h1")[0].text == "Another title"


def test_two_trials_get_no_diamond_and_the_page_says_why(made: Any, trial: Any, parsed: Any) -> None:
    page = parsed(made({"trial-1": trial(1, (31, 20)), "trial-2": trial(2, (28, 24))}))
    said = rows(page, "outcomes")
    assert "no diamond is drawn" in said
    assert "Random effects (REML)" not in said
    assert "common effect: two studies cannot tell" in rows(page, "summary")


def test_one_trial_is_shown_and_not_pooled(made: Any, trial: Any, parsed: Any) -> None:
    page = parsed(made({"trial-1": trial(1, (31, 20))}))
    assert "One study: no pooling" in rows(page, "outcomes")
    assert "Nothing was pooled" in rows(page, "summary")


def test_a_trial_without_events_stays_visible(made: Any, trial: Any, parsed: Any) -> None:
    studies = {f"trial-{i}": trial(i, events) for i, events in enumerate([(31, 20), (28, 24), (0, 0)], 1)}
    said = rows(parsed(made(studies)), "outcomes")
    assert re.search(r"Trial 3\s*a 0/50 0/50 .*Not estimable", said)
    assert "Not estimable: no events in either arm" in said


def test_a_review_without_studies_is_a_page_too(made: Any, parsed: Any) -> None:
    page = parsed(made({}))
    assert "0" in rows(page, "summary")


def test_thirty_trials_make_a_page_of_moderate_size(made: Any, trial: Any) -> None:
    html = made({f"trial-{i}": trial(i, (20 + i % 9, 15 + i % 7)) for i in range(1, 31)})
    assert len(html.encode()) < 400_000
