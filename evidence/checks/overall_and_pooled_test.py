"""AUD416: is the log-rank test of several arms at least as large as that of any arms taken together?"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from evidence.checks.check import Check, Rule, consistent, inconsistent, slip
from evidence.checks.example_survival import group, log_rank, survival
from evidence.checks.survival_arms import chi2_of
from evidence.checks.wording import as_float, figure, figures
from evidence.claims import PrintedTest, SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.t import Box

RULE = Rule("AUD416", "overall-and-pooled-test")


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether chi-square of all arms is no less than that of the same people in fewer groups."""
    tests = [(test, chi2_of(test), _people(test)) for test in claim.logranks]
    for whole, most, everybody in tests:
        for pooled, least, same in tests:
            if most is not None and least is not None and everybody == same and _coarser(pooled, whole):
                yield _judge(claim, whole, most, pooled, least)


def _people(test: PrintedTest) -> frozenset[str]:
    return frozenset(name for side in test.arms for name in side.split("+"))


def _coarser(pooled: PrintedTest, whole: PrintedTest) -> bool:
    """Whether every group of the one is made of whole groups of the other."""
    sides = [frozenset(side.split("+")) for side in whole.arms]
    groups = [frozenset(side.split("+")) for side in pooled.arms]
    return len(groups) < len(sides) and all(any(side <= group for group in groups) for side in sides)


def _judge(claim: SurvivalClaim, whole: PrintedTest, most: Box, pooled: PrintedTest, least: Box) -> Finding:
    numbers = (pooled.statistic, pooled.p, whole.statistic, whole.p)
    message = (
        f"log-rank χ² of {' against '.join(pooled.arms)}, {_said(least)}, beside "
        f"{_said(most)} of the {len(whole.arms)} arms apart"
    )
    off = least[0] - most[2]
    if off <= 0:
        return consistent(RULE, claim.place, numbers, message, recomputed=Range(*most))
    unit = 0.0 if pooled.statistic is None else as_float(pooled.statistic.ulp)
    text = f"{message}: taking arms together cannot raise it"
    verdict = slip if off <= unit else inconsistent
    return verdict(RULE, claim.place, numbers, text, recomputed=Range(*most))


def _said(chi2: Box) -> str:
    return figures(Range(*chi2)) if chi2[2] < inf else f"{figure(chi2[0])} or more"


_ARMS = (group("13"), group("14", name="b"), group("25", name="c"))

CHECK = Check(
    rule=RULE,
    title="log-rank tests of all and of pooled arms",
    what=(
        "Whether the log-rank chi-square of several arms is at least that of the same people with arms taken "
        "together. The overall statistic is the greatest of all contrasts of the same observed less expected."
    ),
    why="An overall p and a contrast that contradict each other are of other people or other tests.",
    formula="chi2(k arms) >= (c'U)^2 / (c'V c) for every contrast c that pools arms",
    reference="Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure Time Data, section 1.4",
    false_alarms="A contrast tested by another weighting (Gehan, Peto) under the name of log-rank.",
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(
            *_ARMS,
            logranks=(log_rank(None, "0.023", arms=("a", "b", "c")), log_rank("7.2", arms=("a", "b+c"))),
        ),
    ),
    breaks=lambda: (
        survival(
            *_ARMS,
            logranks=(log_rank(None, "0.023", arms=("a", "b", "c")), log_rank("9.2", arms=("a", "b+c"))),
        ),
        survival(
            *_ARMS,
            logranks=(log_rank("3.1", arms=("a", "b", "c")), log_rank(None, "<0.001", arms=("a", "b+c"))),
        ),
    ),
)
