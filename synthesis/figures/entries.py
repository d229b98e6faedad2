"""The estimates a figure shows, one a study, gathered from a pool or from an effect table."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from synthesis.drawing.text_metrics import clean

if TYPE_CHECKING:
    from synthesis.fit import Pool
    from synthesis.table import EffectRow, EffectTable


@dataclass(frozen=True, slots=True)
class Entry:
    """One study's line: its estimate and interval on the scale of the analysis, and what stands beside it.

    `weight` is in per cent, None where nothing was pooled; `row` is the row of the effect table, if there is
    one; `group` is the name of its subgroup; `label_given` the label before equal ones were told apart;
    `reading` the study's label where this is another reading of it; `risk` the rank of its risk of bias. An
    entry whose estimate or variance is not a number is not estimable.
    """

    label: str
    yi: float
    low: float
    high: float
    weight: float | None = None
    row: "EffectRow | None" = None
    group: str = ""
    label_given: str = ""
    reading: str = ""
    risk: int = 0

    @property
    def study(self) -> str:
        """The key of the study; empty without a table."""
        return "" if self.row is None else self.row.study

    @property
    def estimable(self) -> bool:
        """Whether there is an estimate with an interval to draw."""
        return math.isfinite(self.yi) and not math.isnan(self.low)

    @property
    def arms(self) -> tuple[Any, ...]:
        """What each arm contributed; empty without a table."""
        return () if self.row is None else tuple(self.row.arms)

    @property
    def decimals(self) -> dict[float, int]:
        """The decimals with which each number under this line was printed, by its value."""
        printed = () if self.row is None else self.row.printed
        return {float(number.exact): number.decimals for number in printed if number.exact is not None}

    @property
    def findings(self) -> tuple[Any, ...]:
        """What the audit says about the numbers under this line."""
        return () if self.row is None else tuple(self.row.findings)


def entries_of_table(
    table: "EffectTable", level: float, weights: Iterator[float] | None = None
) -> tuple[Entry, ...]:
    """One entry a row of the table; those that are estimable take the next of the weights, if any."""
    names = distinct([clean(row.label) for row in table.rows])
    remaining = iter(()) if weights is None else weights
    return tuple(_entry(name, row, level, remaining) for name, row in zip(names, table.rows, strict=True))


def _entry(name: str, row: "EffectRow", level: float, weights: Iterator[float]) -> Entry:
    low, high = _interval_of(row, level)
    estimable = math.isfinite(row.yi) and not math.isnan(low)
    weight = next(weights, None) if estimable else None
    return Entry(name, row.yi, low, high, weight, row, row.group, row.label)


def entries_of_pool(pool: "Pool") -> tuple[Entry, ...]:
    """One entry a study: every row of the table where there is one, those that were pooled with a weight."""
    weights = pool.weights.tolist()
    if pool.table is not None:
        return entries_of_table(pool.table, pool.level, iter(weights))
    names = distinct([clean(label) for label in pool.labels])
    numbers = zip(names, pool.yi.tolist(), pool.vi.tolist(), weights, pool.labels, strict=True)
    return tuple(
        Entry(name, yi, *interval(yi, vi, pool.level), weight=weight, label_given=label)
        for name, yi, vi, weight, label in numbers
    )


def _interval_of(row: "EffectRow", level: float) -> tuple[float, float]:
    """The interval a row shows: as printed where it rests on one of this level, else from its variance."""
    if row.stated is not None and row.stated[2] == level:
        return row.stated[0], row.stated[1]
    return interval(row.yi, row.vi, level)


def interval(yi: float, vi: float, level: float) -> tuple[float, float]:
    """The normal interval of one study; not numbers where the variance is none.

    Examples
    --------
    >>> [round(bound, 2) for bound in interval(0.0, 1.0, 95)]
    [-1.96, 1.96]
    """
    if not vi >= 0 or math.isnan(yi):
        return math.nan, math.nan
    half = _quantile(level) * math.sqrt(vi)
    return yi - half, yi + half


@cache
def _quantile(level: float) -> float:
    """How many standard errors an interval of this level reaches."""
    return NormalDist().inv_cdf(0.5 + level / 200)


def distinct(labels: list[str]) -> list[str]:
    """The labels, those that occur more than once told apart by a letter.

    Examples
    --------
    >>> distinct(["Smith 2011", "Jones", "Smith 2011"])
    ['Smith 2011a', 'Jones', 'Smith 2011b']
    """
    often = Counter(labels)
    seen: Counter[str] = Counter()
    named = []
    for label in labels:
        if often[label] > 1:
            seen[label] += 1
            label = f"{label}{_letter(seen[label], spaced=not label[-1:].isdigit())}"
        named.append(label)
    return named


def _letter(number: int, *, spaced: bool) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return f" ({letters})" if spaced else letters
