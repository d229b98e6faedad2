"""Tests of stratified tables: of no effect (Cochran, Mantel, Haenszel), of one odds ratio (Breslow, Day)."""

from __future__ import annotations

from math import exp

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.fit import ChiSquare
from synthesis.intervals import chi_square_p

SCORE = "Cochran-Mantel-Haenszel"
HALF = 0.5


def _floats(*values: ArrayLike) -> list[FloatArray]:
    return list(np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in values)))


def cochran_mantel_haenszel(
    ai: ArrayLike, bi: ArrayLike, ci: ArrayLike, di: ArrayLike, *, correct: bool = True
) -> ChiSquare | None:
    """The test that no table shows an effect; None where all tables have the same outcome for everybody.

    Parameters
    ----------
    ai, bi, ci, di : (k,) events and others of the first arm, events and others of the second
    correct : whether one half is taken off the difference, for continuity

    Notes
    -----
    (|sum (a - E a)| - 1/2)^2 / sum V a, hypergeometric mean and variance; chi-square on 1 df. Nothing is
    taken off a difference below one half, as in R's mantelhaen.test.

    References
    ----------
    Mantel N, Haenszel W. J Natl Cancer Inst 1959;22:719-48.

    Examples
    --------
    >>> test = cochran_mantel_haenszel([12, 9], [13, 15], [12, 17], [9, 14])
    >>> round(test.statistic, 6), round(test.p, 6)
    (1.315283, 0.25144)
    """
    a, b, c, d = _floats(ai, bi, ci, di)
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    spread = float(np.sum(n1 * n2 * events * others / (n * n * np.maximum(n - 1.0, 1.0))))
    return _score(float(np.sum(a - n1 * events / n)), spread, correct) if spread > 0.0 else None


def rates_test(
    x1i: ArrayLike, t1i: ArrayLike, x2i: ArrayLike, t2i: ArrayLike, *, correct: bool = True
) -> ChiSquare:
    """The same test of rates, events being binomial given their sum and the times at risk.

    References
    ----------
    Rothman KJ, Greenland S, Lash TL. Modern epidemiology, 3rd ed., 2008, p. 277.
    """
    x1, t1, x2, t2 = _floats(x1i, t1i, x2i, t2i)
    t, events = t1 + t2, x1 + x2
    spread = float(np.sum((t1 / t) * (t2 / t) * events))
    return _score(float(np.sum(x1 - events * t1 / t)), spread, correct)


def _score(difference: float, spread: float, correct: bool) -> ChiSquare:
    distance = abs(difference)
    distance -= HALF if correct and distance >= HALF else 0.0
    statistic = distance * distance / spread
    name = SCORE + (" with continuity correction" if correct else "")
    return ChiSquare(name, statistic, 1, float(chi_square_p(statistic, 1)))


def breslow_day(
    ai: ArrayLike, bi: ArrayLike, ci: ArrayLike, di: ArrayLike, log_or: float
) -> tuple[ChiSquare, ...]:
    """Breslow and Day's test that all tables have the same odds ratio, and Tarone's; none below two tables.

    Parameters
    ----------
    log_or : the common log odds ratio, by Mantel and Haenszel

    Notes
    -----
    The squared distance of each table from its expectation under the common odds ratio, over the variance
    there; Tarone takes off what the Mantel-Haenszel estimate, which is not efficient, adds. Tables in which
    everybody has the same outcome say nothing and are not counted.

    References
    ----------
    Breslow NE, Day NE. Statistical methods in cancer research, vol. 1, 1980, p. 142. Tarone RE. Biometrika
    1985;72:91-5.
    """
    a, b, c, d = _floats(ai, bi, ci, di)
    telling = (a + c > 0.0) & (b + d > 0.0)
    a, b, c, d = a[telling], b[telling], c[telling], d[telling]
    df = int(a.size) - 1
    if df < 1:
        return ()
    expected = _expected(a + b, c + d, a + c, exp(log_or))
    cells = (expected, a + b - expected, a + c - expected, d - a + expected)
    variance = 1.0 / np.add.reduce([1.0 / one for one in cells])
    statistic = float(np.sum((a - expected) ** 2 / variance))
    tarone = statistic - float(np.sum(a - expected)) ** 2 / float(np.sum(variance))
    return tuple(
        ChiSquare(name, value, df, float(chi_square_p(value, df)))
        for name, value in (("Breslow-Day", statistic), ("Tarone", tarone))
    )


def _expected(n1: FloatArray, n2: FloatArray, events: FloatArray, ratio: float) -> FloatArray:
    """The first arm's events that have the odds ratio asked for, given the margins.

    The root of (ratio - 1) e^2 - (ratio (n1 + m) + n2 - m) e + ratio n1 m = 0 in the form that loses no
    digits near ratio = 1.
    """
    half = 0.5 * (ratio * (n1 + events) + n2 - events)
    root = np.sqrt(half * half - (ratio - 1.0) * ratio * n1 * events)
    result: FloatArray = ratio * n1 * events / (half + root)
    return result
