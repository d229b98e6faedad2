"""A comparison in one line: who gives it, and what it comes to."""

from typing import TYPE_CHECKING

from synthesis.figures.display import display
from synthesis.figures.entries import entries_of_table
from synthesis.figures.forest_words import effect_text
from synthesis.figures.numbers import estimate_text

if TYPE_CHECKING:
    from synthesis.fit import Pool
    from synthesis.table import EffectTable

_NAMED = 2  # more studies than these are counted, not named


def studies_text(table: "EffectTable") -> str:
    """The studies by name, or how many there are."""
    labels = [row.label for row in table.rows]
    return " and ".join(labels) if len(labels) <= _NAMED else f"{len(labels)} studies"


def result_text(table: "EffectTable", pool: "Pool | None") -> str:
    """The estimate with its interval: a study's own, two studies' common effect, the mean of more.

    Of estimates that are not pooled, the least and the greatest.
    """
    shown = display(table.measure)
    if table.k == 0:
        return "not estimable"
    if pool is None:
        effects = [shown.printed(row.yi) for row in table.estimated]
        ends = [estimate_text(end, special=shown.special) for end in (min(effects), max(effects))]
        return f"{' to '.join(dict.fromkeys(ends))}, not pooled"
    if pool.k == 1:
        one = next(entry for entry in entries_of_table(table, pool.level) if entry.estimable)
        return effect_text(shown, one.yi, one.low, one.high)
    best = pool if pool.headline else pool.common
    return effect_text(shown, best.mu, best.ci.low, best.ci.high)
