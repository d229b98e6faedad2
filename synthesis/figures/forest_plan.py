"""What all parts of one forest plot share: its entries, its columns, how its measure is shown."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from synthesis.figures.arm_columns import ArmColumn, arm_columns
from synthesis.figures.audit_signs import audit_sign
from synthesis.figures.display import Display, display
from synthesis.figures.entries import Entry
from synthesis.figures.forest_words import level_text
from synthesis.figures.numbers import decimals_of
from synthesis.figures.rows import Column
from synthesis.fit import Pool

if TYPE_CHECKING:
    from synthesis.table import EffectTable


@dataclass(frozen=True, slots=True)
class Plan:
    """What all parts of one figure share."""

    display: Display
    entries: tuple[Entry, ...]
    arms: tuple[ArmColumn, ...]
    level: float
    table: "EffectTable | None"
    pool: Pool | None
    reason: str
    signs: tuple[str, ...]
    columns: tuple[Column, ...] = ()

    @property
    def weighted(self) -> bool:
        """Whether there are weights to show: two studies pooled, or more."""
        return self.pool is not None and self.pool.k > 1


def plan_of(
    code: str | None,
    entries: tuple[Entry, ...],
    level: float,
    table: "EffectTable | None",
    pool: Pool | None,
    reason: str,
) -> Plan:
    shown = display(code)
    if not shown.ratio:
        values = [shown.printed(entry.yi) for entry in entries if entry.estimable]
        shown = replace(shown, decimals=1 if shown.percent else decimals_of(values))
    labels = () if table is None else table.compare_labels
    audited = any(entry.findings for entry in entries)
    signs = tuple(audit_sign(entry.findings) for entry in entries) if audited else ()
    plan = Plan(shown, entries, arm_columns(shown.kind, labels, entries), level, table, pool, reason, signs)
    return replace(plan, columns=columns_of(plan))


def columns_of(plan: Plan) -> tuple[Column, ...]:
    name = "%" if plan.display.percent else plan.display.title
    effect = f"{name} ({level_text(plan.level)}\xa0CI)"
    return (
        Column("study", "Study"),
        *(arm.column for arm in plan.arms),
        *((Column("plot", "", "picture"),) if any(entry.estimable for entry in plan.entries) else ()),
        *((Column("weight", "Weight (%)", "point"),) if plan.weighted else ()),
        *((Column("effect", effect, "bracket"),) if plan.entries else ()),
        *((Column("audit", "Audit", "glyph"),) if plan.signs else ()),
    )


def cells_of(plan: Plan, **given: str) -> tuple[str, ...]:
    """The cells of a row by column key; empty where nothing is given."""
    return tuple(given.get(column.key.replace("-", "_"), "") for column in plan.columns)
