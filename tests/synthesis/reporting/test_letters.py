"""What goes to editors and authors: certain findings only, open questions only, no word about people."""

from pathlib import Path

import pytest

import evidence
from synthesis.reporting.letters import editor_sheet, query_letter
from synthesis.reporting.material import Material, gather


@pytest.fixture(scope="module")
def real(first_two: Path) -> Material:
    return gather(evidence.read_review(first_two))


def test_the_sheet_holds_every_error_and_nothing_else(real: Material) -> None:
    said = editor_sheet(real)
    assert "4 findings in 1 study." in said
    for number in ("77.79", "4.262", "7.301", "1.661"):
        assert number in said
    assert "37.827" not in said


def test_the_sheet_names_the_rivals(real: Material) -> None:
    said = editor_sheet(real)
    assert "Would agree with: 71.79 for 77.79 (one digit substituted)." in said


def test_the_letter_asks_each_open_question_once_and_leaves_room(real: Material) -> None:
    said = query_letter(real, real.review.study("gansu-2024"))
    assert said.count("Your reply:") == 10
    assert "“(77.79%)(χ2=4.262,P<0.05)”" in said


def test_a_letter_without_questions_says_so(real: Material) -> None:
    assert "we have none" in query_letter(real, real.review.study("chen-2025"))


NEVER = (
    "fraud",
    "fabricat",
    "misconduct",
    "manipulat",
    "suspicious",
    "the true value",
    "dishonest",
    "wrongdoing",
)


@pytest.mark.parametrize("word", NEVER)
def test_no_word_is_about_people_or_their_intent(real: Material, word: str) -> None:
    for study in real.review.studies:
        assert word not in query_letter(real, study).lower()
    assert word not in editor_sheet(real).lower()
