"""The lines and shades of a funnel plot, as points in the units of its axes."""

from collections.abc import Iterator

from synthesis.diagnostics.small_study.asymmetry import Asymmetry
from synthesis.figures.chart import Points
from synthesis.figures.display import Display
from synthesis.figures.rows import Scale
from synthesis.fit import NotDefined

STEPS = 40  # of a line that an axis of percentages bends
BANDS = (
    (1.6448536269514722, "band-1", "P 0.05 to 0.10"),
    (1.959963984540054, "band-2", "P 0.01 to 0.05"),
    (2.5758293035489004, "band-3", "P < 0.01"),
)
"""From which z on, how it is shaded, and what it means: two-sided, against no effect."""


def side(at: float, z: float, deepest: float, shown: Display) -> Points:
    """The points at + z se for se from 0 to `deepest`, in axis units."""
    steps = 1 if shown.ratio or shown.measure is None or shown.measure.scale == "identity" else STEPS
    depths = [deepest * i / steps for i in range(steps + 1)]
    return tuple((shown.axis(at + z * se), se) for se in depths)


def funnel_sides(mu: float, deepest: float, shown: Display) -> tuple[Points, Points]:
    """Between these lie 95 per cent of studies whose effects differ by chance only."""
    z = BANDS[1][0]
    return side(mu, -z, deepest, shown), side(mu, z, deepest, shown)


def bands(x: Scale, deepest: float, shown: Display) -> Iterator[tuple[Points, str]]:
    """The shaded areas left and right of the null, the outermost reaching to the ends of the axis."""
    outer = [*(z for z, _, _ in BANDS[1:]), None]
    for (z, role, _), end in zip(BANDS, outer, strict=True):
        for sign, edge in ((-1, x.low), (1, x.high)):
            near = side(0.0, sign * z, deepest, shown)
            if end is None:
                far = max(edge, near[-1][0]) if sign > 0 else min(edge, near[-1][0])
                yield (*near, (far, deepest), (far, 0.0)), role
            else:
                yield (*near, *reversed(side(0.0, sign * end, deepest, shown))), role


def egger_line(found: Asymmetry, deepest: float, shown: Display) -> Points:
    """The effect that the regression expects at each standard error; empty for other predictors."""
    if found.predictor != "sei" or isinstance(found.limit, NotDefined):
        return ()
    steps = range(STEPS + 1)
    return tuple(
        (shown.axis(found.limit + found.bias * deepest * i / STEPS), deepest * i / STEPS) for i in steps
    )
