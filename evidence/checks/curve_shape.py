"""AUD411: is the curve between a landmark and its median of a usual shape?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.checks.check import About, Check, Rule, consistent, screen
from evidence.checks.example_survival import group, named, point, survival
from evidence.checks.survival_arms import at, count, median, survival_at
from evidence.checks.wording import figures, listed
from evidence.claims import Landmark, SurvivalArm, SurvivalClaim
from evidence.findings import Finding, Range
from evidence.reanalysis.survival import se_of_shape, weibull_shape
from evidence.reanalysis.t import Box

RULE = Rule("AUD411", "curve-shape")
USUAL = (0.4, 2.5)
"""Weibull shapes of nearly all published curves."""
APART = 1.0
"""Shapes of two arms of one study further apart than this are worth a look."""

_DETAIL = "with a constant hazard the shape is 1; people selected for having survived a while raise it"


@dataclass(frozen=True, slots=True)
class Shape:
    """The Weibull shape of one arm from one landmark, with its standard error (0 where n is not printed)."""

    arm: SurvivalArm
    landmark: Landmark
    k: Box
    error: float

    @property
    def low(self) -> float:
        """The least that rounding and one standard error allow."""
        return self.k[0] - self.error

    @property
    def high(self) -> float:
        """The greatest that rounding and one standard error allow."""
        return self.k[2] + self.error

    def __str__(self) -> str:
        return f"{figures(Range(*self.k), digits=2)} in {self.arm.arm} (from {self.landmark.time.said})"


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """The Weibull shape that the median and the landmark that tells most of it give in each arm."""
    shapes = [found for arm in claim.arms if (found := _shape(arm)) is not None]
    if not shapes:
        return
    numbers: About = tuple(n for each in shapes for n in (each.landmark.survival, each.arm.median))
    said = listed([str(each) for each in shapes])
    odd = [each for each in shapes if each.high < USUAL[0] or each.low > USUAL[1]]
    facts = {"recomputed": Range(*shapes[0].k)}
    if odd:
        reason = "few events before it and many after it" if odd[0].low > 1 else "many events before it"
        message = f"a Weibull curve through landmark and median has shape {said}: {reason}"
        yield screen(RULE, claim.place, numbers, message, details=(_DETAIL,), **facts)
    elif max(each.low for each in shapes) - min(each.high for each in shapes) > APART:
        message = f"Weibull curves through landmarks and medians have shapes far apart: {said}"
        yield screen(RULE, claim.place, numbers, message, **facts)
    else:
        message = f"a Weibull curve through landmark and median is not unusual: its shape is {said}"
        yield consistent(RULE, claim.place, numbers, message, **facts)


def _shape(arm: SurvivalArm) -> Shape | None:
    """The best determined shape of an arm, landmarks on the wrong side of the median aside."""
    middle, n = median(arm), count(arm.n)
    found = []
    for landmark, survived in survival_at(arm):
        time = at(landmark.time, arm.unit)
        k = None if middle is None or time is None else weibull_shape(time, survived, middle)
        if k is not None and k[0] > 0 and time is not None and middle is not None:
            error = se_of_shape(time[1], survived[1], middle[1], n or 1)
            found.append((error, Shape(arm, landmark, k, error if n else 0.0)))
    return min(found, key=lambda each: each[0])[1] if found else None


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
    keeps=lambda: (
        survival(group("82", point("12", "76.2"), median="34")),
        survival(group("82", point("12", "100.0"), median="34")),
    ),
    breaks=lambda: (
        survival(group("82", point("12", "98.78"), median="34")),
        survival(
            *named(
                group("820", point("12", "70.0"), median="20"), group("780", point("12", "87.0"), median="20")
            )
        ),
    ),
)
