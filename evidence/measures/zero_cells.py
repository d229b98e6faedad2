"""What is added to tables with empty cells, to which, and which studies it changed.

Policies (`to`), as in metafor: `"only0"` adds to the cells of the studies that have an empty cell and to
no others; `"all"` to every study; `"if0all"` to every study when any has an empty cell; `"none"` to none.
`drop00` makes studies without events in either arm, or with nothing but events in both, not estimable.
`add` is a number, or `"treatment-arm"`: each arm's cells then get the arm's share of the people, one half
where the arms are alike, so that an uneven allocation does not pull the effect towards the smaller arm.

A study without an empty cell is never changed unless the policy says `"all"` or `"if0all"`; what was
done can be read from `Cells` and said by `correction`.

References
----------
Sweeting MJ, Sutton AJ, Lambert PC. Stat Med 2004;23:1351-75 (the treatment-arm correction).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, FloatArray, floats

POLICIES = ("only0", "all", "if0all", "none")
TREATMENT_ARM = "treatment-arm"


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Cells after correction: events `ai`, `ci` and non-events `bi`, `di` of both arms.

    `corrected` tells the studies whose cells were changed, `dropped` those made not estimable by
    `drop00`, `possible` those whose counts can be (0 <= events <= n, n > 0); `added1` and `added2` are
    what was added to each cell of the first and of the second arm.
    """

    ai: FloatArray
    bi: FloatArray
    ci: FloatArray
    di: FloatArray
    corrected: BoolArray
    dropped: BoolArray
    possible: BoolArray
    added1: FloatArray
    added2: FloatArray

    @property
    def usable(self) -> BoolArray:
        """Studies that are possible and were not dropped."""
        return self.possible & ~self.dropped

    @property
    def added(self) -> FloatArray:
        """What was added anywhere, to both arms' cells."""
        return np.stack([self.added1, self.added2])[:, self.corrected]

    @property
    def n1(self) -> FloatArray:
        """The first arm's size after correction."""
        return self.ai + self.bi

    @property
    def n2(self) -> FloatArray:
        """The second arm's size after correction."""
        return self.ci + self.di

    @property
    def p1(self) -> FloatArray:
        """The first arm's risk."""
        return self.ai / self.n1

    @property
    def p2(self) -> FloatArray:
        """The second arm's risk."""
        return self.ci / self.n2


def two_arm_cells(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Cells:
    """The cells of two-by-two tables with the zero-cell policy applied, and what it changed.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add : what is added to each cell; to : to which studies; drop00 : see the module

    Raises
    ------
    ValueError
        When `to` is no policy or `add` is negative.

    Examples
    --------
    >>> two_arm_cells([0, 3], [10, 10], [2, 4], [10, 10]).corrected.tolist()
    [True, False]
    """
    events1, size1, events2, size2 = floats(ai, n1i, ci, n2i)
    return table_cells(
        events1, size1 - events1, events2, size2 - events2, add=add, to=to, drop00=drop00, arms=True
    )


def table_cells(
    ai: ArrayLike,
    bi: ArrayLike,
    ci: ArrayLike,
    di: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
    arms: bool = False,
) -> Cells:
    """The same of tables given by their four cells, rows first.

    `arms` says that the rows are arms, none of which may be empty.

    Examples
    --------
    >>> table_cells([20, 12], [12, 0], [5, 6], [63, 30]).bi.tolist()
    [12.0, 0.5]
    """
    cells = tuple(floats(ai, bi, ci, di))
    row1, row2 = cells[0] + cells[1], cells[2] + cells[3]
    with np.errstate(invalid="ignore"):
        sized = (row1 > 0) & (row2 > 0) if arms else row1 + row2 > 0
        possible = (np.minimum.reduce(cells) >= 0) & sized
    neither = (cells[0] == 0) & (cells[2] == 0)
    everyone = (cells[1] == 0) & (cells[3] == 0)
    dropped = (neither | everyone) & drop00
    corrected = corrected_studies(cells, possible & ~dropped, to, add)
    added1, added2 = _additions(add, row1, row2, corrected)
    changed = (cells[0] + added1, cells[1] + added1, cells[2] + added2, cells[3] + added2)
    return Cells(*changed, corrected, dropped, possible, added1, added2)


def _additions(
    add: float | str, row1: FloatArray, row2: FloatArray, corrected: BoolArray
) -> tuple[FloatArray, FloatArray]:
    if not isinstance(add, str):
        added = np.where(corrected, add, 0.0)
        return added, added
    with np.errstate(divide="ignore", invalid="ignore"):
        share = row1 / (row1 + row2)
    return np.where(corrected, share, 0.0), np.where(corrected, 1.0 - share, 0.0)


def corrected_studies(
    cells: tuple[FloatArray, ...], usable: BoolArray, to: str, add: float | str
) -> BoolArray:
    """The studies whose cells a policy changes; studies not `usable` are neither changed nor looked at."""
    if to not in POLICIES:
        raise ValueError(f"unknown zero-cell policy {to!r}; choose {', '.join(POLICIES)}")
    if isinstance(add, str):
        if add != TREATMENT_ARM:
            raise ValueError(f"add is {add!r}; it is a number or {TREATMENT_ARM!r}")
    elif not add >= 0:
        raise ValueError(f"add is {add:g}; what is added to empty cells is 0 or more")
    empty = np.logical_or.reduce([cell == 0 for cell in cells]) & usable
    if to == "only0":
        chosen = empty
    elif to == "all":
        chosen = usable
    elif to == "if0all":
        chosen = usable & (np.any(empty, axis=-1, keepdims=True) if empty.ndim else empty)
    else:
        chosen = np.zeros_like(empty)
    return chosen & (isinstance(add, str) or add > 0)


def correction(cells: Cells | Counts) -> str:
    """What the zero-cell policy did, in a sentence; empty where it did nothing.

    Examples
    --------
    >>> correction(two_arm_cells([0, 3, 0], [10, 10, 9], [2, 4, 0], [10, 10, 9], drop00=True))
    '0.5 added to every cell of 1 of 3 studies; 1 without events, or with nothing else, left out'
    """
    count, dropped = int(cells.corrected.sum()), int(cells.dropped.sum())
    said = []
    if count:
        amounts = np.unique(cells.added)
        what = f"{amounts[0]:g}" if amounts.size == 1 else "each arm's share of the people"
        said.append(f"{what} added to every cell of {count} of {cells.corrected.size} studies")
    if dropped:
        said.append(f"{dropped} without events, or with nothing else, left out")
    return "; ".join(said)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Events of one or two groups after correction, with the records that `Cells` has.

    `add` is what was added to each count of the studies that were `corrected`.
    """

    x1: FloatArray
    x2: FloatArray
    corrected: BoolArray
    dropped: BoolArray
    possible: BoolArray
    add: float

    @property
    def added(self) -> FloatArray:
        """What was added anywhere."""
        return np.full(int(self.corrected.sum()), self.add)

    @property
    def usable(self) -> BoolArray:
        """Studies that are possible and were not dropped."""
        return self.possible & ~self.dropped


def two_rate_counts(
    x1i: FloatArray,
    t1i: FloatArray,
    x2i: FloatArray,
    t2i: FloatArray,
    *,
    add: float = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Counts:
    """Events of two groups with the policy applied to them; the times at risk are never changed.

    Examples
    --------
    >>> two_rate_counts(*(np.array([one]) for one in (0.0, 9.0, 4.0, 8.0))).x1.tolist()
    [0.5]
    """
    with np.errstate(invalid="ignore"):
        possible = (x1i >= 0) & (x2i >= 0) & (t1i > 0) & (t2i > 0)
    dropped = (x1i == 0) & (x2i == 0) & drop00
    corrected = corrected_studies((x1i, x2i), possible & ~dropped, to, add)
    added = np.where(corrected, add, 0.0)
    return Counts(x1i + added, x2i + added, corrected, dropped, possible, add)


def one_group_counts(
    x1i: FloatArray, x2i: FloatArray, possible: BoolArray, *, add: float = 0.5, to: str = "only0"
) -> Counts:
    """Events and non-events of one group with the policy applied.

    Examples
    --------
    >>> one_group_counts(np.array([0.0, 3.0]), np.array([9.0, 6.0]), np.array([True, True])).x2.tolist()
    [9.5, 6.0]
    """
    corrected = corrected_studies((x1i, x2i), possible, to, add)
    added = np.where(corrected, add, 0.0)
    return Counts(x1i + added, x2i + added, corrected, np.zeros_like(possible), possible, add)
