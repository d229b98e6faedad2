"""The audit of prose: what a text prints is recognised, and checked on the spot as far as it goes alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evidence.checks import checks_on, duplicates, labels
from evidence.claims import TESTS, Claim, EffectClaim, Ordered, Paper, PrintedTest, Summary
from evidence.extraction.recognising import extract
from evidence.findings import ERROR, WARNING, Audit, Finding
from evidence.repair.joint import with_joint
from evidence.repair.searching import with_repairs

MOST_MENDED = 30
"""Repairs are looked for to so many findings of a text, the first ones: more are no slips of the pen."""


def audit_text(text: str, name: str = "text") -> Audit:
    """Every finding about the results that a text prints, in reading order.

    Parameters
    ----------
    text : str
        Prose as published: an abstract, a page, a table's cells.
    name : str
        What to call the text, such as the file it is in; findings cite it with line and column.

    Notes
    -----
    A statistic is held against its p, an effect against its interval and p, a percentage against its count,
    the rows of a table against the tests beside them. A repair is an edit of one number: pairs of edits need
    numbers that are linked, which a study file tells. Of the whole text it is asked whether one passage or
    table prints the same number for unlike things, whether a statistic fits under another label, and whether
    one-sided testing explains every t and z.

    Examples
    --------
    >>> found = audit_text("(t(158)=1.661, P<0.05), and t(58) = 2.31, p = .042")
    >>> [(f.code, f.message) for f in found.at_least("error")]
    [('AUD302', 't = 1.661 has p 0.0986 to 0.0988 (t on 158 degrees of freedom, two-sided), \
not below 0.05, against P < 0.05'), ('AUD301', 't = 2.31 has p 0.0242 to 0.0248, not P = .042')]
    >>> [edit.proposed for edit in found.at_least("error")[1].repairs[0].edits]
    ['.024']
    """
    claims = tuple(claim for found in extract(text, name) for claim in _with_order(found.claim))
    paper = Paper(name, "", claims)
    found = [
        (i, finding)
        for i, claim in enumerate(claims)
        for check in checks_on(type(claim))
        for finding in check.run(claim)
    ]
    findings = [*_mended(paper, found), *_screens(paper)]
    return Audit(tuple(with_joint(Paper(name, "", _once(claims)), findings)))


def _with_order(claim: Claim) -> Iterator[Claim]:
    """A claim, and behind an effect that its limits enclose it."""
    yield claim
    if isinstance(claim, EffectClaim):
        named = (("lower limit", claim.low), ("estimate", claim.estimate), ("upper limit", claim.high))
        items = tuple((what, number) for what, number in named if number is not None)
        if len(items) > 1:
            yield Ordered(claim.place, "interval", items)


def _mended(paper: Paper, found: list[tuple[int, Finding]]) -> list[Finding]:
    """The findings, the first that fail with the edits of one number that would mend them."""
    failing = [k for k, (_, finding) in enumerate(found) if finding.severity in (ERROR, WARNING)]
    end = failing[MOST_MENDED] if len(failing) > MOST_MENDED else len(found)
    return [*with_repairs(paper, found[:end], most_single=0), *(finding for _, finding in found[end:])]


# --- the whole text ---------------------------------------------------------------------------------------


def _screens(paper: Paper) -> Iterator[Finding]:
    """What is asked of the whole text, as far as a text that may say a thing twice can answer it."""
    together: dict[str, list[Claim]] = defaultdict(list)
    for claim in paper.claims:
        if isinstance(claim, TESTS):
            together[_printed_together(claim.test.place.address)].append(claim)
        elif isinstance(claim, Summary):
            together[_printed_together(claim.place.address)].append(claim)
    for claims in together.values():
        if len(claims) > 1:
            yield from duplicates.run(Paper(paper.study, "", tuple(claims)))
    yield from labels.run(paper)


def _printed_together(address: str) -> str:
    """The passage or the table of an address: within one, equal numbers are not one result said twice."""
    name = address.rpartition("/")[2]
    return "-".join(name.split("-")[:2]) if name.startswith("table-") else name


def _once(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims, a test that is printed again left out."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in claims:
        key = _as_printed(claim.test) if isinstance(claim, TESTS) else None
        if key is None or key not in seen:
            kept.append(claim)
        if key is not None:
            seen.add(key)
    return tuple(kept)


def _as_printed(test: PrintedTest) -> tuple[object, ...]:
    numbers = (test.statistic, *test.df, test.p)
    return (test.letter, *(number.text for number in numbers if number is not None))
