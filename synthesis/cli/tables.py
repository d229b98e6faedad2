"""Effect tables and pools for reading in a terminal, and as plain records for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synthesis.estimating import Unused
    from synthesis.table import EffectRow, EffectTable


def heading(table: EffectTable) -> str:
    """`Objective response, RR: Anlotinib vs Sorafenib`; a plan's own title and name where it has them."""
    about = f"{table.endpoint_label}, {table.measure}: {' vs '.join(table.compare_labels)}"
    if table.name is None:
        return about
    return f"{table.name}: {table.title} ({about})" if table.title else f"{table.name}: {about}"


def lines(table: EffectTable) -> Iterator[str]:
    """The table as lines: a row a study, the audit's findings, then what was left out and why."""
    yield heading(table)
    if table.rows:
        yield from _columns(table)
    for row in table.rows:
        yield from (f"  {row.label}: {note}" for note in row.notes)
        yield from (f"  {row.label}: passed over {other}" for other in row.passed_over)
    yield from finding_lines(table)
    yield from (f"  {note}" for note in table.notes)
    if table.rows and not table.pooled and table.reason:
        yield f"  not pooled: {table.reason}"
    yield from left_out_lines(table)


def left_out_lines(table: EffectTable) -> Iterator[str]:
    """What was left out and why, studies with one reason in one line."""
    from synthesis.table import in_brief

    yield from (f"  left out: {left.label}: {left.reason}" for left in in_brief(table.left_out))


def finding_lines(table: EffectTable) -> Iterator[str]:
    """What the audit says of the numbers under each row: errors and warnings that nobody has settled."""
    for row in table.rows:
        for finding in row.findings:
            if finding.settled is None and finding.severity in ("error", "warning"):
                yield f"  {row.label}: {finding.severity}[{finding.code}] {finding.message}"


def _columns(table: EffectTable) -> Iterator[str]:
    """The columns of the forest plot, its picture left out, and where each row is printed."""
    from synthesis.figures.forest_content import table_content

    rows = table_content(table)
    kept = [i for i, column in enumerate(rows.columns) if column.align not in ("picture", "glyph")]
    columns = [rows.columns[i] for i in kept]
    heads = [" ".join(filter(None, (column.group, column.head))).replace("\u00a0", " ") for column in columns]
    cells = [[row.cells[i] for i in kept] for row in rows.rows]
    where = {row.address: row.where or "" for row in table.rows}
    places = [where.get(row.address, "") for row in rows.rows]
    yield from aligned([[*heads, "Printed in"], *([*row, at] for row, at in zip(cells, places, strict=True))])


def unused_block(unused: Iterable[Unused]) -> list[str]:
    """What studies report and no table could use, with the reasons: one block, or none."""
    rows = [(one.label, one.endpoint_label, one.reason) for one in unused]
    return ["\n".join(["Reported, and in no table:", *aligned(rows)])] if rows else []


def unused_records(unused: Iterable[Unused]) -> list[dict[str, str]]:
    """The same as plain records."""
    return [{"study": one.study, "endpoint": one.endpoint, "reason": one.reason} for one in unused]


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines with their columns under one another."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def record(table: EffectTable) -> dict[str, Any]:
    """The table as plain data: effects on the scale of the analysis, and what they rest on."""
    return {
        "name": table.name,
        "endpoint": table.endpoint,
        "grade": table.grade,
        "measure": table.measure,
        "compare": table.compare,
        "reading": table.reading,
        "zeros": table.zeros,
        "pooled": table.pooled,
        "reason": table.reason,
        "rows": [_row_record(row, table.measure) for row in table.rows],
        "left_out": [{"study": left.study, "reason": left.reason} for left in table.left_out],
        "notes": table.notes,
        "by": table.by,
    }


def _displayed(measure: str, yi: float) -> float:
    """An effect on the scale that readers know: a ratio, not its logarithm."""
    import numpy as np

    from evidence.measures import get

    return float(get(measure).back(np.asarray(yi, dtype=float)))


def _row_record(row: EffectRow, measure: str) -> dict[str, Any]:
    return {
        "study": row.study,
        "label": row.label,
        "address": row.address,
        "yi": row.yi,
        "vi": row.vi,
        "estimate": _displayed(measure, row.yi),
        "rounding": row.rounding,
        "arms": [
            {
                "arm": arm.arm,
                "treatment": arm.treatment,
                "n": arm.n,
                "events": arm.events,
                "mean": arm.mean,
                "sd": arm.sd,
            }
            for arm in row.arms
        ],
        "printed": [{"address": number.address, "text": number.text} for number in row.printed],
        "where": row.where,
        "group": row.group,
        "qualifiers": row.qualifiers,
        "choice": row.choice,
        "passed_over": row.passed_over,
        "notes": row.notes,
        "findings": [
            {"code": f.code, "fingerprint": f.fingerprint, "severity": f.severity} for f in row.findings
        ],
    }
