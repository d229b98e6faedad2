"""What several survival checks ask of a claim: sizes, boxes, the two arms of a ratio, the z of a log-rank."""

from __future__ import annotations

from fractions import Fraction
from math import inf, log, sqrt

from evidence.checks.ratio_boxes import boxes
from evidence.claims import HazardRatio, Landmark, PrintedTest, SurvivalArm, SurvivalClaim, Time
from evidence.distributions import chi2_isf, normal_isf
from evidence.reanalysis.counts import Unknown, whole_numbers
from evidence.reanalysis.intervals import half_widths
from evidence.reanalysis.survival import converted
from evidence.reanalysis.t import Box
from evidence.rounding import bounds
from evidence.values import NOT_REACHED, Printed, Reported

LEAST, MOST = 1e-6, 1e9
"""Times and counts outside of these are misprints that other checks speak of."""

SOME_POWER = 0.5
"""Of an inequality: about half of all wrong numbers would break it."""

Pair = tuple[SurvivalArm, SurvivalArm]


def box(number: Reported | None) -> Box | None:
    """The values a printed number allows, where both ends are known."""
    if number is None or not number.is_number or number.relation not in ("=", "~"):
        return None
    low, mid, high = bounds(number).floats
    return (low, mid, high) if -inf < low and high < inf else None


def positive(number: Reported | None) -> Box | None:
    """The values above zero that a printed time or count allows; None where nobody could mean it."""
    found = box(number)
    return found if found is not None and found[0] > LEAST and found[2] < MOST else None


def count(number: Printed | None) -> int | None:
    """The one whole number above or at zero that a printed count stands for."""
    found = whole_numbers(number)
    return None if isinstance(found, Unknown) or len(found) != 1 else found[0]


def counted(number: Printed | None) -> int:
    """A count, or 0 where none is printed."""
    return count(number) or 0


def share(number: Reported | None) -> Box | None:
    """A printed survival percentage as a proportion; None outside 0 to 100."""
    found = box(number)
    if found is None or not (0 <= found[1] <= 100):
        return None
    return max(found[0], 0.0) / 100, found[1] / 100, min(found[2], 100.0) / 100


def median(arm: SurvivalArm) -> Box | None:
    """The median of an arm as a box, in its unit."""
    return positive(arm.median)


def not_reached(arm: SurvivalArm) -> bool:
    """Whether the median was printed as not reached."""
    return arm.median is not None and arm.median.word == NOT_REACHED


def at(time: Time, unit: str | None) -> Box | None:
    """A landmark's time in the unit of an arm's median; None where the units do not convert."""
    exact = float(time.exact)
    return converted((exact, exact, exact), time.unit, unit)


def before(one: Time, two: Time) -> bool:
    """Whether one time certainly lies before the other."""
    first, second = float(one.exact), at(two, one.unit)
    return second is not None and first < second[0]


def pair(claim: SurvivalClaim, ratio: HazardRatio) -> Pair | None:
    """The two arms that a ratio compares; None where it compares arms taken together."""
    known = {arm.arm: arm for arm in claim.arms}
    first, second = ratio.effect.compare
    return (known[first], known[second]) if first in known and second in known else None


def standard_error(ratio: HazardRatio) -> Box | None:
    """The standard error behind the interval of a ratio at its printed level."""
    found = boxes(ratio.effect)
    if isinstance(found, Unknown) or not found.level_printed or not found.levels[0] < 100:
        return None
    reach = 2 * half_widths(found.levels[0])
    low, high = found.low, found.high
    widths = (high[0] - low[2], high[1] - low[1], high[2] - low[0])
    return None if widths[0] <= 0 else (widths[0] / reach, widths[1] / reach, widths[2] / reach)


def log_ratio(ratio: HazardRatio) -> Box | None:
    """The logarithm of a printed hazard ratio."""
    found = box(ratio.effect.estimate)
    if found is None or ratio.effect.log_scale:
        return found
    return None if found[0] <= 0 else (log(found[0]), log(found[1]), log(found[2]))


def chi2_of(test: PrintedTest) -> Box | None:
    """The log-rank chi-square behind a printed test: its own, else that of its p.

    A p printed as below something gives the least chi-square, with no greatest.
    """
    groups = len(test.arms)
    df = float(test.df[0].exact or 0) if test.df else float(groups - 1)
    if df != groups - 1 or df < 1:
        return None
    statistic = box(test.statistic)
    if statistic is not None and test.letter == "chi2" and statistic[1] >= 0:
        return max(statistic[0], 0.0), statistic[1], statistic[2]
    if statistic is not None and test.letter == "z" and df == 1:
        sizes = sorted((abs(statistic[0]), abs(statistic[2])))
        least = 0.0 if statistic[0] < 0 < statistic[2] else sizes[0]
        return least**2, statistic[1] ** 2, sizes[1] ** 2
    return _from_p(test, df)


def _from_p(test: PrintedTest, df: float) -> Box | None:
    p = test.p
    if p is None or p.exact is None or not 0 < p.exact < 1 or test.statistic is not None:
        return None
    sides = Fraction(2) if test.sided == 1 and df == 1 else Fraction(1)
    if p.relation in ("<", "<="):
        least = chi2_isf(min(float(p.exact * sides), 1.0), df)
        return least, least, inf
    if p.relation != "=":
        return None
    ends = bounds(p)
    low, high = (min(max(float((x or 0) * sides), 0.0), 1.0) for x in (ends.low, ends.high))
    middle = min(float(p.exact * sides), 1.0)
    return chi2_isf(high, df), chi2_isf(middle, df), chi2_isf(low, df) if low > 0 else inf


def log_rank(claim: SurvivalClaim, arms: tuple[str, ...]) -> tuple[PrintedTest, Box] | None:
    """The log-rank test between these arms, in whichever order, with its chi-square."""
    for test in claim.logranks:
        if sorted(test.arms) == sorted(arms):
            found = chi2_of(test)
            if found is not None:
                return test, found
    return None


def root(chi2: Box) -> Box:
    """The size of z behind a chi-square on one degree of freedom."""
    return sqrt(chi2[0]), sqrt(chi2[1]), sqrt(chi2[2])


def reach(level: Fraction | None) -> float | None:
    """How many standard errors an interval of a median reaches to either side; None without its level."""
    return normal_isf((1 - float(level) / 100) / 2) if level is not None and 0 < level < 100 else None


def survival_at(arm: SurvivalArm) -> list[tuple[Landmark, Box]]:
    """The landmarks of an arm that have a survival percentage, with it as a proportion."""
    found = [(landmark, share(landmark.survival)) for landmark in arm.landmarks]
    return [(landmark, each) for landmark, each in found if each is not None]


def events_of(claim: SurvivalClaim, arms: Pair) -> tuple[int, tuple[Reported | None, ...]] | None:
    """The events of two arms together, with the printed numbers they come from."""
    own = [count(arm.events) for arm in arms]
    if own[0] is not None and own[1] is not None:
        return own[0] + own[1], (arms[0].events, arms[1].events)
    whole = count(claim.events) if len(claim.arms) == 2 else None
    return None if whole is None else (whole, (claim.events,))
