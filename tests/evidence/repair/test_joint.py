"""Sidedness is a question for the whole paper, never a rescue for one test."""

from __future__ import annotations

from evidence.auditing import audit_paper
from evidence.auditing_text import audit_text
from evidence.checks.examples import bare, paper, shares_test
from evidence.claims import AnyTest
from evidence.findings import FLIPS, Finding
from evidence.repair.joint import ONE_SIDED

N = ("82", "78")
FAILS = bare("t", "1.661", "<0.05", n=N, claim="significant", label="twelve")


def flips(*claims: AnyTest) -> list[Finding]:
    return [f for f in audit_paper(paper(*claims)) if f.decision == FLIPS]


def test_one_sided_testing_explains_all_three() -> None:
    others = [bare("t", t, ">0.05", n=N, label=label) for t, label in (("1.616", "tg"), ("1.272", "six"))]
    (finding,) = flips(FAILS, *others)
    assert finding.joint is not None
    assert finding.joint.name == ONE_SIDED
    assert "explain all 3 tests" in finding.joint.message or "all 3 comparisons" in finding.joint.message


def test_one_test_alone_is_not_rescued() -> None:
    (finding,) = flips(FAILS)
    assert finding.joint is None
    assert finding.details == ("one-sided, p would be 0.0493 to 0.0494, below 0.05",)


def test_a_test_that_one_side_contradicts_ends_the_reading() -> None:
    other = bare("t", "1.80", ">0.05", n=N, label="other")
    (finding,) = flips(FAILS, other)
    assert finding.joint is None


def test_chi_squares_have_no_side() -> None:
    other = shares_test("chi2", "5.794", "<0.05", ("89.02", "82"), ("74.36", "78"))
    (finding,) = flips(FAILS, other)
    assert finding.joint is None


def test_a_stated_side_is_taken_at_its_word() -> None:
    assert not flips(bare("t", "1.661", "<0.05", n=N, sided=1))


ONE_SIDED_P = "t(96) = 2.55, p = .006; t(149) = 2.39, p = .009; t(98) = 2.23, p = .014; t(99) = -.15, p = .56"


def test_many_exact_one_sided_p_are_no_errors() -> None:
    found = [f for f in audit_text(ONE_SIDED_P) if f.severity != "none"]
    assert {(f.verdict, f.severity) for f in found} == {("consistent-under", "warning")}
    assert len(found) == 4


def test_one_p_that_neither_sidedness_gives_leaves_all_of_them_errors() -> None:
    found = audit_text(ONE_SIDED_P.replace("-.15", ".15")).at_least("error")
    assert len(found) == 4
