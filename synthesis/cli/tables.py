"""Effect tables and pools for reading in a terminal, and as plain records for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synthesis.estimating import Unused
    from synthesis.table import ArmData, EffectRow, EffectTable

Z95 = 1.959963984540054  # scipy.special.ndtri(0.975)


def heading(table: EffectTable) -> str:
    """`Objective response, RR: Anlotinib vs Sorafenib`"""
    return f"{table.endpoint_label}, {table.measure}: {' vs '.join(table.compare_labels)}"


def lines(table: EffectTable) -> Iterator[str]:
    """The table as lines: a row a study, then what was left out and why."""
    yield heading(table)
    arms = max((len(row.arms) for row in table.rows), default=0)
    header = ("study", *table.compare_labels[:arms], f"{table.measure} [95 % CI]", "printed in")
    if table.rows:
        yield from aligned([header, *(_cells(table, row, arms) for row in table.rows)])
    for row in table.rows:
        yield from (f"  note on {row.label}: {note}" for note in row.notes)
        yield from (
            f"  {f.severity} on {row.label}: {f.message} [{f.code}]" for f in row.findings if _counts(f)
        )
    yield from (f"  {note}" for note in table.notes)
    if table.rows and not table.pooled and table.reason:
        yield f"  not pooled: {table.reason}"
    yield from (f"  left out: {left.label}: {left.reason}" for left in table.left_out)


def unused_lines(unused: Sequence[Unused]) -> Iterator[str]:
    """A line for each endpoint that a study reports and no table could use."""
    yield from aligned([(one.label, one.endpoint_label, one.reason) for one in unused])


def _counts(finding: Any) -> bool:
    return finding.settled is None and finding.severity in ("error", "warning")


def _cells(table: EffectTable, row: EffectRow, arms: int) -> tuple[str, ...]:
    data = [arm_text(arm) for arm in row.arms] + [""] * (arms - len(row.arms))
    return (row.label, *data, effect_text(table.measure, row.yi, row.vi), row.where or "")


def effect_text(measure: str, yi: float, vi: float) -> str:
    """`0.59 [0.45, 0.76]`, on the scale that readers know."""
    from synthesis.describing import shown

    low, high = yi - Z95 * vi**0.5, yi + Z95 * vi**0.5
    centre, low, high = _back(measure, (yi, low, high))
    return f"{shown(centre)} [{shown(low)}, {shown(high)}]"


def _back(measure: str, values: Sequence[float]) -> list[float]:
    import numpy as np

    from evidence.measures import get

    return [float(value) for value in get(measure).back(np.asarray(values, dtype=float))]


def arm_text(arm: ArmData) -> str:
    """What an arm contributed, as its table would print it."""
    about = "~" if arm.approximate else ""
    if arm.events is not None and arm.n is not None:
        return f"{about}{arm.events:.0f}/{arm.n:.0f}"
    if arm.mean is not None and arm.sd is not None:
        size = f" (n {arm.n:.0f})" if arm.n is not None else ""
        return f"{about}{arm.mean:g} ± {arm.sd:.4g}{size}"
    if arm.median is not None:
        return f"{about}median {arm.median:g}"
    return f"n {arm.n:.0f}" if arm.n is not None else ""


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines with their columns under one another."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def record(table: EffectTable) -> dict[str, Any]:
    """The table as plain data: effects on the scale of the analysis, and what they rest on."""
    return {
        "endpoint": table.endpoint,
        "measure": table.measure,
        "compare": table.compare,
        "pooled": table.pooled,
        "reason": table.reason,
        "rows": [_row_record(row, table.measure) for row in table.rows],
        "left_out": [{"study": left.study, "reason": left.reason} for left in table.left_out],
        "notes": table.notes,
    }


def _row_record(row: EffectRow, measure: str) -> dict[str, Any]:
    return {
        "study": row.study,
        "label": row.label,
        "address": row.address,
        "yi": row.yi,
        "vi": row.vi,
        "estimate": _back(measure, (row.yi,))[0],
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
        "notes": row.notes,
        "findings": [
            {"code": f.code, "fingerprint": f.fingerprint, "severity": f.severity} for f in row.findings
        ],
    }
