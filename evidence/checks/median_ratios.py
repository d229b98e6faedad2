"""The ratio of medians beside a hazard ratio of the same arms, each with its standard error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from evidence.checks.ratio_boxes import about
from evidence.checks.survival_arms import count, log_ratio, median, pair, positive, standard_error
from evidence.claims import HazardRatio, SurvivalArm, SurvivalClaim
from evidence.reanalysis.survival import log_median_ratio, se_from_interval, se_of_median
from evidence.reanalysis.t import Box
from evidence.values import Reported


@dataclass(frozen=True, slots=True)
class MedianRatio:
    """Two medians and a hazard ratio, on the log scale, first arm against second."""

    ratio: HazardRatio
    log_medians: Box
    se: float
    log_ratio: Box
    se_of_ratio: Box
    numbers: tuple[Reported | None, ...]


def median_ratios(claim: SurvivalClaim) -> Iterator[MedianRatio]:
    """Every plain ratio, not said to be adjusted, of two arms with medians in the same unit."""
    for ratio in claim.ratios:
        arms, b, se_b = pair(claim, ratio), log_ratio(ratio), standard_error(ratio)
        if arms is None or b is None or se_b is None or ratio.crude is False or not ratio.plain:
            continue
        one, two = median(arms[0]), median(arms[1])
        errors = [_error(arm) for arm in arms]
        if one is None or two is None or errors[0] is None or errors[1] is None:
            continue
        if arms[0].unit == arms[1].unit:
            numbers = (arms[0].median, arms[1].median, *about(ratio.effect))
            logs = log_median_ratio(one, two)
            yield MedianRatio(ratio, logs, hypot(errors[0], errors[1]), b, se_b, numbers)


def _error(arm: SurvivalArm) -> float | None:
    """The standard error of a log median: from its interval, else from how many people there are."""
    low, high, n = positive(arm.low), positive(arm.high), count(arm.n)
    if low is not None and high is not None and arm.level and 0 < arm.level < 100 and low[1] < high[1]:
        return se_from_interval(low[1], high[1], float(arm.level))
    return se_of_median(n) if n else None
