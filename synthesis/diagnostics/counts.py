"""The counts behind the effects of a pool of two-group studies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError
from synthesis.fit import NotDefined, Pool


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """(k,) events `ai`, `ci` among `n1i`, `n2i` participants of the two groups."""

    ai: FloatArray
    n1i: FloatArray
    ci: FloatArray
    n2i: FloatArray

    @property
    def ni(self) -> FloatArray:
        """Participants."""
        return self.n1i + self.n2i

    @property
    def events(self) -> FloatArray:
        """Events in both groups."""
        return self.ai + self.ci


def counts_of(pool: Pool, given: Sequence[ArrayLike] | None) -> Counts | NotDefined:
    """The counts given, or those of the pool's table.

    Raises
    ------
    PoolingError
        When those given are not four rows of k numbers, or events exceed their group.
    """
    if given is not None:
        return _checked(pool, given)
    rows = getattr(pool.table, "rows", None)
    if rows is None:
        return NotDefined("it needs the counts of both groups; give counts=(ai, n1i, ci, n2i)")
    arms = [row.arms for row in rows]
    known = all(
        len(pair) == 2 and all(a.events is not None and a.n is not None for a in pair) for pair in arms
    )
    if not known:
        return NotDefined("it needs the events and participants of both groups of every study")
    columns = [[getattr(pair[j], name) for pair in arms] for j in (0, 1) for name in ("events", "n")]
    return _checked(pool, columns)


def sizes_of(pool: Pool, given: ArrayLike | None) -> FloatArray | NotDefined:
    """The numbers of participants given, or those of the pool's table."""
    if given is None:
        rows = getattr(pool.table, "rows", None)
        sizes = [row.n_total for row in rows] if rows is not None else [None]
        if any(one is None for one in sizes):
            return NotDefined("it needs the number of participants of every study; give ni=")
        given = [float(one) for one in sizes if one is not None]
    return _row(pool, "ni", given, positive=True)


def _checked(pool: Pool, given: Sequence[ArrayLike]) -> Counts:
    if len(given) != 4:
        raise PoolingError(f"counts holds {len(given)} rows; give four, (ai, n1i, ci, n2i)")
    names = ("ai", "n1i", "ci", "n2i")
    ai, n1i, ci, n2i = (_row(pool, name, one) for name, one in zip(names, given, strict=True))
    if (ai > n1i).any() or (ci > n2i).any():
        raise PoolingError("counts hold more events than participants")
    return Counts(ai, n1i, ci, n2i)


def _row(pool: Pool, name: str, given: ArrayLike, positive: bool = False) -> FloatArray:
    row = np.asarray(given, dtype=np.float64)
    if row.shape != (pool.k,):
        raise PoolingError(f"{name} has shape {row.shape}; give one number for each of {pool.k} studies")
    if not (np.isfinite(row).all() and (row > 0.0 if positive else row >= 0.0).all()):
        raise PoolingError(f"{name} holds a number that is {'not above' if positive else 'below'} 0, or none")
    return row
