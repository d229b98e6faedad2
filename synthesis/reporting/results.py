"""What was compared, pooled and left unpooled, each with the forest that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.findings import Audit
from synthesis.estimating import Unused, tables
from synthesis.figures.forest_content import pooled_content, table_content
from synthesis.figures.rows import Rows
from synthesis.planning import pooled
from synthesis.reporting.anchors import Anchors

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.fit import Pool
    from synthesis.table import EffectTable


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One comparison: its table, its pool where the studies may share one, and its forest."""

    anchor: str
    table: EffectTable
    pool: Pool | None
    rows: Rows

    @property
    def sides(self) -> str:
        """``Anlotinib against Sorafenib``; of single arms ``Anlotinib, arms side by side``."""
        labels = self.table.compare_labels
        return f"{labels[0]}, arms side by side" if len(labels) == 1 else " against ".join(labels)

    @property
    def label(self) -> str:
        """``Objective response: Anlotinib against Sorafenib``."""
        return f"{self.table.endpoint_label}: {self.sides}" if self.sides else self.table.endpoint_label

    @property
    def level(self) -> float:
        """Level of the intervals, in per cent."""
        return 95.0 if self.pool is None else self.pool.level

    @property
    def pooled(self) -> bool:
        """Whether two or more studies share an estimate."""
        return self.pool is not None and self.pool.k > 1


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Every comparison with an estimate, in the review's order, and what entered none."""

    shown: tuple[Result, ...]
    unused: tuple[Unused, ...]


def results_of(review: Review, audit: Audit, anchors: Anchors) -> Results:
    """Every comparison that the review's studies allow, and what they report beside."""
    made, unused = tables(review, audit)
    return Results(tuple(_result(review, table, anchors) for table in made), unused)


def _result(review: Review, table: EffectTable, anchors: Anchors) -> Result:
    anchor = anchors.new("outcome", table.name or "-".join((table.endpoint, *table.compare)))
    found = pooled(review, table)
    return Result(anchor, table, found, table_content(table) if found is None else pooled_content(found))
