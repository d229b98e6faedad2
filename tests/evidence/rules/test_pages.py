"""Every rule has its page: its failing example fires exactly its code, its passing example does not."""

import pytest

from evidence import rules
from evidence.checks import all_checks
from evidence.loading.problems import CODES
from evidence.rules import Page, UnknownRuleError, explained, pages
from evidence.rules.choosing import UnknownCodeError, prefixes
from evidence.rules.file_rule import TEXTS
from evidence.rules.of_files import FILE_RULES

PAGES = pages()
# Rules that cannot be broken alone: a file of 300 problems has 300 problems, and an SD that the scale
# does not allow is far from the mean, too. A note may point at what another rule finds wrong.
BESIDE = {"YML099": {"YML010"}, "AUD205": {"AUD206"}}

every = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)


def test_every_check_and_every_code_of_a_file_has_a_page() -> None:
    expected = {check.code for check in all_checks()} | set(CODES) | {"CFG901", "CFG903"}
    assert {page.code for page in PAGES} == expected
    assert [page.code for page in PAGES] == sorted(expected)


def test_no_slug_is_used_twice() -> None:
    assert len({page.slug for page in PAGES}) == len(PAGES)


@every
def test_the_failing_example_fires_exactly_this_rule(page: Page) -> None:
    assert page.code in page.failing.found
    if page.severity != "note":
        assert page.failing.found - BESIDE.get(page.code, set()) == {page.code}


@every
def test_the_passing_example_does_not(page: Page) -> None:
    assert page.code not in page.passing.found


@every
def test_a_page_says_what_and_why(page: Page) -> None:
    for sentence in (page.what, page.why):
        assert sentence.endswith(".")
    assert page.title and not page.title.endswith(".")
    assert set(page.severities) <= {"error", "warning", "note"}
    assert page.severity == page.failing.severities(page.code)[0]
    assert page.failing.text and page.failing.text != page.passing.text


@pytest.mark.parametrize("page", [p for p in PAGES if p.code.startswith("AUD")], ids=lambda page: page.code)
def test_a_check_names_its_formula_its_false_alarms_and_its_source(page: Page) -> None:
    assert [head for head, _ in page.more()] == ["Formula", "False alarms", "Reference"]


@pytest.mark.parametrize("rule", FILE_RULES, ids=lambda rule: rule.code)
def test_an_example_of_a_file_stands_in_the_small_review(rule) -> None:
    assert (rule.at or rule.good) in TEXTS[rule.of]
    assert rule.text(rule.bad) != rule.text(rule.good)


def test_a_rule_is_found_by_its_code_and_its_slug() -> None:
    assert explained("aud103") is explained("percent-attainable") is explained(" AUD103 ")


HINTS = [
    ("AUD130", "did you mean AUD1"),
    ("percent-atainable", "did you mean AUD103 (percent-attainable)?"),
    ("zzz", "codes begin with AUD, CFG, SRC, YML"),
]


@pytest.mark.parametrize(("name", "hint"), HINTS)
def test_an_unknown_rule_is_suggested(name: str, hint: str) -> None:
    with pytest.raises(UnknownRuleError, match=f'there is no rule "{name}"') as caught:
        explained(name)
    assert hint in str(caught.value)


def test_checks_kept_elsewhere_have_pages_too() -> None:
    from dataclasses import replace

    from evidence.checks.check import Rule

    foreign = replace(all_checks()[0], rule=Rule("AUD999", "of-many-studies"))
    assert "AUD999" in rules.codes([foreign])
    assert explained("of-many-studies", [foreign]).code == "AUD999"
    assert "AUD999" not in rules.codes()


def test_beginnings_of_codes_are_chosen() -> None:
    assert prefixes("--select", "aud3, AUD101,", {"AUD301": "a", "AUD101": "b"}) == ("AUD3", "AUD101")


@pytest.mark.parametrize(
    ("given", "near"), [("ADU3", "AUD3"), ("AUD109", "AUD1"), ("percent-attainable", "AUD103")]
)
def test_an_unknown_beginning_is_an_error_with_the_nearest(given: str, near: str) -> None:
    with pytest.raises(UnknownCodeError, match=r"\[CFG901\]") as caught:
        prefixes("--ignore", given, rules.slugs())
    assert f"did you mean {near}" in str(caught.value)
