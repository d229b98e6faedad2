"""What all results of this package can do: be printed, and become plain data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from evidence.emitting import emitted
from synthesis.describing import shown
from synthesis.fit import NotDefined, Pool


class Record:
    """The root of the frozen results: `summary()`, `to_dict()` and `print()`."""

    __slots__ = ()

    def summary(self) -> str:
        """The result as a few lines of text."""
        raise TypeError(f"{type(self).__name__} has no summary")

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, floats to twelve significant digits."""
        found: dict[str, Any] = plain(self)
        return found

    def __str__(self) -> str:
        return self.summary()


def plain(value: Any) -> Any:
    """Records, tuples and arrays as dictionaries and lists; what is not defined as its reason."""
    if isinstance(value, NotDefined):
        return {"not_defined": value.reason}
    if isinstance(value, Pool):
        return value.to_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.repr}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return emitted(value)


@dataclass(frozen=True, slots=True)
class Scale:
    """How numbers of a pool are shown: the effect's name and the way back from the analysis scale."""

    name: str
    back: Callable[[Any], Any]

    def value(self, yi: float) -> str:
        """One effect, three significant digits."""
        return shown(float(self.back(yi)))

    def interval(self, low: float, high: float) -> str:
        """An interval in brackets."""
        return f"[{self.value(low)}, {self.value(high)}]"


def scale_of(measure: str | None) -> Scale:
    """The scale readers know (ratios, not their logs)."""
    if measure is None:
        return Scale("effect", float)
    from evidence.measures import get

    found = get(measure)
    return Scale(found.name, found.back)


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table, the first column to the left and the others to the right.

    Examples
    --------
    >>> aligned(["study", "x"], [["A", "1.00"], ["Bee", "10.0"]])
    ['study     x', 'A      1.00', 'Bee    10.0']
    """
    whole = [list(header), *[list(row) for row in rows]]
    widths = [max(len(row[j]) for row in whole) for j in range(len(header))]
    lines = []
    for row in whole:
        cells = [row[0].ljust(widths[0])] + [
            cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def too_few(what: str, k: int, least: int) -> NotDefined:
    """The reason why there is no result for so few studies."""
    studies = "1 study" if k == 1 else f"{k} studies"
    return NotDefined(f"{what} needs at least {least} studies; there {'is' if k == 1 else 'are'} {studies}")


def model_words(pool: Pool) -> str:
    """The model and estimator, for headings."""
    if pool.model == "common-effect":
        return "common-effect model"
    return f"{pool.model} model, tau2 by {pool.tau2_method}"
