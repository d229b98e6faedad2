"""Whether counts add up: what the three rules about sums share."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence.checks.check import Rule, consistent, inconsistent, not_checkable
from evidence.checks.wording import as_float, figure
from evidence.claims import Sum
from evidence.findings import Finding, Range
from evidence.rounding import bounds
from evidence.values import Reported


def add_up(rule: Rule, claim: Sum, severity: str) -> Iterator[Finding]:
    """Whether the parts make the total; parts that are not everybody may not exceed it."""
    about = (claim.total, *claim.parts)
    ends = [_ends(part) for part in claim.parts]
    total = _ends(claim.total)
    lows = [low for low, _ in ends if low is not None]
    highs = [high for _, high in ends if high is not None]
    if total == (None, None) or len(lows) < len(ends):
        yield not_checkable(rule, claim.place, about, f"{claim.what}: not every number is known")
        return
    low = sum(lows, Fraction(0))
    high = sum(highs, Fraction(0)) if len(highs) == len(ends) else None
    shown = " + ".join(part.text for part in claim.parts)
    seen = _range(low, high)
    above = total[1] is not None and low > total[1]
    below = claim.exhaustive and high is not None and total[0] is not None and high < total[0]
    facts = {"recomputed": seen, "power": 0.9 if claim.exhaustive else 0.3}
    if above or below:
        sign = "" if claim.exhaustive else "at most "
        message = f"{claim.what}: {shown} is {figure(seen.low, 0, 12)}, not {sign}{claim.total.text}"
        yield inconsistent(rule, claim.place, about, message, severity=severity, **facts)
    else:
        relation = "=" if claim.exhaustive else "≤"
        yield consistent(
            rule, claim.place, about, f"{claim.what}: {shown} {relation} {claim.total.text}", **facts
        )


def _ends(number: Reported) -> tuple[Fraction | None, Fraction | None]:
    if number.exact is None:
        return None, None
    if number.relation == "=" and number.exact.denominator == 1:
        return number.exact, number.exact
    region = bounds(number)
    return (Fraction(0) if region.low is None else region.low), region.high


def _range(low: Fraction, high: Fraction | None) -> Range:
    least = as_float(low)
    return Range(least, least, float("inf") if high is None else as_float(high))
