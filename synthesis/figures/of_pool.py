"""What figures of a pool share: how its measure is shown, its name, its title and its axis of effects."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from synthesis.drawing.text_metrics import clean
from synthesis.figures.axis import reach
from synthesis.figures.display import Display, display
from synthesis.figures.entries import distinct
from synthesis.figures.forest_words import capital, effect_text, favours, level_text
from synthesis.figures.numbers import decimals_of
from synthesis.figures.rows import Scale

if TYPE_CHECKING:
    from synthesis.fit import Pool
    from synthesis.models.regression_fit import Regression


def display_of(pool: "Pool | Regression") -> Display:
    """How the measure of the pool is shown; one number of decimals for everything that is no ratio."""
    shown = display(pool.measure)
    if shown.ratio:
        return shown
    values = [shown.printed(float(yi)) for yi in pool.yi]
    return replace(shown, decimals=1 if shown.percent else decimals_of(values))


def labels_of(pool: "Pool | Regression") -> tuple[str, ...]:
    """A name for each study, no two alike."""
    return tuple(distinct([clean(label) for label in pool.labels]))


def name_of(pool: "Pool | Regression", kind: str) -> str:
    """A slug for ids: the figure and, where it is known, the endpoint."""
    return kind if pool.table is None else f"{kind}-{pool.table.endpoint}"


def title_of(pool: "Pool | Regression") -> str:
    """What was compared, or the measure."""
    table = pool.table
    if table is None:
        return capital(display(pool.measure).name)
    compared = " versus ".join(table.compare_labels)
    return f"{table.endpoint_label}: {compared}" if compared else str(table.endpoint_label)


def pooled_text(pool: "Pool") -> str:
    """The pooled estimate with its interval, and what it is an estimate of."""
    shown = display_of(pool)
    value = effect_text(shown, pool.mu, pool.ci.low, pool.ci.high)
    return f"{shown.name} {value.replace(' (', f' ({level_text(pool.level)} CI ', 1)}"


def effect_scale(
    pool: "Pool | Regression",
    seen: Iterable[float],
    pooled: Iterable[float] = (),
    studies: Iterable[float] = (),
) -> Scale:
    """An axis of effects.

    Parameters
    ----------
    pool : whose measure it is
    seen : on the scale of the analysis, always inside
    pooled, studies : bounds that may be cut off, as in a forest plot
    """
    shown = display_of(pool)
    axis = shown.axis
    inside = [axis(value) for value in seen]
    if shown.axis_null is not None:
        inside.append(shown.axis_null)
    least = 0.7 if shown.ratio else 10.0 if shown.percent else max(map(abs, inside), default=1.0) / 5 or 1.0
    low, high = reach(inside, [axis(v) for v in pooled], [axis(v) for v in studies], least)
    low, high, ticks = shown.ticks(low, high)
    table = pool.table
    sides = () if table is None else favours(shown, table.better, table.compare_labels)
    title = shown.title + (" (log scale)" if shown.ratio else "")
    if table is not None and table.unit and shown.has_unit:
        title += f" ({table.unit})"
    return Scale("log" if shown.ratio else "linear", low, high, ticks, title, shown.axis_null, None, sides)


def plain_scale(low: float, high: float, title: str, *, falling: bool = False, snap: bool = True) -> Scale:
    """A linear axis with readable ticks; `falling` runs from the greatest value to the least."""
    from synthesis.figures.axis import linear_axis

    first, last, ticks = linear_axis(low, high)
    if not snap:
        first, last = low, high
        span = 1e-9 * (high - low)
        ticks = tuple(tick for tick in ticks if low - span <= tick.at <= high + span)
    return Scale("linear", last if falling else first, first if falling else last, ticks, title)


def listed(parts: Sequence[str]) -> str:
    """Parts as one phrase: `a, b and c`.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)
