"""An effect with its interval as numbers: on the log scale for ratios, plain for differences."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log

from evidence.claims import EffectClaim
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.intervals import asymmetry
from evidence.reanalysis.t import Box
from evidence.rounding import bounds
from evidence.values import Reported

RATIOS = frozenset({"HR", "OR", "RR", "IRR", "ROM", "SHR", "RMSTR", "PETO"})
CORRELATIONS = frozenset({"COR", "UCOR", "ZCOR"})
UNUSUAL = frozenset({"bootstrap", "exact", "profile"})
UNEVEN = {"AUC": "an area under a curve", "κ": "kappa", "median difference": "a difference of medians"}
"""Measures whose intervals need not be symmetrical; of those between bounds no effect is not at zero."""
LEANING = 0.15
"""Profile, bootstrap and t intervals lean by up to about this share of their half width."""
LEANING_OF_FEW = 0.4
"""Score intervals of differences of shares, and exact ones of ratios of few events, lean by more."""
WIDE = 10.0
"""The upper limit over the lower one of a ratio of few events, at least."""
LEVELS = (95.0, 90.0, 99.0)


@dataclass(frozen=True, slots=True)
class Interval:
    """Boxes of limits and, where printed, estimate; levels to try, and whether they were printed."""

    low: Box
    high: Box
    estimate: Box | None
    levels: tuple[float, ...]
    level_printed: bool


def is_ratio(claim: EffectClaim) -> bool:
    """Whether the printed numbers are ratios, to be compared as logarithms."""
    return claim.measure in RATIOS and not claim.log_scale


def about(claim: EffectClaim) -> tuple[Reported | None, ...]:
    """The printed numbers of an effect, the estimate first."""
    return (claim.estimate, claim.low, claim.high)


def said(claim: EffectClaim) -> str:
    """An effect as it is said: ``HR 0.59 (0.45 to 0.76)``."""
    texts = [n.text if n is not None else "?" for n in about(claim)]
    return f"{claim.measure} {texts[0]} ({texts[1]} to {texts[2]})"


def not_above_zero(claim: EffectClaim) -> Reported | None:
    """The first number of a ratio that is negative, which no ratio is."""
    if not is_ratio(claim):
        return None
    for number in about(claim):
        if isinstance(number, Reported) and number.exact is not None:
            high = bounds(number).high
            if high is not None and high < 0:
                return number
    return None


def lean(estimate: Box, low: Box, high: Box) -> float:
    """How far the estimate must lie off the middle of its interval, as a share of half its width.

    Infinite where the estimate is not inside the interval.
    """
    half = (high[1] - low[1]) / 2
    if not (half > 0 and low[0] < estimate[2] and estimate[0] < high[2]):
        return inf
    off = asymmetry(estimate, low, high)
    return max(0.0, off[0], -off[2]) / half


def may_lean(claim: EffectClaim, found: Interval, estimate: Box) -> bool:
    """Whether an interval of another kind than Wald's could lie so about its estimate."""
    leaning = lean(estimate, found.low, found.high)
    few = claim.measure == "RD" or (is_ratio(claim) and found.high[1] - found.low[1] >= log(WIDE))
    return leaning <= (LEANING_OF_FEW if few else LEANING)


def boxes(claim: EffectClaim) -> Interval | Unknown:
    """The interval as boxes of floats, or why there is none."""
    if claim.credible:
        return Unknown("a credible interval need not be symmetrical, nor belong to a p")
    if claim.interval is not None and claim.interval in UNUSUAL:
        return Unknown(f"the interval is {claim.interval}")
    if claim.measure in CORRELATIONS and not claim.log_scale:
        return Unknown("the interval of a correlation is not symmetrical")
    if claim.measure in UNEVEN:
        return Unknown(f"the interval of {UNEVEN[claim.measure]} need not be symmetrical")
    if claim.low is None or claim.high is None:
        return Unknown("no interval is printed")
    if not (claim.low.is_number and claim.high.is_number):
        return Unknown("a limit is not a number")
    logs = is_ratio(claim)
    low, high = as_box(claim.low, logs), as_box(claim.high, logs)
    if low[1] == high[1]:
        return Unknown("the limits are the same number: too few digits are printed")
    if not low[1] < high[1]:
        return Unknown("the limits are not in order")
    if low[1] == -inf or high[1] == inf:
        return Unknown("a limit is zero or has no end")
    estimate = claim.estimate
    middle = as_box(estimate, logs) if estimate is not None and estimate.is_number else None
    level = float(claim.level) if claim.level is not None and 0 < claim.level < 100 else None
    levels = (level,) if level is not None else LEVELS
    return Interval(low, high, middle, levels, level is not None)


def as_box(number: Reported, logs: bool) -> Box:
    """A printed number as the box it stands for, of its logarithm where it is a ratio."""
    low, mid, high = bounds(number).floats
    return (_log(low), _log(mid), _log(high)) if logs else (low, mid, high)


def _log(x: float) -> float:
    return log(x) if 0 < x < inf else (inf if x > 0 else -inf)
