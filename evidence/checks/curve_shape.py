"""AUD411: is the curve between a landmark and its median of a usual shape?"""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from evidence.checks.check import Check, Rule, consistent, screen
from evidence.checks.example_survival import group, named, point, survival
from evidence.checks.survival_arms import at, count, median, share, survival_at
from evidence.checks.wording import figures, listed
from evidence.claims import Landmark, SurvivalArm, SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.survival import se_of_shape, weibull_shape
from evidence.reanalysis.t import Box
from evidence.values import Reported

RULE = Rule("AUD411", "curve-shape")
USUAL = (0.4, 2.5)
"""Weibull shapes of nearly all published curves."""
APART = 1.0
"""Shapes of two arms of one study further apart than this are worth a look."""

Shape = tuple[SurvivalArm, Landmark, Box]


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """The Weibull shape that a landmark and the median give in each arm, the least usual of each."""
    shapes = [found for arm in claim.arms if (found := _least_usual(arm)) is not None]
    if not shapes:
        return
    numbers: tuple[Reported | None, ...] = tuple(n for a, x, _ in shapes for n in (x.survival, a.median))
    said = listed([f"{figures(Range(*k), digits=2)} in {a.arm} (from {x.time.said})" for a, x, k in shapes])
    reach = [(k[0] - e, k[2] + e) for a, x, k in shapes for e in (_error(a, x),)]
    odd = [k for k in reach if k[1] < USUAL[0] or k[0] > USUAL[1]]
    facts = {"recomputed": Range(*(shapes[0][2]))}
    if odd:
        reason = "few events before it and many after it" if odd[0][0] > 1 else "many events before it"
        message = f"a Weibull curve through landmark and median has shape {said}: {reason}"
        yield screen(RULE, claim.place, numbers, message, details=(_DETAIL,), **facts)
    elif max(low for low, _ in reach) - min(high for _, high in reach) > APART:
        message = f"Weibull curves through landmarks and medians have shapes far apart: {said}"
        yield screen(RULE, claim.place, numbers, message, **facts)
    else:
        message = f"a Weibull curve through landmark and median has the usual shape: {said}"
        yield consistent(RULE, claim.place, numbers, message, **facts)


_DETAIL = "with a constant hazard the shape is 1; people selected for having survived a while raise it"


def _error(arm: SurvivalArm, landmark: Landmark) -> float:
    """The standard error of an arm's shape; none where nobody says how many people there are."""
    n, time, survived, middle = (
        count(arm.n),
        at(landmark.time, arm.unit),
        share(landmark.survival),
        median(arm),
    )
    if not n or time is None or survived is None or middle is None:
        return 0.0
    return se_of_shape(time[1], survived[1], middle[1], n)


def _least_usual(arm: SurvivalArm) -> Shape | None:
    """The landmark of an arm whose shape is furthest from 1; those beyond the median's wrong side aside."""
    middle = median(arm)
    shapes = []
    for landmark, survived in survival_at(arm):
        time = at(landmark.time, arm.unit)
        shape = None if middle is None or time is None else weibull_shape(time, survived, middle)
        if shape is not None and shape[0] > 0:
            shapes.append((arm, landmark, shape))
    return max(shapes, key=lambda each: abs(log(each[2][1])), default=None)


CHECK = Check(
    rule=RULE,
    title="shape of the survival curve",
    what=(
        "The Weibull shape of the curve through a printed landmark and the printed median of each "
        "arm: usually between 0.4 and 2.5, and alike in the arms of one study. Noted where it is outside by "
        "more than its standard error."
    ),
    why="A landmark and a median that no ordinary curve joins are often of different people or endpoints.",
    formula="k = ln(ln 2 / -ln S(x)) / ln(m / x), within one standard error of 0.4 to 2.5",
    reference="Collett 2015, Modelling Survival Data in Medical Research, 3rd ed., section 5.1",
    false_alarms=(
        "A landmark near 100 % rests on few events and has a wide interval; people who had to survive for "
        "some time before they could enter; late separation of curves."
    ),
    on=(SurvivalClaim,),
    run=run,
    consistent=(
        survival(group("82", point("12", "76.2"), median="34")),
        survival(group("82", point("12", "100.0"), median="34")),
    ),
    inconsistent=(
        survival(group("82", point("12", "98.78"), median="34")),
        survival(
            *named(
                group("820", point("12", "70.0"), median="20"), group("780", point("12", "87.0"), median="20")
            )
        ),
    ),
)
