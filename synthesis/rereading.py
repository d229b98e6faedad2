"""What a pool would be under each reading of the printed numbers, and how far it moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evidence.readings import AS_PRINTED, CORRECTED, READINGS, REPAIRED, WITHOUT_FLAGGED, sole_repairs
from evidence.records import printed_numbers
from synthesis.comparisons import Comparison
from synthesis.estimating import ReadReview, read_under, table_of
from synthesis.planning import pooled
from synthesis.table import OTHERS

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.fit import Pool
    from synthesis.table import EffectTable


@dataclass(frozen=True, slots=True, eq=False)
class Reread:
    """One comparison under one reading: its table, and its pool where its rows may share one.

    ``changed`` tells whether its rows differ from those of the default reading.
    """

    reading: str
    table: EffectTable
    pool: Pool | None
    changed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """One comparison under every reading, the default first."""

    readings: tuple[Reread, ...]

    @property
    def default(self) -> Reread:
        """The comparison under the default reading."""
        return self.readings[0]

    @property
    def steady(self) -> bool:
        """Whether every reading gives the same rows."""
        return not any(reread.changed for reread in self.readings)


def under_every_reading(review: Review, pools: Iterable[Pool], audit: Audit) -> tuple[Sensitivity, ...]:
    """Each comparison as its authors corrected it, as printed, as repaired, and without flagged rows.

    Parameters
    ----------
    review : Review
        The review as read.
    pools : iterable of Pool
        Pools of tables made under the default reading, with the audit's findings in their rows.
    audit : Audit
        What the audit found; its sole best repairs are those made.
    """
    corrected = {n.address for s in review.studies for n in printed_numbers(s) if n.correction is not None}
    touched = {CORRECTED: set(), AS_PRINTED: corrected, REPAIRED: set(sole_repairs(audit))}

    @cache
    def read(reading: str) -> ReadReview:
        return read_under(review, reading, audit)

    return tuple(
        Sensitivity(tuple(_reread(read, pool, reading, touched) for reading in READINGS)) for pool in pools
    )


def _reread(
    read: Callable[[str], ReadReview], default: Pool, reading: str, touched: dict[str, set[str]]
) -> Reread:
    table: EffectTable = default.table
    if reading == WITHOUT_FLAGGED:
        affected = any(f.severity == "error" and f.settled is None for f in table.findings)
    else:
        affected = any(_concerns(table, address) for address in touched[reading])
    if not affected:
        return Reread(reading, table, default, False)
    asked = Comparison(table.endpoint, table.compare, table.name, table.grade)
    found = read(reading)
    plan = found.review.syntheses.get(table.name) if table.name else None
    table = table_of(found, asked, table.measure, plan, table.zeros)
    if _numbers(table) == _numbers(default.table):
        return Reread(reading, default.table, default, False)
    return Reread(reading, table, pooled(found.review, table), True)


def _numbers(table: EffectTable) -> list[tuple[str, str, str]]:
    """What tells whether a table moved: as text, so that an estimate that is none equals itself."""
    return [(row.address, repr(row.yi), repr(row.vi)) for row in table.rows]


def _concerns(table: EffectTable, address: str) -> bool:
    """Whether a number belongs to the table's endpoint, or is the size of an arm or set of a study in it."""
    study, _, rest = address.partition("/")
    key = rest.partition("/")[0].split("@")[0].split("#")[0]
    about = [left.study for left in table.left_out if not left.reason.startswith(OTHERS)]
    inside = study in (row.study for row in table.rows) or study in about
    return inside and key in (table.endpoint, "arms", "sets", "total")
