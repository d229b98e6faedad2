"""What labels and words say against numbers: proposed where they fail, silent where they hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.checks import labels, words_and_numbers
from evidence.checks.examples import bare, means_test, paper, shares_test
from evidence.claims import AnyTest, Summary
from evidence.findings import FLIPS, NOTE, WARNING, Finding

N = ("40", "40")


def proposed(*claims: AnyTest) -> list[Finding]:
    return list(labels.run(paper(*claims)))


@pytest.mark.parametrize(
    ("letter", "statistic", "p", "words"),
    [
        ("chi2", "-2.13", "0.036", "as t it has p"),
        ("chi2", "2.31", "0.024", "as t it has p"),
        ("t", "5.79", "0.016", "as χ²"),
        ("chi2", "0.023", "5.15", "agree in each other's place"),
        ("chi2", "0.034", "<0.05", "read as the P itself"),
    ],
)
def test_a_label_that_would_agree_is_proposed(letter: str, statistic: str, p: str, words: str) -> None:
    (finding,) = proposed(bare(letter, statistic, p, n=N))
    assert words in finding.message
    assert finding.severity == NOTE
    assert finding.power is not None


@pytest.mark.parametrize(
    ("letter", "statistic", "p"),
    [
        ("chi2", "5.15", "0.023"),
        ("t", "1.661", "<0.05"),
        ("chi2", "2.31", "<0.05"),
        ("u", "12", "0.4"),
        ("t", "9", "ns"),
    ],
)
def test_nothing_is_proposed_where_it_agrees_or_cannot_tell(letter: str, statistic: str, p: str) -> None:
    assert not proposed(bare(letter, statistic, p, n=N))


def test_a_statistic_that_is_the_p_of_another_test_names_it() -> None:
    (finding,) = proposed(bare("chi2", "0.412", "0.02", n=N), bare("t", "0.82", "0.412", n=N, label="age"))
    assert "also printed as the P of age" in finding.message
    assert finding.about[-1].address == "example/age/test/p"


def said(claim: AnyTest) -> list[Finding]:
    return list(words_and_numbers.run(paper(claim)))


def test_rounding_is_allowed_for_before_words_are_contradicted() -> None:
    claim = means_test("t", "0.1", ">0.05", ("5.0", "1.0", "40"), ("5.1", "1.0", "40"))
    assert not said(replace(claim, test=replace(claim.test, higher="a")))
    assert said(replace(claim, test=replace(claim.test, higher="a"), groups=_further(claim.groups)))


def _further(groups: tuple[Summary, ...]) -> tuple[Summary, ...]:
    one, two = groups
    return one, replace(two, mean=means_test("t", None, None, ("5.2", "1.0", "40")).groups[0].mean)


def test_words_alone_are_held_against_every_usual_test() -> None:
    near = ("56.10", "82"), ("71.79", "78")
    assert not said(shares_test(None, None, None, *near, claim="significant"))
    assert not said(shares_test(None, None, None, *near, claim="not-significant"))
    (finding,) = said(shares_test(None, None, None, ("90", "80"), ("40", "80"), claim="not-significant"))
    assert (finding.decision, finding.severity) == (FLIPS, WARNING)


def test_sameness_needs_the_word_and_a_p_above_alpha() -> None:
    claim = shares_test("chi2", "0.201", ">0.05", ("50.0", "40"), ("45.0", "40"))
    similar = replace(claim.test.place, quotes=("rates were similar",))
    (finding,) = said(replace(claim, test=replace(claim.test, place=similar)))
    assert "-16.9 to 26.9 percentage points are not excluded" in finding.message
    assert finding.severity == NOTE
    assert not said(claim)
