"""The columns of what each arm contributed: events of totals, means, or how many, by the kind of measure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from synthesis.figures.entries import Entry
from synthesis.figures.numbers import DASH, as_read, count_text
from synthesis.figures.rows import Column

UNCERTAIN = "~"

Cell = Callable[[Any, dict[float, int]], str]
Total = Callable[[Sequence[Any]], str]


@dataclass(frozen=True, slots=True)
class ArmColumn:
    """One column of one arm: `cells` for the entries in their order, and how a total is said, if at all.

    A cell is a dash where the arm or its number was not reported.
    """

    column: Column
    arm: int
    cells: tuple[str, ...]
    total: Total

    def sum(self, entries: Sequence[Entry]) -> str:
        """The total over the entries that were pooled; empty when one of them lacks the number."""
        arms = [e.arms[self.arm] for e in entries if e.weight is not None and len(e.arms) > self.arm]
        counted = sum(e.weight is not None for e in entries)
        return self.total(arms) if arms and len(arms) == counted else ""


@dataclass(frozen=True, slots=True)
class _Made:
    """A column before its cells are filled."""

    key: str
    head: str
    align: Any
    cell: Cell
    total: Total


def arm_columns(
    kind: str,
    labels: Sequence[str],
    entries: Sequence[Entry],
    events: str = "Events/total",
    split: bool = False,
) -> tuple[ArmColumn, ...]:
    """The columns for this kind of measure, those that nobody reported left out.

    Parameters
    ----------
    kind : str
        `Measure.kind`.
    labels : sequence of str
        What the arms are called, in the order of `EffectTable.compare`.
    entries : sequence of Entry
        Whose arms fill the columns.
    events : str
        The head over events and totals.
    split : bool
        Whether events and totals, means and SDs have columns of their own.
    """
    counts = _counts_apart(events) if split else _counts_together(events)
    means = (_MEAN, _SD, _SIZE) if split else (_MEAN_SD, _SIZE)
    number = (_SIZE,)
    choices = {
        "binary": (counts,),
        "proportion": (counts,),
        "time-to-event": (counts, number),
        "rate": (counts, number),
        "continuous": (means,),
        "within": (number,),
        "within-raw": (number,),
        "matched": (number,),
    }
    arms = [_arm(arm, label, choices.get(kind, ()), entries) for arm, label in enumerate(labels[:2])]
    return tuple(column for columns in arms for column in columns)


def _arm(
    arm: int, label: str, choices: Sequence[Sequence[_Made]], entries: Sequence[Entry]
) -> tuple[ArmColumn, ...]:
    """The columns of one arm: the first choice in which something but totals is known, else the last."""
    filled: tuple[ArmColumn, ...] = ()
    for made in choices:
        filled = tuple(_filled(one, arm, label, entries) for one in made)
        if any(not cell.startswith(DASH) for cell in filled[0].cells):
            break
    return tuple(column for column in filled if any(cell != DASH for cell in column.cells))


def _filled(made: _Made, arm: int, label: str, entries: Sequence[Entry]) -> ArmColumn:
    cell = made.cell
    if made in (_MEAN, _SD, _MEAN_SD):
        alike = _decimals_alike(arm, entries)
        cells = [cell(e.arms[arm], alike | e.decimals) if len(e.arms) > arm else DASH for e in entries]
    else:
        cells = [cell(e.arms[arm], {}) if len(e.arms) > arm else DASH for e in entries]
    return ArmColumn(
        Column(f"arm{arm + 1}-{made.key}", made.head, made.align, label), arm, tuple(cells), made.total
    )


def _decimals_alike(arm: int, entries: Sequence[Entry]) -> dict[float, int]:
    """For means and SDs that nobody printed: as many decimals as the one that needs most."""
    data = [e.arms[arm] for e in entries if len(e.arms) > arm]
    found: dict[float, int] = {}
    for values in ([one.mean for one in data], [one.sd for one in data]):
        known = [value for value in values if value is not None]
        needed = max((len(as_read(value).partition(".")[2]) for value in known), default=0)
        found |= {value: max(needed, found.get(value, 0)) for value in known}
    return found


def _counts_together(head: str) -> tuple[_Made, ...]:
    return (_Made("events", head, "slash", lambda data, _: _fraction(data), _fraction_of_all),)


def _counts_apart(head: str) -> tuple[_Made, ...]:
    return (_Made("events", head, "end", lambda data, _: _events(data), _events_of_all), _SIZE)


def _fraction(data: Any) -> str:
    if data.n is None:
        return DASH
    return f"{_events(data)}/{count_text(data.n)}"


def _events(data: Any) -> str:
    if data.events is None:
        return DASH
    return f"{UNCERTAIN if data.approximate else ''}{count_text(data.events)}"


def _fraction_of_all(arms: Sequence[Any]) -> str:
    events, n = _events_of_all(arms), _size_of_all(arms)
    return f"{events}/{n}" if events and n else ""


def _events_of_all(arms: Sequence[Any]) -> str:
    events = _summed([data.events for data in arms])
    if events is None:
        return ""
    return f"{UNCERTAIN if any(data.approximate for data in arms) else ''}{count_text(events)}"


def _size_of_all(arms: Sequence[Any]) -> str:
    n = _summed([data.n for data in arms])
    return "" if n is None else count_text(n)


def _mean(data: Any, decimals: dict[float, int]) -> str:
    if data.mean is None:
        return DASH
    return f"{UNCERTAIN if data.approximate else ''}{as_read(data.mean, decimals)}"


def _sd(data: Any, decimals: dict[float, int]) -> str:
    return DASH if data.sd is None else as_read(data.sd, decimals)


def _mean_and_sd(data: Any, decimals: dict[float, int]) -> str:
    return DASH if data.mean is None else f"{_mean(data, decimals)} ({_sd(data, decimals)})"


def _summed(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _no_total(arms: Sequence[Any]) -> str:
    return ""


_SIZE = _Made("n", "Total", "end", lambda data, _: count_text(data.n), _size_of_all)
_MEAN_SD = _Made("mean", "Mean (SD)", "bracket", _mean_and_sd, _no_total)
_MEAN = _Made("mean", "Mean", "point", _mean, _no_total)
_SD = _Made("sd", "SD", "point", _sd, _no_total)
