"""The pool as studies are added one after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import BoolArray
from synthesis.describing import shown, shown_p
from synthesis.diagnostics.records import Record, aligned, model_words, scale_of
from synthesis.diagnostics.refits import Refits, arrays_of, refits_of
from synthesis.errors import PoolingError
from synthesis.fit import Pool


@dataclass(frozen=True, slots=True, eq=False)
class Cumulative(Refits, Record):
    """The pools of the first 1, 2, ... k studies, every quantity an array (k,) in the order they are added.

    Attributes
    ----------
    mu, se, low, high, statistic, df, p : means, intervals and tests; df is inf where they are normal
    q, q_p, tau2, i2, h2 : heterogeneity; of the first study alone 0, 1, 0, 0 and 1
    labels : the study added; order : its place in the pool
    level, model, interval_method, measure : as in the pool
    """

    labels: tuple[str, ...]
    order: tuple[int, ...]
    level: float
    model: str
    interval_method: str
    measure: str | None

    def summary(self) -> str:
        """One line a study added, on the scale readers know."""
        scale = scale_of(self.measure)
        rows = [
            [
                f"+ {label}",
                scale.value(self.mu[i]),
                scale.interval(self.low[i], self.high[i]),
                shown_p(float(self.p[i])),
                shown(float(self.tau2[i])),
            ]
            for i, label in enumerate(self.labels)
        ]
        header = ["added", scale.name, f"{self.level:g} % interval", "p", "tau2"]
        return "\n".join([f"Cumulative, {self.model}", *aligned(header, rows)])


def cumulative(pool: Pool, *, order: ArrayLike | None = None) -> Cumulative:
    """The pools of the first study, the first two, and so on, with every choice of the pool kept.

    Parameters
    ----------
    pool : what `synthesis.pool` gave
    order : (k,) numbers to sort the studies by, years say; ties keep the studies' own order, which is
        also the default

    Raises
    ------
    PoolingError
        When `order` does not hold one number for each study.

    Notes
    -----
    As metafor's `cumul`. The interval of the first study is its own. The last row is the pool.

    References
    ----------
    Lau J, et al. N Engl J Med 1992;327:248-54.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = cumulative(pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], tau2="DL"), order=[3, 1, 2])
    >>> found.labels, found.mu.round(6)
    (('2', '3', '1'), array([0.9     , 0.61    , 0.464008]))
    """
    places = _sorted(pool.k, order)
    rank = np.empty(pool.k, dtype=np.intp)
    rank[places] = np.arange(pool.k)

    def first(start: int, stop: int) -> BoolArray:
        """The first start + 1, ... stop studies."""
        return rank <= np.arange(start, stop)[:, None]

    return Cumulative(
        **arrays_of(refits_of(pool, pool.k, first, pool.interval_requested)),
        labels=tuple(pool.labels[i] for i in places.tolist()),
        order=tuple(places.tolist()),
        level=pool.level,
        model=model_words(pool),
        interval_method=pool.interval_requested,
        measure=pool.measure,
    )


def _sorted(k: int, order: ArrayLike | None) -> np.ndarray:
    if order is None:
        return np.arange(k)
    by = np.asarray(order, dtype=np.float64)
    if by.shape != (k,) or not np.isfinite(by).all():
        raise PoolingError(f"order has shape {by.shape}; give one finite number for each of {k} studies")
    return np.argsort(by, kind="stable")
