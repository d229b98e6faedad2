"""What L'Abbé's plot says."""

import numpy as np

from synthesis.diagnostics.counts import counts_of
from synthesis.errors import FigureError
from synthesis.figures.chart import Chart, Curve, Dot
from synthesis.figures.contents.absolute_risk import with_treatment
from synthesis.figures.forest_words import sentence
from synthesis.figures.numbers import count_text, fixed
from synthesis.figures.of_pool import labels_of, name_of, plain_scale, pooled_text, title_of
from synthesis.figures.page import DASHES, Key, Words
from synthesis.fit import NotDefined, Pool

SIDE = 210.0
LABELLED = 15
_POINTS = 80


def content(pool: Pool) -> Chart:
    """What L'Abbé's plot of a pool of two-arm counts says: both axes are risks in per cent."""
    counts = counts_of(pool, None)
    if isinstance(counts, NotDefined):
        raise FigureError("L'Abbé's plot needs the events and participants of both arms of every study")
    first, second = 100 * counts.ai / counts.n1i, 100 * counts.ci / counts.n2i
    table = pool.table
    names = table.compare_labels if table is not None else ("the first arm", "the second arm")
    top = min(100.0, 1.08 * float(max(first.max(), second.max(), 1.0)))
    x = plain_scale(0.0, top, f"Risk with {names[1]} (%)")
    y = plain_scale(0.0, top, f"Risk with {names[0]} (%)")
    end = x.high
    curves = [Curve(((0.0, 0.0), (end, end)), "null", 0.6)]
    pooled = _pooled(pool, end)
    curves += [Curve(pooled, "summary", 1.0, DASHES, f"Pooled {pooled_text(pool)}")] if pooled else []
    labels = labels_of(pool)
    most = float(counts.ni.max())
    dots = tuple(
        Dot(
            float(second[i]),
            float(first[i]),
            f"{labels[i]}: {_share(first[i], counts.n1i[i], names[0])}, "
            f"{_share(second[i], counts.n2i[i], names[1])}",
            labels[i] if pool.k <= LABELLED else "",
            "square",
            area=float(counts.ni[i]) / most,
        )
        for i in range(pool.k)
    )
    above = int(np.sum(first > second))
    told = [
        f"In {above} of {pool.k} studies the risk is higher with {names[0]} than with {names[1]}",
        f"Pooled {pooled_text(pool)}",
    ]
    keys = [Key("line", "null", "equal risks"), Key("dot", "square", "a study; area as its participants")]
    keys[1:1] = [Key("dash", "summary", "pooled effect")] if pooled else []
    words = Words(
        name=name_of(pool, "labbe"),
        kind="L'Abbé plot",
        title=title_of(pool),
        description=" ".join(sentence(one) for one in told),
        lines=(sentence(told[0]),),
        keys=tuple(keys),
    )
    return Chart(words, x, y, (), tuple(curves), dots, width=SIDE, height=SIDE)


def _share(percent: float, n: float, arm: str) -> str:
    return f"{fixed(float(percent), 1)}% of {count_text(float(n))} with {arm}"


def _pooled(pool: Pool, end: float) -> tuple[tuple[float, float], ...]:
    """The risk in the first arm that the pooled effect expects at each risk in the second."""
    points = []
    for i in range(_POINTS + 1):
        risk = end / 100 * i / _POINTS
        value = with_treatment(pool.measure or "", risk, pool.mu)
        if value is None:
            return ()
        points.append((100 * risk, 100 * value))
    return tuple(points)
