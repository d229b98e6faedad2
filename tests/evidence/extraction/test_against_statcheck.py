"""statcheck 1.6.0 on 378 results under seven option sets: the same p, errors and decision errors.

Where we differ we mean to; each such result is listed below with its reason, and no other may differ.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from evidence.checks.decision import CHECK as DECISION
from evidence.checks.printed_tests import decides, p_options
from evidence.checks.statistic_and_p import CHECK as STATISTIC
from evidence.claims import BareTest
from evidence.extraction.recognising import extract
from evidence.findings import FLIPS, IMPOSSIBLE, INCONSISTENT, SLIP
from evidence.rounding import p_region

ORACLE = json.loads((Path(__file__).parents[2] / "oracles/audit/statcheck.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in ORACLE["cases"]}
OPTIONS = ORACLE["option_sets"]
RESCUED = "OneTailedTxt_with_phrase"
ROWS = 378 * 7
LETTERS = {"t": "t", "F": "f", "Chi2": "chi2", "r": "rho", "Z": "z", "Q": "q"}

BELOW = "t < -2.52 is further from zero than 2.52, as printed; statcheck drops the sign"
CROSSED = "F < 0.45 has every p above .718, so .719 agrees; statcheck holds it against .718 alone"
ABOVE = "r > -.20, as printed, has any p; statcheck drops the sign"
EDGE = "a printed p = .05 stands for .045 to .055 and so is on neither side of .05; the error itself is found"
AT_EDGE = "the same at alpha = .01 and p = .01, where .01 stands for .005 to .015"
WIDE = (
    "the p of everything that rounds to the statistic lies on both sides of alpha; the error itself is found"
)

# id -> (what differs, why), under every option set in which it does
DIFFERENT: dict[str, tuple[str, str]] = {
    "sc-public-047": ("error decision", BELOW),
    "sc-public-048": ("decision", EDGE),
    "sc-public-054": ("error", ABOVE),
    "sc-public-092": ("decision", EDGE),
    "sc-public-103": ("decision", EDGE),
    "sc-public-110": ("error", CROSSED),
    "sc-public-168": ("decision", EDGE),
    "sc-public-198": ("decision", AT_EDGE),
    "sc-public-203": ("error decision", ABOVE),
    "sc-public-226": ("decision", WIDE),
    "sc-public-231": ("decision", WIDE),
    "sc-public-261": ("decision", EDGE),
    "sc-public-310": ("decision", EDGE),
    "sc-public-369": ("decision", WIDE),
}


class Flags(NamedTuple):
    """What is said of one result."""

    p: float
    error: bool
    decision_error: bool


@cache
def recognised(text: str) -> BareTest:
    (found,) = extract(f"Result: {text}")
    assert isinstance(found.claim, BareTest)
    return found.claim


@cache
def ours(text: str, option: str) -> Flags:
    """The flags under an option set: half the p for one-tailed tests, another alpha."""
    claim = recognised(text)
    if option == "OneTailedTests":
        claim = BareTest(replace(claim.test, sided=1))
    alpha = 0.01 if option == "alpha_01" else 0.05
    p = p_options(claim)[0].p
    allowed = p_region(claim.test.p, alpha)
    printed, own = allowed.decides(alpha), decides(p, alpha)
    return Flags(p.mid, not allowed.meets(p.low, p.high), None not in (printed, own) and printed != own)


def theirs(case: dict, option: str) -> Flags:
    p, error, decision_error = case["flags"][option]
    return Flags(p, error, decision_error)


def differing(option: str, what: str) -> set[str]:
    pairs = {key: (ours(case["text"], option), theirs(case, option)) for key, case in CASES.items()}
    return {key for key, (we, they) in pairs.items() if getattr(we, what) != getattr(they, what)}


def test_every_row_is_compared() -> None:
    assert len(CASES) * len(OPTIONS) == sum(len(case["flags"]) for case in CASES.values()) == ROWS


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_read_is_what_statcheck_reads(case: dict) -> None:
    test = recognised(case["text"]).test
    kind, df1, df2, relation, value, p_relation, p = case["read"]
    assert test.letter == LETTERS[kind[:4].rstrip("bw")]
    assert [float(df.exact) for df in test.df] == [df for df in (df1, df2) if df is not None]
    assert (test.statistic.relation, float(test.statistic.exact)) == (relation, value)
    if p_relation == "ns":
        assert test.p.word == "ns"
    else:
        assert (test.p.relation, float(test.p.exact)) == (p_relation, p)


@pytest.mark.parametrize("option", [option for option in OPTIONS if option != RESCUED])
def test_the_computed_p_is_the_same(option: str) -> None:
    for case in CASES.values():
        assert ours(case["text"], option).p == pytest.approx(theirs(case, option).p, rel=1e-9, abs=1e-14), (
            case
        )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_range_of_p_over_the_rounding_is_the_same(case: dict) -> None:
    claim = recognised(case["text"])
    if claim.test.statistic.relation != "=":
        assert claim.test.statistic.relation in "<>"
        return
    found = p_options(claim)[0].p
    assert (found.low, found.high) == pytest.approx(tuple(case["p_interval"]), rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("option", [option for option in OPTIONS if option != RESCUED])
def test_errors_are_the_same_but_for_those_listed(option: str) -> None:
    assert differing(option, "error") <= {
        key for key, (what, _) in DIFFERENT.items() if "error" in what.split()
    }


@pytest.mark.parametrize("option", [option for option in OPTIONS if option != RESCUED])
def test_decision_errors_are_the_same_but_for_those_listed(option: str) -> None:
    listed = {key for key, (what, _) in DIFFERENT.items() if "decision" in what.split()}
    assert differing(option, "decision_error") <= listed


def test_every_listed_difference_is_one() -> None:
    usual = [option for option in OPTIONS if option != RESCUED]
    errors = set().union(*(differing(option, "error") for option in usual))
    decisions = set().union(*(differing(option, "decision_error") for option in usual))
    assert {key for key, (what, _) in DIFFERENT.items() if "error" in what.split()} == errors
    assert {key for key, (what, _) in DIFFERENT.items() if "decision" in what.split()} == decisions


def test_a_phrase_elsewhere_in_the_text_is_no_rescue_but_the_finding_says_so() -> None:
    # statcheck halves a p wherever the text says "one-tailed" and half the p would agree, whichever way the
    # difference lies. We ask it of the whole paper (a joint reading), and say of each what would agree.
    halved = [c for c in CASES.values() if c["flags"][RESCUED][0] != c["flags"]["default"][0]]
    assert len(halved) == 11
    for case in halved:
        findings = [f for check in (STATISTIC, DECISION) for f in check.run(recognised(case["text"]))]
        assert any("one-sided" in detail for f in findings for detail in f.details), case["text"]
    others = {key for key, case in CASES.items() if case not in halved}
    for what in ("error", "decision_error"):
        assert differing(RESCUED, what) & others <= set(DIFFERENT) & others


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_findings_say_what_was_compared(case: dict) -> None:
    findings = [f for check in (STATISTIC, DECISION) for f in check.run(recognised(case["text"]))]
    flags = ours(case["text"], "default")
    assert any(f.verdict in (INCONSISTENT, IMPOSSIBLE, SLIP) for f in findings) == flags.error
    assert any(f.decision == FLIPS for f in findings) == flags.decision_error
