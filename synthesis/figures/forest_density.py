"""The predictive distribution of a further study's effect: its curve, and how much of it lies where."""

import math

from synthesis.figures.display import Display
from synthesis.fit import Interval, Pool

_POINTS = 60
_TAIL = 0.0005  # what is left out of the curve on each side
_ONE_FEWER = ("t(k-1)", "t(k-1)-own", "HTS(k-1)", "HK")
_TWO_FEWER = ("t(k-2)", "t(k-2)-own", "HTS", "HK(k-2)")


def degrees(pool: Pool, prediction: Interval) -> float | None:
    """The degrees of freedom of a prediction interval; None where it is not a t or normal one of known df."""
    if prediction.method in _ONE_FEWER:
        return pool.k - 1.0
    if prediction.method in _TWO_FEWER:
        return max(pool.k - 2.0, 1.0)
    return math.inf if prediction.method in ("normal", "tau-only") else None


def _scale(prediction: Interval, df: float) -> float:
    """The standard error that gives an interval this wide."""
    from scipy.special import stdtrit

    return prediction.width / 2 / float(stdtrit(df, 0.5 + prediction.level / 200))


def density(pool: Pool, prediction: Interval, display: Display) -> tuple[tuple[float, float], ...]:
    """The curve on the axis, from tail to tail, its highest point at 1; empty where it is not known.

    Heights are per unit of the axis, so that areas are probabilities on a transformed scale too.
    """
    df = degrees(pool, prediction)
    if df is None or not 0 < prediction.width < math.inf:
        return ()
    from scipy.special import stdtrit

    scale = _scale(prediction, df)
    reach = min(-float(stdtrit(df, _TAIL)), 8.0)
    effects = [pool.mu + scale * reach * (2 * i / _POINTS - 1) for i in range(_POINTS + 1)]
    places = [display.axis(effect) for effect in effects]
    heights = [_height((effect - pool.mu) / scale, df) for effect in effects]
    if not display.ratio:
        heights = [h / _stretch(places, i) for i, h in enumerate(heights)]
    highest = max(heights)
    return tuple((x, h / highest) for x, h in zip(places, heights, strict=True))


def _height(t: float, df: float) -> float:
    if math.isinf(df):
        return math.exp(-t * t / 2)
    log = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - (df + 1) / 2 * math.log1p(t * t / df)
    return math.exp(log)


def _stretch(places: list[float], i: int) -> float:
    """How far apart equal steps of the effect lie on the axis around this point."""
    before, after = places[max(i - 1, 0)], places[min(i + 1, len(places) - 1)]
    return max(after - before, 1e-12) / (min(i + 1, len(places) - 1) - max(i - 1, 0))


def probability_below(pool: Pool, prediction: Interval, value: float) -> float | None:
    """The predictive probability of an effect below `value`, on the scale of the analysis."""
    df = degrees(pool, prediction)
    if df is None or not 0 < prediction.width < math.inf:
        return None
    from scipy.special import stdtr

    return float(stdtr(df, (value - pool.mu) / _scale(prediction, df)))
