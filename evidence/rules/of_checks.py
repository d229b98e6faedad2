"""The pages of the audit's checks, from the check files: their words, and their examples tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from evidence.checks import checks_on
from evidence.checks.check import Check
from evidence.claims import Paper, Place
from evidence.findings import NONE
from evidence.rules.page import Example, Page, Said
from evidence.values import Reported

MOST_NUMBERS = 16
_PREFIXES = ("example/endpoint/", "example/")


def check_page(check: Check) -> Page:
    """A check as a page; of its examples the first that speaks only of this rule."""
    failing = _first(check, check.inconsistent, {check.code})
    own = [said.severity for said in failing.said if said.code == check.code and said.severity != NONE]
    return Page(
        code=check.code,
        slug=check.slug,
        title=check.title,
        what=check.what,
        why=check.why,
        severity=own[0] if own else NONE,
        passing=_first(check, check.consistent, set()),
        failing=failing,
        formula=check.formula,
        false_alarms=check.false_alarms,
        reference=check.reference,
    )


def _first(check: Check, claims: tuple[Any, ...], wanted: set[str]) -> Example:
    """The first example in which exactly these rules find something; where there is none, the first."""
    examples = (_tried(check, claim) for claim in claims)
    return next((one for one in examples if one.found == wanted), None) or _tried(check, claims[0])


def _tried(check: Check, claim: Any) -> Example:
    """What this check says of a claim, then what every other check on such claims finds wrong with it."""
    claims = claim.claims if isinstance(claim, Paper) else (claim,)
    mine = list(check.run(claim))
    asked = [(other, each) for each in claims for other in checks_on(type(each)) if other.code != check.code]
    rest = [f for other, each in asked for f in other.run(each) if f.severity != NONE]
    said = tuple(Said(f.code, f.severity, f.message) for f in (*mine, *rest))
    return Example(_numbers_text(claim), said)


def _numbers_text(claim: Any) -> str:
    """The printed numbers of a claim, a line each: where it would stand, and its characters."""
    found = {number.address or number.text: number for number in _printed(claim)}
    lines = [f"{_short(address)}: {number.text}" for address, number in found.items()]
    if len(lines) > MOST_NUMBERS:
        lines = [*lines[: MOST_NUMBERS - 1], f"and {len(lines) - MOST_NUMBERS + 1} more"]
    return "\n".join(lines)


def _short(address: str) -> str:
    for prefix in _PREFIXES:
        if address.startswith(prefix):
            return address.removeprefix(prefix)
    return address


def _printed(value: Any) -> Iterator[Reported]:
    """Every printed number in a claim, in the order of its fields."""
    if isinstance(value, Reported):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _printed(item)
    elif is_dataclass(value) and not isinstance(value, Place):
        for field in fields(value):
            yield from _printed(getattr(value, field.name))
