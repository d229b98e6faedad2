"""The smallest edits of printed numbers under which every linked check agrees."""

from __future__ import annotations

from collections.abc import Iterator
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
    WARNING,
    Finding,
    Repair,
)
from evidence.repair.editing import (
    ANOTHER_N,
    DROPPED,
    SUBSTITUTED,
    SWAPPED_ARMS,
    SWAPPED_P,
    TRANSPOSED,
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
MOST_SINGLE = 1000
"""With more single edits than this, pairs of them would say nothing and take long."""
BAD = (INCONSISTENT, IMPOSSIBLE, SLIP)
SLIPS_OF_SIZES = (SUBSTITUTED, TRANSPOSED, DROPPED)
"""An arm does not become ten times as large without anybody noticing."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """The claims of a paper, which of them hold each address, and what their checks said as printed."""

    claims: tuple[Claim, ...]
    holding: dict[str, list[int]]
    said: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    orders: dict[frozenset[int], list[tuple[int, Check]]] = field(default_factory=dict)

    def in_order(self, touched: frozenset[int]) -> list[tuple[int, Check]]:
        """The checks of these claims: of single numbers first, then those that failed."""
        if touched not in self.orders:
            pairs = [(i, check) for i in touched for check in checks_on(type(self.claims[i]))]
            self.orders[touched] = sorted(pairs, key=self._place)
        return self.orders[touched]

    def _place(self, pair: tuple[int, Check]) -> tuple[bool, bool, str, int]:
        i, check = pair
        failed = any(verdict in BAD for verdict in self.said.get((i, check.code), ()))
        return check.code >= "AUD2", not failed, check.code, i


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
    failing = [(i, f) for i, f in found if i >= 0 and _fails(f)]
    known: dict[frozenset[int], tuple[Repair, ...]] = {}
    for i, _ in failing:
        wrong = _wrong(links, i, failing)
        if wrong not in known:
            known[wrong] = _repairs(links, i, failing)
    wrongs = {i: _wrong(links, i, failing) for i, _ in failing}
    return [replace(f, repairs=known[wrongs[i]]) if i >= 0 and _fails(f) else f for i, f in found]


def _fails(finding: Finding) -> bool:
    return (
        finding.verdict in (INCONSISTENT, IMPOSSIBLE)
        and finding.severity in (ERROR, WARNING)
        and (finding.power or 0.0) >= ENOUGH_POWER
    )


def _wrong(links: Links, at: int, failing: list[tuple[int, Finding]]) -> frozenset[int]:
    """The failing claims that one repair has to mend together."""
    case = _case(links, at)
    return frozenset(i for i, _ in failing if i in case)


def _repairs(links: Links, at: int, failing: list[tuple[int, Finding]]) -> tuple[Repair, ...]:
    case = _case(links, at)
    wrong = _wrong(links, at, failing)
    numbers = list(dict.fromkeys(n for i in sorted(case) for n in numbers_of(links.claims[i]) if n.address))
    attempts = list(_attempts(links, numbers, case))
    good = [a for a in attempts if _mends(links, wrong, a)]
    if not good and len(attempts) <= MOST_SINGLE:
        pairs = list(_pairs(links, wrong, attempts))
        attempts, good = attempts + pairs, [a for a in pairs if _mends(links, wrong, a)]
    return _ranked(links, good, len(attempts), failing)


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
            is_size = _role(number)[-1] == "n"
            yield from (a for a in single(number) if not is_size or a.edits[0].kind in SLIPS_OF_SIZES)
            yield from copied(number, _column(links, number))
            if is_size:
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


def _pairs(links: Links, wrong: frozenset[int], attempts: list[Attempt]) -> Iterator[Attempt]:
    """Edits of two numbers of the failing claims, each of which by itself upsets nothing it alone decides."""
    editable = {i: _editable(links.claims[i]) for i in wrong}
    by_number: dict[str, list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda a: a.cost):
        address = attempt.new[0].address
        own = len(attempt.new) == 1 and any(address in addresses for addresses in editable.values())
        if own and _quiet(links, attempt, {i for i in wrong if len(editable[i]) > 1}):
            by_number.setdefault(address, []).append(attempt)
    made = 0
    for ones, twos in combinations(by_number.values(), 2):
        for first, second in product(ones, twos):
            made += 1
            if made > MOST_PAIRS:
                return
            cost = first.cost + second.cost
            yield Attempt(first.edits + second.edits, first.new + second.new, cost)


def _editable(claim: Claim) -> set[str]:
    return {n.address for n in numbers_of(claim) if n.address and not n.address.endswith("/n")}


def _quiet(links: Links, attempt: Attempt, open_: set[int]) -> bool:
    """Whether the claims an edit touches agree after it, but for those that another edit may still mend."""
    address = attempt.new[0].address
    new = {address: attempt.new[0]}
    return all(
        _agrees(finding, links.said.get((i, check.code), ()))
        for i in links.holding.get(address, ())
        if i not in open_
        for check in checks_on(type(links.claims[i]))
        for finding in check.run(exchanged(links.claims[i], new))
    )


# --- judging ----------------------------------------------------------------------------------------------


def _mends(links: Links, failing: frozenset[int], attempt: Attempt, confirmed: bool = True) -> bool:
    """Whether every check of every claim the edit touches agrees after it, one of them with power.

    A failing claim that it does not touch goes on failing.
    """
    new = {number.address: number for number in attempt.new}
    touched = {i for address in new for i in links.holding.get(address, ())}
    if not failing <= touched:
        return False
    claims: dict[int, Claim] = {}
    power = 0.0
    for i, check in links.in_order(frozenset(touched)):
        if i not in claims:
            claims[i] = exchanged(links.claims[i], new)
        if check.fails is not None and check.fails(claims[i]):
            return False
        for finding in check.run(claims[i]):
            if not _agrees(finding, links.said.get((i, check.code), ())):
                return False
            if finding.verdict == CONSISTENT:
                power = max(power, finding.power or 0.0)
    return power >= ENOUGH_POWER or not confirmed


def _agrees(finding: Finding, before: tuple[str, ...]) -> bool:
    """Whether a check agrees after an edit: not worse than it was where it did not fail."""
    if finding.verdict in BAD:
        return False
    if finding.verdict in (CONSISTENT_UNDER, NOT_CHECKABLE):
        return finding.verdict in before
    return True


def _ranked(
    links: Links, good: list[Attempt], tried: int, failing: list[tuple[int, Finding]]
) -> tuple[Repair, ...]:
    """The repairs in order of cost and checks mended, ties of one rank."""
    scored = sorted(((a.cost, -_mended(links, a, failing), a) for a in good), key=lambda s: s[:2])
    order = list(dict.fromkeys(score[:2] for score in scored))
    counts = [sum(s[:2] == key for s in scored) for key in order]
    if counts and counts[0] > MOST_SHOWN:
        return ()  # so many that none is an explanation
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
                note="; ".join(part for part in (attempt.note, _then(links, attempt, failing)) if part),
            )
        )
    return tuple(repairs)


def _then(links: Links, attempt: Attempt, failing: list[tuple[int, Finding]]) -> str:
    """What the checks that an edit mends say of the edited numbers."""
    new = {number.address: number for number in attempt.new}
    touched = {i for address in new for i in links.holding.get(address, ())}
    said = [
        finding.message
        for i, code in dict.fromkeys((i, f.code) for i, f in failing if i in touched)
        for check in checks_on(type(links.claims[i]))
        if check.code == code
        for finding in check.run(exchanged(links.claims[i], new))
        if finding.verdict == CONSISTENT
    ]
    return f"then {'; '.join(dict.fromkeys(said))}" if said else ""


def _mended(links: Links, attempt: Attempt, failing: list[tuple[int, Finding]]) -> int:
    """How many failing checks an edit mends: those of the claims that it touches."""
    touched = {i for number in attempt.new for i in links.holding.get(number.address, ())}
    return sum(i in touched for i, _ in failing)
