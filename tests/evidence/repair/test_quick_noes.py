"""Quick noes are never wrong: without them the search finds the same repairs, only later."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.auditing import audit_paper
from evidence.checks import all_checks, checks_on
from evidence.checks.examples import paper, place, share, shares_test
from evidence.claims import Paper, Share, SharedShare
from evidence.findings import IMPOSSIBLE, INCONSISTENT, SLIP, Finding
from evidence.reanalysis.two_by_two import pearson
from evidence.repair import pairing, searching
from evidence.repair.candidates import column
from evidence.repair.links import links
from evidence.repair.walking import exchanged
from evidence.values import reported

BAD = (INCONSISTENT, IMPOSSIBLE, SLIP)


def faults(claim: object, code: str) -> list[Finding]:
    return [
        f
        for check in checks_on(type(claim))
        if check.code == code
        for f in check.run(claim)
        if f.verdict in BAD
    ]


@pytest.mark.parametrize("code", [check.code for check in all_checks() if check.allows is not None])
def test_a_quick_no_to_an_edit_is_one_of_the_check_too(code: str) -> None:
    check = next(each for each in all_checks() if each.code == code)
    asked = 0
    for claim in (*check.consistent, *check.inconsistent):
        linked = links((claim,), [])
        for number in linked.numbers[0]:
            made = column(linked, number)
            screen = check.allows(claim, number) if check.allows is not None else None
            for each in made.candidates([]) if made is not None and screen is not None else ():
                if not screen(each.low, each.high):
                    asked += 1
                    edited = exchanged(claim, {number.address: each.attempt(number).new[0]})
                    assert faults(edited, code), (number.text, each.text)
    assert asked


@given(
    st.integers(20, 150), st.integers(20, 150), st.integers(0, 2**20), st.integers(0, 2), st.integers(0, 99)
)
@settings(deadline=None, max_examples=25)
def test_the_same_repairs_are_found_without_them(n1: int, n2: int, seed: int, decimals: int, at: int) -> None:
    k1, k2 = 1 + seed % (n1 - 1), 1 + (seed // 151) % (n2 - 1)
    percents = [f"{100 * k / n:.{decimals}f}" for k, n in ((k1, n1), (k2, n2))]
    statistic = f"{float(pearson(k1, n1, k2, n2).value):.2f}"
    spots = [i for i, c in enumerate(percents[0]) if c.isdigit()]
    spot = spots[at % len(spots)]
    digit = str((int(percents[0][spot]) + 1 + at % 9) % 10)
    wrong = percents[0][:spot] + digit + percents[0][spot + 1 :]
    whole = paper(shares_test("chi2", statistic, None, (wrong, str(n1)), (percents[1], str(n2))))
    same_without(whole)


def same_without(whole: Paper) -> None:
    usual = [f.repairs for f in audit_paper(whole)]
    with (
        mock.patch.object(searching, "screens", lambda *_: []),
        mock.patch.object(pairing, "screens", lambda *_: []),
    ):
        assert [f.repairs for f in audit_paper(whole)] == usual


def test_a_range_of_several_arms_is_mended_alike() -> None:
    arms = tuple(
        Share(place(), name, reported(n, address=f"{name}/n")) for name, n in (("a", "14"), ("b", "25"))
    )
    ends = (reported("22", address="example/endpoint/low"), reported("32", address="example/endpoint/high"))
    same_without(paper(SharedShare(place(), arms, *ends)))


def test_a_percentage_alone_is_mended_alike() -> None:
    same_without(paper(share("77.79", "78", "56")))
