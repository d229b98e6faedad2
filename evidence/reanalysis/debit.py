"""The counts behind the mean and standard deviation of a yes/no variable: one fixes the other."""

from __future__ import annotations

from fractions import Fraction

from evidence.reanalysis.counts import CAP, Unknown
from evidence.reanalysis.granularity import possible_totals
from evidence.rounding import Bounds, bounds
from evidence.values import Reported

SAMPLE, POPULATION = "sample", "population"


def variance(k: int, n: int, kind: str = SAMPLE) -> Fraction:
    """The variance of k ones among n zeros and ones, with divisor n - 1 (sample) or n (population).

    Examples
    --------
    >>> variance(3, 10), variance(3, 10, POPULATION)
    (Fraction(7, 30), Fraction(21, 100))
    """
    return Fraction(k * (n - k), n * (n - 1 if kind == SAMPLE else n))


def behind_mean(mean: Reported, n: int, mode: str | None = None) -> range | Unknown:
    """The counts of n whose share is printed as this mean."""
    found = possible_totals(mean, n, mode=mode)
    if isinstance(found, Unknown):
        return found
    counts = range(max(found.start, 0), max(min(found.stop, n + 1), 0))
    return counts if counts.stop - counts.start <= CAP else Unknown("the mean allows too many counts")


def debit(
    mean: Reported, sd: Reported, n: int, kind: str = SAMPLE, mode: str | None = None
) -> tuple[int, ...] | Unknown:
    """The counts k of n for which zeros and ones have the printed mean and SD; empty where none has.

    Notes
    -----
    sd^2 = k (n - k) / (n (n - 1)), or over n^2 for the population's; compared as squares, in fractions.

    References
    ----------
    Heathers and Brown 2019, DEBIT: a simple consistency test for binary data, osf.io/5vb3u.

    Examples
    --------
    >>> from evidence.values import reported
    >>> debit(reported("0.81"), reported("0.39"), 43), debit(reported("0.35"), reported("0.18"), 20)
    ((35,), ())
    """
    counts = behind_mean(mean, n, mode)
    if isinstance(counts, Unknown):
        return counts
    if n < (2 if kind == SAMPLE else 1):
        return Unknown("a standard deviation needs two values")
    spread = bounds(sd, mode)
    return tuple(k for k in counts if _holds(spread, variance(k, n, kind)))


def _holds(spread: Bounds, square: Fraction) -> bool:
    """Whether a root lies within bounds, asked of the squares."""
    if spread.high is not None and (spread.high < 0 or square > spread.high**2):
        return False
    return spread.low is None or spread.low <= 0 or square >= spread.low**2
