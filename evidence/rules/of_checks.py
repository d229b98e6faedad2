"""The pages of the audit's checks, from the check files: their words, and their examples tried."""

from __future__ import annotations

from typing import Any

from evidence.checks import checks_on
from evidence.checks.check import Check
from evidence.claims import Paper
from evidence.findings import NONE, SEVERITIES
from evidence.rules.page import Example, Page, Said
from evidence.rules.showing import shown


def check_page(check: Check) -> Page:
    """A check as a page; of its examples the first that speak only of this rule."""
    broken = [_tried(check, claim) for claim in check.inconsistent]
    seen = {severity for example in broken for severity in example.severities(check.code)}
    severities = tuple(severity for severity in SEVERITIES if severity in seen)
    worst = [example for example in broken if example.severities(check.code)[:1] == severities[:1]]
    return Page(
        code=check.code,
        slug=check.slug,
        title=check.title,
        what=check.what,
        why=check.why,
        severities=severities,
        passing=_first([_tried(check, claim) for claim in check.consistent], set()),
        failing=_first([*worst, *broken], {check.code}),
        formula=check.formula,
        false_alarms=check.false_alarms,
        reference=check.reference,
    )


def _first(examples: list[Example], wanted: set[str]) -> Example:
    """The first example in which exactly these rules find something; where there is none, the first."""
    return next((one for one in examples if one.found == wanted), examples[0])


def _tried(check: Check, claim: Any) -> Example:
    """What this check says of a claim, then what every other check on such claims finds wrong with it."""
    claims = claim.claims if isinstance(claim, Paper) else (claim,)
    mine = list(check.run(claim))
    asked = [(other, each) for each in claims for other in checks_on(type(each)) if other.code != check.code]
    rest = [f for other, each in asked for f in other.run(each) if f.severity != NONE]
    said = tuple(Said(f.code, f.severity, f.message) for f in (*mine, *rest))
    return Example(shown(claim), said)
