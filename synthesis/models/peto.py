"""The common odds ratio by Peto's one-step method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError
from synthesis.fit import Pool
from synthesis.models.stratified import Groups, Stratified, pool_of


@dataclass(frozen=True, slots=True, eq=False)
class Peto:
    """The log odds ratio `mu`, its standard error, and the studies' (..., k) `differences` O - E and
    variances `spreads`; nan for `mu` and `se` where there are no events at all."""

    mu: FloatArray
    se: FloatArray
    differences: FloatArray
    spreads: FloatArray


@np.errstate(divide="ignore", invalid="ignore")
def one_step(ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike) -> Peto:
    """The log odds ratio by one step from no effect: sum (O - E) / sum V.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes

    Notes
    -----
    O = ai; E and V its hypergeometric mean and variance if nobody's outcome depends on the arm. Good for
    rare events, arms of like size and small effects; biased otherwise. Studies without events add nothing.

    References
    ----------
    Yusuf S, Peto R, Lewis J, Collins R, Sleight P. Prog Cardiovasc Dis 1985;27:335-71.

    Examples
    --------
    >>> found = one_step([4, 6], [123, 306], [11, 29], [139, 303])
    >>> round(float(found.mu), 6), round(float(found.se), 6)
    (-1.240086, 0.291159)
    """
    a, n1, c, n2 = np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in (ai, n1i, ci, n2i)))
    n, events = n1 + n2, a + c
    spreads = events * (n - events) * (n1 / n) * (n2 / n) / np.maximum(n - 1.0, 1.0)
    differences = a - events * n1 / n
    total = np.add.reduce(spreads, axis=-1)
    mu = np.where(total > 0.0, np.add.reduce(differences, axis=-1) / total, np.nan)
    return Peto(mu, np.where(total > 0.0, 1.0 / np.sqrt(total), np.nan), differences, spreads)


@np.errstate(divide="ignore", invalid="ignore")
def fit_peto(groups: Groups, level: float) -> Pool:
    """Peto's odds ratio of checked groups, as a Pool; nothing is ever added to empty cells.

    Raises
    ------
    PoolingError
        When no study has events, or people without.
    """
    found = one_step(*groups.arrays)
    if not np.isfinite(found.mu):
        raise PoolingError("Peto's odds ratio is not estimable: no study has both events and people without")
    telling = found.spreads > 0.0
    yi = np.where(telling, found.differences / found.spreads, np.nan)
    vi = np.where(telling, 1.0 / found.spreads, np.nan)
    result = Stratified("peto", "OR", float(found.mu), float(found.se), found.spreads, yi, vi)
    return pool_of(groups, result, level)
