"""AUD417: is the log-rank statistic a little above the one from observed and expected events?"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from evidence.checks.check import Check, Rule, consistent, screen
from evidence.checks.example_survival import group, log_rank, named, survival
from evidence.checks.survival_arms import log_rank as its_test
from evidence.checks.survival_arms import positive
from evidence.checks.wording import figure, figures
from evidence.claims import SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.survival import observed_and_expected
from evidence.reanalysis.t import Box
from evidence.rounding import bounds

RULE = Rule("AUD417", "expected-and-chi2")
USUAL = 10.0
"""Statistics up to this size are usual, for saying how likely a wrong one would be caught."""
LEAST = 0.85
"""The sum is at least this share of the log-rank statistic in real data."""


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether the sum of (O - E)^2 / E over the arms is just below the log-rank chi-square."""
    beside = its_test(claim, tuple(arm.arm for arm in claim.arms))
    expected = [positive(arm.expected) for arm in claim.arms]
    events = [arm.events for arm in claim.arms]
    if (
        beside is None
        or any(e is None for e in expected)
        or any(o is None or not o.is_number for o in events)
    ):
        return
    observed = [bounds(o).mid for o in events if o is not None]
    whole = [(float(o), float(o), float(o)) for o in observed]
    found = observed_and_expected(whole, [e for e in expected if e is not None])
    test, chi2 = beside
    numbers = (test.statistic, test.p, *events, *(arm.expected for arm in claim.arms))
    tested = figures(Range(*chi2)) if chi2[2] < inf else f"{figure(chi2[0])} or more"
    message = f"Σ(O-E)²/E is {figures(Range(*found))} beside a log-rank χ² of {tested}"
    facts = {"recomputed": Range(*found), "power": _power(found, chi2)}
    if found[0] > chi2[2]:
        text = f"{message}: it is never more"
        yield screen(RULE, claim.place, numbers, text, **facts)
    elif found[2] < LEAST * chi2[0]:
        text = f"{message}: it is hardly ever so much less"
        yield screen(RULE, claim.place, numbers, text, **facts)
    else:
        yield consistent(RULE, claim.place, numbers, message, **facts)


def _power(found: Box, chi2: Box) -> float:
    """How likely a wrong statistic would be caught: the share of usual ones that are not near."""
    near = found[2] - found[0] + min(chi2[2], USUAL) - LEAST * min(chi2[0], USUAL)
    return max(0.0, 1.0 - near / max(USUAL, found[2]))


CHECK = Check(
    rule=RULE,
    title="expected events and log-rank statistic",
    what=(
        "Whether the sum of (O - E)²/E over the arms is no more than the log-rank chi-square, and not much "
        "less: 0.91 to 1.00 of it in real data."
    ),
    why="Observed and expected events give the log hazard ratio; those of another test do not.",
    formula="0.85 chi2 <= sum (O - E)^2 / E <= chi2",
    reference="Peto and Pike 1973, Biometrics 29:579-584",
    false_alarms="Many tied times, a stratified test, or a very strong effect.",
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(
            *named(group("138", events="112", expected="91.6"), group("90", events="53", expected="73.4")),
            logranks=(log_rank("10.3"),),
        ),
    ),
    breaks=lambda: (
        survival(
            *named(group("138", events="112", expected="91.6"), group("90", events="53", expected="73.4")),
            logranks=(log_rank("5.3"),),
        ),
        survival(
            *named(group("138", events="112", expected="91.6"), group("90", events="53", expected="73.4")),
            logranks=(log_rank("15.3"),),
        ),
    ),
)
