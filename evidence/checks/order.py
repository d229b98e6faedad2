"""AUD106: do numbers that cannot decrease stand in order?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence.checks.check import Check, Rule, consistent, impossible, slip
from evidence.checks.examples import ordered
from evidence.checks.wording import as_float
from evidence.claims import Ordered
from evidence.findings import Finding
from evidence.rounding import bounds
from evidence.values import Reported

RULE = Rule("AUD106", "numbers-in-order")


def run(claim: Ordered) -> Iterator[Finding]:
    """Whether limits, quartiles and ends of a range enclose what they should, over their rounding."""
    items = [(name, number) for name, number in claim.items if number.is_number]
    if len(items) < 2:
        return
    about = tuple(number for _, number in items)
    wrong = [
        (one, two, gap)
        for i, one in enumerate(items)
        for two in items[i + 1 :]
        if (gap := _gap(one[1], two[1])) > 0
    ]
    if not wrong:
        shown = " ≤ ".join(number.text for _, number in items)
        yield consistent(RULE, claim.place, about, f"{claim.what} in order: {shown}", power=0.5)
        return
    (first, low), (second, high), gap = max(wrong, key=lambda each: each[2])
    message = f"the {first} {low.text} is above the {second} {high.text}"
    away = as_float(gap / max(low.ulp, high.ulp))
    if away <= 1:
        text = f"{message} by one unit of the last digit"
        yield slip(RULE, claim.place, (low, high, *about), text, relaxation=away, power=0.5)
    else:
        yield impossible(RULE, claim.place, (low, high, *about), message, relaxation=away, power=0.5)


def _gap(one: Reported, two: Reported) -> Fraction:
    """How far one number lies above the other beyond the rounding of both."""
    least, most = bounds(one).low, bounds(two).high
    return Fraction(0) if least is None or most is None else least - most


CHECK = Check(
    rule=RULE,
    title="numbers in order",
    what="Whether lower limit, estimate and upper limit, or quartiles, or minimum and maximum, are in order.",
    why="Reversed limits and estimates outside their interval are transcription errors that change a pool.",
    formula="low ≤ centre ≤ high, each over its rounding",
    reference="INSPECT-SR: Wilkinson et al. 2025, domain 4",
    false_alarms=(
        "None where the numbers are limits of one interval. A median outside the printed range can "
        "come from another set of people than the range."
    ),
    on=(Ordered,),
    run=run,
    keeps=lambda: (
        ordered("interval", "0.45", "0.59", "0.76"),
        ordered("quartiles", "148", "523", "2010"),
        ordered("interval", "1.00", "1.00", "1.00"),
    ),
    breaks=lambda: (ordered("interval", "1.42", "1.12", "1.79"), ordered("interval", "0.76", "0.59", "0.45")),
)
