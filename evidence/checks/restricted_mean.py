"""AUD414: can a restricted mean be the area under a curve with this median and these landmarks?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, consistent, inconsistent, slip
from evidence.checks.example_survival import group, point, survival
from evidence.checks.survival_arms import at, median, positive, survival_at
from evidence.checks.wording import as_float, figure
from evidence.claims import SurvivalArm, SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.survival import Knot, restricted_mean_bounds
from evidence.reanalysis.t import Box
from evidence.values import Reported

RULE = Rule("AUD414", "restricted-mean")


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether each restricted mean lies between the areas under the lowest and the highest such curve."""
    for arm in claim.arms:
        mean, tau = positive(arm.rmst), positive(arm.tau)
        if mean is not None and tau is not None and arm.rmst is not None:
            yield _judge(claim, arm, arm.rmst, mean, tau)


def _judge(claim: SurvivalClaim, arm: SurvivalArm, printed: Reported, mean: Box, tau: Box) -> Finding:
    knots, numbers = _knots(arm)
    low, high = restricted_mean_bounds(knots, tau)
    about = (printed, arm.tau, *numbers)
    unit = as_float(printed.ulp)
    off = max(low - mean[2], mean[0] - high, 0.0) / unit
    until = arm.tau.text if arm.tau is not None else ""
    message = (
        f"a restricted mean of {printed.text} in {arm.arm} until {until} lies between {figure(low)} and "
        f"{figure(high)}, all that its median and landmarks allow"
    )
    facts = {"recomputed": Range(low, (low + high) / 2, high)}
    if off <= 0:
        return consistent(RULE, claim.place, about, message, **facts)
    wrong = message.replace(" lies between ", " does not lie between ")
    verdict = slip if off <= 1 else inconsistent
    return verdict(RULE, claim.place, about, wrong, relaxation=off, **facts)


def _knots(arm: SurvivalArm) -> tuple[list[Knot], tuple[Reported | None, ...]]:
    """The median and the landmarks as times with the most survival after and the least before."""
    knots: list[Knot] = []
    numbers: list[Reported | None] = []
    middle = median(arm)
    if middle is not None:
        knots.append((middle[0], middle[2], 0.5, 0.5))
        numbers.append(arm.median)
    for landmark, survived in survival_at(arm):
        time = at(landmark.time, arm.unit)
        if time is not None:
            knots.append((time[0], time[2], survived[2], survived[0]))
            numbers.append(landmark.survival)
    return knots, tuple(numbers)


CHECK = Check(
    rule=RULE,
    title="restricted mean survival time",
    what=(
        "Whether a restricted mean lies between the areas under the lowest and the highest survival curve "
        "through the printed median and landmarks of the arm, over their rounding."
    ),
    why="A restricted mean outside of them has another horizon, another unit or another arm.",
    formula="with the median alone: m/2 + (tau - m) S(tau) <= RMST <= m + (tau - m)/2 for m < tau",
    reference="Royston and Parmar 2013, BMC Medical Research Methodology 13:152",
    false_alarms="A restricted mean that is adjusted, or of a fitted model, beside Kaplan-Meier numbers.",
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(group("82", median="10.0", rmst=("11.2", "24"))),
        survival(group("82", point("12", "76.0"), rmst=("10.6", "12"))),
        survival(group("82", median="30.0", rmst=("20.1", "24"))),
    ),
    breaks=lambda: (
        survival(group("82", median="10.0", rmst=("18.2", "24"))),
        survival(group("82", median="10.0", rmst=("4.1", "24"))),
        survival(group("82", point("12", "76.0"), rmst=("8.6", "12"))),
        survival(group("82", rmst=("12.6", "12"))),
    ),
)
