"""The pool without each study in turn."""

from __future__ import annotations

from dataclasses import dataclass, field

from synthesis.describing import shown, shown_p
from synthesis.diagnostics.deletion import all_but_one, deleted
from synthesis.diagnostics.records import Record, aligned, model_words, scale_of, too_few
from synthesis.diagnostics.refits import Refits, arrays_of, refits_of
from synthesis.fit import NotDefined, Pool

LEAST = 2


@dataclass(frozen=True, slots=True, eq=False)
class LeaveOneOut(Refits, Record):
    """The pools of k - 1 studies, every quantity an array (k,) in the order of the studies.

    Attributes
    ----------
    mu, se, low, high, statistic, df, p : means, intervals and tests; df is inf where they are normal
    q, q_p, tau2, i2, h2 : heterogeneity
    labels : the study left out
    level, model, interval_method, measure : as in the pool; `pool` : the pool of all studies
    """

    labels: tuple[str, ...]
    level: float
    model: str
    interval_method: str
    measure: str | None
    pool: Pool = field(repr=False)

    def summary(self) -> str:
        """One line a study left out, on the scale readers know."""
        scale, whole = scale_of(self.measure), self.pool
        rows = [
            [
                label,
                scale.value(self.mu[i]),
                scale.interval(self.low[i], self.high[i]),
                shown_p(float(self.p[i])),
                shown(float(self.tau2[i])),
                f"{self.i2[i]:.1f} %",
            ]
            for i, label in enumerate(self.labels)
        ]
        bounds = scale.interval(whole.ci.low, whole.ci.high)
        rows.append(["(none)", scale.value(whole.mu), bounds, shown_p(whole.p), "", ""])
        header = ["without", scale.name, f"{self.level:g} % interval", "p", "tau2", "I2"]
        return "\n".join([f"Leave-one-out, {self.model}", *aligned(header, rows)])


def leave_one_out(pool: Pool) -> LeaveOneOut | NotDefined:
    """The pools that leave out one study each, with every choice of the pool kept.

    Parameters
    ----------
    pool : what `synthesis.pool` gave

    Returns
    -------
    LeaveOneOut; NotDefined below two studies

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
    >>> found.mu.round(6)
    array([0.61    , 0.311111, 0.528571])
    """
    if pool.k < LEAST:
        return too_few("leave-one-out", pool.k, LEAST)
    select = all_but_one(pool.k)
    refits = refits_of(pool, pool.k, select, pool.interval_requested, lambda: deleted(pool))
    return LeaveOneOut(
        **arrays_of(refits),
        labels=pool.labels,
        level=pool.level,
        model=model_words(pool),
        interval_method=pool.interval_requested,
        measure=pool.measure,
        pool=pool,
    )
