"""What the drapery plot says."""

import numpy as np

from synthesis.figures.chart import Chart, Curve, Dot
from synthesis.figures.display import Display
from synthesis.figures.figure import need
from synthesis.figures.forest_words import sentence
from synthesis.figures.of_pool import (
    display_of,
    effect_scale,
    labels_of,
    listed,
    name_of,
    pooled_text,
    title_of,
)
from synthesis.figures.page import DASHES, Key, Words
from synthesis.figures.rows import Scale, Tick
from synthesis.fit import Interval, Pool

LEAST = 2
LEVELS = (0.1, 0.05, 0.01)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TICKS = tuple(Tick(i / 5, f"{i / 5:g}") for i in range(6))
_POINTS = 61
_WIDE = 3.2  # standard errors on each side of a curve; beyond, P is below 0.0014


def content(pool: Pool, prediction: bool = True) -> Chart:
    """What the drapery plot of a pool says: the studies whose interval excludes the mean are named."""
    need("a drapery plot", LEAST, pool.k)
    shown = display_of(pool)
    sei = np.sqrt(pool.vi)
    bounds = [*(pool.yi - 1.96 * sei).tolist(), *(pool.yi + 1.96 * sei).tolist()]
    x = effect_scale(pool, [*pool.yi.tolist(), pool.mu], [pool.ci.low, pool.ci.high], bounds)
    y = Scale("linear", 0.0, 1.1, _TICKS, "P against this effect (two-sided)")
    curves = [Curve(((x.low, level), (x.high, level)), "secondary", 0.4, DASHES) for level in LEVELS]
    if shown.axis_null is not None:
        curves.append(Curve(((shown.axis_null, 0.0), (shown.axis_null, 1.0)), "null", 0.6))
    curves += [
        Curve(_tent(float(yi), float(se), None, shown), "square", 0.7, title=name)
        for name, yi, se in zip(labels_of(pool), pool.yi, sei, strict=True)
    ]
    drawn = prediction and isinstance(pool.prediction, Interval)
    if drawn and isinstance(pool.prediction, Interval):
        curves.append(_predicted(pool, pool.prediction, shown))
    curves.append(Curve(_tent(pool.mu, pool.se, pool.df, shown), "summary", 1.6, title="Pooled"))
    far = np.abs(pool.yi - pool.mu) > 1.96 * sei
    outside = [i for i in range(pool.k) if far[i]]
    letters = dict(zip(outside, _LETTERS, strict=False))
    dots = tuple(
        Dot(shown.axis(float(pool.yi[i])), 1.0, labels_of(pool)[i], letter, "square", area=0.0)
        for i, letter in letters.items()
    )
    named = [labels_of(pool)[i] + (f" ({letters[i]})" if i in letters else "") for i in outside]
    return Chart(_words(pool, named, drawn), x, y, (), tuple(curves), dots)


def _tent(at: float, se: float, df: float | None, shown: Display) -> tuple[tuple[float, float], ...]:
    """P of every effect about an estimate, on the normal or t distribution, its peak among the points."""
    from scipy.special import ndtr, stdtr

    reach = _WIDE if df is None else max(_WIDE, 12.0 / df + 3.0)
    steps = np.linspace(-reach, reach, _POINTS)
    p = 2.0 * (ndtr(-np.abs(steps)) if df is None else stdtr(df, -np.abs(steps)))
    return tuple((shown.axis(at + float(z) * se), float(one)) for z, one in zip(steps, p, strict=True))


def _predicted(pool: Pool, interval: Interval, shown: Display) -> Curve:
    """The curve of a further study, its width from the prediction interval."""
    from statistics import NormalDist

    half = NormalDist().inv_cdf(0.5 + interval.level / 200)
    se = (interval.high - interval.low) / 2 / half
    middle = (interval.high + interval.low) / 2
    return Curve(_tent(middle, se, None, shown), "prediction", 0.9, DASHES, "A further study")


def _words(pool: Pool, named: list[str], predicted: bool) -> Words:
    told = [f"{pool.k} curves of studies and that of the pool, {pooled_text(pool)}"]
    if named:
        told.append(f"The 95% interval of {listed(named)} excludes the pooled estimate")
    keys = [Key("line", "square", "a study"), Key("line", "summary", "pooled")]
    keys += (
        [Key("dash", "prediction", "a further study (normal, as wide as its interval)")] if predicted else []
    )
    levels = ", ".join(f"{level:g}" for level in LEVELS)
    return Words(
        name=name_of(pool, "drapery"),
        kind="Drapery plot",
        title=title_of(pool),
        description=" ".join(sentence(one) for one in told),
        lines=tuple(sentence(one) for one in told[1:]),
        notes=(f"Where a curve crosses a level line ({levels}) lie the ends of the interval of that level.",),
        keys=tuple(keys),
    )
