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
ADJUSTED = 1.4
"""A correlation of 0.7 with the values before, taken into account, makes z of a difference so much larger."""


def is_near(least: float, most: float, allowed: PRegion, sides: int = 2, adjusted: float = 1.0) -> bool:
    """Whether a test whose |z| is from ``least`` to ``most`` is near one with an allowed p.

    ``adjusted`` is by how much an adjustment may make z larger.
    """
    z_high = normal_isf(max(allowed.low / sides, 1e-300)) if allowed.low > 0 else inf
    z_low = normal_isf(min(allowed.high / sides, 1 - 1e-12))
    room = max(OTHER_TEST_Z, OTHER_TEST * most)
    return least - room <= z_high and z_low <= max(most + room, adjusted * most)


def may_be_of_another(p: Range, allowed: PRegion, adjusted: float = 1.0) -> bool:
    """The same for a test that is known by its two-sided p, over a range.

    Examples
    --------
    >>> from evidence.rounding import PRegion
    >>> may_be_of_another(Range(0.00056, 0.00056, 0.00056), PRegion(0.00045, 0.00055))
    True
    """
    least, most = (normal_isf(min(max(x, 1e-300), 1.0) / 2) for x in (p.high, p.low))
    return is_near(least, most, allowed, adjusted=adjusted)
