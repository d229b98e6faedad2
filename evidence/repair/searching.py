"""The smallest edits of printed numbers under which every linked check agrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, product

from evidence.checks import checks_on
from evidence.checks.check import Check
from evidence.claims import TESTS, Claim, Paper, SharesTest
from evidence.findings import (
    CONSISTENT,
    CONSISTENT_UNDER,
    ERROR,
    IMPOSSIBLE,
    INCONSISTENT,
    NOT_CHECKABLE,
    SLIP,
    Finding,
    Repair,
)
from evidence.repair.editing import (
    ANOTHER_N,
    SWAPPED_ARMS,
    SWAPPED_P,
    Attempt,
    complement,
    copied,
    single,
    swapped,
)
from evidence.repair.walking import by_address, exchanged, numbers_of
from evidence.values import Reported

ENOUGH_POWER = 0.5
"""A check that lets half of all numbers pass can neither ask for a repair nor confirm one."""
MOST_SHOWN = 6
MOST_PAIRS = 1500
BAD = (INCONSISTENT, IMPOSSIBLE, SLIP)


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """The claims of a paper, which of them hold each address, and what their checks said as printed."""

    claims: tuple[Claim, ...]
    holding: dict[str, list[int]]
    said: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)


def with_repairs(paper: Paper, found: list[tuple[int, Finding]]) -> list[Finding]:
    """The findings, those that fail with the repairs that would mend them.

    Parameters
    ----------
    paper : Paper
        Everything a study claims.
    found : list of (position, Finding)
        Findings with the position of the claim in ``paper.claims`` that they are about, or -1.
    """
    links = Links(paper.claims, by_address(paper.claims))
    for i, finding in found:
        key = (i, finding.code)
        links.said[key] = (*links.said.get(key, ()), finding.verdict)
    failing = [(i, f) for i, f in found if _fails(f)]
    return [
        replace(f, repairs=_repairs(links, i, f, failing)) if i >= 0 and _fails(f) else f for i, f in found
    ]


def _fails(finding: Finding) -> bool:
    return (
        finding.verdict in (INCONSISTENT, IMPOSSIBLE)
        and finding.severity == ERROR
        and (finding.power or 0.0) >= ENOUGH_POWER
    )


def _repairs(
    links: Links, at: int, finding: Finding, failing: list[tuple[int, Finding]]
) -> tuple[Repair, ...]:
    case = _case(links, at)
    numbers = list(dict.fromkeys(n for i in sorted(case) for n in numbers_of(links.claims[i]) if n.address))
    attempts = list(_attempts(links, numbers, case))
    good = [a for a in attempts if _mends(links, case, a)]
    if not good:
        pairs = list(_pairs(links, case, at, attempts))
        attempts, good = attempts + pairs, [a for a in pairs if _mends(links, case, a)]
    return _ranked(links, good, len(attempts), failing, case)


def _case(links: Links, at: int) -> frozenset[int]:
    """The claim that fails and those that share a number with it, arm sizes aside."""
    linked = {at}
    for number in numbers_of(links.claims[at]):
        if number.address and not number.address.endswith("/n"):
            linked.update(links.holding.get(number.address, ()))
    return frozenset(linked)


# --- attempts ---------------------------------------------------------------------------------------------


def _attempts(links: Links, numbers: list[Reported], case: frozenset[int]) -> Iterator[Attempt]:
    for number in numbers:
        if number.is_number and number.relation == "=":
            yield from single(number)
            yield from copied(number, _column(links, number))
            if _role(number)[-1] == "n":
                yield from copied(number, _other_sizes(links, number), ANOTHER_N)
            if _role(number)[-1] == "percent":
                yield from complement(number, 100)
    for i in sorted(case):
        yield from _swaps(links.claims[i])


def _role(number: Reported) -> tuple[str, ...]:
    """The arm or contrast and the field of a number: what it shares with those of its column."""
    return tuple(number.address.split("/")[-2:])


def _column(links: Links, number: Reported) -> dict[str, str]:
    """What is printed in the same column of other entries: text -> label of the first such entry."""
    role, found = _role(number), dict[str, str]()
    if role[-1] == "n":
        return found
    for address, holders in links.holding.items():
        if address != number.address and tuple(address.split("/")[-2:]) == role:
            claim = links.claims[holders[0]]
            other = next(n for n in numbers_of(claim) if n.address == address)
            place = claim.test.place if isinstance(claim, TESTS) else claim.place
            if other.is_number and other.relation == "=":
                found.setdefault(other.text, place.label)
    return found


def _other_sizes(links: Links, number: Reported) -> dict[str, str]:
    found: dict[str, str] = {}
    for address, holders in links.holding.items():
        if address.endswith("/n") and address != number.address:
            other = next(n for n in numbers_of(links.claims[holders[0]]) if n.address == address)
            found.setdefault(other.text, "")
    return found


def _swaps(claim: Claim) -> Iterator[Attempt]:
    if isinstance(claim, TESTS):
        statistic, p = claim.test.statistic, claim.test.p
        if statistic is not None and p is not None and statistic.relation == p.relation == "=":
            yield from swapped(statistic, p, SWAPPED_P)
    if isinstance(claim, SharesTest):
        shares = [share for side in claim.sides for share in side]
        for one, two in combinations(shares, 2):
            for name in ("percent", "events"):
                a, b = getattr(one, name), getattr(two, name)
                if isinstance(a, Reported) and isinstance(b, Reported):
                    yield from swapped(a, b, SWAPPED_ARMS)


def _pairs(links: Links, case: frozenset[int], at: int, attempts: list[Attempt]) -> Iterator[Attempt]:
    """Edits of two numbers of the failing claim, each of which by itself upsets nothing that agreed."""
    whole = frozenset({at})
    quiet = [a for a in attempts if len(a.new) == 1 and _mends(links, case - whole, a, confirmed=False)]
    by_number: dict[str, list[Attempt]] = {}
    for a in sorted(quiet, key=lambda a: a.cost):
        if not a.new[0].address.endswith("/n"):
            by_number.setdefault(a.new[0].address, []).append(a)
    fewer = [each[:80] for each in by_number.values()]
    made = 0
    for ones, twos in combinations(fewer, 2):
        for one, two in product(ones, twos):
            made += 1
            if made > MOST_PAIRS:
                return
            yield Attempt(one.edits + two.edits, one.new + two.new, one.cost + two.cost)


# --- judging ----------------------------------------------------------------------------------------------


def _mends(links: Links, case: frozenset[int], attempt: Attempt, confirmed: bool = True) -> bool:
    """Whether every check of every linked claim agrees after the edit, one of them with power."""
    new = {number.address: number for number in attempt.new}
    touched = set(case)
    for address in new:
        touched.update(links.holding.get(address, ()))
    power = 0.0
    for i, check in _in_order(links, touched):
        claim = exchanged(links.claims[i], new)
        before = links.said.get((i, check.code), ())
        for finding in check.run(claim):
            if not _agrees(finding, before):
                return False
            if finding.verdict == CONSISTENT and claim is not links.claims[i]:
                power = max(power, finding.power or 0.0)
    return power >= ENOUGH_POWER or not confirmed


def _in_order(links: Links, touched: set[int]) -> Iterable[tuple[int, Check]]:
    """Cheap checks of single numbers first: most edits fall at them."""
    pairs = [(i, check) for i in touched for check in checks_on(type(links.claims[i]))]
    return sorted(pairs, key=lambda pair: (pair[1].code, pair[0]))


def _agrees(finding: Finding, before: tuple[str, ...]) -> bool:
    """Whether a check agrees after an edit: not worse than it was where it did not fail."""
    if finding.verdict in BAD:
        return False
    if finding.verdict in (CONSISTENT_UNDER, NOT_CHECKABLE):
        return finding.verdict in before
    return True


def _ranked(
    links: Links, good: list[Attempt], tried: int, failing: list[tuple[int, Finding]], case: frozenset[int]
) -> tuple[Repair, ...]:
    """The repairs in order of cost and checks mended, ties of one rank."""
    scored = sorted(((a.cost, -_mended(links, a, failing, case), a) for a in good), key=lambda s: s[:2])
    order = list(dict.fromkeys(score[:2] for score in scored))
    counts = [sum(s[:2] == key for s in scored) for key in order]
    repairs = []
    for cost, mended, attempt in scored[:MOST_SHOWN]:
        rank = order.index((cost, mended))
        repairs.append(
            Repair(
                edits=attempt.edits,
                rank=rank + 1,
                cost=cost,
                repaired=-mended,
                rivals=counts[rank] - 1,
                chance=len(good) / tried,
                tried=tried,
                note=attempt.note,
            )
        )
    return tuple(repairs)


def _mended(links: Links, attempt: Attempt, failing: list[tuple[int, Finding]], case: frozenset[int]) -> int:
    """How many failing checks an edit mends: those of the claims that it touches."""
    touched = set(case)
    for number in attempt.new:
        touched.update(links.holding.get(number.address, ()))
    return sum(i in touched for i, _ in failing)
