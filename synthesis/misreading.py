"""What two known errors would have made of a pool of ratios, shown beside ours as what they are: errors.

Published reviews of these very trials read a 99 % interval as one of 95 %, and averaged hazard ratios without
taking logarithms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, sqrt
from typing import TYPE_CHECKING, Any

from evidence.distributions import normal_isf

if TYPE_CHECKING:
    from synthesis.fit import Estimate, Pool
    from synthesis.table import EffectRow, EffectTable

LEVELS = "every interval read as 95 %"
NO_LOGARITHM = "pooled without the logarithm"
_USUAL = 95.0


@dataclass(frozen=True, slots=True)
class Misread:
    """A pool as an error would have made it, as ratios: not a result, but what to compare ours with.

    ``ours`` holds the estimate and its limits without the error; ``rows`` are the studies it is made on.
    """

    name: str
    k: int
    estimate: float
    low: float
    high: float
    level: float
    rows: tuple[str, ...]
    ours: tuple[float, float, float]


def misread(pool: Pool, **model: Any) -> tuple[Misread, ...]:
    """What the errors would have made of a pool of printed ratios; none where they change nothing.

    Parameters
    ----------
    pool : Pool
        Of a table of effects by a ratio measure.
    **model
        Arguments of `synthesis.pool`; by default those of the pool.

    Returns
    -------
    tuple of Misread
        "every interval read as 95 %" where an interval of another level is printed; "pooled without the
        logarithm", the ratios averaged as they are, where there are two studies or more. Of two studies each
        is the common effect, as ours is.
    """
    table = pool.table
    if table is None or not _of_ratios(table) or not any(row.stated for row in table.estimated):
        return ()
    if pool.model not in ("random-effects", "common-effect"):
        return ()
    said = {"model": pool.model, "level": pool.level, "interval": pool.interval_requested} | model
    found = []
    ours = _ratios(pool.common if pool.k == 2 else pool)
    wrong = [row.label for row in table.estimated if row.stated and row.stated[2] != _USUAL]
    if wrong:
        rows = tuple(_as_usual(row) for row in table.rows)
        read = _ratios(_best(replace(table, rows=rows), _between(pool, given=True) | said))
        found.append(Misread(LEVELS, pool.k, *read, pool.level, tuple(wrong), ours))
    if pool.k > 1:
        rows = tuple(_as_it_is(row) for row in table.rows)
        best = _best(replace(table, rows=rows, measure="GEN"), _between(pool, given=False) | said)
        read = (best.mu, best.ci.low, best.ci.high)
        found.append(Misread(NO_LOGARITHM, pool.k, *read, pool.level, table.labels, ours))
    return tuple(found)


def _between(pool: Pool, given: bool) -> dict[str, Any]:
    """How the pool came by its tau2; one that was given is of logarithms, and used where these are."""
    if pool.model != "random-effects":
        return {}
    if pool.tau2_method != "given":
        return {"tau2": pool.tau2_method}
    return {"tau2": getattr(pool.heterogeneity, "tau2", 0.0)} if given else {}


def _ratios(one: Pool | Estimate) -> tuple[float, float, float]:
    return exp(one.mu), exp(one.ci.low), exp(one.ci.high)


def _of_ratios(table: EffectTable) -> bool:
    from evidence.measures import get

    measure = get(table.measure)
    return measure.scale == "log" and measure.null == 0.0


def _best(table: EffectTable, said: dict[str, Any]) -> Pool | Estimate:
    """What would be shown of it: the mean, and of two studies the common effect."""
    from synthesis.pooling import pool

    found = pool(table, **said)
    return found.common if found.k == 2 else found


def _as_usual(row: EffectRow) -> EffectRow:
    """The row with its printed limits taken for those of a 95 % interval."""
    if row.stated is None:
        return row
    low, high, _ = row.stated
    return replace(row, vi=_variance(low, high, _USUAL))


def _as_it_is(row: EffectRow) -> EffectRow:
    """The row on the scale of the ratio itself, its standard error from limits that are lopsided there."""
    if not row.estimable:
        return row
    low, high, level = row.stated or _limits(row)
    return replace(row, yi=exp(row.yi), vi=_variance(exp(low), exp(high), level))


def _limits(row: EffectRow) -> tuple[float, float, float]:
    half = normal_isf(0.025) * sqrt(row.vi)
    return row.yi - half, row.yi + half, _USUAL


def _variance(low: float, high: float, level: float) -> float:
    return ((high - low) / (2.0 * normal_isf((100.0 - level) / 200.0))) ** 2
