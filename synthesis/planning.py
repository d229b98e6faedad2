"""What a review's plan says of the model of a pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence.rounding import bounds
from evidence.values import Reported

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.fit import Pool
    from synthesis.table import EffectTable


def pooled(review: Review, table: EffectTable, **chosen: Any) -> Pool | None:
    """The pool of a table as the review plans it, or None where its rows are not to be pooled.

    Parameters
    ----------
    review : Review
        Its `syntheses` may name a model, an estimator of tau2, an interval and a level.
    table : EffectTable
        As `synthesis.effects` gives it.
    **chosen
        Arguments of `synthesis.pool` that go before the plan; those that are None do not count.
    """
    if table.k == 0 or not table.pooled:
        return None
    from synthesis.pooling import pool

    given = {name: value for name, value in chosen.items() if value is not None}
    return pool(table, **{**planned_model(review, table.name), **given})


def planned_model(review: Review, name: str | None) -> dict[str, Any]:
    """The arguments of `synthesis.pool` that a plan of this name states; none without one."""
    plan = review.syntheses.get(name) if name else None
    if plan is None:
        return {}
    said = {key: getattr(plan, key) for key in ("model", "tau2", "interval") if getattr(plan, key)}
    if isinstance(plan.level, Reported):
        said["level"] = bounds(plan.level).floats[1]
    return said
