"""The smallest edits of printed numbers under which every linked check agrees."""

from __future__ import annotations

from dataclasses import replace

from evidence.checks import checks_on
from evidence.claims import Paper, SurvivalClaim
from evidence.findings import (
    CONSISTENT,
    ERROR,
    IMPOSSIBLE,
    INCONSISTENT,
    WARNING,
    Finding,
    Repair,
)
from evidence.repair.candidates import Column, column, exchanges
from evidence.repair.editing import Attempt
from evidence.repair.links import ENOUGH_POWER, Links, links
from evidence.repair.pairing import pairs
from evidence.repair.screening import screens
from evidence.repair.walking import exchanged

MOST_SHOWN = 6
MOST_SINGLE = 1000
"""With more single edits than this, pairs of them would say nothing and take long."""


def with_repairs(
    paper: Paper, found: list[tuple[int, Finding]], *, most_single: int = MOST_SINGLE
) -> list[Finding]:
    """The findings, those that fail with the repairs that would mend them.

    Parameters
    ----------
    paper : Paper
        Everything a study claims.
    found : list of (position, Finding)
        Findings with the position of the claim in ``paper.claims`` that they are about, or -1.
    most_single : int
        With more single edits than this no pairs of them are tried; 0 for never.
    """
    failing = [(i, f) for i, f in found if i >= 0 and _fails(f)]
    if not failing:
        return [f for _, f in found]
    linked = links(paper.claims, found)
    known: dict[frozenset[int], tuple[Repair, ...]] = {}
    wrongs = {i: _wrong(linked, i, failing) for i, _ in failing}
    for i, wrong in wrongs.items():
        if wrong not in known:
            known[wrong] = _repairs(linked, i, wrong, failing, most_single)
    return [replace(f, repairs=known[wrongs[i]]) if i >= 0 and _fails(f) else f for i, f in found]


def _fails(finding: Finding) -> bool:
    return (
        finding.verdict in (INCONSISTENT, IMPOSSIBLE)
        and finding.severity in (ERROR, WARNING)
        and (finding.power or 0.0) >= ENOUGH_POWER
    )


def _wrong(linked: Links, at: int, failing: list[tuple[int, Finding]]) -> frozenset[int]:
    """The failing claims that one repair has to mend together."""
    case = _case(linked, at)
    return frozenset(i for i, _ in failing if i in case)


def _case(linked: Links, at: int) -> frozenset[int]:
    """The claim that fails and those that share a number with it, arm sizes aside."""
    case = {at}
    for number in linked.numbers[at]:
        if not number.address.endswith("/n"):
            case.update(linked.holding[number.address])
    return frozenset(case)


def _repairs(
    linked: Links, at: int, wrong: frozenset[int], failing: list[tuple[int, Finding]], most_single: int
) -> tuple[Repair, ...]:
    case = sorted(_case(linked, at))
    numbers = list(dict.fromkeys(n for i in case for n in linked.numbers[i]))
    needed = _needed(linked, wrong, failing)
    columns = [made for number in numbers if (made := column(linked, number)) is not None]
    swaps = [attempt for i in case for attempt in exchanges(linked.claims[i])]
    tried = sum(each.many for each in columns) + len(swaps)
    touching = [each for each in columns if all(each.number.address in some for some in needed)]
    left = [attempt for each in touching for attempt in _left(linked, wrong, each)]
    good = [a for a in (*left, *swaps) if _mends(linked, wrong, a)]
    if not good and tried <= most_single:
        paired = pairs(linked, wrong, columns)
        tried, good = tried + paired.tried, [a for a in paired.left if _mends(linked, wrong, a)]
    return _ranked(linked, good, tried, failing)


def _needed(linked: Links, wrong: frozenset[int], failing: list[tuple[int, Finding]]) -> list[set[str]]:
    """For each failing check of a time-to-event endpoint the numbers it is about; the claim holds more."""
    return [
        {number.address for number in finding.about}
        for i, finding in failing
        if i in wrong and isinstance(linked.claims[i], SurvivalClaim)
    ]


def _left(linked: Links, wrong: frozenset[int], column: Column) -> list[Attempt]:
    """The edits of a number that no quick no excludes; a failing claim without the number goes on failing."""
    number, holders = column.number, linked.holding[column.number.address]
    if not wrong <= set(holders):
        return []
    allowed = [screen for i in holders for screen in screens(linked, i, linked.claims[i], number)]
    return [each.attempt(number) for each in column.candidates(allowed)]


def _mends(linked: Links, wrong: frozenset[int], attempt: Attempt) -> bool:
    """Whether every check of every claim the edit touches agrees after it, one of them with power.

    A failing claim that it does not touch goes on failing.
    """
    new = {number.address: number for number in attempt.new}
    touched = linked.touched(new)
    if not wrong <= set(touched):
        return False
    most = 0.0
    for i in touched:
        power = linked.power(i, new)
        if power is None:
            return False
        most = max(most, power)
    return most >= ENOUGH_POWER


# --- ranking ----------------------------------------------------------------------------------------------


def _ranked(
    linked: Links, good: list[Attempt], tried: int, failing: list[tuple[int, Finding]]
) -> tuple[Repair, ...]:
    """The repairs in order of cost and checks mended, ties of one rank."""
    scored = sorted(((a.cost, -_mended(linked, a, failing), a) for a in good), key=lambda s: s[:2])
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
                note="; ".join(part for part in (attempt.note, _then(linked, attempt, failing)) if part),
            )
        )
    return tuple(repairs)


def _then(linked: Links, attempt: Attempt, failing: list[tuple[int, Finding]]) -> str:
    """What the checks that an edit mends say of the edited numbers."""
    new = {number.address: number for number in attempt.new}
    touched = set(linked.touched(new))
    said = [
        finding.message
        for i, code in dict.fromkeys((i, f.code) for i, f in failing if i in touched)
        for check in checks_on(type(linked.claims[i]))
        if check.code == code
        for finding in check.run(exchanged(linked.claims[i], new))
        if finding.verdict == CONSISTENT
    ]
    return f"then {'; '.join(dict.fromkeys(said))}" if said else ""


def _mended(linked: Links, attempt: Attempt, failing: list[tuple[int, Finding]]) -> int:
    """How many failing checks an edit mends: those of the claims that it touches."""
    touched = {i for number in attempt.new for i in linked.holding.get(number.address, ())}
    return sum(i in touched for i, _ in failing)
