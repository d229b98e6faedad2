"""`indirect`: two treatments compared through a third that both were compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from synthesis.errors import PoolingError
from synthesis.fit import Estimate, Interval

if TYPE_CHECKING:
    from synthesis.fit import Pool


@dataclass(frozen=True, slots=True)
class Indirect(Estimate):
    """The first mean less the second, on the scale of the analysis: an `Estimate` with what it rests on.

    Attributes
    ----------
    first, second : the two means it is made of; measure : their effect measure, if they have one
    notes : sentences a reader should see beside it
    """

    first: Estimate
    second: Estimate
    measure: str | None
    notes: tuple[str, ...]

    def summary(self) -> str:
        """The comparison in a line, and what it rests on."""
        from synthesis.describing import estimate_line

        return "\n".join([estimate_line(self, self.measure), *self.notes])

    def to_dict(self) -> Mapping[str, Any]:
        """Plain JSON types, floats to twelve significant digits."""
        from evidence.emitting import emitted

        found: Mapping[str, Any] = emitted(asdict(self))
        return found

    def __str__(self) -> str:
        return self.summary()


def indirect(first: Pool, second: Pool, *, level: float | None = None) -> Indirect:
    """The first treatment against the second, through the treatment that both pools compare theirs with.

    Parameters
    ----------
    first, second : Pool
        Each of a treatment against the same other one, by the same measure.
    level : float, optional
        Per cent; that of the first pool by default.

    Returns
    -------
    Indirect
        An `Estimate` with a normal interval, on the scale of the analysis (logarithms for ratios).

    Raises
    ------
    PoolingError
        When the pools are of unlike measures, or share a group of people beyond the trials' own.

    Notes
    -----
    Bucher's difference of the two means, its variance the sum of theirs: trials of the two comparisons are
    taken to be independent and alike in whatever changes effects. Of two studies, whose random-effects mean
    is no headline, the common effect is taken; of one, its own result.

    References
    ----------
    Bucher HC, Guyatt GH, Griffith LE, Walter SD. J Clin Epidemiol 1997;50:683-91.

    Examples
    --------
    >>> from math import exp, log
    >>> from synthesis import pool
    >>> z99, z95 = 2.5758293035489004, 1.959963984540054
    >>> select = pool(yi=[log(0.21)], vi=[((log(0.31) - log(0.14)) / (2 * z99)) ** 2])
    >>> decision = pool(yi=[log(0.59)], vi=[((log(0.76) - log(0.45)) / (2 * z95)) ** 2])
    >>> found = indirect(select, decision)
    >>> [round(exp(one), 3) for one in (found.mu, found.ci.low, found.ci.high)]
    [0.356, 0.239, 0.531]
    """
    if first.measure != second.measure:
        raise PoolingError(f"the pools are of unlike measures, {first.measure} and {second.measure}")
    _refuse_shared(first, second)
    from synthesis.intervals import wald

    one, two = mean_of(first), mean_of(second)
    width = first.level if level is None else float(level)
    told = wald(one.mu - two.mu, sqrt(one.se**2 + two.se**2), 0.0, 1, width)
    mu = one.mu - two.mu
    return Indirect(
        mu=mu,
        se=float(told.se),
        ci=Interval(float(told.low), float(told.high), width, "Bucher"),
        statistic=float(told.statistic),
        df=None,
        p=float(told.p),
        method="Bucher",
        first=one,
        second=two,
        measure=first.measure,
        notes=_notes(first, second),
    )


def mean_of(pool: Pool) -> Estimate:
    """The mean that a pool stands for: its own, and of two studies the common effect."""
    if pool.k == 2:
        return pool.common
    return Estimate(pool.mu, pool.se, pool.ci, pool.statistic, pool.df, pool.p, pool.interval_method)


def _notes(first: Pool, second: Pool) -> tuple[str, ...]:
    notes = ["Indirect: it holds if the trials of both are alike in all that changes the effect"]
    if 2 in (first.k, second.k):
        notes.append("Of two studies their common effect is taken")
    return tuple(notes)


def _refuse_shared(first: Pool, second: Pool) -> None:
    """Two pools with people in common are not independent."""
    people = [{one for row in getattr(p.table, "rows", ()) for one in row.people} for p in (first, second)]
    shared = sorted(people[0] & people[1])
    if shared:
        raise PoolingError(f"the pools share participants, so neither stands by itself: {', '.join(shared)}")
