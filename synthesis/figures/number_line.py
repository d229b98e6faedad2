"""A printed number and what it was recomputed to, on one short line.

The grey box holds every value that would print as the paper's number; the blue bar holds every value that
recomputing gives, the rounding of its inputs allowed for, and the dot the value from the inputs as printed.
Box and bar apart are joined by a red bracket. Two numbers too far apart for one scale stand on a broken line.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from evidence.findings import Range
from evidence.rounding import bounds
from evidence.values import Reported
from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Circle, Line, Mark, Rect, Text

WIDTH, HEIGHT = 150.0, 21.0
EDGE = 5.0  # between the ends of the line and the ends of the picture
MIDDLE = 9.0  # the height of the line
LEAST_BOX, LEAST_BAR = 3.0, 2.0  # narrower ones could not be seen
BROKEN_BEYOND = 40.0  # units of the last printed digit
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class NumberLine:
    """What the line shows, in the units of the number: no positions.

    ``low`` and ``high`` bound the values that print as the paper's number (infinite for ``<`` and ``>``);
    ``gap`` is (from, to) where box and bar are apart; ``units`` their distance in last printed digits.
    """

    low: float
    high: float
    recomputed: Range
    unit: float
    gap: tuple[float, float] | None
    discrete: bool
    units: float
    decision: float | None
    floor: float | None
    ceiling: float | None
    sentence: str


def content(
    printed: Reported, recomputed: Range, *, is_p: bool = False, discrete: bool = False
) -> NumberLine | None:
    """What a number line shows, or None where there is no number to show.

    Parameters
    ----------
    printed : Reported
        The number as printed.
    recomputed : Range
        Every value that recomputing allows, on the scale of the printed number.
    is_p : bool
        The number is a p value: it stays within 0 and 1, and 0.05 is marked.
    discrete : bool
        Recomputing gives the two ends of the range and nothing between: the printed number lies in a hole.
    """
    values = (recomputed.low, recomputed.mid, recomputed.high)
    if printed.exact is None or not all(isfinite(value) for value in values):
        return None
    low, _, high = bounds(printed).floats
    unit = float(printed.ulp)
    gap = _hole(low, high, recomputed) if discrete else _gap(low, high, recomputed)
    units = 0.0 if gap is None else abs(gap[1] - gap[0]) / unit
    return NumberLine(
        low=low,
        high=high,
        recomputed=recomputed,
        unit=unit,
        gap=gap,
        discrete=discrete,
        units=units,
        decision=ALPHA if is_p else None,
        floor=0.0 if is_p else None,
        ceiling=1.0 if is_p else None,
        sentence=_sentence(printed, recomputed, units),
    )


def _gap(low: float, high: float, recomputed: Range) -> tuple[float, float] | None:
    if recomputed.low > high:
        return (high, recomputed.low)
    if recomputed.high < low:
        return (low, recomputed.high)
    return None


def _hole(low: float, high: float, recomputed: Range) -> tuple[float, float]:
    """From the printed number to the nearer of the two values beside it."""
    below, above = (low, recomputed.low), (high, recomputed.high)
    return min(below, above, key=lambda ends: abs(ends[1] - ends[0]))


def _sentence(printed: Reported, recomputed: Range, units: float) -> str:
    digits = max(printed.decimals, 0) + 1
    ends = f"{recomputed.low:.{digits}f} to {recomputed.high:.{digits}f}"
    apart = f"; {units:.0f} units of the last printed digit apart" if units else "; they overlap"
    return f"Printed {printed.text}, recomputed {ends}{apart}."


def layout(line: NumberLine, *, name: str = "number-line") -> Drawing:
    """The number line with every position decided."""
    one_sided = not (isfinite(line.low) and isfinite(line.high))
    broken = line.units > BROKEN_BEYOND and not one_sided and not line.discrete
    marks = _broken(line) if broken else _whole(line)
    return Drawing(WIDTH, HEIGHT, tuple(marks), title="", description=line.sentence, name=name)


# ---- one scale


def _whole(line: NumberLine) -> list[Mark]:
    start, end = _domain(line)

    def at(value: float) -> float:
        share = (min(max(value, start), end) - start) / (end - start)
        return EDGE + share * (WIDTH - 2 * EDGE)

    marks: list[Mark] = [Line(EDGE, MIDDLE, WIDTH - EDGE, MIDDLE, role="reference")]
    marks += _box(at(line.low), at(line.high))
    if line.decision is not None and start < line.decision < end:
        marks += _tick(at(line.decision), f"{line.decision:g}")
    if line.gap is not None:
        marks += _bracket(at(line.gap[0]), at(line.gap[1]))
    if line.discrete:
        return marks + _bar(*[at(line.recomputed.low)] * 3) + _bar(*[at(line.recomputed.high)] * 3)
    return marks + _bar(at(line.recomputed.low), at(line.recomputed.mid), at(line.recomputed.high))


def _domain(line: NumberLine) -> tuple[float, float]:
    """The stretch of numbers shown: all that is bounded, with air, and never less than eight half units."""
    known = [v for v in (line.low, line.high, line.recomputed.low, line.recomputed.high) if isfinite(v)]
    if line.decision is not None:
        known.append(line.decision)
    known += [v for v in (line.floor,) if v is not None]
    least, most = min(known), max(known)
    air = max(0.14 * (most - least), 0.5 * (8 * line.unit / 2 - (most - least)))
    if not (isfinite(line.low) and isfinite(line.high)):
        air = max(air, 0.2 * (most - least))
    start = least - air if line.floor is None else max(least - air, line.floor)
    end = most + air if line.ceiling is None else min(most + air, line.ceiling)
    return start, end


# ---- two numbers too far apart


def _broken(line: NumberLine) -> list[Mark]:
    """Box and bar at fixed places, in their true order, with the line cut between them."""
    rising = line.recomputed.low > line.high
    box, bar = (0.24, 0.78) if rising else (0.76, 0.22)
    box_x, bar_x = (EDGE + share * (WIDTH - 2 * EDGE) for share in (box, bar))
    cut = WIDTH / 2
    slashes: list[Mark] = [
        Line(cut + dx - 1.5, MIDDLE + 4, cut + dx + 1.5, MIDDLE - 4, role="alert", width=0.8)
        for dx in (-1.6, 1.6)
    ]
    sides: list[Mark] = [
        Line(EDGE, MIDDLE, min(box_x, bar_x), MIDDLE, role="reference"),
        Line(max(box_x, bar_x), MIDDLE, WIDTH - EDGE, MIDDLE, role="reference"),
    ]
    half = max((line.recomputed.high - line.recomputed.low) / line.unit, LEAST_BAR) / 2
    half = min(half, 20.0)
    left, right = min(box_x, bar_x), max(box_x, bar_x)
    marks = sides + _bracket(left, cut - 2.4) + _bracket(cut + 2.4, right) + slashes
    return marks + _box(box_x - 4, box_x + 4) + _bar(bar_x - half, bar_x, bar_x + half)


# ---- the parts


def _box(left: float, right: float) -> list[Mark]:
    """Every value that prints as the paper's number."""
    left, right = _widened(left, right, LEAST_BOX)
    return [Rect(left, MIDDLE - 6, right - left, 12, role="reference", hollow=True)]


def _bar(left: float, dot: float, right: float) -> list[Mark]:
    """Every value that recomputing gives."""
    left, right = _widened(left, right, LEAST_BAR)
    return [
        Rect(left, MIDDLE - 1.5, right - left, 3, role="dot"),
        Circle(min(max(dot, left), right), MIDDLE, 2.4, role="dot"),
    ]


def _bracket(start: float, end: float) -> list[Mark]:
    """What lies between them."""
    return [Line(start, MIDDLE, end, MIDDLE, role="alert", width=1.2)]


def _tick(x: float, label: str) -> list[Mark]:
    return [
        Line(x, MIDDLE - 8, x, MIDDLE + 6.5, role="secondary", width=0.6, dash=(1.5, 1.5)),
        Text(x + 2, HEIGHT - 0.5, label, role="secondary", size=6.5),
    ]


def _widened(left: float, right: float, least: float) -> tuple[float, float]:
    lack = max(least - (right - left), 0.0) / 2
    return left - lack, right + lack
