"""Readings of the whole paper that explain several findings at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.checks.printed_tests import (
    POption,
    by_words,
    decides,
    impossible_reason,
    p_options,
    printed_p,
    region,
)
from evidence.checks.wording import listed, symbol
from evidence.claims import TESTS, AnyTest, Paper, PrintedTest
from evidence.findings import ERROR, WARNING, Finding, Joint, Range
from evidence.reanalysis.counts import Unknown
from evidence.repair.throughout import CODES, readings

ONE_SIDED = "one-sided tests throughout"
MANY = 3
"""So many p that only one-sided tests give, printed in figures, are no accident."""
ABOUT_P = ("AUD301", "AUD302")


@dataclass(frozen=True, slots=True)
class Sides:
    """A test of a signed statistic, its one-sided p, and which sidedness fits what is printed."""

    claim: AnyTest
    option: POption
    one: Range
    fits_two: bool
    fits_one: bool


def with_joint(paper: Paper, findings: list[Finding]) -> list[Finding]:
    """The findings, with the joint reading on those that it explains; what they say stays as it is.

    Notes
    -----
    Sidedness is a question for the whole paper: one-sided testing is offered only where every t and z of the
    paper agrees with it, and two-sided testing does not explain them all. So are the other readings: a
    formula, a spread or a visit is offered only where it explains every test that it is about.
    """
    found = _with_one_sided(paper, findings)
    for joint, addresses in readings(paper, found):
        found = [replace(f, joint=joint) if _read_so(f, addresses) else f for f in found]
    return found


def _read_so(finding: Finding, addresses: set[str]) -> bool:
    return finding.code in CODES and finding.joint is None and finding.address in addresses


def _with_one_sided(paper: Paper, findings: list[Finding]) -> list[Finding]:
    sides = [s for claim in paper.claims if isinstance(claim, TESTS) and (s := _sides(claim)) is not None]
    unexplained = [s for s in sides if not s.fits_two]
    if not unexplained or not all(s.fits_one for s in sides) or len(sides) < 2:
        return findings
    joint = _one_sided(sides)
    places = {s.claim.test.address for s in unexplained}
    sure = sum(_has_exact_p(s.claim.test) for s in unexplained) >= MANY
    return [_read(f, joint, sure) if _explained(f, paper, places) else f for f in findings]


def _read(finding: Finding, joint: Joint, sure: bool) -> Finding:
    """A finding with the reading that explains it: no error where so many p agree with it to the digit."""
    if not sure:
        return replace(finding, joint=joint)
    return replace(finding, joint=joint, verdict="consistent-under", by=ONE_SIDED, severity=WARNING)


def _has_exact_p(test: PrintedTest) -> bool:
    p = printed_p(test)
    return p is not None and p.is_number and p.relation == "="


def _explained(finding: Finding, paper: Paper, places: set[str]) -> bool:
    if finding.code not in ABOUT_P or finding.severity != ERROR:
        return False
    return any(number.address.rpartition("/")[0] in places for number in finding.about)


def _sides(claim: AnyTest) -> Sides | None:
    test = claim.test
    if test.letter not in ("t", "z") or test.sided is not None or impossible_reason(test) is not None:
        return None
    options = p_options(claim)
    if isinstance(options, Unknown) or options[0].one_sided is None:
        return None
    if printed_p(test) is None and by_words(test) is None:
        return None
    one = [o.one_sided for o in options if o.one_sided is not None]
    fits_two = any(_fits(claim, option.p) for option in options)
    other = [Range(1 - each.high, 1 - each.mid, 1 - each.low) for each in one if _is_below_zero(test)]
    return Sides(claim, options[0], one[0], fits_two, any(_fits(claim, each) for each in (*one, *other)))


def _is_below_zero(test: PrintedTest) -> bool:
    """Whether a statistic is negative: its one-sided p may be that of the direction not found."""
    return test.statistic is not None and test.statistic.exact is not None and test.statistic.exact < 0


def _fits(claim: AnyTest, p: Range) -> bool:
    """Whether a range of p agrees with the printed p and with the words."""
    allowed, words = region(claim.test), by_words(claim.test)
    if allowed is not None and not allowed.meets(p.low, p.high):
        return False
    return words is None or decides(p) in (None, words)


def _one_sided(sides: list[Sides]) -> Joint:
    between = [s for s in sides if not s.claim.test.within] or sides
    shown = [f"{symbol(s.claim.test.letter)} = {_text(s)} (one-sided p {_rounded(s.one)})" for s in between]
    others = len(sides) - len(between)
    rest = f"; the other {others} agree with either" if others else ""
    what = "comparisons of arms" if between is not sides else "tests"
    failed = sum(not s.fits_two for s in between)
    message = (
        f"one-sided testing would explain all {len(between)} {what} by t or z: {listed(shown)}{rest}; "
        f"two-sided testing fails for {failed}"
    )
    explains = tuple(s.claim.test.statistic.address for s in between if s.claim.test.statistic is not None)
    return Joint(ONE_SIDED, message, explains)


def _text(sides: Sides) -> str:
    statistic = sides.claim.test.statistic
    return statistic.text if statistic is not None else "?"


def _rounded(p: Range) -> str:
    return f"{p.mid:.3f}" if p.mid >= 0.0005 else f"{p.mid:.1e}"
