"""AUD204: is no standard deviation or standard error negative?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, impossible
from evidence.checks.examples import summary
from evidence.claims import Summary
from evidence.findings import Finding
from evidence.rounding import bounds
from evidence.values import Reported

RULE = Rule("AUD204", "spread-not-negative")


def run(claim: Summary) -> Iterator[Finding]:
    """A finding for every printed spread below zero; the others are for other checks to use."""
    spreads = {"standard deviation": claim.sd or claim.plusminus, "standard error": claim.se}
    for name, number in spreads.items():
        if number is not None and number.is_number and _negative(number):
            message = f"a {name} is never negative, and {number.text} is"
            yield impossible(RULE, claim.place, (number,), message, power=0.5)


def _negative(number: Reported) -> bool:
    high = bounds(number).high
    return high is not None and high < 0


CHECK = Check(
    rule=RULE,
    title="spread not negative",
    what="Whether standard deviations and standard errors are zero or more.",
    why="A minus sign there is a dash that was read as one, or a column that slipped.",
    formula="s ≥ 0",
    reference="INSPECT-SR: Wilkinson et al. 2025, domain 4",
    on=(Summary,),
    run=run,
    consistent=(summary("5.0", "0.0", "10"), summary("-5.0", "1.2", "10")),
    inconsistent=(summary("5.0", "-1.2", "10"),),
)
