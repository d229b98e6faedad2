"""Effects from the numbers of two arms: those of counts exactly, those of means over their rounding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import exp, inf, lgamma, nan, sqrt

from evidence.reanalysis.t import Box, difference, quotient_range

Counts = tuple[int, int, int, int]
"""Events of the first arm of n1, events of the second of n2."""


def _over(top: float, bottom: float) -> float:
    return top / bottom if bottom > 0 else (inf if top > 0 else nan)


def risk_ratio(a: int, n1: int, c: int, n2: int) -> float:
    """The ratio of two shares of people.

    Examples
    --------
    >>> round(risk_ratio(20, 40, 12, 38), 4)
    1.5833
    """
    return _over(a * n2, c * n1)


def odds_ratio(a: int, n1: int, c: int, n2: int) -> float:
    """The ratio of two odds."""
    return _over(a * (n2 - c), c * (n1 - a))


def risk_difference(a: int, n1: int, c: int, n2: int) -> float:
    """The difference of two shares of people."""
    return a / n1 - c / n2 if n1 > 0 and n2 > 0 else nan


def number_needed(a: int, n1: int, c: int, n2: int) -> float:
    """One over the size of the difference of risks: the number needed to treat, or to harm.

    References
    ----------
    Laupacis, Sackett and Roberts 1988, New England Journal of Medicine 318:1728-1733.
    """
    gap = risk_difference(a, n1, c, n2)
    return nan if gap != gap else (1 / abs(gap) if gap else inf)


OF_COUNTS: dict[str, Callable[[int, int, int, int], float]] = {
    "RR": risk_ratio,
    "OR": odds_ratio,
    "RD": risk_difference,
    "NNT": number_needed,
}
"""Effects of two counts, by the code of their measure."""


def of_counts(measure: str, tables: Sequence[Counts]) -> list[float]:
    """An effect of every table of counts, undefined ones left out."""
    return [x for x in (OF_COUNTS[measure](*table) for table in tables) if x == x]


def pooled_sd(s1: float, n1: int, s2: float, n2: int) -> float:
    """The standard deviation pooled over two arms; nan without degrees of freedom."""
    left = n1 + n2 - 2
    return sqrt(((n1 - 1) * s1 * s1 + (n2 - 1) * s2 * s2) / left) if left > 0 else nan


def hedges_factor(df: float) -> float:
    """What takes the bias out of a standardised difference: gamma(df/2) / (sqrt(df/2) gamma((df-1)/2)).

    References
    ----------
    Hedges 1981, Journal of Educational Statistics 6:107-128.

    Examples
    --------
    >>> round(hedges_factor(38), 5)
    0.98011
    """
    if df <= 1:
        return nan
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)


def standardised(m1: Box, s1: Box, n1: int, m2: Box, s2: Box, n2: int) -> dict[str, Box]:
    """The range of every usual standardised difference over the rounding of means and SDs.

    Notes
    -----
    d divides by the pooled SD, g corrects it for small samples, Glass's delta divides by the SD of one arm,
    and one d divides by the root of the mean variance. Each moves away from zero as an SD falls.

    References
    ----------
    Borenstein, Hedges, Higgins and Rothstein 2009, Introduction to Meta-Analysis, chapter 4.

    Examples
    --------
    >>> point = lambda x: (x, x, x)
    >>> found = standardised(point(5), point(2), 20, point(4), point(2), 20)
    >>> {name: round(box[1], 4) for name, box in found.items()}["Hedges' g"]
    0.4901
    """
    gap = difference(m1, m2)
    ends = [(max(s1[i], 0.0), max(s2[i], 0.0)) for i in range(3)]
    spreads: dict[str, list[float]] = {
        "Cohen's d": [pooled_sd(a, n1, b, n2) for a, b in ends],
        "d of the mean variance": [sqrt(a * a / 2 + b * b / 2) for a, b in ends],
        "Glass's delta of the first arm": [a for a, _ in ends],
        "Glass's delta of the second arm": [b for _, b in ends],
    }
    found = {
        name: quotient_range(gap, (s[0], s[1], s[2]))
        for name, s in spreads.items()
        if s[1] == s[1] and s[1] > 0
    }
    factor = hedges_factor(n1 + n2 - 2)
    if "Cohen's d" in found and factor == factor:
        low, mid, high = (x * factor for x in found["Cohen's d"])
        found["Hedges' g"] = (low, mid, high)
    return found


def ratio_of_means(m1: Box, m2: Box) -> Box:
    """The range of the ratio of two means above zero; nan where the lower may not be above it."""
    if m2[0] <= 0 or m1[0] < 0:
        return nan, nan, nan
    return m1[0] / m2[2], m1[1] / m2[1], m1[2] / m2[0]


def corners(boxes: Sequence[Box], function: Callable[..., float]) -> Box:
    """Least, middle and greatest of a function over corners of boxes: exact where it is monotone in each."""
    values = [function(*corner) for corner in product(*((b[0], b[2]) for b in boxes))]
    known = [v for v in values if v == v]
    middle = function(*(b[1] for b in boxes))
    return (min(known), middle, max(known)) if known else (nan, nan, nan)


def eta_squared(f: Box, df1: float, df2: float) -> Box:
    """The share of variance that an F explains, over its rounding: df1 F / (df1 F + df2).

    Examples
    --------
    >>> [round(x, 3) for x in eta_squared((4.995, 5.0, 5.005), 2, 87)]
    [0.103, 0.103, 0.103]
    """
    low, mid, high = (df1 * x / (df1 * x + df2) if 0 <= x < inf and df2 > 0 else nan for x in f)
    return low, mid, high


def cramers_v(chi2: Box, n: int, rows: int, columns: int) -> Box:
    """Cramér's V of a chi-square, over its rounding: sqrt(chi2 / (n (min(r, c) - 1)))."""
    whole = n * (min(rows, columns) - 1)
    low, mid, high = (sqrt(max(x, 0.0) / whole) if whole > 0 else nan for x in chi2)
    return low, mid, high
