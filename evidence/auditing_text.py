"""The audit of prose: what a text prints is recognised, and checked on the spot as far as it goes alone."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks import checks_on
from evidence.claims import Claim, EffectClaim, Ordered, Paper
from evidence.extraction.recognising import extract
from evidence.findings import Audit
from evidence.repair.joint import with_joint


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
    A statistic is held against its p, an effect against its interval and p, a percentage against its count.
    No repairs are proposed: they need numbers that are linked, which only a study file tells.

    Examples
    --------
    >>> [(f.code, f.message) for f in audit_text("(t(158)=1.661, P<0.05)").at_least("error")]
    [('AUD302', 't = 1.661 has p 0.0986 to 0.0988 (t on 158 degrees of freedom, two-sided), \
not below 0.05, against P < 0.05')]
    """
    claims = tuple(claim for found in extract(text, name) for claim in _with_order(found.claim))
    findings = [
        finding for claim in claims for check in checks_on(type(claim)) for finding in check.run(claim)
    ]
    return Audit(tuple(with_joint(Paper(name, "", claims), findings)))


def _with_order(claim: Claim) -> Iterator[Claim]:
    """A claim, and behind an effect that its limits enclose it."""
    yield claim
    if isinstance(claim, EffectClaim):
        named = (("lower limit", claim.low), ("estimate", claim.estimate), ("upper limit", claim.high))
        items = tuple((what, number) for what, number in named if number is not None)
        if len(items) > 1:
            yield Ordered(claim.place, "interval", items)
