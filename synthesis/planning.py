"""What a review's plan says of a pool: its model, its groups, and what is compared indirectly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evidence.rounding import bounds
from evidence.values import Reported
from synthesis.comparisons import TOGETHER, Comparison, planned_comparison
from synthesis.errors import SynthesisError
from synthesis.naming import comparison_label, side_label

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review, Synthesis
    from synthesis.fit import Pool
    from synthesis.indirect_comparison import Indirect
    from synthesis.models.subgroups import Subgroups
    from synthesis.table import EffectTable


def pooled(review: Review, table: EffectTable, **chosen: Any) -> Pool | None:
    """The pool of a table as the review plans it, or None where its rows are not to be pooled.

    Parameters
    ----------
    review : Review
        Its `syntheses` may name a model, an estimator of tau2, an interval and a level.
    table : EffectTable
        As `synthesis.effects` gives it.
    **chosen
        Arguments of `synthesis.pool` that go before the plan; those that are None do not count.
    """
    if table.k == 0 or not table.pooled:
        return None
    from synthesis.pooling import pool

    given = {name: value for name, value in chosen.items() if value is not None}
    return pool(table, **{**planned_model(review, table.name), **given})


def grouped(review: Review, table: EffectTable, **chosen: Any) -> Subgroups | None:
    """The pools of a table's groups beside that of all, or None where a plan names no groups.

    A group of all studies, or a table whose rows are not to be pooled, has nothing to stand beside; models of
    counts pool no groups.
    """
    if len(table.groups) < 2 or not table.pooled:
        return None
    from synthesis.pooling import OF_COUNTS
    from synthesis.subgrouping import subgroups

    given = {name: value for name, value in chosen.items() if value is not None}
    said = {**planned_model(review, table.name), **given}
    if said.get("model") in OF_COUNTS:
        return None
    known = {name: said[name] for name in ("model", "tau2", "interval", "level") if name in said}
    return subgroups(table, [row.group for row in table.estimated], **known)


def planned_model(review: Review, name: str | None) -> dict[str, Any]:
    """The arguments of `synthesis.pool` that a plan of this name states; none without one."""
    plan = review.syntheses.get(name) if name else None
    if plan is None:
        return {}
    said = {key: getattr(plan, key) for key in ("model", "tau2", "interval") if getattr(plan, key)}
    if isinstance(plan.level, Reported):
        said["level"] = bounds(plan.level).floats[1]
    return said


@dataclass(frozen=True, slots=True, eq=False)
class PlannedIndirect:
    """A planned indirect comparison; ``found`` is None where one of the two it rests on gives nothing."""

    name: str
    title: str
    endpoint_label: str
    compare_labels: tuple[str, str]
    via_label: str
    first: EffectTable
    second: EffectTable
    pools: tuple[Pool | None, Pool | None]
    found: Indirect | None
    reason: str | None = None


def indirect_comparisons(
    review: Review, audit: Audit | None = None, reading: str = "corrected", *, only: str | None = None
) -> tuple[PlannedIndirect, ...]:
    """Every comparison that the review plans through a third treatment, by name or by endpoint with ``only``.

    Raises
    ------
    SynthesisError
        Where two syntheses named by `indirect` are not of one measure against one treatment.
    """
    wanted = [(n, p) for n, p in review.syntheses.items() if p.indirect or p.via]
    if only is not None:
        wanted = [(n, p) for n, p in wanted if only in (n, _endpoint(review, p))]
    return tuple(_indirect(review, name, plan, audit, reading) for name, plan in wanted)


def tables_behind(
    review: Review, name: str | None, audit: Audit | None = None, reading: str = "corrected"
) -> tuple[EffectTable, ...]:
    """The tables that an indirect comparison of this name, or those of this endpoint, rest on."""
    found = indirect_comparisons(review, audit, reading, only=name) if name is not None else ()
    return tuple(table for one in found for table in (one.first, one.second))


def _endpoint(review: Review, plan: Synthesis) -> str | None:
    return plan.endpoint or review.syntheses[plan.indirect[0]].endpoint


def _indirect(
    review: Review, name: str, plan: Synthesis, audit: Audit | None, reading: str
) -> PlannedIndirect:
    from synthesis.estimating import read_under, table_of
    from synthesis.indirect_comparison import indirect

    if plan.indirect:
        asked = [planned_comparison(one, review.syntheses[one]) for one in plan.indirect]
        plans = [review.syntheses[one] for one in plan.indirect]
    else:
        sides = tuple(TOGETHER.join(side) for side in plan.compare)
        whole = planned_comparison(name, plan)
        asked = [replace(whole, compare=(side, plan.via or "")) for side in sides]
        plans = [plan, plan]
    read = read_under(review, reading, audit)
    one, two = (table_of(read, comparison, None, own) for comparison, own in zip(asked, plans, strict=True))
    _check(name, one, two)
    pools = pooled(review, one), pooled(review, two)
    missing = [t for t, p in zip((one, two), pools, strict=True) if p is None]
    why = "; ".join(f"{' against '.join(t.compare_labels)}: {t.reason or 'no estimate'}" for t in missing)
    first, second = pools
    return PlannedIndirect(
        name=name,
        title=plan.label or _title(review, asked),
        endpoint_label=comparison_label(review, asked[0]),
        compare_labels=(one.compare_labels[0], two.compare_labels[0]),
        via_label=side_label(review, one.compare[1]),
        first=one,
        second=two,
        pools=pools,
        found=indirect(first, second) if first is not None and second is not None else None,
        reason=why or None,
    )


def _check(name: str, one: EffectTable, two: EffectTable) -> None:
    if len(one.compare) != 2 or one.compare[1:] != two.compare[1:]:
        raise SynthesisError(f"{name}: both comparisons must have the same second side to meet through it")
    if (one.measure, one.endpoint, one.grade) != (two.measure, two.endpoint, two.grade):
        raise SynthesisError(f"{name}: both comparisons must be of one endpoint by one measure")


def _title(review: Review, asked: list[Comparison]) -> str:
    first, second = (side_label(review, one.compare[0]) for one in asked)
    via = side_label(review, asked[0].compare[1])
    return f"{comparison_label(review, asked[0])}: {first} against {second}, indirectly through {via}"
