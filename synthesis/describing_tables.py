"""Pools as tables: pandas DataFrames, and HTML for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from synthesis.describing import shown, shown_as
from synthesis.errors import MissingPackage
from synthesis.fit import Interval, NotDefined, Pool
from synthesis.intervals import wald

if TYPE_CHECKING:
    from synthesis.models.many_means import ManyPools

COLUMNS = ("label", "effect", "variance", "low", "high", "weight", "kind")


def rows_of(pool: Pool) -> list[tuple[Any, ...]]:
    """One row a study and one for the mean, as `COLUMNS`, on the scale of the analysis.

    Study intervals are Wald intervals at the level of the pool; weights are in per cent.
    """
    own = wald(pool.yi, pool.vi**0.5, 0.0, 1, pool.level)
    numbers = (pool.yi, pool.vi, own.low, own.high, pool.weights)
    rows: list[tuple[Any, ...]] = [
        (label, *values, "study")
        for label, *values in zip(pool.labels, *(one.tolist() for one in numbers), strict=True)
    ]
    rows.append(("mean", pool.mu, pool.se**2, pool.ci.low, pool.ci.high, 100.0, "mean"))
    if isinstance(pool.prediction, Interval):
        further = (pool.mu, None, pool.prediction.low, pool.prediction.high, None)
        rows.append(("a further study", *further, "prediction"))
    return rows


def to_frame(pool: Pool) -> Any:
    """A pandas DataFrame of `rows_of`, its index the labels.

    Raises
    ------
    MissingPackage
        When pandas is not installed.
    """
    return _pandas().DataFrame.from_records(rows_of(pool), columns=COLUMNS, index="label")


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise MissingPackage("to_frame() needs pandas, which is not installed: pip install pandas") from error
    return pandas


BATCH_COLUMNS = (
    *("k", "mu", "se", "low", "high", "statistic", "df", "p", "tau2", "i2", "h2", "q", "q_p"),
    *("prediction_low", "prediction_high", "converged"),
)


def batch_frame(pools: ManyPools) -> Any:
    """A pandas DataFrame with a row a meta-analysis and a column a quantity."""
    return _pandas().DataFrame({name: getattr(pools, name).reshape(-1) for name in BATCH_COLUMNS})


def batch_summary(pools: ManyPools) -> str:
    """What a batch holds, in three lines."""
    n, sizes = pools.mu.size, (int(pools.k.min()), int(pools.k.max()))
    each = f"{sizes[0]}" if sizes[0] == sizes[1] else f"{sizes[0]} to {sizes[1]}"
    means = " to ".join(shown(value) for value in np.quantile(pools.mu, [0.0, 1.0]).tolist())
    failed = int((~pools.converged).sum())
    return (
        f"{n} meta-analyses of {each} studies, {pools.model}, tau2 by {pools.tau2_method}\n"
        f"means from {means}; {pools.level:g} % intervals by {pools.interval}\n"
        f"tau2 is 0 in {int((pools.tau2 == 0.0).sum())}; {failed} did not converge"
    )


def to_html(pool: Pool) -> str:
    """A small HTML table on the scale readers know, with what was chosen beneath it."""
    scale = shown_as(pool)
    head = "".join(f"<th>{name}</th>" for name in ("", scale.name, f"{pool.level:g} % interval", "weight"))
    body = []
    for label, effect, _, low, high, weight, kind in rows_of(pool):
        bounds = scale.bounds(Interval(low, high, pool.level, ""))
        share = "" if weight is None else f"{weight:.1f} %"
        value = "" if kind == "prediction" else scale.value(effect)
        cells = "".join(f"<td>{escape(text)}</td>" for text in (value, bounds, share))
        body.append(f'<tr><th scope="row">{escape(str(label))}</th>{cells}</tr>')
    told = "<br>".join(escape(line) for line in _beneath(pool))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table><p>{told}</p>"


def _beneath(pool: Pool) -> list[str]:
    h = pool.heterogeneity
    lines = [] if isinstance(h, NotDefined) else [f"I2 = {h.i2:.1f} %; tau2 by {h.tau2_method}"]
    left = [f"left out: {one.label}: {one.reason}" for one in pool.left_out]
    return [f"{pool.model}; {pool.ci.method} interval", *lines, *left, *pool.notes]
