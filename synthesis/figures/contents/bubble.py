"""What the bubble plot of a meta-regression says."""

import re

import numpy as np

from synthesis.errors import FigureError
from synthesis.figures.chart import Area, Chart, Curve, Dot
from synthesis.figures.forest_words import capital, effect_text, level_text, sentence
from synthesis.figures.numbers import estimate_text, fixed, p_text, variance_text
from synthesis.figures.of_pool import display_of, effect_scale, labels_of, name_of, plain_scale, title_of
from synthesis.figures.page import DASHES, Key, Words
from synthesis.figures.rows import Scale
from synthesis.fit import NotDefined, Pool
from synthesis.models.regression_fit import Regression

LABELLED = 12
_POINTS = 41
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def content(shown: Regression | Pool, by: str | None = None, moderator: str | None = None) -> Chart:
    """What the bubble plot of a regression, or of a pool regressed on `by`, says."""
    fit = regressed(shown, by) if isinstance(shown, Pool) else shown
    at = _column(fit, moderator)
    values = fit.x[:, at]
    low, high = float(values.min()), float(values.max())
    if not high > low:
        raise FigureError(f"{fit.names[at]} is the same in all studies, so there is no line to draw")
    edge = 0.04 * (high - low)
    grid = np.linspace(low - edge, high + edge, _POINTS)
    line = fit.predict(_held(fit, at, grid))
    display = display_of(fit)
    y = effect_scale(fit, fit.yi.tolist(), [*line.ci_low.tolist(), *line.ci_high.tolist()])
    y = Scale(y.kind, y.low, y.high, y.ticks, y.title, y.null)
    x = plain_scale(low - edge, high + edge, capital(fit.names[at]), snap=False)
    axis = np.vectorize(display.axis, otypes=[float])
    mean, under, over = (axis(one).tolist() for one in (line.mu, line.ci_low, line.ci_high))
    points = grid.tolist()
    band = (*zip(points, under, strict=True), *reversed(list(zip(points, over, strict=True))))
    curves = [Curve(tuple(zip(points, mean, strict=True)), "summary", 1.2)]
    if not isinstance(line.pi_low, NotDefined) and not isinstance(line.pi_high, NotDefined):
        curves += [
            Curve(tuple(zip(points, axis(one).tolist(), strict=True)), "prediction", 0.7, DASHES)
            for one in (line.pi_low, line.pi_high)
        ]
    if display.axis_null is not None:
        curves.insert(
            0, Curve(((points[0], display.axis_null), (points[-1], display.axis_null)), "null", 0.6)
        )
    words = _words(fit, at, len(curves) > 2)
    return Chart(words, x, y, (Area(band, "heat-1"),), tuple(curves), _dots(fit, values, at))


def regressed(pool: Pool, by: str | None) -> Regression:
    """The pool's effects regressed on the year in the labels, or on how many took part."""
    from synthesis.regressing import regress

    values = _values(pool, by)
    given = {"yi": pool.yi, "vi": pool.vi, "labels": pool.labels, "measure": pool.measure}
    source = {"table": pool.table} if pool.table is not None else given
    return regress(moderators={by or "": values}, level=pool.level, **source)


def _values(pool: Pool, by: str | None) -> list[float]:
    if by == "year":
        years = [_YEAR.findall(label) for label in pool.labels]
        bare = [label for label, found in zip(pool.labels, years, strict=True) if not found]
        if bare:
            raise FigureError(f"the label {bare[0]!r} has no year to regress on")
        return [float(found[-1]) for found in years]
    if by == "participants":
        sizes = [None] * pool.k if pool.table is None else [row.n_total for row in pool.table.estimated]
        if any(size is None for size in sizes):
            raise FigureError("the number of participants is not known for every study")
        return [float(size) for size in sizes if size is not None]
    raise FigureError(f"unknown moderator {by!r}; choose year or participants, or regress and draw that")


def _column(fit: Regression, moderator: str | None) -> int:
    columns = [name for name in fit.names if name not in ("intercept", "intrcpt")]
    if not columns:
        raise FigureError("the regression has no moderator to draw")
    name = moderator or columns[0]
    if name not in columns:
        raise FigureError(f"no moderator {name!r}; there are {', '.join(columns)}")
    return fit.names.index(name)


def _held(fit: Regression, at: int, grid: np.ndarray) -> np.ndarray:
    """The design's columns without the intercept, all but one at their means."""
    rows = np.repeat(fit.x.mean(axis=0)[None, :], grid.size, axis=0)
    rows[:, at] = grid
    kept = [i for i, name in enumerate(fit.names) if name not in ("intercept", "intrcpt")]
    return rows[:, kept]


def _dots(fit: Regression, values: np.ndarray, at: int) -> tuple[Dot, ...]:
    display = display_of(fit)
    most = float(fit.weights.max())
    half = 1.96 * np.sqrt(fit.vi)
    return tuple(
        Dot(
            float(values[i]),
            display.axis(float(fit.yi[i])),
            f"{label}: {fit.names[at]} {values[i]:g}, {display.name} "
            f"{effect_text(display, *(float(fit.yi[i] + way * half[i]) for way in (0, -1, 1)))}",
            label if fit.k <= LABELLED else "",
            "square",
            area=float(fit.weights[i]) / most,
        )
        for i, label in enumerate(labels_of(fit))
    )


def _words(fit: Regression, at: int, predicted: bool) -> Words:
    display = display_of(fit)
    slope = fit.b[at], fit.low[at], fit.high[at]
    name = fit.names[at]
    if display.ratio:
        texts = [estimate_text(float(np.exp(one)), decimals=3) for one in slope]
        said = f"the {display.name} is multiplied by {texts[0]} ({texts[1]} to {texts[2]})"
    else:
        texts = [fixed(float(one), 3) for one in slope]
        said = f"the {display.name} changes by {texts[0]} ({texts[1]} to {texts[2]})"
    told = [f"For each further unit of {name} {said}, {p_text(float(fit.p[at]))}"]
    if fit.tau2_method != "none":
        told.append(f"The variance between studies that is left is τ² = {variance_text(fit.tau2)}")
    others = [n for i, n in enumerate(fit.names) if i != at and n not in ("intercept", "intrcpt")]
    keys = [
        Key("line", "summary", "mean effect"),
        Key("area", "heat-1", f"its {level_text(fit.level)} interval"),
    ]
    keys += [Key("dash", "prediction", "prediction interval of a further study")] if predicted else []
    keys.append(Key("dot", "square", "a study; area as its weight"))
    notes = ["Differences between studies are not those between people: other things differ as well."]
    notes += [f"Held at their means: {', '.join(others)}."] if others else []
    return Words(
        name=name_of(fit, "bubble"),
        kind="Bubble plot",
        title=title_of(fit),
        description=" ".join(sentence(one) for one in told),
        lines=tuple(sentence(one) for one in told),
        notes=tuple(notes),
        keys=tuple(keys),
    )
