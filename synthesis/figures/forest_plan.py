"""What all parts of one forest plot share: its entries, its columns, how its measure is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from synthesis.figures.arm_columns import ArmColumn, arm_columns
from synthesis.figures.audit_signs import audit_sign
from synthesis.figures.bias_columns import BiasColumns, bias_columns, with_risk
from synthesis.figures.display import Display, display
from synthesis.figures.entries import Entry
from synthesis.figures.forest_layouts import STANDARD, ForestLayout
from synthesis.figures.forest_order import in_order
from synthesis.figures.forest_words import level_text, method_words
from synthesis.figures.numbers import decimals_of
from synthesis.figures.rows import Column
from synthesis.fit import Estimate, Pool

if TYPE_CHECKING:
    from synthesis.models.subgroups import Subgroups
    from synthesis.table import EffectTable


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a forest plot beyond its numbers; `synthesis.plot.forest` says what each means."""

    layout: ForestLayout = STANDARD
    limits: tuple[float, float] | None = None
    order: str = "given"
    prediction: Literal["bar", "density"] = "bar"
    also: Pool | Estimate | None = None
    lines: tuple[tuple[str, float], ...] = ()
    bias: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


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
    asked: Asked
    bias: BiasColumns | None = None
    groups: "Subgroups | None" = None
    beside: tuple[Pool | Estimate, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def arms_shown(self) -> bool:
        """Whether there are columns of arms, and so room for sentences before the axis."""
        return bool(self.arms) and "arms" in self.asked.layout.columns

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
    asked: Asked,
    groups: "Subgroups | None" = None,
) -> Plan:
    """The plan of a figure; the entries of one group must be neighbours."""
    form = asked.layout
    shown = replace(display(code), notation=form.notation)
    if not shown.ratio:
        values = [shown.printed(entry.yi) for entry in entries if entry.estimable]
        shown = replace(shown, decimals=1 if shown.percent else decimals_of(values))
    endpoint = "" if table is None else table.endpoint
    if asked.order == "bias":
        entries = with_risk(asked.bias, entries, endpoint)
    entries = _ordered(entries, asked.order)
    labels = () if table is None else table.compare_labels
    audited = any(entry.findings for entry in entries)
    plan = Plan(
        shown,
        entries,
        arm_columns(shown.kind, labels, entries, form.events, form.split),
        level,
        table,
        pool,
        reason,
        tuple(audit_sign(entry.findings) for entry in entries) if audited else (),
        asked,
        bias_columns(asked.bias, entries, endpoint) if asked.bias else None,
        groups,
    )
    return replace(plan, columns=columns_of(plan))


def _ordered(entries: tuple[Entry, ...], order: str) -> tuple[Entry, ...]:
    """The entries in order within each group; groups keep theirs."""
    if order == "given":
        return entries
    names = dict.fromkeys(entry.group for entry in entries)
    parts = [in_order([entry for entry in entries if entry.group == name], order) for name in names]
    return tuple(entry for part in parts for entry in part)


def columns_of(plan: Plan) -> tuple[Column, ...]:
    """The columns of the layout that have something to show, from left to right."""
    form = plan.asked.layout
    measure = "%" if plan.display.percent else plan.display.title
    method = "" if plan.pool is None else method_words(plan.pool).replace(" ", "\xa0")
    effect = form.effect.format(measure=measure, method=method, level=level_text(plan.level))
    pictured = any(entry.estimable for entry in plan.entries)
    makers = {
        "study": (Column("study", form.study),),
        "arms": tuple(arm.column for arm in plan.arms),
        "plot": (Column("plot", "", "picture"),) if pictured else (),
        "weight": (Column("weight", form.weight, "point"),) if plan.weighted else (),
        "effect": (Column("effect", effect.replace(" ,", ","), "bracket"),) if plan.entries else (),
        "bias": plan.bias.columns if plan.bias is not None else (),
        "audit": (Column("audit", "Audit", "glyph"),) if plan.signs else (),
    }
    return tuple(column for name in form.columns for column in makers[name])


def cells_of(plan: Plan, given: Mapping[str, str]) -> tuple[str, ...]:
    """The cells of a row by column key; empty where nothing is given."""
    return tuple([given.get(column.key, "") for column in plan.columns])
