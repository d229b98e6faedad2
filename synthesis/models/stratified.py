"""What models of counts share: the zero-cell policy, counts as they are asked for, and the Pool they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import BoolArray, FloatArray
from synthesis.errors import PoolingError
from synthesis.fit import ChiSquare, Estimate, Heterogeneity, Interval, NotDefined, Pool
from synthesis.intervals import chi_square_p, wald
from synthesis.table import LeftOut

COMMON = "the common-effect model has no variance between studies"
NO_EFFECT = "its own effect cannot be estimated"


@dataclass(frozen=True, slots=True)
class ZeroCells:
    """What is done about empty cells; see `evidence.measures.zero_cells`.

    `add` is a number or "treatment-arm"; `to` is "only0", "all", "if0all" or "none"; `drop00` leaves out
    studies without events in either arm, or with nothing but events in both. The R package meta differs from
    metafor in two places: for the risk ratios of studies people without the event get nothing (`to_others`
    False), and risk differences stay as counted, only their variances are corrected (`variance_only`).
    """

    add: float | str = 0.5
    to: str = "only0"
    drop00: bool = False
    to_others: bool = True
    variance_only: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """As keyword arguments of the functions in `evidence.measures`."""
        return {"add": self.add, "to": self.to, "drop00": self.drop00}


AS_COUNTED = ZeroCells(0.0, "none", False)
"""Nothing is added: sums over studies need no correction."""
FOR_STUDIES = ZeroCells(0.5, "only0", True)
"""One half to the cells of studies with an empty one; studies without events have no effect (metafor)."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Events and sizes (people, or time at risk) of two groups of k studies, checked.

    `left_out` and `table` are of the table they came from, `own` its rows' effects and variances, nan where
    they have none.
    """

    events1: FloatArray
    size1: FloatArray
    events2: FloatArray
    size2: FloatArray
    labels: tuple[str, ...]
    left_out: tuple[Any, ...] = ()
    table: Any = None
    own: tuple[FloatArray, FloatArray] | None = None

    @property
    def k(self) -> int:
        """Number of studies."""
        return int(self.events1.size)

    @property
    def arrays(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """The four arrays in the order of the measures' arguments."""
        return self.events1, self.size1, self.events2, self.size2


def groups_of(
    names: tuple[str, str, str, str],
    arrays: Sequence[ArrayLike],
    labels: Sequence[str] | None = None,
    *,
    times: bool = False,
) -> Groups:
    """Checked events and sizes; `names` are what the caller calls them, `times` says sizes are times.

    Raises
    ------
    PoolingError
        When they are not rows of one length, or counts cannot be; it names them.
    """
    values = [_row(name, one) for name, one in zip(names, arrays, strict=True)]
    lengths = {name: one.size for name, one in zip(names, values, strict=True)}
    if len(set(lengths.values())) > 1:
        raise PoolingError("; ".join(f"{name} holds {size} values" for name, size in lengths.items()))
    k = values[0].size
    if k == 0:
        raise PoolingError("nothing to pool: there are no studies")
    called = tuple(map(str, labels if labels is not None else range(1, k + 1)))
    if len(called) != k:
        raise PoolingError(f"labels holds {len(called)} names but there are {k} studies")
    _refuse(names, values, called, times)
    events1, size1, events2, size2 = values
    return Groups(events1, size1, events2, size2, called)


def _row(name: str, values: ArrayLike) -> FloatArray:
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PoolingError(f"{name} is not a row of numbers: {error}") from error
    if array.ndim != 1:
        raise PoolingError(f"{name} has shape {array.shape}; give one row of studies")
    return array


def _refuse(names: Sequence[str], values: list[FloatArray], labels: Sequence[str], times: bool) -> None:
    faults = []
    for i, label in enumerate(labels):
        for at in (0, 2):
            events, size = float(values[at][i]), float(values[at + 1][i])
            fault = _fault(names[at], names[at + 1], events, size, times)
            faults += [f"row {i + 1} ({label}): {fault}"] if fault else []
    if faults:
        more = f"; and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise PoolingError("cannot pool " + "; ".join(faults[:10]) + more)


def _fault(events_name: str, size_name: str, events: float, size: float, times: bool) -> str:
    if not (np.isfinite(events) and events >= 0.0):
        return f"{events_name} is {events:g}, and a number of events is 0 or more"
    if not (np.isfinite(size) and size > 0.0):
        return f"{size_name} is {size:g}, and a group has somebody in it"
    if events > size and not times:
        return f"{events_name} is {events:g} of {size_name} = {size:g}"
    return ""


def groups_of_table(table: Any) -> Groups:
    """The events and sizes of a table's two arms.

    Raises
    ------
    PoolingError
        When rows have no counts; it names them.
    """
    without = [
        row.label
        for row in table.rows
        if len(row.arms) != 2 or any(arm.events is None or arm.n is None for arm in row.arms)
    ]
    if without:
        raise PoolingError(f"no counts of events in both arms: {', '.join(without)}; use another model")
    pairs = [(row.arms[0].events, row.arms[0].n, row.arms[1].events, row.arms[1].n) for row in table.rows]
    columns = list(zip(*pairs, strict=True)) or [(), (), (), ()]
    found = groups_of(("events", "n", "events", "n"), columns, tuple(row.label for row in table.rows))
    own = tuple(
        np.array([getattr(row, name) for row in table.rows], dtype=np.float64) for name in ("yi", "vi")
    )
    return Groups(*found.arrays, found.labels, tuple(table.left_out), table, (own[0], own[1]))


@dataclass(frozen=True, slots=True, eq=False)
class Stratified:
    """A common effect of k studies, before it is a Pool.

    `mu`, `se` : the effect and its standard error; `weights` : (k,), of any sum; `yi`, `vi` : (k,) the
    studies' own effects and variances, nan where they have none.
    """

    model: str
    measure: str
    mu: float
    se: float
    weights: FloatArray
    yi: FloatArray
    vi: FloatArray
    tests: tuple[ChiSquare, ...] = ()
    notes: tuple[str, ...] = ()


def pool_of(groups: Groups, found: Stratified, level: float) -> Pool:
    """The Pool of a common effect; studies without an effect of their own are left out of its rows."""
    shown = np.isfinite(found.yi) & np.isfinite(found.vi) & (found.vi > 0.0)
    yi, vi = found.yi[shown], found.vi[shown]
    main = _estimate(found, level)
    return Pool(
        b=_frozen([found.mu]),
        vb=_frozen([[found.se**2]]),
        names=("mu",),
        k=int(shown.sum()),
        model=found.model,
        tau2_method="none",
        interval_method="Wald",
        interval_requested="Wald",
        interval_note="",
        level=level,
        mu=main.mu,
        se=main.se,
        ci=main.ci,
        statistic=main.statistic,
        df=None,
        p=main.p,
        common=main,
        heterogeneity=about(yi, vi, found.mu),
        prediction=NotDefined(COMMON),
        prediction_alternative=NotDefined(COMMON),
        weights=_frozen(100.0 * found.weights[shown] / found.weights.sum()),
        yi=_frozen(yi),
        vi=_frozen(vi),
        labels=tuple(label for label, kept in zip(groups.labels, shown, strict=True) if kept),
        measure=found.measure,
        left_out=groups.left_out if groups.table is not None else _without_effect(groups, shown),
        table=groups.table,
        converged=True,
        notes=(*found.notes, *_silent(groups, found.weights, shown)),
        tests=found.tests,
    )


def _frozen(values: Any) -> FloatArray:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


def effects_of(groups: Groups, measure: str, policy: ZeroCells) -> tuple[FloatArray, FloatArray]:
    """The studies' own effects and variances under a zero-cell policy; nan where there is none.

    Those of a table's rows are taken as they are.
    """
    if groups.own is not None:
        return groups.own
    from evidence import measures

    effect = measures.get(measure).effect
    if policy.to_others:
        yi, vi = effect(*groups.arrays, **policy.options)
        counted = effect(*groups.arrays, add=0.0, to="none")[0] if policy.variance_only else yi
        return np.where(np.isfinite(yi), counted, np.nan), vi
    from evidence.measures.zero_cells import two_arm_cells

    cells = two_arm_cells(*groups.arrays, **policy.options)
    sizes = (groups.size1 + cells.added1, groups.size2 + cells.added2)
    yi, vi = effect(cells.ai, sizes[0], cells.ci, sizes[1], add=0.0, to="none")
    return np.where(cells.dropped, np.nan, yi), np.where(cells.dropped, np.nan, vi)


def tau2_about(fit: Pool) -> float:
    """tau2 by the moment estimator of DerSimonian and Laird with Q about the mean of `fit`.

    RevMan and meta take Q about the Mantel-Haenszel mean, not about the inverse-variance one; a pool with
    this value as its given tau2 is theirs.

    Notes
    -----
    max(0, (Q - (k - 1)) / (W - W2 / W)) with W, W2 the sums of 1/vi and its square.

    References
    ----------
    Deeks JJ, Higgins JPT. Statistical algorithms in Review Manager 5, 2010, p. 8.
    """
    if isinstance(fit.heterogeneity, NotDefined):
        return 0.0
    w = 1.0 / fit.vi
    scale = float(w.sum() - np.sum(w * w) / w.sum())
    return max(0.0, (fit.heterogeneity.q - fit.heterogeneity.df) / scale)


def _silent(groups: Groups, weights: FloatArray, shown: BoolArray) -> tuple[str, ...]:
    """A note naming the studies that count in the sums but have no effect of their own."""
    names = [label for label, only in zip(groups.labels, (weights > 0.0) & ~shown, strict=True) if only]
    return (f"Counted, though without an effect of their own: {', '.join(names)}.",) if names else ()


def _without_effect(groups: Groups, shown: BoolArray) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(label, label, NO_EFFECT) for label, kept in zip(groups.labels, shown, strict=True) if not kept
    )


def _estimate(found: Stratified, level: float) -> Estimate:
    told = wald(found.mu, found.se, 0.0, 1, level)
    ci = Interval(float(told.low), float(told.high), level, "Wald")
    return Estimate(found.mu, found.se, ci, float(told.statistic), None, float(told.p), "Wald")


def about(yi: FloatArray, vi: FloatArray, mu: float) -> Heterogeneity | NotDefined:
    """Q of effects about a mean that need not be their own, and what follows from it.

    Notes
    -----
    I2 = 100 max(0, (Q - df) / Q) and H2 = Q / df: there is no tau2 in a common-effect model.
    """
    df = int(yi.size) - 1
    if df < 1:
        return NotDefined("fewer than two studies with an effect of their own")
    q = float(np.sum((yi - mu) ** 2 / vi))
    none = NotDefined(COMMON)
    return Heterogeneity(
        q=q,
        df=df,
        p=float(chi_square_p(q, df)),
        i2=100.0 * max(0.0, (q - df) / q if q > 0.0 else 0.0),
        h2=q / df,
        tau2=0.0,
        tau=0.0,
        tau2_method="none",
        tau2_ci=none,
        i2_ci=none,
    )
