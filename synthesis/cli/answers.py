"""What a review plans, and what it does not, for reading in a terminal and as plain records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from synthesis.cli.tables import aligned

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.models.subgroups import Subgroups
    from synthesis.planning import PlannedIndirect
    from synthesis.table import EffectTable


def in_full(
    review: Review, tables: Sequence[EffectTable], asked_for: object
) -> tuple[list[EffectTable], list[EffectTable]]:
    """The tables to show in full, and those to show in a line each: what a plan with syntheses does not name.

    Everything is shown in full where something was asked for, or where nothing is planned.
    """
    if asked_for or not review.syntheses:
        return list(tables), []
    return [t for t in tables if t.name], [t for t in tables if not t.name]


def brief_block(review: Review, tables: Iterable[EffectTable]) -> list[str]:
    """Comparisons that no synthesis plans, a line each: one block, or none."""
    from synthesis.figures.one_line import result_text, studies_text
    from synthesis.planning import pooled

    rows = [
        (
            f"{table.endpoint_label}: {' vs '.join(table.compare_labels)}",
            table.measure,
            result_text(table, pooled(review, table)),
            studies_text(table),
        )
        for table in tables
    ]
    title = "Comparisons that no synthesis plans (name an endpoint to see them in full):"
    return ["\n".join([title, *aligned(rows)])] if rows else []


def group_lines(found: Subgroups | None) -> Iterator[str]:
    """The groups of a plan, a line each, and whether they differ."""
    if found is None:
        return
    from synthesis.describing import shown, shown_by, shown_p
    from synthesis.fit import NotDefined

    scale = shown_by(found.overall.measure)
    rows = []
    for group in found.groups:
        mean = group.common if group.k == 2 else group.mean
        how = "common effect of 2 studies" if group.k == 2 else f"{group.k} studies"
        value = f"{scale.value(mean.mu)} {scale.bounds(mean.ci)}"
        rows.append((group.level, value, "1 study" if group.k == 1 else how))
    yield from (f"  {line}" for line in aligned(rows))
    test = found.between
    if not isinstance(test, NotDefined):
        yield f"  groups differ: chi-square = {shown(test.statistic)} on {test.df} df, {shown_p(test.p)}"


def indirect_block(one: PlannedIndirect) -> str:
    """A planned indirect comparison with the two that it rests on."""
    from synthesis.describing import estimate_line
    from synthesis.indirect_comparison import mean_of

    told = [one.title]
    for table, pool in zip((one.first, one.second), one.pools, strict=True):
        side = " vs ".join(table.compare_labels)
        if pool is None:
            told.append(f"  {side}: {table.reason or 'no estimate'}")
        else:
            line = estimate_line(mean_of(pool), pool.measure).partition(";")[0].rstrip(")") + ")"
            told.append(f"  {side}, {', '.join(pool.labels)}: {line}")
    if one.found is not None:
        told += [f"  {line}" for line in one.found.summary().splitlines()]
    return "\n".join(told)


def indirect_record(one: PlannedIndirect) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "name": one.name,
        "title": one.title,
        "compare": [one.first.compare[0], one.second.compare[0]],
        "via": one.first.compare[1],
        "estimate": None if one.found is None else one.found.to_dict(),
        "reason": one.reason,
    }
