"""The funnel plot of effects whose standard errors depend on the effects: studies stand by their size."""

import numpy as np

from synthesis.diagnostics.counts import sizes_of
from synthesis.diagnostics.small_study.asymmetry import small_study
from synthesis.errors import FigureError
from synthesis.figures.chart import Chart, Curve, Dot
from synthesis.figures.contents.funnel_words import NOTE, asymmetry_line
from synthesis.figures.forest_words import effect_text, sentence
from synthesis.figures.numbers import count_text
from synthesis.figures.of_pool import (
    display_of,
    effect_scale,
    labels_of,
    name_of,
    plain_scale,
    pooled_text,
    title_of,
)
from synthesis.figures.page import Key, Words
from synthesis.fit import NotDefined, Pool

LABELLED = 15


def content(pool: Pool, test: str, least: int) -> Chart:
    """Each effect against one over the root of its participants; there are no limits, and no contours.

    Raises
    ------
    FigureError
        The participants of a study are not known.

    References
    ----------
    Hunter JP, et al. J Clin Epidemiol 2014;67:897-903.
    """
    sizes = sizes_of(pool, None)
    if isinstance(sizes, NotDefined):
        raise FigureError("a funnel against participants needs their number in every study")
    options = {"predictor": "sqrtninv"} if test in ("egger", "egger-mixed") else {}
    found = small_study(pool, test=test, least=least, **options)
    shown = display_of(pool)
    size = 1.0 / np.sqrt(sizes)
    deepest = 1.04 * float(size.max())
    x = effect_scale(pool, [*pool.yi.tolist(), pool.mu])
    y = plain_scale(0.0, deepest, "1 / √participants", falling=True, snap=False)
    curves = [Curve(((shown.axis(pool.mu), 0.0), (shown.axis(pool.mu), deepest)), "summary", 1.0)]
    if shown.axis_null is not None:
        curves.append(Curve(((shown.axis_null, 0.0), (shown.axis_null, deepest)), "null", 0.6))
    half = 1.96 * np.sqrt(pool.vi)
    dots = tuple(
        Dot(
            shown.axis(float(pool.yi[i])),
            float(size[i]),
            f"{label}: {shown.name} {effect_text(shown, *_interval(pool, half, i))}, "
            f"{count_text(float(sizes[i]))} participants",
            label if pool.k <= LABELLED else "",
        )
        for i, label in enumerate(labels_of(pool))
    )
    line = asymmetry_line(found)
    told = [f"{pool.k} studies by the number of their participants", f"Pooled {pooled_text(pool)}", line]
    words = Words(
        name=name_of(pool, "funnel"),
        kind="Funnel plot",
        title=title_of(pool),
        description=" ".join(sentence(part) for part in told),
        lines=(sentence(line),),
        notes=("The standard error of such an effect depends on the effect; studies stand by size.", NOTE),
        keys=(Key("line", "summary", "pooled estimate"),),
    )
    return Chart(words, x, y, (), tuple(curves), dots)


def _interval(pool: Pool, half: np.ndarray, i: int) -> tuple[float, float, float]:
    yi = float(pool.yi[i])
    return yi, yi - float(half[i]), yi + float(half[i])
