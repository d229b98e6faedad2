"""The pages of the audit's checks, from the check files: their words, and their examples tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidence.checks import checks_on
from evidence.checks.check import Check
from evidence.claims import Paper
from evidence.findings import CONSISTENT, NONE, NOT_CHECKABLE, SEVERITIES
from evidence.rules.page import Example, Page, Said
from evidence.rules.showing import shown

_SILENT = (CONSISTENT, NOT_CHECKABLE)
"""Verdicts that find nothing wrong."""


def check_page(check: Check) -> Page:
    """A check as a page; of its examples the first that speak only of this rule."""
    breaks = check.inconsistent
    own = [(claim, tuple(check.run(claim))) for claim in breaks]
    seen = {finding.severity for _, found in own for finding in found}
    severities = tuple(severity for severity in SEVERITIES if severity in seen and severity != NONE)
    worst = [claim for claim, found in own if any(f.severity == severities[0] for f in found)]
    return Page(
        code=check.code,
        slug=check.slug,
        title=check.title,
        what=check.what,
        why=check.why,
        severities=severities,
        passing=_first(check, check.consistent, set()),
        failing=_first(check, [*worst, *breaks], {check.code}),
        formula=check.formula,
        false_alarms=check.false_alarms,
        reference=check.reference,
    )


def _first(check: Check, claims: Sequence[Any], wanted: set[str]) -> Example:
    """The first example in which exactly these rules find something; where there is none, the first."""
    examples = (_tried(check, claim) for claim in claims)
    return next((one for one in examples if one.found == wanted), None) or _tried(check, claims[0])


def _tried(check: Check, claim: Any) -> Example:
    """What this check says of a claim, then what every other check on such claims finds wrong with it."""
    claims = claim.claims if isinstance(claim, Paper) else (claim,)
    asked = [(other, each) for each in claims for other in checks_on(type(each)) if other.code != check.code]
    rest = [f for other, each in asked for f in other.run(each) if f.verdict not in _SILENT]
    said = tuple(Said(f.code, f.severity, f.message) for f in (*check.run(claim), *rest))
    return Example(shown(claim), said)
