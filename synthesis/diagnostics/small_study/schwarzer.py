"""Schwarzer's rank test for sparse two-group counts."""

from __future__ import annotations

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.diagnostics.counts import Counts, counts_of
from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.ranks import SAME, ranked
from synthesis.fit import NotDefined

KEY, NAME = "schwarzer", "Schwarzer's rank test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """Kendall's test of standardised cell counts against their inverse variances.

    Cells are standardised by their mean and variance given the margins under the Mantel-Haenszel odds ratio,
    for which studies with an empty cell have 1/2 added to their cells, as in the R package meta.
    """
    found = counts_of(asked.pool, asked.counts)
    if isinstance(found, NotDefined):
        return found
    ratio = _mantel_haenszel(found)
    mean, variance = np.array([_moments(*one, ratio) for one in zip(*_columns(found), strict=True)]).T
    used = variance > 0.0
    if used.sum() < 2:
        return SAME
    cells = (found.ai - mean)[used] / np.sqrt(variance[used])
    return ranked(asked, (KEY, NAME), cells, 1.0 / variance[used], "variance of the cell", exact=False)


def _columns(found: Counts) -> tuple[FloatArray, FloatArray, FloatArray]:
    return found.n1i, found.n2i, found.events


def _mantel_haenszel(found: Counts) -> float:
    a, b, c, d = found.ai, found.n1i - found.ai, found.ci, found.n2i - found.ci
    half = np.where((a == 0) | (b == 0) | (c == 0) | (d == 0), 0.5, 0.0)
    n = found.ni + 4.0 * half
    return float(((a + half) * (d + half) / n).sum() / ((b + half) * (c + half) / n).sum())


def _moments(n1: float, n2: float, m: float, ratio: float) -> tuple[float, float]:
    """Mean and variance of Fisher's noncentral hypergeometric distribution."""
    from scipy.special import gammaln

    low, high = max(0, round(m - n2)), round(min(n1, m))
    a = np.arange(low, high + 1, dtype=np.float64)
    logs = a * np.log(ratio) - sum(gammaln(one + 1.0) for one in (a, n1 - a, m - a, n2 - m + a))
    share = np.exp(logs - logs.max())
    share /= share.sum()
    mean = float(share @ a)
    return mean, float(share @ np.square(a - mean))


TEST = Test(
    KEY,
    NAME,
    "Kendall's rank correlation of standardised cell counts and their variances given the margins.",
    "Schwarzer G, Antes G, Schumacher M. Stat Med 2007;26:721-33.",
    run,
)
