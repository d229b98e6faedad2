"""What the radial plot says."""

import math

import numpy as np

from synthesis.diagnostics.influence import Radial, radial
from synthesis.figures.chart import Area, Chart, Curve, Dot, Tag
from synthesis.figures.display import Display
from synthesis.figures.figure import need
from synthesis.figures.forest_words import sentence
from synthesis.figures.numbers import fixed
from synthesis.figures.of_pool import (
    display_of,
    labels_of,
    listed,
    name_of,
    plain_scale,
    pooled_text,
    title_of,
)
from synthesis.figures.page import DASHES, Key, Words
from synthesis.fit import Pool

LEAST = 2
WIDE = 2.0  # studies scatter about the line with variance 1
_ARC, _TICK, _LABEL = 1.0, 1.02, 1.04


def content(pool: Pool) -> Chart:
    """What the radial plot of a pool says: an arc on its right reads the slopes as effects."""
    need("a radial plot", LEAST, pool.k)
    found = radial(pool)
    deepest = float(found.x.max())
    ends = [*found.z.tolist(), -WIDE, WIDE, found.mu * deepest + WIDE, found.mu * deepest - WIDE]
    y = plain_scale(min(ends), max(ends), "Effect in standard errors")
    shown = display_of(pool)
    tall = max(abs(y.low), abs(y.high))
    radius = 1.05 * float(np.sqrt(np.square(found.x / deepest) + np.square(found.z / tall)).max())
    x = plain_scale(0.0, 1.18 * radius * deepest, "Precision (one over the standard error)", snap=False)
    arc, tags = _arc(found, shown, deepest, tall, radius)
    band = [
        (0.0, -WIDE),
        (deepest, found.mu * deepest - WIDE),
        (deepest, found.mu * deepest + WIDE),
        (0.0, WIDE),
    ]
    line = Curve(
        ((0.0, 0.0), (deepest, found.mu * deepest)), "summary", 1.0, title=f"Pooled: {pooled_text(pool)}"
    )
    zero = Curve(((0.0, 0.0), (deepest, 0.0)), "null", 0.5, DASHES)
    far = np.abs(found.z - found.mu * found.x) > WIDE
    names = labels_of(pool)
    dots = tuple(
        Dot(
            float(found.x[i]),
            float(found.z[i]),
            f"{names[i]}: {fixed(float(found.z[i]), 2)} standard errors, "
            f"precision {fixed(float(found.x[i]), 2)}",
            names[i] if far[i] else "",
        )
        for i in range(pool.k)
    )
    return Chart(
        _words(pool, [name for name, out in zip(names, far, strict=True) if out]),
        x,
        y,
        (Area(tuple(band), "band-1"),),
        (zero, line, *arc),
        dots,
        tuple(tag for tag in tags if 0.03 <= y.fraction(tag.y) <= 0.97),
        right=34.0,
    )


def _arc(
    found: Radial, shown: Display, deepest: float, tall: float, radius: float
) -> tuple[list[Curve], list[Tag]]:
    """The arc with its ticks and labels: where a line from the corner crosses it, it reads the effect."""

    def at(effect: float, share: float) -> tuple[float, float]:
        x = share * radius * deepest / math.sqrt(1.0 + (effect * deepest / tall) ** 2)
        return x, effect * x

    slopes = found.z / found.x
    low, high = float(min(slopes.min(), found.low, 0.0)), float(max(slopes.max(), found.high, 0.0))
    steps = [low + (high - low) * i / 60 for i in range(61)]
    curves = [Curve(tuple(at(step, _ARC) for step in steps), "interval", 0.6)]
    tags: list[Tag] = []
    heights: list[float] = []
    for tick in shown.ticks(shown.axis(low), shown.axis(high))[2]:
        effect = tick.at if shown.ratio else shown.analysed(tick.at)
        if effect is None or not low - 1e-9 <= effect <= high + 1e-9:
            continue
        curves.append(Curve((at(effect, _ARC), at(effect, _TICK)), "interval", 0.6))
        x, z = at(effect, _LABEL)
        if all(abs(z - other) > 0.11 * tall for other in heights):
            tags.append(Tag(x, z - 0.02 * tall, tick.label))
            heights.append(z)
    return curves, tags


def _words(pool: Pool, far: list[str]) -> Words:
    shown = display_of(pool)
    told = [f"{pool.k} studies; the slope of the line is the pooled {pooled_text(pool)}"]
    if far:
        told.append(f"More than two standard errors from the line: {listed(far)}")
    else:
        told.append("No study lies more than two standard errors from the line")
    return Words(
        name=name_of(pool, "radial"),
        kind="Radial plot",
        title=title_of(pool),
        description=" ".join(sentence(one) for one in told),
        lines=(sentence(told[1]),),
        notes=(
            f"A line from the corner through a study meets the arc at its {shown.name}.",
            "Standard errors include the variance between studies." if not pool.common_effect else "",
        )[: 1 if pool.common_effect else 2],
        keys=(
            Key("line", "summary", "pooled estimate"),
            Key("area", "band-1", "two standard errors about it"),
        ),
    )
