"""Repairs are small, mend every linked check, and are never offered where nothing could confirm them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.auditing import audit_paper
from evidence.checks.examples import bare, paper, place, share, shares_test
from evidence.claims import Claim, Paper, SharesTest
from evidence.findings import ERROR, Finding, Repair
from evidence.reanalysis.two_by_two import pearson
from evidence.repair.editing import complement, copied, single, swapped
from evidence.repair.walking import by_address, exchanged, numbers_of
from evidence.values import reported


def repairs(whole: Paper) -> Iterator[tuple[Finding, Repair]]:
    return ((f, r) for f in audit_paper(whole) for r in f.repairs)


def proposals(whole: Paper) -> set[tuple[str, ...]]:
    return {tuple(e.proposed for e in r.edits) for _, r in repairs(whole) if r.rank == 1}


def texts(number: str) -> set[str]:
    return {attempt.new[0].text for attempt in single(reported(number))}


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("77.79", "71.79"), ("77.97", "77.79"), ("7.79", "77.79"), ("777.79", "77.79"), ("7.779", "77.79"),
     ("-2.13", "2.13"), ("0.52", "5.2"), ("52", "5.2"), (".05", ".5"), ("0.05", "0.005")],
)  # fmt: skip
def test_every_single_slip_can_be_undone(printed: str, meant: str) -> None:
    assert meant in texts(printed)


@given(st.decimals(0, 1000, places=2), st.integers(0, 9), st.integers(0, 3))
@settings(deadline=None, max_examples=60)
def test_a_substituted_digit_is_found_back(value: object, digit: int, at: int) -> None:
    meant = f"{value:.2f}"
    spots = [i for i, c in enumerate(meant) if c.isdigit()]
    i = spots[at % len(spots)]
    printed = meant[:i] + str(digit) + meant[i + 1 :]
    assert printed == meant or meant in texts(printed)


def test_an_edit_keeps_the_place_and_the_relation() -> None:
    number = reported("7.301", address="s/e/a-b/chi2")
    for attempt in (*single(number), *copied(number, {"5.551": "hand-foot"}), *complement(number, 100)):
        assert attempt.new[0].address == number.address
        assert attempt.new[0].relation == "="


def test_two_numbers_change_places_together() -> None:
    (attempt,) = swapped(reported("3.1", address="a"), reported("0.08", address="b"), "arms swapped")
    assert [n.text for n in attempt.new] == ["0.08", "3.1"]


def test_numbers_are_exchanged_by_address_only() -> None:
    test = shares_test("chi2", "7.301", "<0.05", ("12.20", "82"), ("26.92", "78"))
    address = next(n.address for n in numbers_of(test) if n.text == "26.92")
    new = exchanged(test, {address: reported("29.49", address=address)})
    assert [n.text for n in numbers_of(new)] == [
        "29.49" if n.text == "26.92" else n.text for n in numbers_of(test)
    ]
    assert exchanged(test, {"elsewhere": reported("1")}) is test


def test_claims_are_linked_by_shared_addresses() -> None:
    whole = paper(shares_test("chi2", "5.551", "<0.05", ("12.20", "82"), ("26.92", "78")))
    assert by_address(whole.claims)["example/a/n"] == [0, 2]


def test_a_misprinted_percentage_is_mended() -> None:
    whole = paper(shares_test("chi2", "5.794", "<0.05", ("89.02", "82"), ("74.86", "78")))
    assert ("74.36",) in proposals(whole)


def test_a_swapped_statistic_and_p_are_mended() -> None:
    whole = paper(shares_test("chi2", "0.016", "5.794", ("89.02", "82"), ("74.36", "78")))
    kinds = {r.edits[0].kind for _, r in repairs(whole)}
    assert "statistic and p swapped" in kinds


def test_swapped_arms_are_mended() -> None:
    one, two = share("74.36", "82"), share("89.02", "78", arm="b")
    test = shares_test("chi2", "5.794", "<0.05", ("74.36", "82"), ("89.02", "78"))
    whole = Paper("example", "cohort", (one, two, test))
    assert "arms swapped" in {e.kind for _, r in repairs(whole) for e in r.edits}


def test_two_edits_only_where_no_single_one_will_do() -> None:
    whole = paper(shares_test("chi2", "5.194", "<0.05", ("89.02", "82"), ("74.66", "78")))
    found = [r for _, r in repairs(whole)]
    assert {len(r.edits) for r in found} == {2}
    assert ("5.794", "74.36") in {tuple(sorted(e.proposed for e in r.edits)) for r in found if r.rank == 1}


def test_a_mere_decision_is_no_ground_for_a_repair() -> None:
    whole = paper(bare("t", "1.661", "<0.05", n=("82", "78"), claim="significant"))
    (finding,) = [f for f in audit_paper(whole) if f.severity == ERROR]
    assert finding.repairs == ()


def claims() -> tuple[Claim, ...]:
    return (
        shares_test("chi2", "5.551", "<0.05", ("12.20", "82"), ("26.92", "78"), label="one"),
        shares_test("chi2", "7.301", "<0.05", ("12.20", "82"), ("29.49", "78"), label="two"),
    )


def test_a_repair_leaves_no_linked_check_in_disagreement() -> None:
    third = shares_test("chi2", "7.301", "<0.05", ("12.20", "82"), ("26.92", "78"), label="three")
    whole = paper(*claims(), third)
    for _, repair in repairs(whole):
        new = {e.number.address: e.number.reprinted(e.proposed) for e in repair.edits}
        mended = Paper("example", "cohort", tuple(exchanged(c, new) for c in whole.claims))
        assert not [f for f in audit_paper(mended) if f.severity == ERROR]


@given(st.integers(0, 2**16), st.integers(20, 150), st.integers(20, 150), st.integers(1, 9))
@settings(deadline=None, max_examples=40)
def test_a_planted_digit_in_a_percentage_is_caught_and_its_repair_found(
    seed: int, n1: int, n2: int, digit: int
) -> None:
    k1, k2 = 1 + seed % (n1 - 1), 1 + (seed // 7) % (n2 - 1)
    percents = [f"{float(Fraction(100 * k, n)):.2f}" for k, n in ((k1, n1), (k2, n2))]
    statistic = f"{float(pearson(k1, n1, k2, n2).value):.3f}"
    wrong = percents[0][:-3]
    wrong = f"{(int(wrong[-1]) + digit) % 10}".join([wrong[:-1], percents[0][-3:]])
    test = shares_test("chi2", statistic, None, (wrong, str(n1)), (percents[1], str(n2)))
    whole = paper(test)
    errors = [f for f in audit_paper(whole) if f.severity == ERROR]
    if errors and errors[0].repairs and len(errors[0].repairs) < 6:
        assert (percents[0],) in {tuple(e.proposed for e in r.edits) for r in errors[0].repairs}


def test_place_of_examples() -> None:
    assert isinstance(claims()[0], SharesTest)
    assert place().study == "example"
