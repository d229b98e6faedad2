"""Where a function of one variable falls through zero, for many data sets at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import BoolArray, FloatArray

TOLERANCE = 1e-13
_NEWTON_STEPS = 30
_LIMIT = 200
_SHRINK = 1 / 16

Evaluate = Callable[..., tuple[FloatArray, FloatArray]]


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
    evaluate : `evaluate(x, *data)` gives the function's value, positive below the root, and a step
        towards the root (Newton's, scoring, ...)
    start, high : (n,) arrays, the first guess and a bound at which the value is not positive
    data : arrays whose last axis is n; columns that are done are dropped from them
    zero_is_root : (n,) array of bool, where the function is not positive at 0, so that a search which
        keeps falling ends at 0

    Notes
    -----
    Every value narrows the bracket; a step that would leave it, and every step after the thirtieth,
    is replaced by bisection, so the search cannot cycle. It ends when a step is below 1e-13 (1 + x).
    The first guess decides which root is found when there are several.
    """
    x, high = start.astype(np.float64), high.astype(np.float64)
    low = np.zeros_like(x)
    boundary = np.zeros(x.shape, np.bool_) if zero_is_root is None else zero_is_root
    root, converged = x.copy(), np.zeros(x.shape, np.bool_)
    active = np.arange(x.size)
    for iteration in range(_LIMIT):
        value, step = evaluate(x, *data)
        new, low, high = _next(x, value, step, low, high, boundary, iteration >= _NEWTON_STEPS)
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
            data = tuple(a[..., keep] for a in data)
    root[active] = x
    return root, converged


def _next(
    x: FloatArray,
    value: FloatArray,
    step: FloatArray,
    low: FloatArray,
    high: FloatArray,
    boundary: BoolArray,
    bisect: bool,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The next guesses and the narrowed brackets."""
    above = value > 0.0
    low = np.where(above, x, low)
    high = np.where(above, high, x)
    new = x + step
    inside = (new > low) & (new < high) & (not bisect)
    if not inside.all():
        fraction = np.where(boundary & (low == 0.0), _SHRINK, 0.5)
        new = np.where(inside, new, low + fraction * (high - low))
        new = np.where(value == 0.0, x, new)
    return new, low, high


def _settled(x: FloatArray, low: FloatArray, boundary: BoolArray) -> FloatArray:
    """Exactly 0 where the search fell to the boundary."""
    return np.where(boundary & (low == 0.0) & (x <= 2 * TOLERANCE), 0.0, x)
