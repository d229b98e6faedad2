"""Every edit of a number that is worth asking about, before any is made: its text and what it rounds from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from evidence.claims import TESTS, Claim, SharesTest
from evidence.repair.editing import (
    ANOTHER_N,
    COST,
    SIGN,
    SWAPPED_ARMS,
    SWAPPED_P,
    Attempt,
    attempts,
    complement,
    copied,
    signed,
    slips,
    swapped,
)
from evidence.repair.links import Links, role
from evidence.rounding import bounds
from evidence.values import Reported

Screen = Callable[[float, float], bool]
"""Whether a check may agree with a number printed for values from ``low`` to ``high``."""
_PLAIN = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,10})?|\.[0-9]{1,10}", re.ASCII)
"""Numbers whose edits can be read without the grammar of printed numbers."""


class Candidate(NamedTuple):
    """One text that could stand in the place of a number, and the ends of what would be printed so."""

    kind: str
    text: str
    low: float
    high: float
    note: str = ""

    @property
    def cost(self) -> float:
        """What this kind of slip costs."""
        return COST[self.kind]

    def passes(self, screens: list[Screen]) -> bool:
        """Whether no quick no excludes it."""
        return all(screen(self.low, self.high) for screen in screens)

    def attempt(self, number: Reported) -> Attempt:
        """The edit itself."""
        return next(attempts(number, self.text, self.kind, self.note))


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Every text that one slip puts in the place of a number: those of its own digits, and those of others.

    ``many`` counts them; the few that are no number any more are left out.
    """

    number: Reported
    slips: dict[str, str]
    turned: str | None
    others: list[Candidate]
    is_plain: bool
    many: int

    def candidates(self, screens: list[Screen]) -> Iterator[Candidate]:
        """The texts that no quick no excludes, in order."""
        texts = [*self.slips.items(), *([] if self.turned is None else [(self.turned, SIGN)])]
        for text, kind in texts:
            ends = _ends(text) if self.is_plain else None
            if ends is not None:
                for screen in screens:
                    if not screen(*ends):
                        break
                else:
                    yield Candidate(kind, text, *ends)
            elif not self.is_plain:
                made = map(_candidate, attempts(self.number, text, kind))
                yield from (each for each in made if each.passes(screens))
        yield from (each for each in self.others if each.passes(screens))


def column(links: Links, number: Reported) -> Column | None:
    """Every text that one slip puts in the place of a number; None of what is no number."""
    if not (number.is_number and number.relation == "="):
        return None
    field = role(number.address)[-1]
    is_size, is_plain = field == "n", number.rounding == "nearest" and bool(_PLAIN.fullmatch(number.text))
    made = list(copied(number, _column(links, number)))
    if is_size:
        made += copied(number, _other_sizes(links, number), ANOTHER_N)
    if field == "percent":
        made += complement(number, 100)
    own, turned = slips(number, whole=not is_size), None if is_size else signed(number)
    if is_plain:
        many = len(own) - _cut_short(own, number.text) + (turned is not None)
    else:
        texts = [*own.items(), *([] if turned is None else [(turned, SIGN)])]
        many = sum(1 for text, kind in texts for _ in attempts(number, text, kind))
    return Column(number, own, turned, [_candidate(each) for each in made], is_plain, many + len(made))


def _cut_short(own: dict[str, str], text: str) -> bool:
    """Whether one of a number's edits leaves nothing after its point."""
    return text[-2:-1] == "." and text[:-1] in own


def _ends(text: str) -> tuple[float, float] | None:
    """The ends of what rounds to a plain number; None of one that ends at its point."""
    whole, point, part = text.partition(".")
    if point and not part:
        return None
    digits, unit = int(whole + part), 10 ** len(part)
    return (digits - 0.5) / unit, (digits + 0.5) / unit


def _candidate(attempt: Attempt) -> Candidate:
    (edit,), (new,) = attempt.edits, attempt.new
    low, _, high = bounds(new).floats
    return Candidate(edit.kind, edit.proposed, low, high, attempt.note)


def _column(links: Links, number: Reported) -> dict[str, str]:
    """What is printed in the same column of other entries: text -> label of the first such entry."""
    own, found = role(number.address), dict[str, str]()
    for address in links.alike[own] if own[-1] != "n" else ():
        other = links.number(address)
        if address != number.address and other.is_number and other.relation == "=":
            found.setdefault(other.text, links.label(address))
    return found


def _other_sizes(links: Links, number: Reported) -> dict[str, str]:
    sizes = [a for a in links.holding if a.endswith("/n") and a != number.address]
    return dict.fromkeys((links.number(address).text for address in sizes), "")


def exchanges(claim: Claim) -> Iterator[Attempt]:
    """Numbers of a claim in each other's place."""
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
