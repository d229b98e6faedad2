"""The exact test of an r x c table: all tables with its margins that are no more likely than it is.

Columns are filled one after another. What matters after some columns is how much is left of each row, so
that paths which leave the same are one node; where every completion of a path is less likely than the table
seen, or none is, the path is finished at once (the network algorithm). Where the paths are too many, those
tables are summed that are likelier, which are fewer (``fisher_by_halves``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, inf, lgamma, log, log1p, prod

from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.fisher_by_halves import less_likely

SAME_CHANCE = log1p(1e-7)
"""Tables this close in probability count as equally likely, as in R's fisher.test."""
MOST_PATHS = 60_000
"""More paths than this are not followed."""
MOST_PEOPLE = 2_000

Rows = tuple[int, ...]


class _TooLong(Exception):
    """More paths than are worth following."""


def fisher_freeman_halton(counts: Sequence[Sequence[int]], most: int = MOST_PATHS) -> float | Unknown:
    """The exact p of an r x c table, two-sided by likelihood; unknown where the tables are too many.

    Parameters
    ----------
    counts : rows of whole numbers
        The table; empty rows and columns drop out.
    most : int
        Paths that may be followed.

    References
    ----------
    Freeman and Halton 1951, Biometrika 38:141-149; Mehta and Patel 1983, Journal of the American Statistical
    Association 78:427-434.

    Examples
    --------
    >>> round(fisher_freeman_halton([[10, 3], [3, 11], [8, 17]]), 6)
    0.007592
    """
    table = _trimmed(counts)
    if len(table) < 2 or len(table[0]) < 2:
        return 1.0
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    people = sum(rows)
    if people > MOST_PEOPLE:
        return Unknown("the table holds too many people for an exact test")
    seen = -sum(lgamma(x + 1) for row in table for x in row)
    whole = _log_all(tuple(rows), columns)
    try:
        found = _Network(sorted(columns, reverse=True), seen + SAME_CHANCE, most).less_likely(
            tuple(sorted(rows))
        )
    except _TooLong:
        part = less_likely(rows, columns, seen + SAME_CHANCE) if most >= MOST_PATHS else None
        return Unknown("the tables with these margins are too many") if part is None else min(part, 1.0)
    return min(1.0, exp(found - whole)) if found > -inf else 0.0


def _trimmed(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Without empty rows and columns, and with no more rows than columns."""
    kept = [list(row) for row in counts if sum(row)]
    turned = [list(column) for column in zip(*kept, strict=True) if sum(column)]
    return turned if turned and len(turned) < len(turned[0]) else [list(r) for r in zip(*turned, strict=True)]


def _log_all(rows: Rows, columns: Sequence[int]) -> float:
    """The logarithm of the sum over all tables of 1 / product of x!."""
    people = sum(rows)
    return lgamma(people + 1) - sum(lgamma(r + 1) for r in rows) - sum(lgamma(c + 1) for c in columns)


class _Network:
    """Tables by columns: how likely completions can be, and the sum over those no likelier than a limit."""

    def __init__(self, columns: list[int], limit: float, most: int) -> None:
        self.columns, self.limit, self.left = columns, limit, most
        self.known: dict[tuple[int, Rows], tuple[float, float]] = {}
        self.steps: dict[tuple[int, Rows], list[tuple[float, Rows]]] = {}
        self.logs = [-lgamma(x + 1) for x in range(max(columns) + 1)]

    def less_likely(self, rows: Rows) -> float:
        """The logarithm of the sum of 1 / product of x! over tables at or below the limit."""
        paths: dict[Rows, dict[float, float]] = {rows: {0.0: 0.0}}
        found = -inf
        for at in range(len(self.columns)):
            onward: dict[Rows, dict[float, float]] = {}
            for node, pasts in paths.items():
                least, most = self.completions(at, node)
                rest = _log_all(node, self.columns[at:])
                open_ = {}
                for past, weight in pasts.items():
                    if past + most <= self.limit:
                        found = _log_sum(found, weight + rest)
                    elif past + least <= self.limit:
                        open_[past] = weight
                if open_:
                    self._onward(at, node, open_, onward)
            paths = onward
        return found

    def _onward(
        self, at: int, node: Rows, pasts: dict[float, float], onward: dict[Rows, dict[float, float]]
    ) -> None:
        for cost, left in self.onward(at, node):
            there = onward.setdefault(left, {})
            self._count(len(pasts))
            for past, weight in pasts.items():
                key = round(past + cost, 9)
                there[key] = _log_sum(there.get(key, -inf), weight + cost)

    def onward(self, at: int, rows: Rows) -> list[tuple[float, Rows]]:
        """Every way of filling a column: the logarithm of its 1 / product of x!, and what is left of rows."""
        key = (at, rows)
        if key not in self.steps:
            if prod(min(r, self.columns[at]) + 1 for r in rows[:-1]) > 10 * max(self.left, 0) + 10_000:
                raise _TooLong  # before they are written down
            logs, column = self.logs, self.columns[at]
            self.steps[key] = [
                (
                    sum([logs[x] for x in split]),
                    tuple(sorted([r - x for r, x in zip(rows, split, strict=True)])),
                )
                for split in _splits(rows, column)
            ]
            self._count(len(self.steps[key]))
        return self.steps[key]

    def _count(self, many: int) -> None:
        self.left -= many
        if self.left < 0:
            raise _TooLong

    def completions(self, at: int, rows: Rows) -> tuple[float, float]:
        """The logarithms of the least and the greatest 1 / product of x! from a node on."""
        if at == len(self.columns) - 1:
            last = sum([self.logs[x] for x in rows])
            return last, last
        key = (at, rows)
        if key not in self.known:
            least, most = inf, -inf
            for cost, left in self.onward(at, rows):
                low, high = self.completions(at + 1, left)
                least, most = min(least, cost + low), max(most, cost + high)
            self.known[key] = (least, most)
        return self.known[key]


def _splits(rows: Rows, column: int) -> Iterator[tuple[int, ...]]:
    """Every way of taking a column's people from what is left of the rows."""
    if len(rows) == 1:
        if column <= rows[0]:
            yield (column,)
        return
    rest = sum(rows[1:])
    for x in range(max(0, column - rest), min(rows[0], column) + 1):
        for others in _splits(rows[1:], column - x):
            yield (x, *others)


def _log_sum(a: float, b: float) -> float:
    """log(exp a + exp b)."""
    if a < b:
        a, b = b, a
    return a if b == -inf else a + log(1 + exp(b - a))
