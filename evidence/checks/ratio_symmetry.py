"""AUD304: does a ratio lie in the middle of its interval on the log scale?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import exp, isinf, log

from evidence.checks.check import (
    Check,
    Rule,
    consistent,
    consistent_under,
    inconsistent,
    not_checkable,
    slip,
    stands_at,
)
from evidence.checks.examples import effect
from evidence.checks.printed_tests import box, distance, meets
from evidence.checks.ratio_boxes import (
    LEANING_OF_FEW,
    Interval,
    about,
    boxes,
    is_ratio,
    lean,
    may_lean,
    not_above_zero,
    said,
)
from evidence.checks.wording import as_float, figures
from evidence.claims import EffectClaim
from evidence.findings import NOTE, WARNING, Finding, Range
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.intervals import asymmetry
from evidence.reanalysis.t import Box
from evidence.values import Reported

RULE = Rule("AUD304", "ratio-symmetry")
NOT_WALD = "an interval other than Wald's"


def run(claim: EffectClaim) -> Iterator[Finding]:
    """Whether ln estimate can be the mean of the logarithms of the limits."""
    estimate = claim.estimate
    if not is_ratio(claim) or not_above_zero(claim) is not None or estimate is None or claim.low is None:
        return
    found = boxes(claim)
    if isinstance(found, Unknown):
        yield not_checkable(RULE, claim.place, about(claim), f"{said(claim)}: {found.reason}")
    elif found.estimate is not None:
        yield _judge(claim, estimate, found, found.estimate)


def allows(claim: EffectClaim, number: Reported) -> Callable[[float, float], bool] | None:
    """A quick no for many values of the estimate or a limit: those with which it is far off the middle."""
    printed = (claim.estimate, claim.low, claim.high)
    place = next((i for i, each in enumerate(printed) if stands_at(each, number)), None)
    if place is None or not is_ratio(claim) or not_above_zero(claim) is not None:
        return None
    if isinstance(boxes(claim), Unknown) or any(each is None or not each.is_number for each in printed):
        return None
    plain = [box(each) for each in printed if each is not None]

    def within(low: float, high: float) -> bool:
        edited = [*plain[:place], (low, (low + high) / 2, high), *plain[place + 1 :]]
        if any(each[0] <= 0 for each in edited) or not edited[1][1] < edited[2][1]:
            return True
        logs = [(log(each[0]), log(each[1]), log(each[2])) for each in edited]
        if lean(logs[0], logs[1], logs[2]) <= LEANING_OF_FEW:
            return True
        off = asymmetry(edited[0], edited[1], edited[2])
        return meets(off[0], off[2], (0.0, 0.0, 0.0))

    return within


def _judge(claim: EffectClaim, estimate: Reported, found: Interval, logs: Box) -> Finding:
    low, high = found.low, found.high
    off = asymmetry(logs, low, high)
    seen = Range(*(_exp((low[i] + high[i]) / 2) for i in range(3)))
    facts = {"recomputed": seen, "power": _power(seen, low, high)}
    if any(map(isinf, off)) or meets(off[0], off[2], (0.0, 0.0, 0.0)):
        message = f"{said(claim)} is symmetrical on the log scale"
        return consistent(RULE, claim.place, about(claim), message, **facts)
    away = distance(seen.low, seen.high, box(estimate), as_float(estimate.ulp))
    message = f"{said(claim)} is not symmetrical on the log scale: its middle is {figures(seen)}"
    if _plainly_symmetrical(claim):
        text = f"{said(claim)} is symmetrical on the plain scale, not on that of logarithms"
        return consistent_under(
            RULE, claim.place, about(claim), text, by="plain scale", severity=NOTE, **facts
        )
    facts["relaxation"] = away
    if away is not None and away <= 1:
        return slip(RULE, claim.place, about(claim), f"{message}, one unit of the last digit away", **facts)
    if may_lean(claim, found, logs):
        text = f"{message}, as an exact, profile or bootstrap interval may be"
        return consistent_under(RULE, claim.place, about(claim), text, by=NOT_WALD, severity=NOTE, **facts)
    return inconsistent(RULE, claim.place, about(claim), message, severity=WARNING, **facts)


def _exp(x: float) -> float:
    return exp(x) if x < 700 else float("inf")


def _power(seen: Range, low: Box, high: Box) -> float:
    """How likely a wrong estimate inside the interval would be caught."""
    width = _exp(high[1]) - _exp(low[1])
    return max(0.0, 1.0 - (seen.high - seen.low) / width) if 0 < width < float("inf") else 0.0


def _plainly_symmetrical(claim: EffectClaim) -> bool:
    low, high, estimate = claim.low, claim.high, claim.estimate
    if low is None or high is None or estimate is None:
        return False
    off = asymmetry(box(estimate), box(low), box(high))
    return meets(off[0], off[2], (0.0, 0.0, 0.0))


CHECK = Check(
    rule=RULE,
    title="ratio in the middle of its interval",
    what="Whether a hazard, odds, risk or rate ratio lies midway between its limits on the log scale.",
    why="Intervals of ratios are made on the log scale; a misprinted limit or estimate breaks the symmetry.",
    formula="ln e - (ln l + ln u) / 2 holds 0, over the rounding of all three",
    reference="Altman and Bland 2011, BMJ 343:d2090",
    false_alarms=(
        "Exact, profile-likelihood, bootstrap and credible intervals are not symmetrical on the log "
        "scale, nor are those of a ratio of means by Fieller; hence a warning, and a note where the "
        "estimate lies within 15 % of the way from the middle to a limit (40 % where the upper limit is ten "
        "times the lower one, as in exact intervals of few events)."
    ),
    on=(EffectClaim,),
    run=run,
    allows=allows,
    keeps=lambda: (
        effect("HR", "0.59", "0.45", "0.76"),
        effect("OR", "2.80", "1.18", "6.60"),
        effect("OR", "1.28", "0.50", "3.40"),
    ),
    breaks=lambda: (effect("HR", "0.615", "0.473", "1.054"), effect("HR", "0.95", "0.45", "0.76")),
)
