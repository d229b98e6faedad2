"""The exact test of an r x c table whose tables are too many to follow, by what is likelier than it.

Where a table is not unusual, the tables likelier than it are few beside all others: those near what the
margins alone would give. They are found by filling two groups of columns, giving up a filling as soon as no
completion of it is likelier than the table seen, and letting the groups meet: what one leaves of each row is
what the other takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import lgamma, log, prod

import numpy as np

MOST_TRIED = 4_000_000
"""More fillings of a group of columns than this are not tried."""
AT_ONCE = 500_000
MOST_COLUMNS = 8
UNIT = 1e-9
"""Logarithms of chances are compared to this."""
LEAST = 1e-4
"""A smaller p is not told from one minus the chance of likelier tables."""


def less_likely(rows: Sequence[int], columns: Sequence[int], limit: float) -> float | None:
    """The share of 1 / product of x! of tables with these margins that is at or below a limit.

    ``limit`` is a logarithm. None where too many tables are above it, or nearly all of the share is.

    Notes
    -----
    No filling has a product of factorials below exp of the sum of min_x (ln x! - x ln m) + x ln m, where m is
    the expected count of each cell left: by Lagrange's multipliers ln m, which the margins make constant.

    Examples
    --------
    >>> from math import lgamma
    >>> table = [[10, 3], [3, 11], [8, 17]]
    >>> seen = -sum(lgamma(x + 1) for row in table for x in row) + 1e-7
    >>> round(less_likely([13, 14, 25], [21, 31], seen), 6)
    0.007592
    """
    if not 2 <= len(columns) <= MOST_COLUMNS or max(_ways(rows, c) for c in columns) > AT_ONCE:
        return None
    splits = [_likely(rows, _splits(rows, c), [*columns[:i], *columns[i + 1 :]], limit)
              for i, c in enumerate(columns)]  # fmt: skip
    if not all(len(taken) for taken, _ in splits):
        return 1.0  # no table is likelier
    first, second = _groups([len(taken) for taken, _ in splits])
    one, two = (_filled(rows, columns, splits, group, limit) for group in (first, second))
    if one is None or two is None:
        return None
    whole = lgamma(sum(rows) + 1) - sum(lgamma(x + 1) for x in (*rows, *columns))
    meeting = _keys(np.asarray(rows) - two[0], rows)
    above = _met(_keys(one[0], rows), one[1], meeting, two[1], limit, whole)
    return 1.0 - above if above is not None and above < 1.0 - LEAST else None


Fillings = tuple[np.ndarray, np.ndarray]
"""What each filling takes of every row, and the logarithm of its 1 / product of x!."""


def _ways(rows: Sequence[int], column: int) -> int:
    """At most how many ways there are to fill a column."""
    return prod(min(r, column) + 1 for r in rows[:-1])


def _groups(ways: Sequence[int]) -> tuple[list[int], list[int]]:
    """The columns in two groups of as few fillings as can be."""
    places = range(len(ways))
    halves = [set(chosen) for size in range(1, len(ways)) for chosen in combinations(places, size)]
    best = min(halves, key=lambda one: max(prod(ways[i] for i in part) for part in (one, {*places} - one)))
    return sorted(best), [i for i in places if i not in best]


def _splits(rows: Sequence[int], column: int) -> Fillings:
    """Every way of taking a column's people from the rows."""
    ends = [range(min(r, column) + 1) for r in rows[:-1]]
    grid = np.stack([axis.ravel() for axis in np.meshgrid(*ends, indexing="ij")], axis=1)
    last = column - grid.sum(axis=1)
    taken = np.column_stack([grid, last])[(last >= 0) & (last <= rows[-1])].astype(np.int32)
    return taken, _logs(column)[taken].sum(axis=1)


def _logs(most: int) -> np.ndarray:
    """The logarithms of 1 / x! for x from 0."""
    return np.concatenate([[0.0], -np.cumsum(np.log(np.arange(1.0, most + 1)))])


def _likely(rows: Sequence[int], found: Fillings, rest: Sequence[int], limit: float) -> Fillings:
    """The fillings of which some completion may be likelier than the limit."""
    taken, values = found
    keep = values + _most(np.asarray(rows) - taken, rest) > limit - UNIT
    return taken[keep], values[keep]


def _most(left: np.ndarray, columns: Sequence[int]) -> np.ndarray:
    """A bound from above on the logarithm of 1 / product of x! of all that is left of rows and columns."""
    people, logs = sum(columns), _logs(max(columns, default=0))
    if not people:
        return np.zeros(len(left))
    by_rows = np.where(left > 0, left * np.log(np.maximum(left, 1)), 0.0).sum(axis=1)
    bound = people * log(people) - by_rows - sum(c * log(c) for c in columns)
    for column in columns:
        expected = left * (column / people)
        whole = np.minimum(np.floor(expected), column).astype(np.int32)
        bound += (logs[whole] + np.where(whole > 0, whole * np.log(np.maximum(expected, 1e-9)), 0.0)).sum(
            axis=1
        )
    return bound


def _filled(
    rows: Sequence[int],
    columns: Sequence[int],
    splits: Sequence[Fillings],
    group: Sequence[int],
    limit: float,
) -> Fillings | None:
    """Every filling of a group of columns of which some completion may be likelier than the limit."""
    taken, values, rest, tried = np.zeros((1, len(rows)), np.int32), np.zeros(1), list(columns), 0
    for i in sorted(group, key=lambda i: len(splits[i][0])):
        rest.remove(columns[i])
        own, logs = splits[i]
        tried += len(taken) * len(own)
        if tried > MOST_TRIED:
            return None
        if not len(taken):
            break
        parts, step = [], max(AT_ONCE // max(len(own), 1), 1)
        for start in range(0, len(taken), step):
            every = (taken[start : start + step, None, :] + own[None, :, :]).reshape(-1, len(rows))
            sums = (values[start : start + step, None] + logs[None, :]).ravel()
            fits = (every <= np.asarray(rows)).all(axis=1)
            parts.append(_likely(rows, (every[fits], sums[fits]), rest, limit))
        taken, values = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    return taken, values


def _keys(taken: np.ndarray, rows: Sequence[int]) -> np.ndarray:
    """One number for what is taken of every row but the last, which follows from the others."""
    key = np.zeros(len(taken), np.int64)
    for i, r in enumerate(rows[:-1]):
        key = key * (r + 1) + taken[:, i]
    return key


def _met(
    keys: np.ndarray, values: np.ndarray, other: np.ndarray, beside: np.ndarray, limit: float, whole: float
) -> float | None:
    """The share of the whole of all meeting pairs whose logarithms add up to more than the limit."""
    if not len(keys) or not len(other):
        return 0.0
    lowest = float(beside.min())
    span = int((float(beside.max()) - lowest) / UNIT) + 2
    if span * (int(max(keys.max(), other.max())) + 2) > 2**62:
        return None
    places = other * span + np.rint((beside - lowest) / UNIT).astype(np.int64)
    order = np.argsort(places, kind="stable")
    weights = np.exp(beside[order] - beside.max()).astype(np.longdouble)
    up_to = np.concatenate([np.zeros(1, np.longdouble), np.cumsum(weights)])
    needed = np.clip(np.rint((limit - values - lowest) / UNIT), -1, span - 1).astype(np.int64)
    ends = np.searchsorted(places[order], (keys + 1) * span)
    starts = np.searchsorted(places[order], keys * span + needed, side="right")
    above = np.exp(values + float(beside.max()) - whole) * (up_to[ends] - up_to[starts])
    return float(above[ends > starts].sum())
