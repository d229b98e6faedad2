"""Whether a printed p can be that of another test of the same data than the one recomputed."""

from __future__ import annotations

from math import inf

from evidence.distributions import normal_isf
from evidence.findings import Range
from evidence.rounding import PRegion

OTHER_TEST = 0.15
"""Log-rank, score and likelihood-ratio tests differ from Wald's by up to about this share of z ..."""
OTHER_TEST_Z = 0.25
"""... or by this much of z, whichever is more."""
OF_COUNTS, OF_COUNTS_Z = 0.05, 0.1
"""The same of counts: log-rank and stratified tests of few events are nearer to the usual ones than that."""
ADJUSTED = 1.4
"""A correlation of 0.7 with the values before, taken into account, makes z of a difference so much larger."""


def is_near(least: float, most: float, allowed: PRegion, sides: int = 2) -> bool:
    """Whether a test whose |z| is from ``least`` to ``most`` is near one with an allowed p."""
    return _within(least, most, allowed, sides, max(OTHER_TEST_Z, OTHER_TEST * most))


def _within(
    least: float, most: float, allowed: PRegion, sides: int, room: float, adjusted: float = 1.0
) -> bool:
    z_high = normal_isf(max(allowed.low / sides, 1e-300)) if allowed.low > 0 else inf
    z_low = normal_isf(min(allowed.high / sides, 1 - 1e-12))
    return least - room <= z_high and z_low <= max(most + room, adjusted * most)


def near_that_of_counts(p: Range, allowed: PRegion) -> bool:
    """Whether the two-sided p of counts is near enough to an allowed one for another test of them.

    Examples
    --------
    >>> near_that_of_counts(Range(0.00056, 0.00056, 0.00056), PRegion(0.00045, 0.00055))
    True
    """
    least, most = _sizes(p)
    return _within(least, most, allowed, 2, max(OF_COUNTS_Z, OF_COUNTS * most))


def near_that_of_means(p: Range, allowed: PRegion) -> bool:
    """The same for means, of which another test may be of ranks, or adjusted for the values before."""
    least, most = _sizes(p)
    return _within(least, most, allowed, 2, max(OTHER_TEST_Z, OTHER_TEST * most), ADJUSTED)


def _sizes(p: Range) -> tuple[float, float]:
    """The least and the greatest |z| behind a range of two-sided p."""
    least, most = (normal_isf(min(max(x, 1e-300), 1.0) / 2) for x in (p.high, p.low))
    return least, most
