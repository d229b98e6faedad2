"""Where a function of one variable falls through zero, for many data sets at once or for one."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, isfinite, ldexp, log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import BoolArray, FloatArray, columns

TOLERANCE = 1e-13
_NEWTON = 1e-7
"""After a step of quadratic order this short the root is found."""
_FREE_STEPS = 30
_LIMIT = 200
_SURE = 0.1
_VANISHED = 2000.0
_NEAR = 1.0
"""Up to here, in units of the smallest sampling variance, a function is smooth enough to be judged by
its values and slopes at both ends."""

_EXACT = 2.0 * float(np.finfo(np.float64).eps)
_NEARLY = 1e-12
_NOISE = 1e-13
_SIDESTEP = 0.02

Evaluate = Callable[..., tuple[Any, Any, Any, Any]]
"""(x, *data) -> value, slope, best step, cautious step.

The best step has an error of the order of its square where it is -value / slope or not the cautious one."""


@np.errstate(invalid="ignore", divide="ignore", over="ignore")
def falling_root(
    evaluate: Evaluate,
    start: FloatArray,
    high: FloatArray,
    data: tuple[NDArray[Any], ...],
    at_zero: tuple[FloatArray, FloatArray] | None = None,
) -> tuple[FloatArray, BoolArray]:
    """The roots between 0 and `high`, and whether each was found to full precision.

    Parameters
    ----------
    evaluate : `evaluate(x, *data)` gives the function's value, positive below the root, its slope, and
        two steps towards the root, the best and a more cautious one (scoring), which may be the same
    start, high : (n,) arrays, the first guess and a bound at which the value is not positive
    data : arrays whose last axis is n; columns that are done are dropped from them
    at_zero : the value and the slope at 0; where the value is not positive, a search that keeps
        falling ends at 0. Without it every function is taken to be positive at 0.

    Notes
    -----
    Every value narrows the bracket; a step that would leave it, and every other step after the
    thirtieth, is replaced by bisection, so the search cannot cycle. It ends when a step is below
    1e-13 (1 + x), or when the best step, unless it is the cautious one, is below 1e-7 (1 + x). The
    first guess decides which root is found when there are several: as long as 0 is the only point below
    the search where the function is not known to be negative, it goes down by cautious steps, halved
    until they stay above 0, and takes the best only when it is short; it ends at 0 once no root can lie
    below it.
    """
    x, high = start.astype(np.float64), high.astype(np.float64)
    low = np.zeros_like(x)
    ends = _no_ends(x) if at_zero is None else at_zero
    root, converged = x.copy(), np.zeros(x.shape, np.bool_)
    active = np.arange(x.size)
    for iteration in range(_LIMIT):
        new, low, high, done = _next(x, evaluate(x, *data), low, high, ends, _bisects(iteration))
        x = new
        if done.any():
            root[active[done]] = x[done]
            converged[active[done]] = True
            keep = np.flatnonzero(~done)
            if keep.size == 0:
                return root, converged
            active, x, low, high = active[keep], x[keep], low[keep], high[keep]
            ends = (ends[0][keep], ends[1][keep])
            data = tuple(columns(a, keep) for a in data)
    root[active] = x
    return root, converged


def _bisects(iteration: int) -> bool:
    return iteration >= _FREE_STEPS and iteration % 2 == 0


def _no_ends(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    return np.ones_like(x), np.zeros_like(x)


def _next(
    x: FloatArray,
    at_x: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    low: FloatArray,
    high: FloatArray,
    ends: tuple[FloatArray, FloatArray],
    bisect: bool,
) -> tuple[FloatArray, FloatArray, FloatArray, BoolArray]:
    """The next guesses, the narrowed brackets, and which are done."""
    value, slope, best, cautious = at_x
    above = value > 0.0
    low, high = np.where(above, x, low), np.where(above, high, x)
    step, fallen = best, np.zeros(x.shape, np.bool_)
    falling = np.flatnonzero((low == 0.0) & ~(ends[0] > 0.0))
    if falling.size:
        at, careful = x[falling], cautious[falling]
        step = best.copy()
        careful = np.where(np.abs(step[falling]) > _SURE * at, careful, step[falling])
        step[falling] = _halved(careful, at)
        below = (value[falling], slope[falling], ends[0][falling], ends[1][falling])
        fallen[falling] = _no_root_below(at, *below)
    new = x + step
    slack = TOLERANCE * (1.0 + x)  # a step onto an end of the bracket is a step onto the root
    inside = (new >= low - slack) & (new <= high + slack) & (not bisect)
    np.maximum(new, low, out=new)
    np.minimum(new, high, out=new)
    quadratic = (step == best) & ((best == -value / slope) | (best != cautious))
    done = inside & quadratic & (np.abs(step) <= _NEWTON * (1.0 + new))
    if not inside.all():
        new = np.where(inside, new, low + 0.5 * (high - low))
        new = np.where(value == 0.0, x, new)
    done |= np.abs(new - x) <= slack
    fallen[falling] |= done[falling] & (new[falling] <= 2.0 * TOLERANCE)
    done |= fallen
    return np.where(fallen, 0.0, new), low, high, done


def _no_root_below(x: Any, value: Any, slope: Any, value_at_0: Any, slope_at_0: Any) -> Any:
    """Whether a smooth function that is negative at 0 and at a near x stays so between them.

    Where it is convex its chord says so; where it is concave, the point in which its two tangents meet.
    """
    bend = slope_at_0 - slope
    meeting = np.clip((value - value_at_0 - slope * x) / bend, 0.0, x)
    top = np.where(bend > 0.0, value_at_0 + slope_at_0 * meeting, value)
    return (value < 0.0) & (x <= _NEAR) & ((top < 0.0) | (x == 0.0))


def _halved(step: FloatArray, x: FloatArray) -> FloatArray:
    """The step halved as often as keeps `x + step` from falling below 0."""
    times = np.ceil(np.log2(np.fmax(-step / x, 1.0)))
    result: FloatArray = np.ldexp(step, -np.minimum(times, _VANISHED).astype(np.int64))
    return result


def falling_root_of_one(
    evaluate: Callable[[float], tuple[float, float, float, float]],
    start: float,
    high: float,
    at_zero: tuple[float, float] = (1.0, 0.0),
) -> tuple[float, bool]:
    """As `falling_root`, step for step, for one function of plain floats."""
    x, low = start, 0.0
    for iteration in range(_LIMIT):
        value, slope, best, cautious = evaluate(x)
        step = best
        low, high = (x, high) if value > 0.0 else (low, x)
        open_below = low == 0.0 and not at_zero[0] > 0.0
        if open_below:
            if bool(_no_root_below_float(x, value, slope, *at_zero)):
                return 0.0, True
            step = cautious if abs(step) > _SURE * x else step
            step = _halved_float(step, x)
        new = x + step
        slack = TOLERANCE * (1.0 + x)
        if low - slack <= new <= high + slack and not _bisects(iteration):
            new = min(max(new, low), high)
            quadratic = step == best and (best != cautious or (slope != 0.0 and best == -value / slope))
            if quadratic and abs(step) <= _NEWTON * (1.0 + new):
                return (0.0 if open_below and new <= 2.0 * TOLERANCE else new), True
        else:
            new = x if value == 0.0 else low + 0.5 * (high - low)
        if abs(new - x) <= slack:
            return (0.0 if open_below and new <= 2.0 * TOLERANCE else new), True
        x = new
    return x, False


def _no_root_below_float(x: float, value: float, slope: float, value_at_0: float, slope_at_0: float) -> bool:
    if not (value < 0.0 and x <= _NEAR):
        return False
    bend = slope_at_0 - slope
    if bend <= 0.0 or x == 0.0:
        return True
    meeting = min(max((value - value_at_0 - slope * x) / bend, 0.0), x)
    return value_at_0 + slope_at_0 * meeting < 0.0


def _halved_float(step: float, x: float) -> float:
    if x <= 0.0 or not isfinite(step):
        return 0.0 if step < 0.0 or step != step else step
    return ldexp(step, -ceil(log2(max(-step / x, 1.0))))


def rising_root(
    evaluate: Callable[[FloatArray, NDArray[Any]], FloatArray], guess: FloatArray, which: NDArray[Any]
) -> tuple[FloatArray, BoolArray]:
    """Where functions that are negative at 0 and rise to be positive take the value 0, without slopes.

    Parameters
    ----------
    evaluate : `evaluate(x, which)` gives the values of the functions `which` at x
    guess : (n,) array, above 0, doubled until it lies above the root
    which : (n,) array, the numbers by which `evaluate` knows the functions

    Notes
    -----
    Chandrupatla's method: inverse quadratic interpolation where the last three points allow it,
    otherwise bisection; every value narrows the bracket.

    References
    ----------
    Chandrupatla TR. Adv Eng Softw 1997;28:145-9.
    """
    high, above = _raised(evaluate, guess, which)
    low = np.zeros_like(high)
    return _narrowed(evaluate, (low, evaluate(low, which), high, above), which, _EXACT, 0.0)


def root_near(
    evaluate: Callable[[FloatArray, NDArray[Any]], FloatArray],
    near: FloatArray,
    size: FloatArray,
    which: NDArray[Any],
) -> tuple[FloatArray, BoolArray]:
    """As `rising_root`, from a good guess, to twelve digits; 0 where the function is not negative at 0.

    Parameters
    ----------
    near : (n,) array, 0 or more; size : (n,) array above 0, what to step by from a guess of 0
    """
    at = evaluate(near, which)
    step = _SIDESTEP * np.where(near > 0.0, near, size)
    other = np.where(at < 0.0, near + step, np.maximum(near - step, 0.0))
    root, found = np.zeros_like(near), np.ones(near.shape, np.bool_)
    open_ = np.flatnonzero((at < 0.0) | (near > 0.0))
    low, high = np.minimum(near, other)[open_], np.maximum(near, other)[open_]
    rest = evaluate(other[open_], which[open_])
    rising = at[open_] < 0.0
    below, above = np.where(rising, at[open_], rest), np.where(rising, rest, at[open_])
    short = np.flatnonzero(above < 0.0)
    if short.size:
        low[short], below[short] = high[short], above[short]
        high[short], above[short] = _raised(evaluate, 4.0 * high[short], which[open_[short]])
    over = np.flatnonzero(below >= 0.0)
    if over.size:
        high[over], above[over], low[over] = low[over], below[over], 0.0
        below[over] = evaluate(low[over], which[open_[over]])
    inner = np.flatnonzero(below < 0.0)
    ends = (low[inner], below[inner], high[inner], above[inner])
    narrowed = _narrowed(evaluate, ends, which[open_[inner]], _NEARLY, _NOISE)
    root[open_[inner]], found[open_[inner]] = narrowed
    return root, found


def _narrowed(
    evaluate: Callable[[FloatArray, NDArray[Any]], FloatArray],
    ends: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    which: NDArray[Any],
    precision: float,
    noise: float,
) -> tuple[FloatArray, BoolArray]:
    """The roots between `low`, where functions are `below` 0, and `high`, where they are `above` it.

    To a relative `precision`, or where the value is no more than its `noise`.
    """
    low, below, high, above = ends
    root, found = np.full(high.shape, np.inf), np.zeros(high.shape, np.bool_)
    active = np.flatnonzero(above >= 0.0)
    a, fa, b, fb = high[active], above[active], low[active], below[active]
    c, fc, share = a, fa, np.full(a.shape, 0.5)
    if noise:
        share = np.clip(fa / (fa - fb), 0.01, 0.99)
    for _ in range(_LIMIT):
        x = a + share * (b - a)
        fx = evaluate(x, which[active])
        same = np.sign(fx) == np.sign(fa)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = x, fx
        best = np.where(np.abs(fa) < np.abs(fb), a, b)
        slack = precision * np.abs(best) + 1e-300
        near = slack / np.abs(b - a)
        done = (near > 0.5) | (np.abs(fa) <= noise)
        root[active[done]], found[active[done]] = best[done], True
        if done.all():
            break
        share = _share(a, b, c, fa, fb, fc, near)
        keep = ~done
        active, share = active[keep], share[keep]
        a, b, c, fa, fb, fc = (one[keep] for one in (a, b, c, fa, fb, fc))
    return root, found


def _raised(
    evaluate: Callable[[FloatArray, NDArray[Any]], FloatArray], guess: FloatArray, which: NDArray[Any]
) -> tuple[FloatArray, FloatArray]:
    high = guess.copy()
    value = evaluate(high, which)
    for _ in range(_LIMIT):
        short = np.flatnonzero(value < 0.0)
        if short.size == 0:
            break
        high[short] *= 4.0
        value[short] = evaluate(high[short], which[short])
    return high, value


@np.errstate(invalid="ignore", divide="ignore")
def _share(
    a: FloatArray,
    b: FloatArray,
    c: FloatArray,
    fa: FloatArray,
    fb: FloatArray,
    fc: FloatArray,
    near: FloatArray,
) -> FloatArray:
    """The part of the way from a to b at which the next value is taken."""
    xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
    fits = (phi**2 < xi) & ((1.0 - phi) ** 2 < 1.0 - xi)
    inverse = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    share = np.where(fits & np.isfinite(inverse), inverse, 0.5)
    return np.clip(share, near, 1.0 - near)
