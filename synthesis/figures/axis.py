"""How far an axis reaches and what is printed on it.

Ratios get readable ratios (0.1, 0.2, 0.5, 1, ...), never equal steps of the logarithm; differences get
steps of 1, 2 or 5. The null is always among the labels.
"""

import math
from collections.abc import Iterable, Sequence

from synthesis.figures.numbers import fixed
from synthesis.figures.rows import Tick

MOST_LABELS = 7
FURTHER = 0.6  # how far study intervals may widen the axis on each side, in parts of what must be seen
FARTHEST = 1.5  # the same for pooled and prediction intervals, which are shown whole unless they are huge
_LN10 = math.log(10)
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.25)


def reach(
    seen: Iterable[float],
    pooled: Iterable[float],
    studies: Iterable[float],
    smallest: float,
) -> tuple[float, float]:
    """The ends of an axis before they are rounded outwards.

    Parameters
    ----------
    seen : estimates and the null, always inside
    pooled : bounds of pooled and prediction intervals, inside unless they are huge
    studies : bounds of study intervals, which may widen the axis by `FURTHER`; the rest is clipped
    smallest : the least span, for estimates that all agree
    """
    inside = [value for value in seen if math.isfinite(value)] or [0.0]
    low, high = min(inside), max(inside)
    if high - low < smallest:
        middle = (low + high) / 2
        low, high = middle - smallest / 2, middle + smallest / 2
    low, high = _widen(low, high, pooled, FARTHEST)
    return _widen(low, high, studies, FURTHER)


def _widen(low: float, high: float, bounds: Iterable[float], share: float) -> tuple[float, float]:
    room = share * (high - low)
    wanted = list(bounds)
    lows = [value for value in wanted if not math.isnan(value)]
    if not lows:
        return low, high
    return max(min(low, *lows, low), low - room), min(max(high, *lows, high), high + room)


def ratio_axis(low: float, high: float) -> tuple[float, float, tuple[Tick, ...]]:
    """The ends (natural logarithms) snapped outwards to readable ratios, and the ticks between them.

    Examples
    --------
    >>> import math
    >>> low, high, ticks = ratio_axis(math.log(0.13), math.log(4.1))
    >>> round(math.exp(low), 9), round(math.exp(high), 9), [tick.label for tick in ticks]
    (0.1, 5.0, ['0.1', '0.2', '0.5', '1', '2', '5'])
    """
    if high - low < math.log(4) and low <= 0 <= high:
        return _narrow_ratio_axis(low, high)
    low, high = _snap_down(low), -_snap_down(-high)
    for factors, every in _ratio_grids(high - low):
        ticks = _ratio_ticks(low, high, factors, every)
        if len(ticks) <= MOST_LABELS:
            break
    return low, high, ticks


def _snap_down(log_value: float) -> float:
    """The next lower logarithm of 1, 2 or 5 times a power of ten."""
    decade = math.floor(log_value / _LN10 + 1e-9)
    rest = log_value - decade * _LN10
    factor = max(factor for factor in (1, 2, 5) if math.log(factor) <= rest + 1e-9)
    return decade * _LN10 + math.log(factor)


def _ratio_grids(span: float) -> list[tuple[tuple[int, ...], int]]:
    """From fine to coarse: 1-2-5, 1-3, then decades, then every so many decades."""
    decades = math.ceil(span / _LN10) + 1
    return [((1, 2, 5), 1), ((1, 3), 1), *(((1,), every) for every in range(1, decades + 1))]


def _ratio_ticks(low: float, high: float, factors: Sequence[int], every: int) -> tuple[Tick, ...]:
    first, last = math.floor(low / _LN10) - 1, math.ceil(high / _LN10) + 1
    ticks = []
    for decade in range(first, last + 1):
        if decade % every:
            continue
        for factor in factors:
            at = decade * _LN10 + math.log(factor)
            if low - 1e-9 <= at <= high + 1e-9:
                ticks.append(Tick(at, _ratio_label(factor, decade)))
    return tuple(ticks)


def _ratio_label(factor: int, decade: int) -> str:
    """The ratio as plain digits; as a power where those would be longer than eight."""
    if -6 <= decade < 0:
        return "0." + "0" * (-decade - 1) + str(factor)
    if 0 <= decade <= 6:
        return fixed(factor * 10**decade, 0)
    return f"{factor}e{decade}".replace("-", "−")


def _narrow_ratio_axis(low: float, high: float) -> tuple[float, float, tuple[Tick, ...]]:
    """An axis of less than a factor of four: ticks at equal steps of the ratio itself."""
    ends = math.exp(low), math.exp(high)
    for step in _STEPS:
        first, last = math.floor(ends[0] / step + 1e-9), math.ceil(ends[1] / step - 1e-9)
        if last - first < MOST_LABELS:
            break
    first = max(first, 1)
    decimals = 2 if step in (0.01, 0.02, 0.05, 0.25) else 1
    marks = [(i * step, _trimmed(i * step, decimals)) for i in range(first, last + 1)]
    if len(marks) > MOST_LABELS:
        marks = [mark for mark in marks if abs(mark[0] / 0.5 - round(mark[0] / 0.5)) < 1e-9]
    ticks = tuple(Tick(math.log(value), label) for value, label in marks)
    return math.log(first * step), math.log(last * step), ticks


def _trimmed(value: float, decimals: int) -> str:
    text = fixed(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def linear_axis(
    low: float, high: float, *, inside: tuple[float, float] = (-math.inf, math.inf)
) -> tuple[float, float, tuple[Tick, ...]]:
    """The ends snapped outwards to steps of 1, 2 or 5, and the ticks; ends stay `inside`.

    Examples
    --------
    >>> low, high, ticks = linear_axis(-3.2, 1.1)
    >>> low, high, [tick.label for tick in ticks]
    (-4.0, 2.0, ['−4', '−3', '−2', '−1', '0', '1', '2'])
    """
    low, high = max(low, inside[0]), min(high, inside[1])
    step = _step((high - low) / (MOST_LABELS - 2))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    ends = max(first * step, inside[0]), min(last * step, inside[1])
    ticks = tuple(Tick(i * step, _linear_label(i * step, decimals)) for i in range(first, last + 1))
    return ends[0], ends[1], ticks


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def _linear_label(value: float, decimals: int) -> str:
    if decimals > 4:
        return f"{value:.0e}".replace("e-0", "e-").replace("-", "−") if value else "0"
    if abs(value) < 10.0**-decimals / 2:
        return "0"
    return fixed(value, decimals)
