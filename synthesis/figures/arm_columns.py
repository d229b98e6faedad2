"""The columns of what each arm contributed: events of totals, means, or how many, by the kind of measure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from synthesis.figures.entries import Entry
from synthesis.figures.numbers import DASH, as_read, count_text
from synthesis.figures.rows import Column

UNCERTAIN = "~"


@dataclass(frozen=True, slots=True)
class ArmColumn:
    """One column of one arm: how a cell is said, and how the total is, if it has one."""

    column: Column
    arm: int
    cell: Callable[[Any, dict[float, int]], str]
    total: Callable[[Sequence[Any]], str]

    def cells(self, entries: Sequence[Entry]) -> list[str]:
        """The cell of each entry; a dash where the arm or its number was not reported."""
        return [self.cell(e.arms[self.arm], e.decimals) if len(e.arms) > self.arm else DASH for e in entries]

    def sum(self, entries: Sequence[Entry]) -> str:
        """The total over the entries that were pooled; empty when one of them lacks the number."""
        arms = [e.arms[self.arm] for e in entries if e.weight is not None and len(e.arms) > self.arm]
        counted = sum(e.weight is not None for e in entries)
        return self.total(arms) if arms and len(arms) == counted else ""


def arm_columns(kind: str, labels: Sequence[str], entries: Sequence[Entry]) -> tuple[ArmColumn, ...]:
    """The columns for this kind of measure, those that nobody reported left out.

    Parameters
    ----------
    kind : str
        `Measure.kind`.
    labels : sequence of str
        What the arms are called, in the order of `EffectTable.compare`.
    entries : sequence of Entry
        Whose arms will fill the columns.
    """
    makers = {
        "binary": (_events_of_total,),
        "proportion": (_events_of_total,),
        "continuous": (_mean_sd, _number),
        "within": (_number,),
    }
    columns = [maker(arm, label) for arm, label in enumerate(labels[:2]) for maker in makers.get(kind, ())]
    return tuple(c for c in columns if any(cell != DASH for cell in c.cells(entries)))


def _events_of_total(arm: int, label: str) -> ArmColumn:
    return ArmColumn(
        Column(f"arm{arm + 1}-events", "Events/total", "slash", label),
        arm,
        lambda data, _: _fraction(data.events, data.n, data.approximate),
        lambda all_data: _fraction(
            _summed([data.events for data in all_data]),
            _summed([data.n for data in all_data]),
            any(data.approximate for data in all_data),
            missing="",
        ),
    )


def _mean_sd(arm: int, label: str) -> ArmColumn:
    return ArmColumn(
        Column(f"arm{arm + 1}-mean", "Mean (SD)", "bracket", label), arm, _mean_and_sd, lambda all_data: ""
    )


def _number(arm: int, label: str) -> ArmColumn:
    def total(all_data: Sequence[Any]) -> str:
        n = _summed([data.n for data in all_data])
        return "" if n is None else count_text(n)

    return ArmColumn(
        Column(f"arm{arm + 1}-n", "Total", "end", label), arm, lambda data, _: count_text(data.n), total
    )


def _mean_and_sd(data: Any, decimals: dict[float, int]) -> str:
    if data.mean is None:
        return DASH
    spread = DASH if data.sd is None else as_read(data.sd, decimals)
    return f"{UNCERTAIN if data.approximate else ''}{as_read(data.mean, decimals)} ({spread})"


def _fraction(events: float | None, n: float | None, approximate: bool, missing: str = DASH) -> str:
    if events is None or n is None:
        return missing if n is None or missing == "" else f"{DASH}/{count_text(n)}"
    return f"{UNCERTAIN if approximate else ''}{count_text(events)}/{count_text(n)}"


def _summed(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
