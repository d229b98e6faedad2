"""The log-rank test as printed: its chi-square and its p say the same thing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.distributions import chi2_isf
from evidence.reanalysis.tails import Numbers, Statistic, chi2_upper


def from_chi2(chi2: ArrayLike, groups: ArrayLike = 2) -> Statistic:
    """A log-rank chi-square over a number of groups with its p.

    Examples
    --------
    >>> float(from_chi2(0.748).p).__round__(4)
    0.3871
    """
    df = np.asarray(groups, float) - 1
    return Statistic(np.asarray(chi2, float), df, chi2_upper(chi2, df))


def from_p(p: ArrayLike, groups: ArrayLike = 2) -> Statistic:
    """The log-rank chi-square that has a given p.

    Examples
    --------
    >>> float(from_p(0.05).value).__round__(3)
    3.841
    """
    chances, df = np.broadcast_arrays(np.asarray(p, float), np.asarray(groups, float) - 1)
    found = [chi2_isf(x, d) for x, d in zip(chances.ravel().tolist(), df.ravel().tolist(), strict=True)]
    return Statistic(np.array(found).reshape(df.shape), df, chances)


def events_needed(chi2: ArrayLike, ratio: ArrayLike, allocation: ArrayLike = 0.5) -> Numbers:
    """About how many events give a log-rank chi-square at a hazard ratio.

    Notes
    -----
    chi2 is near (ln HR)^2 d q (1 - q), with d events and a share q in one arm.

    References
    ----------
    Parmar, Torri and Stewart 1998, Statistics in Medicine 17:2815-2834.
    """
    q = np.asarray(allocation, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(chi2, float) / (np.log(ratio) ** 2 * q * (1 - q))
