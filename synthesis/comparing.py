"""Two pools beside each other: what was chosen differently, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.emitting import emitted
from synthesis.describing import shown, shown_as, shown_p
from synthesis.fit import Interval, NotDefined, Pool


@dataclass(frozen=True, slots=True)
class Line:
    """One quantity of two pools as text, and whether the texts differ."""

    name: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two read differently."""
        return self.first != self.second


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What `synthesis.compare` gives.

    Attributes
    ----------
    lines : every choice and result, side by side
    difference : the second mean less the first, on the scale of the analysis
    width_ratio : the width of the second interval over the first's
    same_studies, same_conclusion : whether both are of the same effects, and whether both intervals hold
        no effect or both do not
    """

    lines: tuple[Line, ...]
    difference: float
    width_ratio: float
    same_studies: bool
    same_conclusion: bool

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, floats to twelve significant digits."""
        rows = [{"name": one.name, "first": one.first, "second": one.second} for one in self.lines]
        return {
            "lines": rows,
            "difference": emitted(self.difference),
            "width_ratio": emitted(self.width_ratio),
            "same_studies": self.same_studies,
            "same_conclusion": self.same_conclusion,
        }

    def __str__(self) -> str:
        rows = [("", "first", "second"), *((one.name, one.first, one.second) for one in self.lines)]
        widths = [max(len(row[i]) for row in rows) for i in range(2)]
        marks = ["", *("  *" if one.differs else "" for one in self.lines)]
        table = [
            f"{name:<{widths[0]}}  {first:<{widths[1]}}  {second}{mark}".rstrip()
            for (name, first, second), mark in zip(rows, marks, strict=True)
        ]
        return "\n".join([*table, *self._sentences()])

    def _sentences(self) -> Iterator[str]:
        yield f"The second mean is {shown(self.difference)} from the first on the scale of the analysis."
        if not self.same_studies:
            yield "They are of different studies or numbers."
        if not self.same_conclusion:
            yield "One interval holds no effect, the other does not."


def compare(first: Pool, second: Pool) -> Comparison:
    """Two pools side by side: choices, means, intervals, heterogeneity.

    Examples
    --------
    >>> from synthesis import pool
    >>> studies = {"yi": [0.2, 0.9, 0.4, 0.3], "vi": [0.05, 0.08, 0.04, 0.02]}
    >>> found = compare(pool(**studies), pool(**studies, tau2="DL", interval="Wald"))
    >>> found.same_studies, round(found.difference, 6), round(found.width_ratio, 4)
    (True, 0.019073, 0.6435)
    """
    columns = zip(_rows(first), _rows(second), strict=True)
    lines = tuple(Line(name, one, other) for (name, one), (_, other) in columns)
    same = first.yi.tolist() == second.yi.tolist() and first.vi.tolist() == second.vi.tolist()
    return Comparison(
        lines=lines,
        difference=second.mu - first.mu,
        width_ratio=second.ci.width / first.ci.width,
        same_studies=same and _named_alike(first.labels, second.labels),
        same_conclusion=_holds_null(first) == _holds_null(second),
    )


def _named_alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the names are the same, or one pool was given none and counts its studies."""
    counted = tuple(str(i + 1) for i in range(len(first)))
    return first == second or counted in (first, second)


def _holds_null(pool: Pool) -> bool | None:
    """Whether the interval holds "no effect"; None for a measure that has no such value."""
    null: float | None = 0.0
    if pool.measure is not None:
        from evidence.measures import get

        null = get(pool.measure).null
    return None if null is None else pool.ci.low <= null <= pool.ci.high


def _rows(pool: Pool) -> list[tuple[str, str]]:
    scale, h = shown_as(pool), pool.heterogeneity
    further = pool.prediction
    return [
        ("measure", pool.measure or "effect"),
        ("studies", str(pool.k)),
        ("model", pool.model),
        ("tau2 by", pool.tau2_method),
        ("interval", pool.interval_requested),
        ("weights", pool.weighting),
        ("mean", scale.value(pool.mu)),
        ("level", f"{pool.level:g} %"),
        ("bounds", scale.bounds(pool.ci)),
        ("p", shown_p(pool.p).removeprefix("p = ").removeprefix("p ")),
        ("tau2", "not defined" if isinstance(h, NotDefined) else shown(h.tau2)),
        ("I2", "not defined" if isinstance(h, NotDefined) else f"{h.i2:.1f} %"),
        ("further study", scale.bounds(further) if isinstance(further, Interval) else "not defined"),
    ]
