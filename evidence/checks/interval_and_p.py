"""AUD305: do the interval of an effect and its p say the same of no effect?"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any

from evidence.checks.check import (
    About,
    Check,
    Rule,
    consistent,
    consistent_under,
    impossible,
    inconsistent,
    not_checkable,
)
from evidence.checks.examples import effect
from evidence.checks.other_tests import is_near
from evidence.checks.printed_tests import ALPHA, decides
from evidence.checks.ratio_boxes import (
    Interval,
    about,
    as_box,
    boxes,
    is_ratio,
    may_lean,
    not_above_zero,
    said,
)
from evidence.checks.wording import chances, equation
from evidence.claims import EffectClaim
from evidence.distributions import normal_isf, t_isf, t_sf
from evidence.findings import ERROR, FLIPS, NO_DECISION, NOTE, SAME, WARNING, Finding, Range, Tried
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.intervals import p_range, z_range
from evidence.reanalysis.t import Box, absolute, difference
from evidence.rounding import PRegion, p_region
from evidence.values import NOT_SIGNIFICANT, Reported

RULE = Rule("AUD305", "interval-and-p")
FEW = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 14.0, 20.0, 30.0, 50.0)
"""Degrees of freedom tried for a difference whose interval may be that of t."""


def run(claim: EffectClaim) -> Iterator[Finding]:
    """Whether the p of the estimate with its interval, at the printed level, meets the printed p."""
    p = claim.p
    if p is None or not (p.is_number or p.word == NOT_SIGNIFICANT):
        return
    numbers: About = (p, *about(claim))
    if p.exact is not None and not 0 <= p.exact <= 1:
        message = f"a probability lies between 0 and 1, and {p.text} does not"
        yield impossible(RULE, claim.place, numbers, message, power=1.0)
        return
    found = boxes(claim)
    if not_above_zero(claim) is not None:
        return
    if isinstance(found, Unknown) or found.estimate is None:
        reason = found.reason if isinstance(found, Unknown) else "no estimate is printed"
        yield not_checkable(RULE, claim.place, numbers, f"{equation('P', p)}: {reason}")
        return
    yield _judge(claim, p, p_region(p, ALPHA), found, found.estimate)


def _judge(claim: EffectClaim, p: Reported, allowed: PRegion, found: Interval, estimate: Box) -> Finding:
    numbers, name = (p, *about(claim)), equation("P", p)
    zs = {level: z_range(estimate, found.low, found.high, level) for level in found.levels}
    ps = {level: _p(z, claim.sided) for level, z in zs.items() if not isnan(z[1])}
    tried = tuple(Tried(f"Wald, {level:g} % interval", Range(*zs[level]), span) for level, span in ps.items())
    facts: dict[str, Any] = {"tried": tried, "power": _power(p, allowed)}
    for level, span in ps.items():
        if allowed.meets(span.low, span.high):
            message = f"{name} agrees with {said(claim)}, whose p is {chances(span)}"
            facts |= {"by": f"Wald, {level:g} % interval", "recomputed": span}
            if found.level_printed or level == found.levels[0]:
                return consistent(RULE, claim.place, numbers, message, decision=_side(span), **facts)
            text = f"{message} if the interval is a {level:g} % one; its level is not printed"
            return consistent_under(RULE, claim.place, numbers, text, severity=NOTE, **facts)
    if not ps:
        return not_checkable(RULE, claim.place, numbers, f"{name}: the interval has no width")
    span, z = ps[found.levels[0]], zs[found.levels[0]]
    facts |= {"recomputed": span, "details": _one_sided(z, claim, allowed, name)}
    message = f"{said(claim)} has p {chances(span)}, not {name}"
    against = _against_margin(claim, found, estimate, allowed)
    if against is not None:
        text = f"{name} agrees with {said(claim)} as a test against the margin, whose p is {chances(against)}"
        facts |= {"by": "non-inferiority", "recomputed": against}
        return consistent(RULE, claim.place, numbers, text, **facts)
    other = _other_reading(claim, found, estimate, z, allowed)
    if other is not None:
        text = f"{name} is not the Wald p {chances(span)} of {said(claim)}, but can be that of {other}"
        return consistent_under(RULE, claim.place, numbers, text, by=other, severity=NOTE, **facts)
    printed, own = allowed.decides(ALPHA), decides(span)
    flips = printed is not None and own is not None and printed != own
    decision, severity = (FLIPS, ERROR) if flips else (NO_DECISION, WARNING)
    return inconsistent(RULE, claim.place, numbers, message, decision=decision, severity=severity, **facts)


def _p(z: Box, sided: int | None) -> Range:
    low, mid, high = p_range(z)
    return Range(low / 2, mid / 2, high / 2) if sided == 1 else Range(low, mid, high)


def _side(span: Range) -> str:
    return NO_DECISION if decides(span) is None else SAME


def _power(p: Reported, allowed: PRegion) -> float:
    return max(0.0, 1.0 - (allowed.high - allowed.low)) if p.relation == "=" else 0.0


def _against_margin(claim: EffectClaim, found: Interval, estimate: Box, allowed: PRegion) -> Range | None:
    """The p of the test of the effect against the printed margin, where the printed p can be that."""
    if claim.margin is None or not claim.margin.is_number:
        return None
    away = difference(estimate, as_box(claim.margin, logs=is_ratio(claim)))
    z = z_range(away, found.low, found.high, found.levels[0])
    spans = [_p(z, sides) for sides in (1, 2)] if not isnan(z[1]) else []
    return next((span for span in spans if allowed.meets(span.low, span.high)), None)


def _other_reading(
    claim: EffectClaim, found: Interval, estimate: Box, z: Box, allowed: PRegion
) -> str | None:
    """The test or interval other than Wald's under which the printed p can stand, if there is one."""
    if claim.sided is None:
        one = _p(z, 1)
        if allowed.meets(one.low, one.high):
            return "a one-sided test"
    if _another_test(z, allowed, claim.sided):
        return "a test other than Wald's (log-rank, score or likelihood ratio)"
    level = found.levels[0]
    if may_lean(claim, found, estimate):
        towards = _towards_none(found, estimate, level)
        sides = {allowed.decides(ALPHA), decides(_p(towards, claim.sided))} - {None}
        if len(sides) < 2 and _another_test(towards, allowed, claim.sided):
            return "an exact, profile or bootstrap interval"
    if not is_ratio(claim) and _few_degrees(z, level, allowed, claim.sided):
        return "t on few degrees of freedom"
    return None


def _towards_none(found: Interval, estimate: Box, level: float) -> Box:
    """The range of z if the side of the interval towards no effect alone says how wide it is."""
    towards = found.low if estimate[1] > 0 else found.high
    mirrored = tuple(2 * estimate[1] - towards[i] for i in (2, 1, 0))
    ends = (towards, mirrored) if estimate[1] > 0 else (mirrored, towards)
    low, high = ((end[0], end[1], end[2]) for end in ends)
    return (
        z_range(estimate, low, high, level)
        if high[0] > low[2]
        else z_range(estimate, found.low, found.high, level)
    )


def _few_degrees(z: Box, level: float, allowed: PRegion, sided: int | None) -> bool:
    """Whether interval and p can both be of t on the same few degrees of freedom."""
    share = (1 - level / 100) / 2
    for df in FEW:
        wider = t_isf(share, df) / normal_isf(share)
        low, _, high = (wider * x for x in absolute(z))
        sides = 1 if sided == 1 else 2
        if allowed.meets(sides * t_sf(high, df), sides * t_sf(low, df)):
            return True
    return False


def _another_test(z: Box, allowed: PRegion, sided: int | None) -> bool:
    """Whether the printed p is one that another test of the same data could have."""
    least, _, most = absolute(z)
    return is_near(least, most, allowed, 1 if sided == 1 else 2)


def _one_sided(z: Box, claim: EffectClaim, allowed: PRegion, name: str) -> tuple[str, ...]:
    if claim.sided is not None:
        return ()
    one = _p(z, 1)
    fits = "would agree" if allowed.meets(one.low, one.high) else "would not agree either"
    return (f"a one-sided p, {chances(one)}, {fits} with {name}",)


CHECK = Check(
    rule=RULE,
    title="interval and p of an effect",
    what=(
        "Whether the printed p can be Wald's of the estimate and its interval at the printed level. A p that "
        "another test of the same data could have is a note; an error only where the decision flips."
    ),
    why="An interval and a p that disagree about no effect cannot both be what was found.",
    formula="z = estimate / SE, SE = (high - low) / (2 z_level), logarithms for ratios; p = 2 P(Z > |z|)",
    reference="Altman and Bland 2011, BMJ 343:d2304",
    false_alarms=(
        "A log-rank, exact or likelihood-ratio p beside a Wald interval differs from Wald's by up to 15 % of "
        "z or 0.25; a p may be one-sided, or of t on few degrees of freedom; an interval may lean. Each is a "
        "note. A p of non-inferiority is held against the `margin` that the study file states. An error only "
        "where none explains it and one says an effect and the other none."
    ),
    on=(EffectClaim,),
    run=run,
    keeps=lambda: (
        effect("HR", "0.59", "0.45", "0.76", p="<0.0001"),
        effect("HR", "0.63", "0.54", "0.74", p="0.008", level="60", sided=1),
        effect("RR", "0.75", "0.56", "1.00", p="0.046"),
        effect("RR", "0.91", "0.74", "1.11", p="<0.001", margin="1.46"),
    ),
    breaks=lambda: (
        effect("HR", "0.59", "0.45", "0.76", p="0.34"),
        effect("OR", "1.20", "0.60", "2.40", p="<0.001"),
    ),
)
