"""Where a function of one variable falls through zero, for many data sets at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import BoolArray, FloatArray, columns

TOLERANCE = 1e-13
_FREE_STEPS = 30
_LIMIT = 200
_SURE = 0.1

Evaluate = Callable[..., tuple[FloatArray, FloatArray, FloatArray]]
"""(x, *data) -> the function's value, Newton's step, and a cautious step of the same sign"""


@np.errstate(invalid="ignore", divide="ignore", over="ignore")
def falling_root(
    evaluate: Evaluate,
    start: FloatArray,
    high: FloatArray,
    data: tuple[NDArray[Any], ...],
    zero_is_root: BoolArray | None = None,
) -> tuple[FloatArray, BoolArray]:
    """The roots between 0 and `high`, and whether each was found to full precision.

    Parameters
    ----------
    evaluate : `evaluate(x, *data)` gives the function's value, positive below the root, and two steps
        towards the root, Newton's and a more cautious one (scoring), which may be the same
    start, high : (n,) arrays, the first guess and a bound at which the value is not positive
    data : arrays whose last axis is n; columns that are done are dropped from them
    zero_is_root : (n,) array of bool, where the function is not positive at 0, so that a search which
        keeps falling ends at 0

    Notes
    -----
    Every value narrows the bracket; a step that would leave it, and every step after the thirtieth,
    is replaced by bisection, so the search cannot cycle. It ends when a step is below 1e-13 (1 + x).
    The first guess decides which root is found when there are several: as long as 0 is the only point
    below the search where the function is not known to be negative, it goes down by cautious steps,
    halved until they stay above 0, and takes Newton's only when it is short.
    """
    x, high = start.astype(np.float64), high.astype(np.float64)
    low = np.zeros_like(x)
    boundary = np.zeros(x.shape, np.bool_) if zero_is_root is None else zero_is_root
    root, converged = x.copy(), np.zeros(x.shape, np.bool_)
    active = np.arange(x.size)
    for iteration in range(_LIMIT):
        above, *steps = evaluate(x, *data)
        new, low, high = _next(x, above, steps, low, high, boundary, iteration >= _FREE_STEPS)
        done = np.abs(new - x) <= TOLERANCE * (1.0 + new)
        x = new
        if done.all():
            root[active], converged[active] = _settled(x, low, boundary), True
            return root, converged
        if done.any():
            root[active[done]] = _settled(x, low, boundary)[done]
            converged[active[done]] = True
            keep = ~done
            active, boundary = active[keep], boundary[keep]
            x, low, high = x[keep], low[keep], high[keep]
            data = tuple(columns(a, keep) for a in data)
    root[active] = x
    return root, converged


def _next(
    x: FloatArray,
    value: FloatArray,
    steps: list[FloatArray],
    low: FloatArray,
    high: FloatArray,
    boundary: BoolArray,
    bisect: bool,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The next guesses and the narrowed brackets."""
    above = value > 0.0
    low = np.where(above, x, low)
    high = np.where(above, high, x)
    open_below = boundary & (low == 0.0)
    newton, cautious = steps
    if newton is cautious or not open_below.any():
        step = newton
    else:
        step = np.where(open_below & (np.abs(newton) > _SURE * x), cautious, newton)
        step = np.where(open_below, _halved(step, x), step)
    new = x + step
    slack = TOLERANCE * (1.0 + x)  # a step onto an end of the bracket is a step onto the root
    inside = (new >= low - slack) & (new <= high + slack) & (not bisect)
    new = np.minimum(np.maximum(new, low), high)
    if not inside.all():
        new = np.where(inside, new, low + 0.5 * (high - low))
        new = np.where(value == 0.0, x, new)
    return new, low, high


def _halved(step: FloatArray, x: FloatArray) -> FloatArray:
    """The step halved as often as keeps `x + step` from falling below 0."""
    times = np.ceil(np.log2(np.maximum(-step / x, 1.0)))
    result: FloatArray = np.where(
        np.isfinite(times), np.ldexp(step, -np.nan_to_num(times).astype(np.int64)), 0.0
    )
    return result


def _settled(x: FloatArray, low: FloatArray, boundary: BoolArray) -> FloatArray:
    """Exactly 0 where the search fell to the boundary."""
    return np.where(boundary & (low == 0.0) & (x <= 2 * TOLERANCE), 0.0, x)
