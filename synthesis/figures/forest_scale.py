"""The axis of a forest plot: what must be on it, what may be clipped, and what was asked for."""

import math
from collections.abc import Sequence
from statistics import median
from typing import Literal

from synthesis.errors import FigureError
from synthesis.figures.axis import reach
from synthesis.figures.display import Display
from synthesis.figures.entries import Entry
from synthesis.figures.forest_plan import Plan
from synthesis.figures.forest_words import favours
from synthesis.figures.rows import Scale, Tick
from synthesis.fit import Estimate, Interval, Pool

_LEAST_SPAN = {"ratio": math.log(2), "percent": 10.0}


def scale_of(plan: Plan) -> Scale | None:
    """The scale of the figure; None when nothing is estimable."""
    shown = [entry for entry in plan.entries if entry.estimable]
    if not shown:
        return None
    axis, null, pool = plan.display.axis, plan.display.axis_null, plan.pool
    seen = [axis(entry.yi) for entry in shown] + ([] if null is None else [null])
    pooled: list[float] = []
    reference = None
    if pool is not None and pool.k > 1:
        estimate: Pool | Estimate = pool if pool.headline else pool.common
        seen.append(axis(estimate.mu))
        pooled += [axis(estimate.ci.low), axis(estimate.ci.high)]
        reference = axis(pool.mu) if pool.headline else None
        if pool.headline and isinstance(pool.prediction, Interval):
            pooled += [axis(pool.prediction.low), axis(pool.prediction.high)]
        more_seen, more_pooled = _beside(plan)
        seen += more_seen
        pooled += more_pooled
    lines = _lines(plan)
    seen += [line.at for line in lines]
    low, high = _ends(plan, shown, seen, pooled)
    low, high, ticks = plan.display.ticks(low, high)
    numbers = plan.display.notation.numbers
    ticks = tuple(Tick(tick.at, numbers(tick.label)) for tick in ticks)
    table = plan.table
    sides = () if table is None else favours(plan.display, table.better, table.compare_labels)
    title = plan.display.title + (" (log scale)" if plan.display.ratio else "")
    if table is not None and table.unit and plan.display.has_unit:
        title += f" ({table.unit})"
    sides = tuple(side.replace("Favours", plan.asked.layout.favours, 1) for side in sides)  # type: ignore[assignment]
    kind: Literal["log", "linear"] = "log" if plan.display.ratio else "linear"
    return Scale(kind, low, high, ticks, title, null, reference, sides, lines)


def _beside(plan: Plan) -> tuple[list[float], list[float]]:
    """Estimates and interval bounds of another model, of subgroups and of other readings."""
    groups = () if plan.groups is None else plan.groups.groups
    means = [group.pool if group.pool.headline else group.common for group in groups if group.k > 1]
    every = [*means, *plan.beside, *([plan.asked.also] if plan.asked.also is not None else [])]
    axis = plan.display.axis
    bounds = [axis(bound) for one in every for bound in (one.ci.low, one.ci.high)]
    return [axis(one.mu) for one in every], bounds


def _lines(plan: Plan) -> tuple[Tick, ...]:
    """The further values to mark, such as a minimal important difference, in axis units."""
    found = []
    for name, value in plan.asked.lines:
        if not math.isfinite(value) or (plan.display.ratio and value <= 0):
            raise FigureError(f"the line {name!r} is at {value:g}; give a {_number_kind(plan.display)}")
        found.append(Tick(math.log(value) if plan.display.ratio else value, name))
    return tuple(sorted(found, key=lambda line: line.at))


def _number_kind(shown: Display) -> str:
    return "ratio above 0" if shown.ratio else "percentage" if shown.percent else "number"


def _ends(
    plan: Plan,
    shown: Sequence[Entry],
    seen: list[float],
    pooled: list[float],
) -> tuple[float, float]:
    if plan.asked.limits is not None:
        return _asked(plan.display, *plan.asked.limits)
    axis = plan.display.axis
    kind = "ratio" if plan.display.ratio else "percent" if plan.display.percent else ""
    lows, highs = [axis(entry.low) for entry in shown], [axis(entry.high) for entry in shown]
    bounds = [*lows, *highs]
    spans = [high - low for low, high in zip(lows, highs, strict=True)]
    typical = median([span for span in spans if math.isfinite(span)] or [0.0])
    least = max(typical, _LEAST_SPAN.get(kind, 0.0)) or max(abs(value) for value in seen) or 1.0
    return reach(seen, pooled, bounds, least)


def _asked(shown: Display, low: float, high: float) -> tuple[float, float]:
    """The ends that were asked for in axis units, widened to hold the null."""
    least = 0.0 if shown.ratio else -1e-9 if shown.percent else -math.inf
    if not least < low < high < math.inf or (shown.percent and low >= 100):
        what = "ratios above 0" if shown.ratio else "percentages up to 100" if shown.percent else "numbers"
        raise FigureError(f"limits are {low:g} and {high:g}; give two {what}, the lower one first")
    ends = [math.log(low), math.log(high)] if shown.ratio else [low, high]
    null = shown.axis_null
    return (ends[0], ends[1]) if null is None else (min(ends[0], null), max(ends[1], null))
