"""AUD204: can a standard deviation or standard error be what is printed, given n and the ends of the data?"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, isnan, sqrt
from typing import Any

from evidence.checks.check import About, Check, Rule, consistent, impossible, slip
from evidence.checks.examples import summary
from evidence.checks.printed_tests import NEARLY, box
from evidence.checks.whole_numbers import ends_of
from evidence.checks.wording import as_float, figure
from evidence.claims import Summary
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Unknown, whole_numbers
from evidence.reanalysis.sd_bounds import greatest_range, least_sd, popoviciu
from evidence.reanalysis.t import Box
from evidence.rounding import bounds
from evidence.values import Reported

RULE = Rule("AUD204", "spread-possible")


def run(claim: Summary) -> Iterator[Finding]:
    """A finding for every spread below zero, and for each that the ends of the data do not allow."""
    spreads = {"standard deviation": claim.sd or claim.plusminus, "standard error": claim.se}
    for name, number in spreads.items():
        if number is None or not number.is_number:
            continue
        if _negative(number):
            message = f"a {name} is never negative, and {number.text} is"
            yield impossible(RULE, claim.place, (number,), message, power=0.5)
        else:
            yield from _within(claim, number, is_error=name != "standard deviation")


def _negative(number: Reported) -> bool:
    high = bounds(number).high
    return high is not None and high < 0


def _within(claim: Summary, number: Reported, *, is_error: bool) -> Iterator[Finding]:
    """Whether the spread lies below the greatest that the ends allow, and above the least that they ask."""
    sizes = whole_numbers(claim.n)
    ends = ends_of(claim) or claim.scale
    if isinstance(sizes, Unknown) or ends is None or sizes[-1] < 2 or number.relation != "=":
        return
    seen = ends_of(claim) is not None
    least, most = _ends(ends, seen)
    if not -inf < least <= most < inf:
        return  # AUD106 says that they are not in order
    people = [n for n in sizes if n > 1]
    greatest = max(_greatest(claim.mean, least, most, n) / (sqrt(n) if is_error else 1.0) for n in people)
    inner = box(ends[1])[0] - box(ends[0])[2]
    sure = seen and not is_error and claim.plusminus is None and inner > 0
    smallest = min(least_sd(0.0, inner, n) for n in people) if sure else 0.0
    about: About = (number, claim.mean, claim.n, *(ends if seen else ()))
    yield _judge(claim, number, about, Range(smallest, smallest, greatest), ends)


def _ends(ends: tuple[Reported, Reported], seen: bool) -> tuple[float, float]:
    """The widest ends that the data can have: printed ones over their rounding, those of a scale as such."""
    low, high = box(ends[0]), box(ends[1])
    return (low[0], high[2]) if seen else (low[1], high[1])


def _greatest(mean: Reported | None, least: float, most: float, n: int) -> float:
    if mean is None or not mean.is_number:
        return popoviciu(least, most, n)
    greatest = greatest_range(box(mean), least, most, n)
    return popoviciu(least, most, n) if isnan(greatest) else greatest  # the mean is AUD106's


def _judge(
    claim: Summary, number: Reported, about: About, allowed: Range, ends: tuple[Reported, Reported]
) -> Finding:
    low, _, high = box(number)
    over, under = low - allowed.high * (1 + NEARLY), allowed.low * (1 - NEARLY) - high
    between = f"between {ends[0].text} and {ends[1].text}"
    more: dict[str, Any] = {"recomputed": allowed, "power": _power(allowed, box(number))}
    if over <= 0 and under <= 0:
        message = f"values {between} can have a spread of {number.text}: at most {figure(allowed.high)}"
        return consistent(RULE, claim.place, about, message, **more)
    away = max(over, under) / as_float(number.ulp)
    limit = f"at most {figure(allowed.high)}" if over > 0 else f"at least {figure(allowed.low)}"
    message = f"values {between} have a spread of {limit}, and {number.text} is printed"
    if away <= 1:
        text = f"{message}: one unit of the last digit away"
        return slip(RULE, claim.place, about, text, relaxation=away, **more)
    return impossible(RULE, claim.place, about, message, relaxation=away, **more)


def _power(allowed: Range, printed: Box) -> float:
    """How likely a wrong spread would be caught: the share of usual ones outside."""
    usual = max(10 * printed[1], allowed.high)
    return 0.0 if not 0 < usual < inf else max(0.0, 1.0 - (allowed.high - allowed.low) / usual)


CHECK = Check(
    rule=RULE,
    title="possible spread",
    what=(
        "Whether standard deviations and standard errors are zero or more and, where the ends of the data "
        "are printed or those of their scale stated, no greater than values between them can have with this "
        "mean, and no less than values that include both ends must have."
    ),
    why="A minus sign there is a dash that was read as one; a spread beyond its scale is another number.",
    formula="0 ≤ s ≤ sqrt((b - m)(m - a) n/(n - 1)); with both ends seen s ≥ (b - a) / sqrt(2 (n - 1))",
    reference="Bhatia and Davis 2000, Amer. Math. Monthly 107:353-357; Popoviciu 1935, Mathematica 9:129-145",
    false_alarms="A mean and SD of other people than those whose range is printed; adjusted means.",
    on=(Summary,),
    run=run,
    keeps=lambda: (
        summary("5.0", "0.0", "10"),
        summary("-5.0", "1.2", "10"),
        summary("61.4", "8.2", "40", ends=("40", "79")),
        summary("4.0", "3.0", "20", scale=("1", "7")),
        summary("4.0", None, "20", se="0.6", scale=("1", "7")),
    ),
    breaks=lambda: (
        summary("5.0", "-1.2", "10"),
        summary("4.0", "3.5", "20", scale=("1", "7")),
        summary("61.4", "2.2", "40", ends=("40", "79")),
        summary("4.0", None, "20", se="1.3", scale=("1", "7")),
    ),
)
