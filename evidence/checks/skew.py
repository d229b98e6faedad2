"""AUD206: does a mean of values that are never negative lie less than two standard deviations above zero?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, screen
from evidence.checks.examples import summary
from evidence.checks.printed_tests import box
from evidence.checks.whole_numbers import spread_of
from evidence.checks.wording import figure
from evidence.claims import Summary
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Unknown, whole_numbers
from evidence.rounding import bounds
from evidence.values import Reported

RULE = Rule("AUD206", "skewed-or-mistaken-spread")
CHANGES = ("change", "percent-change")


def run(claim: Summary) -> Iterator[Finding]:
    """A note where values that the study says are never negative can hardly be symmetrical."""
    sd, mean = spread_of(claim), claim.mean
    if sd is None or mean is None or not mean.is_number or claim.time in CHANGES or claim.median is not None:
        return
    if not _never_negative(claim) or _few(claim):
        return
    m, s = box(mean), box(sd)
    if claim.minimum is None and m[1] > _third(claim):
        return  # between two ends a mean in the middle may well have so large a spread
    if m[1] <= 0 or m[2] - 2 * s[0] >= 0:
        return
    message = (
        f"two standard deviations below the mean, {mean.text} - 2 x {sd.text}, is below zero, where no value "
        f"is: the values are skewed, or {sd.text} is not their standard deviation"
    )
    lower = Range(m[0] - 2 * s[2], m[1] - 2 * s[1], m[2] - 2 * s[0])
    ratio = f"the mean is {figure(m[1] / s[1], 2)} standard deviations" if s[1] > 0 else ""
    yield screen(RULE, claim.place, (sd, mean), message, recomputed=lower, details=(ratio,) if ratio else ())


def _never_negative(claim: Summary) -> bool:
    """Whether the study says so: a scale or a printed least value from zero on."""
    ends = (claim.minimum, claim.scale[0] if claim.scale is not None else None)
    return any(end is not None and end.is_number and _from_zero(end) for end in ends)


def _third(claim: Summary) -> float:
    """A third of the way up the stated scale."""
    least, most = (box(end)[1] for end in claim.scale) if claim.scale is not None else (0.0, 0.0)
    return least + (most - least) / 3


def _from_zero(number: Reported) -> bool:
    low = bounds(number).low
    return number.exact is not None and number.exact >= 0 and low is not None


def _few(claim: Summary) -> bool:
    """Whether so few people were measured that their spread says little."""
    sizes = whole_numbers(claim.n)
    return not isinstance(sizes, Unknown) and sizes[-1] < 10


CHECK = Check(
    rule=RULE,
    title="skewed, or not a standard deviation",
    what=(
        "Whether the mean of values that are never negative lies within two standard deviations of zero. A "
        "screen: such values are skewed, which is common, or their spread was misread. Asked only where a "
        "least value of zero or more is printed or stated."
    ),
    why="A mean and standard deviation describe skewed values badly, and t tests of them mislead.",
    formula="m - 2 s < 0 although every value is ≥ 0",
    reference="Altman and Bland 1996, BMJ 313:1200",
    false_alarms="Nearly always: skewed data are common, and nothing need be wrong with them.",
    on=(Summary,),
    run=run,
    keeps=lambda: (
        summary("61.4", "8.2", "40", ends=("40", "79")),
        summary("3.1", "2.9", "40"),
        summary("3.1", "2.9", "40", scale=("-10", "10")),
        summary("50.3", "29.9", "40", scale=("0", "100")),
    ),
    breaks=lambda: (
        summary("3.1", "2.9", "40", ends=("0.2", "18")),
        summary("3.1", "2.9", "40", scale=("0", "20")),
    ),
)
