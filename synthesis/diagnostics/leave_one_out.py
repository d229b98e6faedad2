"""The pool without each study in turn."""

from __future__ import annotations

from dataclasses import dataclass

from synthesis.describing import shown, shown_p
from synthesis.diagnostics.deletion import all_but_one, deleted
from synthesis.diagnostics.records import Record, aligned, model_words, scale_of, too_few
from synthesis.diagnostics.refits import Refits, refits_of
from synthesis.fit import NotDefined, Pool

LEAST = 2


@dataclass(frozen=True, slots=True, eq=False)
class LeaveOneOut(Record):
    """The pools of k - 1 studies: `labels` name the study left out, `refits` hold arrays (k,).

    `mu`, `low` and `high` of the pool of all studies stand beside them.
    """

    labels: tuple[str, ...]
    refits: Refits
    mu: float
    low: float
    high: float
    level: float
    model: str
    interval_method: str
    measure: str | None

    def summary(self) -> str:
        """One line a study left out, on the scale readers know."""
        scale, r = scale_of(self.measure), self.refits
        rows = [
            [
                label,
                scale.value(r.mu[i]),
                scale.interval(r.low[i], r.high[i]),
                shown_p(float(r.p[i])),
                shown(float(r.tau2[i])),
                f"{r.i2[i]:.1f} %",
            ]
            for i, label in enumerate(self.labels)
        ]
        rows.append(["(none)", scale.value(self.mu), scale.interval(self.low, self.high), "", "", ""])
        header = ["without", scale.name, f"{self.level:g} % interval", "p", "tau2", "I2"]
        return "\n".join([f"Leave-one-out, {self.model}", *aligned(header, rows)])


def leave_one_out(pool: Pool) -> LeaveOneOut | NotDefined:
    """The pools that leave out one study each, with every choice of the pool kept.

    Parameters
    ----------
    pool : what `synthesis.pool` gave

    Returns
    -------
    LeaveOneOut, its `refits` holding arrays (k,) in the order of the studies: mu, se, low, high,
    statistic, df (inf for normal), p, q, q_p, tau2, i2, h2; NotDefined below two studies

    Notes
    -----
    As metafor's `leave1out`. tau2 is estimated anew for each deletion, to convergence.

    References
    ----------
    Viechtbauer W, Cheung MWL. Res Synth Methods 2010;1:112-25.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = leave_one_out(pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], tau2="DL"))
    >>> found.refits.mu.round(6)
    array([0.61    , 0.311111, 0.528571])
    """
    if pool.k < LEAST:
        return too_few("leave-one-out", pool.k, LEAST)
    return LeaveOneOut(
        labels=pool.labels,
        refits=refits_of(pool, pool.k, all_but_one(pool.k), pool.interval_requested, lambda: deleted(pool)),
        mu=pool.mu,
        low=pool.ci.low,
        high=pool.ci.high,
        level=pool.level,
        model=model_words(pool),
        interval_method=pool.interval_requested,
        measure=pool.measure,
    )
