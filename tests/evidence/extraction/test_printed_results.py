"""Some 400 printed results: what is recognised in each, what is found, and an independent recomputation.

The texts are short fragments: of abstracts and tables (their numbers, not their sentences), and made ones.
"""

from pathlib import Path
from typing import NamedTuple

import pytest
from scipy import stats

from evidence.auditing_text import audit_text
from evidence.claims import BareTest, EffectClaim, MeansTest, Ordered, Share, SharesTest, Summary
from evidence.extraction.extracted import Extracted
from evidence.extraction.recognising import extract

ALPHA = 0.05
KINDS = {
    Share: "share",
    Summary: "mean",
    Ordered: "interval",
    SharesTest: "test of shares",
    MeansTest: "test of means",
}


class Case(NamedTuple):
    """A printed result and what is expected of it."""

    text: str
    claims: list[str]
    findings: list[str]


def cases() -> list[Case]:
    lines = Path(__file__).with_name("printed_results.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            text, claims, findings = line.split(" => ")
            lists = [[] if field == "-" else field.split("; ") for field in (claims, findings)]
            found.append(Case(text.replace("\\n", "\n").replace("\\t", "\t"), *lists))
    return found


CASES = cases()
CLEAN = [case for case in CASES if not any(word in f for f in case.findings for word in ("error", "warning"))]


def said(found: Extracted) -> str:
    """A claim in one line: what it is, then its numbers in reading order."""
    claim = found.claim
    kind = KINDS.get(type(claim), "")
    if isinstance(claim, BareTest):
        kind = claim.test.letter or "p"
    elif isinstance(claim, EffectClaim):
        kind = claim.measure
    return " ".join([kind, *(position.number.text for position in found.positions)])


def test_there_are_enough_of_them() -> None:
    assert len(CASES) > 350
    assert len(CLEAN) > 280


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:60])
def test_it_is_recognised(case: Case) -> None:
    assert [said(found) for found in extract(case.text)] == case.claims


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:60])
def test_what_is_found(case: Case) -> None:
    found = {
        f"{finding.code} {finding.severity}"
        for finding in audit_text(case.text)
        if finding.severity != "none" and finding.verdict != "not-checkable"
    }
    assert sorted(found) == case.findings


# --- an independent recomputation -------------------------------------------------------------------------


def tail(letter: str, df: list[float], x: float) -> float | None:
    """The p of a statistic by scipy alone, two-sided where it has a sign."""
    if letter == "z":
        return 2 * stats.norm.sf(abs(x))
    if letter == "t" and len(df) == 1:
        return 2 * stats.t.sf(abs(x), df[0])
    if letter == "rho" and len(df) == 1 and abs(x) < 1:
        return 2 * stats.t.sf(abs(x) * (df[0] / (1 - x * x)) ** 0.5, df[0])
    if letter == "f" and len(df) == 2:
        return stats.f.sf(x, *df)
    if letter in ("chi2", "q", "h") and len(df) == 1:
        return stats.chi2.sf(x, df[0])
    return None


def recomputed(claim: BareTest) -> bool | None:
    """Whether p and statistic agree over the rounding of the statistic; None where this says nothing."""
    test = claim.test
    if test.p is None or test.statistic is None or test.p.exact is None or test.sided == 1:
        return None
    if test.statistic.relation != "=" or not 0 <= test.p.exact <= 1:
        return None
    x, half = float(test.statistic.exact or 0), float(test.statistic.ulp) / 2
    df = [float(each.exact or 0) for each in test.df]
    ends = [tail(test.letter or "", df, value) for value in (abs(x) - half, abs(x) + half)]
    if None in ends or (x < 0 and test.letter in ("chi2", "f")):
        return None
    high, low = (float(end or 0) for end in ends)
    p, room = float(test.p.exact), float(test.p.ulp) / 2
    if test.p.relation in ("<", "<="):
        return low < p
    if test.p.relation in (">", ">="):
        return high > p
    return low <= p + room and high >= p - room


def test_the_verdicts_are_those_of_an_independent_recomputation() -> None:
    compared = 0
    for case in CASES:
        for found in extract(case.text):
            claim = found.claim
            agrees = recomputed(claim) if isinstance(claim, BareTest) else None
            if agrees is None:
                continue
            compared += 1
            alone = audit_text(found.text)
            faults = [
                f for f in alone if f.code in ("AUD301", "AUD302") and f.verdict in ("inconsistent", "slip")
            ]
            assert bool(faults) != agrees, found.text
    assert compared > 100
