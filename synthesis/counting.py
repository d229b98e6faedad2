"""`mantel_haenszel` and `peto`: a common effect from events and group sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import ArrayLike

from synthesis.errors import PoolingError, choose
from synthesis.fit import Pool
from synthesis.models.mantel_haenszel import RATES, SUMMED, VARIANCES, CountChoices, fit_mantel_haenszel
from synthesis.models.peto import fit_peto
from synthesis.models.stratified import AS_COUNTED, FOR_STUDIES, ZeroCells, groups_of, groups_of_table
from synthesis.models.studies import percent, refuse_table

COUNTS = ("ai", "n1i", "ci", "n2i")
EVENTS = ("x1i", "t1i", "x2i", "t2i")


def mantel_haenszel(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    measure: str = "OR",
    zero_cells: ZeroCells = AS_COUNTED,
    study_zero_cells: ZeroCells = FOR_STUDIES,
    variance: str = "Sato",
    correct: bool = True,
    labels: Sequence[str] | None = None,
    level: float = 95.0,
) -> Pool:
    """The common effect of two-by-two tables, or of rates, by the method of Mantel and Haenszel.

    Parameters
    ----------
    ai, ci : (k,) events of the two groups; n1i, n2i : their sizes, or times at risk for IRR and IRD
    measure : "OR", "RR", "RD", "IRR" or "IRD"
    zero_cells : what is added before summing; nothing unless asked for, as sums do not need it
    study_zero_cells : what is added for the studies' own effects, on which Q stands
    variance : of the risk difference, "Sato" or "Greenland-Robins"
    correct : whether the Cochran-Mantel-Haenszel test is corrected for continuity
    labels : names of the studies; level : per cent

    Returns
    -------
    Pool
        On the log scale for ratios; `tests` holds the Cochran-Mantel-Haenszel test, and for odds ratios those
        of Breslow and Day and of Tarone. Studies without an effect of their own are in `left_out`, though
        they may count in the sums.

    Raises
    ------
    PoolingError
        When counts cannot be, naming the rows, or the effect is not estimable.
    UnknownName
        For a measure or variance that does not exist.

    Notes
    -----
    metafor's `rma.mh`; RevMan's and meta's default is `zero_cells=ZeroCells(drop00=True)`.

    Examples
    --------
    >>> result = mantel_haenszel([4, 6, 3], [123, 306, 231], [11, 29, 11], [139, 303, 220], measure="RR")
    >>> round(result.mu, 6), round(result.se, 6)
    (-1.350924, 0.304506)
    """
    choose("measure", measure, SUMMED)
    choose("variance", variance, VARIANCES)
    rates = measure in RATES
    groups = groups_of(EVENTS if rates else COUNTS, (ai, n1i, ci, n2i), labels, times=rates)
    choices = CountChoices(measure, zero_cells, study_zero_cells, variance, correct, percent(level))
    return fit_mantel_haenszel(groups, choices)


def peto(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    labels: Sequence[str] | None = None,
    level: float = 95.0,
) -> Pool:
    """The common log odds ratio of two-by-two tables by Peto's one-step method.

    Parameters
    ----------
    ai, ci : (k,) events of the two arms; n1i, n2i : their sizes
    labels : names of the studies; level : per cent

    Raises
    ------
    PoolingError
        When counts cannot be, naming the rows, or no study has events.

    Examples
    --------
    >>> round(peto([4, 6], [123, 306], [11, 29], [139, 303]).mu, 6)
    -1.240086
    """
    return fit_peto(groups_of(COUNTS, (ai, n1i, ci, n2i), labels), percent(level))


def _table_mantel_haenszel(table: Any, level: float) -> Pool:
    if table.measure not in SUMMED:
        raise PoolingError(
            f"there is no Mantel-Haenszel {table.measure}; build the table with one of {', '.join(SUMMED)}"
        )
    return fit_mantel_haenszel(groups_of_table(table), CountChoices(table.measure, level=level))


def _table_peto(table: Any, level: float) -> Pool:
    if table.measure not in ("OR", "PETO"):
        raise PoolingError(f"Peto's method gives an odds ratio, and the table holds {table.measure}")
    return fit_peto(groups_of_table(table), level)


COUNT_MODELS: Mapping[str, Any] = {"mantel-haenszel": _table_mantel_haenszel, "peto": _table_peto}
"""The models that `pool` fits to the counts of a table."""


def pool_counts(table: Any, model: str, interval: str | None, level: float) -> Pool:
    """The common effect of a table's counts, by a model of `COUNT_MODELS`.

    Raises
    ------
    PoolingError
        When there is no table, its rows are not to be pooled or have no counts, or an interval is asked for
        that the model does not have.
    """
    if table is None:
        raise PoolingError(
            f"the model {model!r} needs counts: give a table of effects, or call synthesis.mantel_haenszel "
            "or synthesis.peto with them"
        )
    if interval not in (None, "Wald"):
        raise PoolingError(f"the model {model!r} has a Wald interval, not {interval}")
    refuse_table(table)
    return COUNT_MODELS[model](table, percent(level))
