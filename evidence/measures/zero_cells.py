"""What is added to tables with empty cells, to which, and which studies it changed.

Policies (`to`), as in metafor: `"only0"` adds to the cells of the studies that have an empty cell and to
no others; `"all"` to every study; `"if0all"` to every study when any has an empty cell; `"none"` to none.
`drop00` makes studies without events in either arm, or with nothing but events in both, not estimable.

References
----------
Sweeting MJ, Sutton AJ, Lambert PC. Stat Med 2004;23:1351-75.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidence.measures.measure import FloatArray, floats

POLICIES = ("only0", "all", "if0all", "none")


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Cells after correction: events `ai`, `ci` and non-events `bi`, `di` of both arms.

    `corrected` tells the studies whose cells were changed, `dropped` those made not estimable by
    `drop00`, `possible` those whose counts can be (0 <= events <= n, n > 0).
    """

    ai: FloatArray
    bi: FloatArray
    ci: FloatArray
    di: FloatArray
    corrected: NDArray[np.bool_]
    dropped: NDArray[np.bool_]
    possible: NDArray[np.bool_]

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Studies that are possible and were not dropped."""
        return self.possible & ~self.dropped


def two_arm_cells(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float = 0.5,
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
    cells = (events1, size1 - events1, events2, size2 - events2)
    possible = (np.minimum.reduce(cells) >= 0) & (size1 > 0) & (size2 > 0)
    neither = (cells[0] == 0) & (cells[2] == 0)
    everyone = (cells[1] == 0) & (cells[3] == 0)
    dropped = (neither | everyone) & drop00
    corrected = corrected_studies(cells, possible & ~dropped, to, add)
    changed = [cell + np.where(corrected, add, 0.0) for cell in cells]
    return Cells(changed[0], changed[1], changed[2], changed[3], corrected, dropped, possible)


def corrected_studies(
    cells: tuple[FloatArray, ...], usable: NDArray[np.bool_], to: str, add: float
) -> NDArray[np.bool_]:
    """The studies whose cells a policy changes; studies not `usable` are neither changed nor looked at."""
    if to not in POLICIES:
        raise ValueError(f"unknown zero-cell policy {to!r}; choose {', '.join(POLICIES)}")
    if not add >= 0:
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
    return chosen & (add > 0)
