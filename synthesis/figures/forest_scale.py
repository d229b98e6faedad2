"""The axis of a forest plot: what must be on it, what may be clipped, and what was asked for."""

import math
from collections.abc import Sequence
from statistics import median

from synthesis.errors import FigureError
from synthesis.figures.axis import reach
from synthesis.figures.display import Display
from synthesis.figures.entries import Entry
from synthesis.figures.forest_plan import Plan
from synthesis.figures.forest_words import favours
from synthesis.figures.rows import Scale
from synthesis.fit import Estimate, Interval, Pool

_LEAST_SPAN = {"ratio": math.log(2), "percent": 10.0}


def scale_of(plan: Plan, limits: tuple[float, float] | None) -> Scale | None:
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
    low, high = _ends(plan, shown, seen, pooled, limits)
    low, high, ticks = plan.display.ticks(low, high)
    table = plan.table
    sides = () if table is None else favours(plan.display, table.better, table.compare_labels)
    title = plan.display.title + (" (log scale)" if plan.display.ratio else "")
    if table is not None and table.unit and plan.display.has_unit:
        title += f" ({table.unit})"
    return Scale("log" if plan.display.ratio else "linear", low, high, ticks, title, null, reference, sides)


def _ends(
    plan: Plan,
    shown: Sequence[Entry],
    seen: list[float],
    pooled: list[float],
    limits: tuple[float, float] | None,
) -> tuple[float, float]:
    if limits is not None:
        return _asked(plan.display, *limits)
    axis = plan.display.axis
    kind = "ratio" if plan.display.ratio else "percent" if plan.display.percent else ""
    bounds = [axis(bound) for entry in shown for bound in (entry.low, entry.high)]
    spans = [axis(entry.high) - axis(entry.low) for entry in shown]
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
