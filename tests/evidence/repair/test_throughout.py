"""A formula, a spread or a visit is offered for the whole paper or not at all."""

from __future__ import annotations

from dataclasses import replace

from evidence.auditing import audit_paper
from evidence.checks.examples import means_test, paper, summary, within_test
from evidence.claims import Claim, MeansTest, Summary, WithinTest
from evidence.findings import Finding
from evidence.repair.throughout import ERRORS, INDEPENDENT, VISIT


def read(*claims: Claim) -> list[Finding]:
    return [f for f in audit_paper(paper(*claims)) if f.joint is not None]


def before_after(t: str, label: str, sd: str = "25.21") -> WithinTest:
    return within_test("t", t, "<0.05", ("151.87", sd, "82"), ("44.25", "5.31", "82"), label=label)


def test_the_formula_for_independent_samples_has_to_explain_all() -> None:
    found = read(before_after("37.827", "one"), before_after("37.827", "two"))
    assert {f.joint.name for f in found if f.joint} == {INDEPENDENT}
    assert {f.severity for f in found} == {"warning"}
    assert not read(before_after("37.827", "one"), before_after("41.100", "two"))


def test_one_test_before_and_after_makes_no_reading() -> None:
    assert not read(before_after("37.827", "one"))


def of_means(t: str, label: str) -> MeansTest:
    claim = means_test("t", t, "<0.001", ("10.0", "0.9", "40"), ("5.0", "0.8", "40"), label=label)
    groups = tuple(
        summary(*cell, "40", arm=arm, label=label)
        for cell, arm in ((("10.0", "0.9"), "a"), (("5.0", "0.8"), "b"))
    )
    return replace(claim, groups=groups)


def test_standard_errors_have_to_explain_all_tests_of_means() -> None:
    found = read(of_means("4.15", "one"), of_means("4.15", "two"))
    assert {f.joint.name for f in found if f.joint} == {ERRORS}
    assert len(found) == 2
    assert not read(of_means("4.15", "one"), of_means("26.26", "two"))


def of_visit(label: str, at: str, one: str, two: str) -> tuple[Summary, ...]:
    found = (summary(one, "1.0", "40", label=label), summary(two, "1.2", "40", arm="b", label=label))
    return tuple(replace(each, place=replace(each.place, at=(at,))) for each in found)


def test_a_test_that_agrees_with_the_values_of_another_visit() -> None:
    early, late = of_visit("early", "3 months", "10.0", "9.0"), of_visit("late", "6 months", "10.0", "8.0")
    test = means_test("t", "4.05", "<0.001", ("10.0", "1.0", "40"), ("8.0", "1.2", "40"), label="late")
    (finding,) = read(*early, *late, replace(test, groups=late))
    assert finding.joint is not None
    assert finding.joint.name == VISIT
    assert "t = 4.05 with those of 3 months" in finding.joint.message
    wrong = replace(test, groups=late, test=replace(test.test, statistic=test.groups[0].mean))
    assert not read(*early, *late, wrong)
