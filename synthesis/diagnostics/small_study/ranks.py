"""Rank correlations of effects with study size, as results of a test."""

from __future__ import annotations

from synthesis.arrays import FloatArray
from synthesis.diagnostics.kendall import kendall
from synthesis.diagnostics.small_study.asymmetry import NOT_A_LINE, Asked, Asymmetry
from synthesis.fit import NotDefined

SAME = NotDefined("all studies have the same rank")


def ranked(
    asked: Asked, test: tuple[str, str], first: FloatArray, second: FloatArray, predictor: str, exact: bool
) -> Asymmetry | NotDefined:
    """Kendall's test of two rows; `exact` takes the exact p where there are no ties."""
    found = kendall(first, second)
    if found is None:
        return SAME
    p = found.p
    notes: tuple[str, ...] = ()
    if exact and found.exact_p is not None:
        p, notes = found.exact_p, ("p is exact; z is the normal approximation.",)
    return Asymmetry(
        *test,
        k=first.size,
        predictor=predictor,
        statistic=found.z,
        df=None,
        p=p,
        bias=float(found.score),
        bias_se=found.se,
        limit=NOT_A_LINE,
        limit_ci=NOT_A_LINE,
        dispersion=NOT_A_LINE,
        tau2=NOT_A_LINE,
        correlation=found.tau,
        measure=asked.pool.measure,
        notes=notes,
    )
