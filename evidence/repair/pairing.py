"""Edits of two numbers of failing claims, asked only where no single edit mends them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evidence.repair.candidates import Candidate, Column, Screen
from evidence.repair.editing import Attempt
from evidence.repair.links import Links
from evidence.repair.screening import screens
from evidence.repair.walking import exchanged
from evidence.values import Reported

MOST_PAIRS = 1500


class Pairs(NamedTuple):
    """How many pairs were asked about, and those that no quick no excludes."""

    tried: int
    left: list[Attempt]


class _Side(NamedTuple):
    """A number and the edits of it that by themselves upset nothing it alone decides, the cheapest first."""

    number: Reported
    edits: list[Candidate]


def pairs(links: Links, wrong: frozenset[int], columns: list[Column]) -> Pairs:
    """Edits of two numbers of the failing claims, each of which by itself upsets nothing it alone decides."""
    tried, left = 0, list[Attempt]()
    for one, two in combinations(_sides(links, wrong, columns), 2):
        many = min(len(one.edits) * len(two.edits), MOST_PAIRS - tried)
        tried += many
        if many and wrong <= {i for n in (one.number, two.number) for i in links.holding[n.address]}:
            left += _paired(links, one, two, many)
    return Pairs(tried, left)


def _sides(links: Links, wrong: frozenset[int], columns: list[Column]) -> list[_Side]:
    """The numbers whose edits are worth pairing, in order of their cheapest."""
    editable = {i: {n.address for n in links.numbers[i] if not n.address.endswith("/n")} for i in wrong}
    own = set().union(*editable.values())
    open_ = {i for i in wrong if len(editable[i]) > 1}
    quiet: list[tuple[Reported, Candidate]] = []
    for column in columns:
        number = column.number
        if number.address in own:
            closed = [i for i in links.holding[number.address] if i not in open_]
            allowed = [screen for i in closed for screen in screens(links, i, links.claims[i], number)]
            edits = list(column.candidates(allowed))
            quiet += ((number, edits[at]) for at in _agreeing(links, closed, number, edits))
    sides: dict[str, _Side] = {}
    for number, candidate in sorted(quiet, key=lambda each: each[1].cost):
        sides.setdefault(number.address, _Side(number, [])).edits.append(candidate)
    return list(sides.values())


def _agreeing(links: Links, held: list[int], number: Reported, edits: list[Candidate]) -> Iterator[int]:
    """The places of the edits of a number with which all checks of some claims that hold it agree."""
    for at, each in enumerate(edits):
        new = {number.address: each.attempt(number).new[0]} if held else {}
        if all(links.power(i, new) is not None for i in held):
            yield at


def _paired(links: Links, one: _Side, two: _Side, many: int) -> Iterator[Attempt]:
    """The first so many pairs of two numbers' edits, without those that a claim excludes."""
    first = _alone(links, one, two)
    second = _alone(links, two, one)
    both = [i for i in links.holding[one.number.address] if i in links.holding[two.number.address]]
    turned = len(first) > len(second)
    outer, inner = ((second, first), (first, second))[not turned]
    numbers = (two.number, one.number) if turned else (one.number, two.number)
    width, found = len(two.edits), []
    for a, fixed in outer:
        allowed = _left_open(links, both, fixed.attempt(numbers[0]).new[0], numbers[1])
        for b, free in inner:
            low, high = free.low, free.high
            for screen in allowed:
                if not screen(low, high):
                    break
            else:
                place = b * width + a if turned else a * width + b
                found.append((place, (free, fixed) if turned else (fixed, free)))
    for place, (x, y) in sorted(found, key=lambda f: f[0]):
        if place < many:
            yield _together(x.attempt(one.number), y.attempt(two.number))


def _alone(links: Links, one: _Side, two: _Side) -> list[tuple[int, Candidate]]:
    """The edits of a number, at their places, with which the claims agree that hold it and not the other."""
    own = [i for i in links.holding[one.number.address] if i not in links.holding[two.number.address]]
    allowed = [screen for i in own for screen in screens(links, i, links.claims[i], one.number)]
    edits = [(at, each) for at, each in enumerate(one.edits) if each.passes(allowed)]
    agreeing = _agreeing(links, own, one.number, [each for _, each in edits])
    return [edits[at] for at in agreeing]


def _left_open(links: Links, both: list[int], new: Reported, other: Reported) -> list[Screen]:
    """What one edit leaves open for the other number, in the claims that hold both."""
    edited = [(i, exchanged(links.claims[i], {new.address: new})) for i in both]
    return [screen for i, claim in edited for screen in screens(links, i, claim, other)]


def _together(first: Attempt, second: Attempt) -> Attempt:
    return Attempt(first.edits + second.edits, first.new + second.new, first.cost + second.cost)
