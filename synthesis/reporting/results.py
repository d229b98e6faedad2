"""What was compared, pooled and left unpooled, each with the forest that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.findings import Audit
from synthesis.effect_rows import OTHERS
from synthesis.estimating import Unused, tables
from synthesis.figures.display import display
from synthesis.figures.forest_content import pooled_content, subgroup_content, table_content
from synthesis.figures.one_line import result_text, studies_text
from synthesis.figures.rows import Rows
from synthesis.planning import PlannedIndirect, grouped, indirect_comparisons, pooled
from synthesis.reporting.anchors import Anchors
from synthesis.table import LeftOut

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.fit import Pool
    from synthesis.models.subgroups import Subgroups
    from synthesis.table import EffectTable


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One comparison: its table, its pool where the studies may share one, its groups, and its forest."""

    anchor: str
    table: EffectTable
    pool: Pool | None
    rows: Rows
    groups: Subgroups | None = None

    @property
    def sides(self) -> str:
        """``Anlotinib against Sorafenib``; of single arms ``Anlotinib, arms side by side``."""
        labels = self.table.compare_labels
        if len(labels) > 1:
            return " against ".join(labels)
        return f"{labels[0]}, {'arms side by side' if self.pool is None else 'within arm'}"

    @property
    def heading(self) -> str:
        """What the plan calls it, else its sides."""
        return self.table.title or self.sides

    @property
    def label(self) -> str:
        """``Objective response: Anlotinib against Sorafenib``."""
        return f"{self.table.endpoint_label}: {self.sides}" if self.sides else self.table.endpoint_label

    @property
    def planned(self) -> bool:
        """Whether the review's plan names it."""
        return self.table.name is not None

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The studies that might seem to belong and gave no row; those of other treatments do not."""
        return tuple(left for left in self.table.left_out if not left.reason.startswith(OTHERS))

    @property
    def level(self) -> float:
        """Level of the intervals, in per cent."""
        return 95.0 if self.pool is None else self.pool.level

    @property
    def pooled(self) -> bool:
        """Whether two or more studies share an estimate."""
        return self.pool is not None and self.pool.k > 1


@dataclass(frozen=True, slots=True)
class Other:
    """A comparison that no synthesis plans, in a line: what of, what it comes to, and who gives it."""

    anchor: str
    label: str
    measure: str
    estimate: str
    studies: str
    who: tuple[tuple[str, str], ...]
    flagged: bool


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """What is planned, else every comparison with an estimate, in the review's order, and the rest.

    ``others`` are comparisons that no synthesis plans where there are syntheses; ``indirect`` what is planned
    through a third treatment; ``unused`` what studies report and no table could use.
    """

    shown: tuple[Result, ...]
    unused: tuple[Unused, ...]
    others: tuple[Other, ...] = ()
    indirect: tuple[PlannedIndirect, ...] = ()


def results_of(review: Review, audit: Audit, anchors: Anchors) -> Results:
    """Every comparison that the review's studies allow, and what they report beside."""
    made, unused = tables(review, audit)
    planned = [table for table in made if table.name or not review.syntheses]
    rest = [table for table in made if not table.name and review.syntheses]
    return Results(
        shown=tuple(_result(review, table, anchors) for table in planned),
        unused=unused,
        others=tuple(_other(review, table, anchors) for table in rest),
        indirect=indirect_comparisons(review, audit),
    )


def _result(review: Review, table: EffectTable, anchors: Anchors) -> Result:
    anchor = anchors.new("outcome", table.key)
    found, groups = pooled(review, table), grouped(review, table)
    if found is None:
        rows = table_content(table)
    else:
        rows = pooled_content(found) if groups is None else subgroup_content(groups)
    return Result(anchor, table, found, rows, groups)


def _other(review: Review, table: EffectTable, anchors: Anchors) -> Other:
    found = pooled(review, table)
    return Other(
        anchor=anchors.new("outcome", table.key),
        label=f"{table.endpoint_label}: {' against '.join(table.compare_labels)}",
        measure=display(table.measure).name,
        estimate=result_text(table, found),
        studies=studies_text(table),
        who=tuple(dict.fromkeys((row.study, row.label) for row in table.rows)),
        flagged=any(f.settled is None and f.severity in ("error", "warning") for f in table.findings),
    )
