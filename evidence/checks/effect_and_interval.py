"""AUD303: do estimate, interval and standard error belong together?"""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from evidence.checks.check import Check, Rule, consistent, consistent_under, impossible, inconsistent, slip
from evidence.checks.examples import effect
from evidence.checks.printed_tests import box, distance, meets
from evidence.checks.ratio_boxes import Interval, about, boxes, is_ratio, may_lean, not_above_zero, said
from evidence.checks.wording import as_float, figures
from evidence.claims import EffectClaim
from evidence.findings import NOTE, WARNING, Finding, Range
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.intervals import asymmetry, half_widths
from evidence.reanalysis.t import Box
from evidence.values import Reported

RULE = Rule("AUD303", "estimate-and-interval")


def run(claim: EffectClaim) -> Iterator[Finding]:
    """Whether a printed SE is that of the interval, and a difference the middle of its interval."""
    bad = not_above_zero(claim)
    if bad is not None:
        message = f"a ratio is never negative, and {bad.text} is"
        yield impossible(RULE, claim.place, (bad, *about(claim)), message, power=0.5)
        return
    found = boxes(claim)
    if isinstance(found, Unknown):
        return  # AUD305 says so where there is a p, and AUD106 where the order is wrong
    if claim.se is not None and claim.se.is_number:
        yield _standard_error(claim, claim.se, found)
    if not is_ratio(claim) and found.estimate is not None:
        yield _middle(claim, found, found.estimate)


def _standard_error(claim: EffectClaim, se: Reported, found: Interval) -> Finding:
    printed, numbers = box(se), (claim.se, *about(claim))
    ranges = {level: _se_range(found, level) for level in found.levels}
    for level, seen in ranges.items():
        if meets(seen.low, seen.high, printed):
            message = f"the standard error {se.text} is that of the {level:g} % interval"
            facts = {"recomputed": seen, "power": 0.9, "by": f"{level:g} % interval"}
            if found.level_printed:
                return consistent(RULE, claim.place, numbers, message, **facts)
            return consistent_under(RULE, claim.place, numbers, f"{message}, its level not printed", **facts)
    seen = ranges[found.levels[0]]
    away = distance(seen.low, seen.high, printed, as_float(se.ulp))
    message = f"the interval of {said(claim)} gives a standard error of {figures(seen)}, not {se.text}"
    facts = {"recomputed": seen, "relaxation": away, "power": 0.9}
    if away is not None and away <= 1:
        return slip(RULE, claim.place, numbers, message, **facts)
    return inconsistent(RULE, claim.place, numbers, message, **facts)


def _se_range(found: Interval, level: float) -> Range:
    reach = 2 * half_widths(level)
    low, high = found.low, found.high
    ends = [max(0.0, x) / reach for x in (high[0] - low[2], high[1] - low[1], high[2] - low[0])]
    return Range(*ends)


def _middle(claim: EffectClaim, found: Interval, estimate: Box) -> Finding:
    off = asymmetry(estimate, found.low, found.high)
    seen = Range(*((found.low[i] + found.high[i]) / 2 for i in range(3)))
    if any(map(isinf, off)) or meets(off[0], off[2], (0.0, 0.0, 0.0)):
        message = f"{said(claim)}: the estimate is the middle of its interval"
        return consistent(RULE, claim.place, about(claim), message, recomputed=seen, power=0.9)
    unit = as_float(claim.estimate.ulp) if claim.estimate is not None else 1.0
    away = distance(seen.low, seen.high, estimate, unit)
    message = f"{said(claim)}: the middle of the interval is {figures(seen)}"
    facts = {"recomputed": seen, "relaxation": away, "power": 0.9}
    if away is not None and away <= 1:
        return slip(RULE, claim.place, about(claim), message, **facts)
    if may_lean(claim, found, estimate):
        text = f"{message}: the interval leans, as a score, exact or bootstrap interval may"
        by = "an interval other than Wald's"
        return consistent_under(RULE, claim.place, about(claim), text, by=by, severity=NOTE, **facts)
    return inconsistent(RULE, claim.place, about(claim), message, severity=WARNING, **facts)


CHECK = Check(
    rule=RULE,
    title="estimate, interval and standard error",
    what=(
        "Whether a printed standard error is that of the interval at its printed level, and whether a "
        "difference is the middle of its interval. Ratios are AUD304's; bootstrap, exact, profile and "
        "credible intervals are left alone."
    ),
    why="A pool takes its weights from these intervals.",
    formula="SE = (high - low) / (2 z), on the log scale for ratios",
    reference="Altman and Bland 2011, BMJ 343:d2090",
    false_alarms=(
        "Bootstrap, exact, profile and credible intervals need not be symmetrical; where the study "
        "says so they are left alone, and elsewhere a lean of up to 15 % of half the width (40 % for a "
        "difference of shares) is a note. An estimate adjusted by another model than its interval also "
        "differs."
    ),
    on=(EffectClaim,),
    run=run,
    keeps=lambda: (
        effect("HR", "0.59", "0.45", "0.76", se="0.13"),
        effect("MD", "-3.1", "-5.2", "-1.0"),
        effect("RD", "0.10", "0.02", "0.18", se="0.04"),
    ),
    breaks=lambda: (
        effect("HR", "0.59", "0.45", "0.76", se="0.31"),
        effect("MD", "-3.1", "-5.2", "-2.0"),
        effect("HR", "-0.59", "0.45", "0.76"),
    ),
)
