"""Effects as they are asked to be analysed: taken from a table or plain arrays, and checked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError, choose
from synthesis.tau2 import TAU2

MOST_ERRORS = 1e30
"""An effect is at most so many standard errors, and no standard error so many times another."""


@dataclass(frozen=True, slots=True, eq=False)
class Studies:
    """Effects that have been checked, and what they are."""

    yi: FloatArray
    vi: FloatArray
    labels: tuple[str, ...]
    measure: str | None
    left_out: tuple[Any, ...]
    table: Any

    @property
    def k(self) -> int:
        """How many there are."""
        return int(self.yi.size)


def given_tau2(tau2: str | float) -> str | float:
    """An estimator's key or a given tau2, checked."""
    if isinstance(tau2, str):
        choose("tau2 estimator", tau2, TAU2)
        return tau2
    value = float(tau2)
    if not (np.isfinite(value) and value >= 0.0):
        raise PoolingError(f"tau2 is {value:g}; a given tau2 is a finite number, 0 or more")
    return value


def percent(level: float) -> float:
    """A level in per cent, checked."""
    if not 1.0 <= level < 100.0:
        hint = f"; did you mean {100 * level:g}?" if 0.0 < level < 1.0 else ""
        raise PoolingError(f"level is {level:g}; it is in per cent, from 1 to below 100{hint}")
    return float(level)


def studies_of(
    table: Any,
    yi: ArrayLike | None,
    vi: ArrayLike | None,
    labels: Sequence[str] | None,
    measure: str | None,
) -> Studies:
    """The studies of a table or of plain arrays, checked.

    Parameters
    ----------
    table : EffectTable; or yi, vi : (k,) effects and sampling variances
    labels, measure : names of the studies and code of the measure, for messages and display

    Raises
    ------
    PoolingError
        When there is nothing, or effects or variances cannot be used; it names the rows.
    """
    if table is None:
        if yi is None or vi is None:
            raise PoolingError("nothing to pool: give a table of effects, or both yi= and vi=")
        return _checked(yi, vi, labels, measure, (), None)
    if yi is not None or vi is not None or labels is not None:
        raise PoolingError("give a table of effects or arrays (yi=, vi=, labels=), not both")
    if measure is not None and measure != table.measure:
        raise PoolingError(f"the table holds {table.measure}; build it with measure={measure!r} instead")
    refuse_table(table)
    return _checked(table.yi, table.vi, table.labels, table.measure, tuple(table.left_out), table)


def keys_of(studies: Studies) -> list[str]:
    """What each study is called where values are given by study: its key in a table, else its label."""
    table = studies.table
    rows = getattr(table, "estimated", getattr(table, "rows", None))
    return [row.study for row in rows] if rows is not None else list(studies.labels)


def refuse_table(table: Any) -> None:
    """A table whose rows may not share a mean, or share participants."""
    if not getattr(table, "pooled", True):
        raise PoolingError(f"the rows of this table are not to be pooled: {table.reason}")
    rows = getattr(table, "estimated", getattr(table, "rows", ()))
    people = [one for row in rows for one in getattr(row, "people", ()) or (row.study,)]
    twice = sorted(one for one, times in Counter(people).items() if times > 1)
    if twice:
        raise PoolingError(
            f"rows that share participants cannot be pooled as independent: {', '.join(twice)}"
        )


def _checked(
    yi: ArrayLike,
    vi: ArrayLike,
    labels: Sequence[str] | None,
    measure: str | None,
    left_out: tuple[Any, ...],
    table: Any,
) -> Studies:
    y, v = _numbers("yi", yi), _numbers("vi", vi)
    if y.size != v.size:
        raise PoolingError(f"yi holds {y.size} effects but vi holds {v.size} variances")
    if y.size == 0:
        why = "; ".join(f"{one.label}: {one.reason}" for one in left_out)
        raise PoolingError(f"nothing to pool: there are no effects{' (' + why + ')' if why else ''}")
    names = _numbered(y.size) if labels is None else tuple(map(str, labels))
    if len(names) != y.size:
        raise PoolingError(f"labels holds {len(names)} names but there are {y.size} effects")
    _refuse_rows(y, v, names if labels is not None else None)
    return Studies(y, v, names, measure, left_out, table)


@lru_cache(maxsize=16)
def _numbered(k: int) -> tuple[str, ...]:
    """What studies without names are called: "1", "2" and so on."""
    return tuple(map(str, range(1, k + 1)))


def _numbers(name: str, values: ArrayLike) -> FloatArray:
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PoolingError(f"{name} is not a row of numbers: {error}") from error
    if array.ndim != 1:
        raise PoolingError(f"{name} has shape {array.shape}; pool() takes one row of studies")
    array.flags.writeable = False
    return array


def _refuse_rows(y: FloatArray, v: FloatArray, names: tuple[str, ...] | None) -> None:
    """Every row with an effect or variance that cannot be used, in one error."""
    good = np.isfinite(y) & np.isfinite(v) & (v > 0.0)
    if good.all():
        _refuse_extremes(y, v)
        return
    faults = [f"{_row(i, names)}: {_fault(float(y[i]), float(v[i]))}" for i in np.flatnonzero(~good).tolist()]
    more = f"; and {len(faults) - 10} more" if len(faults) > 10 else ""
    raise PoolingError("cannot pool " + "; ".join(faults[:10]) + more)


def _row(i: int, names: tuple[str, ...] | None) -> str:
    return f"row {i + 1}" + (f" ({names[i]})" if names is not None else "")


def _fault(y: float, v: float) -> str:
    if not np.isfinite(y):
        return f"yi is {y:g}"
    if not np.isfinite(v):
        return f"vi is {v:g}"
    return f"vi is {v:g}, and a variance is positive"


def _refuse_extremes(y: FloatArray, v: FloatArray) -> None:
    """Numbers whose squares leave the range of floating point."""
    smallest, largest, size = float(v.min()), float(v.max()), float(np.abs(y).max())
    if smallest < 1e-280 or largest > 1e280 or size > 1e140:
        raise PoolingError(
            f"effects up to {size:g} with variances from {smallest:g} to {largest:g} cannot be computed "
            "with; are they in the right unit?"
        )
    if size / smallest**0.5 > MOST_ERRORS:
        raise PoolingError(
            f"an effect of {size:g} beside a variance of {smallest:g} cannot be computed with; "
            "are they in the right unit?"
        )
    if largest / smallest > MOST_ERRORS**2:
        raise PoolingError(
            f"a variance of {largest:g} beside one of {smallest:g} cannot be computed with; "
            "are they in the right unit?"
        )
