"""How the estimates move under other readings of the printed numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.readings import AS_PRINTED, CORRECTED, REPAIRED, WITHOUT_FLAGGED
from synthesis.describing import shown as three_digits
from synthesis.figures.display import Display, display
from synthesis.figures.numbers import bounds_text, estimate_text
from synthesis.fit import Estimate, NotDefined, Pool
from synthesis.misreading import misread
from synthesis.reporting.material import Material
from synthesis.reporting.results import Result
from synthesis.reporting.section import Section
from synthesis.reporting.words import plural
from synthesis.rereading import Reread, Sensitivity, under_every_reading

NAMES = {
    CORRECTED: "As corrected",
    AS_PRINTED: "As printed",
    REPAIRED: "As repaired",
    WITHOUT_FLAGGED: "Without flagged",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A comparison under one reading: the estimate in words, and how far it moved."""

    name: str
    estimate: str
    shift: str


@dataclass(frozen=True, slots=True)
class Line:
    """A comparison that some reading moves."""

    anchor: str
    label: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A mean, and the least and the greatest that rounding allows."""

    anchor: str
    label: str
    estimate: str
    least: str
    greatest: str


@dataclass(frozen=True, slots=True)
class Error:
    """What an error would have made of a comparison, beside what it is."""

    anchor: str
    label: str
    name: str
    estimate: str
    ours: str


def _context(material: Material) -> dict[str, Any] | None:
    shown = [result for result in material.results.shown if result.pool is not None]
    if not shown:
        return None
    pools = [result.pool for result in shown if result.pool is not None]
    found = under_every_reading(material.review, pools, material.audit)
    moved = [(r, s) for r, s in zip(shown, found, strict=True) if not s.steady]
    lines = tuple(Line(result.anchor, result.label, _readings(moves)) for result, moves in moved)
    steady = plural(len(shown) - len(lines), "comparison is", "comparisons are")
    return {
        "lines": lines,
        "names": tuple(NAMES.values()),
        "steady": steady,
        "reaches": tuple(reach for result in shown if (reach := _reach(result)) is not None),
        "errors": tuple(error for result in shown for error in _errors(result)),
    }


def _reach(result: Result) -> Reached | None:
    """How far rounding lets a mean reach; None where nothing is known to have been rounded."""
    pool = result.pool
    found = pool.reach() if pool is not None else None
    if pool is None or found is None or isinstance(found, NotDefined):
        return None
    scale = display(pool.measure)
    values = [_digits(scale.printed(end)) for end in (_shown(pool).mu, found.low, found.high)]
    return Reached(result.anchor, result.label, values[0], values[1], values[2])


def _errors(result: Result) -> tuple[Error, ...]:
    """What known errors would have made of a pool of two studies or more, beside ours."""
    pool = result.pool
    if pool is None or pool.k < 2:
        return ()
    return tuple(
        Error(result.anchor, result.label, one.name, _said(one.estimate, one.low, one.high), _said(*one.ours))
        for one in misread(pool)
    )


def _shown(pool: Pool) -> Pool | Estimate:
    """What is shown of a pool: its mean, and of two studies the common effect."""
    return pool.common if pool.k == 2 else pool


def _said(estimate: float, low: float, high: float) -> str:
    return f"{_digits(estimate)} ({_digits(low)} to {_digits(high)})"


def _digits(value: float) -> str:
    return three_digits(value).replace("-", "−")


def _readings(moves: Sensitivity) -> tuple[Reading, ...]:
    scale = display(moves.default.table.measure)
    return tuple(
        Reading(NAMES[r.reading], _estimate(scale, r), _shift(scale, moves.default, r))
        for r in moves.readings
    )


def _estimate(scale: Display, reread: Reread) -> str:
    if reread.pool is None:
        return "no study left" if not reread.table.rows else "not pooled"
    mean = _shown(reread.pool)
    mu, interval = scale.printed(mean.mu), mean.ci
    low, high = scale.printed(interval.low), scale.printed(interval.high)
    limits = " to ".join(bounds_text(low, high, special=scale.special))
    return f"{estimate_text(mu, special=scale.special)} ({limits})"


def _shift(scale: Display, default: Reread, reread: Reread) -> str:
    """How far the estimate moved: a factor for ratios, else a difference; empty where it did not."""
    if not reread.changed or reread.pool is None or default.pool is None:
        return ""
    now, before = _shown(reread.pool).mu, _shown(default.pool).mu
    moved = now - before
    if scale.ratio:
        return f"{estimate_text(scale.printed(moved))} times"
    value = scale.printed(now) - scale.printed(before)
    return f"{'+' if value > 0 else ''}{estimate_text(value)}"


SECTION = Section(35, "sensitivity", "Sensitivity to readings", "sections/sensitivity.html", _context)
