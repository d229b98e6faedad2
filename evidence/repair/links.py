"""What the claims of a paper share: numbers at one address, and what every check said of them as printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.checks import checks_on
from evidence.checks.check import Check
from evidence.claims import TESTS, Claim, SharedShare, SurvivalClaim
from evidence.findings import (
    CONSISTENT,
    CONSISTENT_UNDER,
    IMPOSSIBLE,
    INCONSISTENT,
    NOT_CHECKABLE,
    SCREEN,
    SLIP,
    Finding,
)
from evidence.repair.walking import exchanged, numbers_of
from evidence.values import Reported

BAD = (INCONSISTENT, IMPOSSIBLE, SLIP)
ENOUGH_POWER = 0.5
"""A check that lets half of all numbers pass can neither ask for a repair nor confirm one."""
Edits = tuple[tuple[str, str], ...]
"""What a claim is edited to: its addresses that change, with their new text."""


@dataclass(slots=True, eq=False)
class Links:
    """The claims of a paper, which of them hold each address, and what their checks said as printed.

    ``judged`` remembers what the checks of a claim say once some of its numbers are edited: the least power
    of agreement, or None where a check disagrees. Edits of two numbers meet the same claims again and again.
    """

    claims: tuple[Claim, ...]
    numbers: tuple[tuple[Reported, ...], ...]
    holding: dict[str, list[int]]
    alike: dict[tuple[str, ...], list[str]]
    said: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    judged: dict[tuple[int, Edits], float | None] = field(default_factory=dict)
    orders: dict[int, list[Check]] = field(default_factory=dict)
    together: dict[frozenset[str], list[int]] = field(default_factory=dict)

    def number(self, address: str) -> Reported:
        """The number at an address, as the first claim that holds it has it."""
        return next(n for n in self.numbers[self.holding[address][0]] if n.address == address)

    def label(self, address: str) -> str:
        """What the entry is called in which an address first stands."""
        claim = self.claims[self.holding[address][0]]
        return claim.test.place.label if isinstance(claim, TESTS) else claim.place.label

    def checks(self, i: int) -> list[Check]:
        """The checks of a claim: of single numbers first, then those that failed."""
        if i not in self.orders:
            self.orders[i] = sorted(checks_on(type(self.claims[i])), key=lambda check: self._place(i, check))
        return self.orders[i]

    def _place(self, i: int, check: Check) -> tuple[bool, bool, str]:
        failed = any(verdict in BAD for verdict in self.said.get((i, check.code), ()))
        return check.code >= "AUD2", not failed, check.code

    def touched(self, new: dict[str, Reported]) -> list[int]:
        """The claims that edits touch: what soon says no first, ranges of several arms last."""
        addresses = frozenset(new)
        if addresses not in self.together:
            found = {i for address in new for i in self.holding.get(address, ())}
            self.together[addresses] = sorted(found, key=self._cost)
        return self.together[addresses]

    def _cost(self, i: int) -> tuple[bool, bool, int, int]:
        claim, checks = self.claims[i], self.checks(i)
        failed = any(verdict in BAD for check in checks for verdict in self.said.get((i, check.code), ()))
        return isinstance(claim, SharedShare), not failed, len(checks), i

    def power(self, i: int, new: dict[str, Reported]) -> float | None:
        """How powerfully the checks of a claim agree with edited numbers; None where one does not agree."""
        edits = tuple((n.address, n.text) for n in new.values() if i in self.holding.get(n.address, ()))
        key = (i, edits)
        if key not in self.judged:
            self.judged[key] = self._power(i, exchanged(self.claims[i], new))
        return self.judged[key]

    def _power(self, i: int, claim: Claim) -> float | None:
        power = 0.0
        for check in self.checks(i):
            if check.fails is not None and check.fails(claim):
                return None
            before, said = self.said.get((i, check.code), ()), 0
            for finding in check.run(claim):
                if not _agrees(finding, before):
                    return None
                said += 1
                if finding.verdict == CONSISTENT:
                    power = max(power, finding.power or 0.0)
            if said < len(before) and isinstance(claim, SurvivalClaim):
                return None  # an edit after which a check has nothing to go by mends nothing
        return power


def links(claims: tuple[Claim, ...], found: list[tuple[int, Finding]]) -> Links:
    """How claims hang together, with the verdicts of their checks."""
    numbers = tuple(tuple(n for n in numbers_of(claim) if n.address) for claim in claims)
    holding: dict[str, list[int]] = {}
    for i, own in enumerate(numbers):
        for address in dict.fromkeys([n.address for n in own]):
            holding.setdefault(address, []).append(i)
    alike: dict[tuple[str, ...], list[str]] = {}
    for address in holding:
        alike.setdefault(role(address), []).append(address)
    linked = Links(claims, numbers, holding, alike)
    for i, finding in found:
        key = (i, finding.code)
        linked.said[key] = (*linked.said.get(key, ()), finding.verdict)
    return linked


def role(address: str) -> tuple[str, ...]:
    """The arm or contrast and the field of a number: what it shares with those of its column."""
    return tuple(address.rsplit("/", 2)[-2:])


def _agrees(finding: Finding, before: tuple[str, ...]) -> bool:
    """Whether a check agrees after an edit: not worse than it was where it did not fail."""
    if finding.verdict in BAD:
        return False
    if finding.verdict == SCREEN and (finding.power or 0.0) >= ENOUGH_POWER:
        return SCREEN in before
    if finding.verdict in (CONSISTENT_UNDER, NOT_CHECKABLE):
        return finding.verdict in before
    return True
