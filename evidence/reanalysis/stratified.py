"""Two-by-two tables of several strata: the Cochran-Mantel-Haenszel test and the common odds ratio.

A stratum is (a, n1, c, n2): events of the first arm of n1, of the second of n2.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log, nan, sqrt
from typing import NamedTuple

from evidence.distributions import chi2_sf, normal_isf

Stratum = tuple[int, int, int, int]


class Cmh(NamedTuple):
    """Chi-square on one degree of freedom, and its p."""

    value: float
    p: float


def cmh(strata: Sequence[Stratum], *, corrected: bool = False) -> Cmh:
    """The Cochran-Mantel-Haenszel chi-square, with or without its continuity correction.

    Notes
    -----
    (|sum (a - E a)| - 1/2)^2 / sum var a; as R does, without the half where the sum is smaller than it.

    References
    ----------
    Mantel and Haenszel 1959, Journal of the National Cancer Institute 22:719-748.

    Examples
    --------
    >>> round(cmh([(12, 25, 12, 21), (9, 24, 17, 31)]).value, 4)
    1.81
    """
    away = variance = 0.0
    for a, n1, c, n2 in strata:
        total, events = n1 + n2, a + c
        if total < 2:
            continue
        away += a - n1 * events / total
        variance += n1 * n2 * events * (total - events) / (total * total * (total - 1))
    if variance <= 0:
        return Cmh(nan, nan)
    gap = abs(away)
    gap -= 0.5 if corrected and gap >= 0.5 else 0.0
    value = gap * gap / variance
    return Cmh(value, chi2_sf(value, 1.0))


def odds_ratio(strata: Sequence[Stratum]) -> float:
    """The Mantel-Haenszel odds ratio of all strata; infinite or nan where its parts vanish.

    Examples
    --------
    >>> round(odds_ratio([(12, 25, 12, 21), (9, 24, 17, 31)]), 4)
    0.5778
    """
    top = sum(a * (n2 - c) / (n1 + n2) for a, n1, c, n2 in strata if n1 + n2)
    bottom = sum(c * (n1 - a) / (n1 + n2) for a, n1, c, n2 in strata if n1 + n2)
    return top / bottom if bottom > 0 else (inf if top > 0 else nan)


def odds_ratio_interval(strata: Sequence[Stratum], level: float = 95) -> tuple[float, float]:
    """The interval of the Mantel-Haenszel odds ratio, by the variance of Robins, Breslow and Greenland.

    References
    ----------
    Robins, Breslow and Greenland 1986, Biometrics 42:311-323.

    Examples
    --------
    >>> [round(x, 3) for x in odds_ratio_interval([(12, 25, 12, 21), (9, 24, 17, 31)])]
    [0.261, 1.279]
    """
    ratio = odds_ratio(strata)
    if not 0 < ratio < inf:
        return nan, nan
    known = [(a, n1 - a, c, n2 - c, n1 + n2) for a, n1, c, n2 in strata if n1 + n2]
    ad = sum(a * d / n for a, b, c, d, n in known)
    bc = sum(b * c / n for a, b, c, d, n in known)
    one = sum((a + d) * a * d / n**2 for a, b, c, d, n in known)
    two = sum(((a + d) * b * c + (b + c) * a * d) / n**2 for a, b, c, d, n in known)
    three = sum((b + c) * b * c / n**2 for a, b, c, d, n in known)
    error = sqrt(one / (2 * ad**2) + two / (2 * ad * bc) + three / (2 * bc**2))
    reach = normal_isf((1 - level / 100) / 2) * error
    return exp(log(ratio) - reach), exp(log(ratio) + reach)


TESTS = {"CMH chi-square without correction": False, "CMH chi-square with correction": True}
"""The two forms of the test, and whether each is corrected."""
