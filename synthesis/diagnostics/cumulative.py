"""The pool as studies are added one after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from synthesis.describing import shown, shown_p
from synthesis.diagnostics.records import Record, aligned, model_words, scale_of
from synthesis.diagnostics.refits import Refits, refits_of
from synthesis.errors import PoolingError
from synthesis.fit import Pool


@dataclass(frozen=True, slots=True, eq=False)
class Cumulative(Record):
    """The pools of the first 1, 2, ... k studies: `labels` name the study added, `refits` hold arrays (k,).

    `order` gives the places of the studies in the pool.
    """

    labels: tuple[str, ...]
    order: tuple[int, ...]
    refits: Refits
    level: float
    model: str
    interval_method: str
    measure: str | None

    def summary(self) -> str:
        """One line a study added, on the scale readers know."""
        scale, r = scale_of(self.measure), self.refits
        rows = [
            [
                f"+ {label}",
                scale.value(r.mu[i]),
                scale.interval(r.low[i], r.high[i]),
                shown_p(float(r.p[i])),
                shown(float(r.tau2[i])),
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
    >>> found.labels, found.refits.mu.round(6)
    (('2', '3', '1'), array([0.9     , 0.61    , 0.464008]))
    """
    places = _sorted(pool.k, order)
    rank = np.empty(pool.k, dtype=np.intp)
    rank[places] = np.arange(pool.k)
    return Cumulative(
        labels=tuple(pool.labels[i] for i in places.tolist()),
        order=tuple(places.tolist()),
        refits=refits_of(
            pool,
            pool.k,
            lambda start, stop: rank <= np.arange(start, stop)[:, None],
            pool.interval_requested,
        ),
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
