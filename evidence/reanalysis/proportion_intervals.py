"""Intervals of one proportion, by every method that papers use.

Clopper and Pearson 1934, Biometrika 26:404-413; Wilson 1927, JASA 22:209-212; Agresti and Coull 1998,
American Statistician 52:119-126; Brown, Cai and DasGupta 2001, Statistical Science 16:101-133; Newcombe 1998,
Statistics in Medicine 17:857-872 (continuity corrections, mid-P).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log, sqrt

from evidence.distributions import f_sf, normal_isf

Limits = tuple[float, float]
Tail = Callable[[float], float]
"""A chance that grows with the proportion."""
HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Tails:
    """Limits that stand where one chance is a half of alpha, and another all but that; None at the edge."""

    lower: Tail | None
    upper: Tail | None


def beta_cdf(x: float, a: float, b: float) -> float:
    """How likely a beta variable is at most x.

    Examples
    --------
    >>> round(beta_cdf(0.5, 2, 3), 4), beta_cdf(0.0, 2, 3), beta_cdf(1.0, 2, 3)
    (0.6875, 0.0, 1.0)
    """
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    return f_sf(a * (1 - x) / (b * x), 2 * b, 2 * a)


def exact(k: int, n: int) -> Tails:
    """Clopper and Pearson."""
    return Tails(
        (lambda p: beta_cdf(p, k, n - k + 1)) if k > 0 else None,
        (lambda p: beta_cdf(p, k + 1, n - k)) if k < n else None,
    )


def mid_p(k: int, n: int) -> Tails:
    """Clopper and Pearson with half the chance of the count itself."""

    def middle(p: float) -> float:
        at_least = beta_cdf(p, k, n - k + 1) if k > 0 else 1.0
        more = beta_cdf(p, k + 1, n - k) if k < n else 0.0
        return (at_least + more) / 2

    return Tails(middle if k > 0 else None, middle if k < n else None)


def jeffreys(k: int, n: int) -> Tails:
    """The quantiles of beta(k + 1/2, n - k + 1/2)."""

    def chance(p: float) -> float:
        return beta_cdf(p, k + 0.5, n - k + 0.5)

    return Tails(chance if k > 0 else None, chance if k < n else None)


def wald(k: int, n: int, z: float) -> Limits:
    """The normal one."""
    p = k / n
    half = z * sqrt(p * (1 - p) / n)
    return p - half, p + half


def wald_corrected(k: int, n: int, z: float) -> Limits:
    """The normal one with a continuity correction."""
    low, high = wald(k, n, z)
    return low - 0.5 / n, high + 0.5 / n


def wilson(k: int, n: int, z: float) -> Limits:
    """The score interval."""
    middle, half = k + z * z / 2, z * sqrt(k * (n - k) / n + z * z / 4)
    return (middle - half) / (n + z * z), (middle + half) / (n + z * z)


def wilson_corrected(k: int, n: int, z: float) -> Limits:
    """The score interval with a continuity correction."""
    p, q, below, z2 = k / n, 1 - k / n, 2 * (n + z * z), z * z
    low = (2 * k + z2 - 1 - z * sqrt(max(z2 - 2 - 1 / n + 4 * p * (n * q + 1), 0.0))) / below
    high = (2 * k + z2 + 1 + z * sqrt(max(z2 + 2 - 1 / n + 4 * p * (n * q - 1), 0.0))) / below
    return (low if k > 0 else 0.0), (high if k < n else 1.0)


def agresti_coull(k: int, n: int, z: float) -> Limits:
    """The normal one of two more of each at 95 %."""
    more = n + z * z
    p = (k + z * z / 2) / more
    half = z * sqrt(p * (1 - p) / more)
    return p - half, p + half


def logit(k: int, n: int, z: float) -> Limits:
    """The normal one on the scale of log odds."""
    if not 0 < k < n:
        return wilson(k, n, z)
    middle, half = log(k / (n - k)), z * sqrt(1 / k + 1 / (n - k))
    low, high = (1 / (1 + exp(-(middle + side))) for side in (-half, half))
    return low, high


BY_TAILS: dict[str, Callable[[int, int], Tails]] = {
    "the exact method of Clopper and Pearson": exact,
    "the mid-P method": mid_p,
    "Jeffreys' method": jeffreys,
}
BY_FORMULA: dict[str, Callable[[int, int, float], Limits]] = {
    "the normal method": wald,
    "Wilson's method": wilson,
    "Wilson's method with a continuity correction": wilson_corrected,
    "the normal method with a continuity correction": wald_corrected,
    "the method of Agresti and Coull": agresti_coull,
    "the normal method on log odds": logit,
}
_RARER = ("the mid-P method", "Jeffreys' method")
METHODS = (*(name for name in BY_TAILS if name not in _RARER), *BY_FORMULA, *_RARER)
"""In the order in which they are looked for: the usual ones first."""


NEAR = 0.6
"""Limits by tails lie within 0.4 (1 + z²) / n of Wilson's at every k and n, up to a level of 99.9 %."""


def limits_by_tails(tails: Tails, level: float) -> Limits:
    """The limits that two chances give, at a level in per cent.

    Examples
    --------
    >>> [round(100 * limit, 2) for limit in limits_by_tails(exact(49, 56), 95)]
    [75.93, 94.82]
    """
    alpha = (1 - level / 100) / 2
    low = 0.0 if tails.lower is None else _where(tails.lower, alpha)
    high = 1.0 if tails.upper is None else _where(tails.upper, 1 - alpha)
    return low, high


def _where(chance: Tail, target: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if chance(middle) < target else (low, middle)
    return (low + high) / 2


def all_limits(k: int, n: int, level: float) -> dict[str, Limits]:
    """The limits by every method, as proportions from 0 to 1.

    Examples
    --------
    >>> found = all_limits(10, 13, 95)
    >>> [round(100 * limit, 1) for limit in found["the exact method of Clopper and Pearson"]]
    [46.2, 95.0]
    """
    z = normal_isf((1 - level / 100) / 2)
    found = {name: limits_by_tails(method(k, n), level) for name, method in BY_TAILS.items()}
    found |= {name: method(k, n, z) for name, method in BY_FORMULA.items()}
    return {name: (min(max(a, 0.0), 1.0), min(max(b, 0.0), 1.0)) for name, (a, b) in found.items()}


def method_within(k: int, n: int, level: float, low: Limits, high: Limits) -> str | None:
    """The first method whose limits lie within what each printed limit can stand for, or None.

    Examples
    --------
    >>> method_within(13, 56, 95, (0.12975, 0.12985), (0.36415, 0.36425))
    'the exact method of Clopper and Pearson'
    """
    alpha = (1 - level / 100) / 2
    z = normal_isf(alpha)
    is_near = _is_near(wilson(k, n, z), (low, high), NEAR * (1 + z * z) / n)
    for name in METHODS:
        if name in BY_TAILS:
            if not is_near:
                continue
            tails = BY_TAILS[name](k, n)
            if _meets(tails.lower, alpha, low, 0.0) and _meets(tails.upper, 1 - alpha, high, 1.0):
                return name
        elif all(
            a <= min(max(end, 0.0), 1.0) <= b
            for end, (a, b) in zip(BY_FORMULA[name](k, n, z), (low, high), strict=True)
        ):
            return name
    return None


def _is_near(limits: Limits, within: tuple[Limits, Limits], room: float) -> bool:
    """Whether limits lie no further than some room from what the printed ones can stand for."""
    return all(a - room <= x <= b + room for x, (a, b) in zip(limits, within, strict=True))


def is_about_as_wide(n: int, level: float, share: float, low: Limits, high: Limits) -> bool:
    """Whether Wilson's interval of n people is between half and twice as wide as printed limits."""
    ends = wilson(round(share * n), n, normal_isf((1 - level / 100) / 2))
    return high[0] - low[1] <= 2 * (ends[1] - ends[0]) and ends[1] - ends[0] <= 2 * (high[1] - low[0])


def _meets(chance: Tail | None, target: float, within: Limits, edge: float) -> bool:
    if chance is None:
        return within[0] <= edge <= within[1]
    return chance(within[0]) <= target <= chance(within[1])
