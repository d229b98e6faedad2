"""What the funnel plot says."""

import numpy as np

from synthesis.diagnostics.counts import sizes_of
from synthesis.diagnostics.small_study.asymmetry import ADVISED, Asymmetry, small_study
from synthesis.diagnostics.trim_and_fill import TrimAndFill, trim_and_fill
from synthesis.errors import choose
from synthesis.figures.chart import Area, Chart, Curve, Dot
from synthesis.figures.contents.funnel_by_size import content as by_size
from synthesis.figures.contents.funnel_lines import BANDS, bands, egger_line, funnel_sides
from synthesis.figures.contents.funnel_words import NOTE, asymmetry_line
from synthesis.figures.figure import need
from synthesis.figures.forest_words import effect_text, level_text, sentence
from synthesis.figures.of_pool import (
    display_of,
    effect_scale,
    labels_of,
    name_of,
    plain_scale,
    pooled_text,
    title_of,
)
from synthesis.figures.page import DASHES, Key, Words
from synthesis.fit import NotDefined, Pool

LEAST = 3
LABELLED = 12  # more studies than these outside the funnel are named on pointing only


def content(
    pool: Pool,
    *,
    contours: bool = True,
    fill: bool = True,
    line: bool = False,
    test: str = "egger",
    least: int = ADVISED,
    against: str | None = None,
) -> Chart:
    """What the funnel plot of a pool says; the arguments are those of `synthesis.plot.funnel`."""
    need("a funnel", LEAST, pool.k)
    if _measure_of_size(pool, against) == "participants":
        return by_size(pool, test, least)
    filled = trim_and_fill(pool) if fill else NotDefined("not asked for")
    found = small_study(pool, test=test, least=least)
    added = filled.filled_yi if isinstance(filled, TrimAndFill) else np.empty(0)
    sei = np.sqrt(pool.vi)
    deepest = 1.04 * float(sei.max())
    ends = [pool.mu - 1.96 * deepest, pool.mu + 1.96 * deepest]
    x = effect_scale(pool, [*pool.yi.tolist(), *added.tolist(), pool.mu], ends)
    y = plain_scale(0.0, deepest, _size_title(pool), falling=True, snap=False)
    shown = display_of(pool)
    null = 0.0 if contours and shown.axis_null is not None else None
    curves = [Curve(points, "secondary", 0.7, DASHES) for points in funnel_sides(pool.mu, deepest, shown)]
    curves.append(Curve(((shown.axis(pool.mu), 0.0), (shown.axis(pool.mu), deepest)), "summary", 1.0))
    if shown.axis_null is not None:
        curves.append(Curve(((shown.axis_null, 0.0), (shown.axis_null, deepest)), "null", 0.6))
    egger = egger_line(found, deepest, shown) if line and isinstance(found, Asymmetry) else ()
    curves += [Curve(egger, "alert", 1.0, title="Line of Egger's regression")] if egger else []
    shaded = () if null is None else tuple(Area(points, role) for points, role in bands(x, deepest, shown))
    words = _words(pool, found, filled, contours=null is not None, line=bool(egger))
    return Chart(words, x, y, shaded, tuple(curves), _dots(pool, filled))


def _measure_of_size(pool: Pool, against: str | None) -> str:
    """What studies stand by: as asked, else by participants for percentages, where those are known."""
    if against is None:
        known = not isinstance(sizes_of(pool, None), NotDefined)
        return "participants" if display_of(pool).percent and known else "se"
    return choose("size of studies", against, {"se": "se", "participants": "participants"})


def _dots(pool: Pool, filled: TrimAndFill | NotDefined) -> tuple[Dot, ...]:
    shown = display_of(pool)
    sei = np.sqrt(pool.vi)
    outside = np.abs(pool.yi - pool.mu) > 1.96 * sei
    named = outside.sum() <= LABELLED
    dots = [
        Dot(
            shown.axis(float(yi)),
            float(se),
            f"{label}: {shown.name} {effect_text(shown, yi, yi - 1.96 * se, yi + 1.96 * se)}",
            label if out and named else "",
        )
        for label, yi, se, out in zip(labels_of(pool), pool.yi, sei, outside, strict=True)
    ]
    if isinstance(filled, TrimAndFill):
        dots += [
            Dot(shown.axis(float(yi)), float(vi) ** 0.5, "A study that trim and fill adds", hollow=True)
            for yi, vi in zip(filled.filled_yi, filled.filled_vi, strict=True)
        ]
    return tuple(dots)


def _size_title(pool: Pool) -> str:
    shown = display_of(pool)
    return f"Standard error of the log {shown.name}" if shown.ratio else "Standard error"


def _words(
    pool: Pool, found: Asymmetry | NotDefined, filled: TrimAndFill | NotDefined, *, contours: bool, line: bool
) -> Words:
    lines = [asymmetry_line(found), *([_fill_line(filled)] if isinstance(filled, TrimAndFill) else [])]
    sei = np.sqrt(pool.vi)
    out = [
        label
        for label, yes in zip(labels_of(pool), np.abs(pool.yi - pool.mu) > 1.96 * sei, strict=True)
        if yes
    ]
    outside = f"{len(out)} outside the {level_text(95)} limits of the funnel" + (
        f": {', '.join(out)}" * bool(out)
    )
    told = [f"{pool.k} studies, {outside}", f"Pooled {pooled_text(pool)}", *lines]
    keys = [
        Key("line", "summary", "pooled estimate"),
        Key("dash", "secondary", "where 95% of studies would lie if only chance parted them"),
    ]
    if isinstance(filled, TrimAndFill) and filled.missing:
        keys.append(Key("hollow", "dot", "added by trim and fill"))
    keys += [Key("line", "alert", "Egger's regression")] if line else []
    keys += [Key("area", role, f"{p} against no effect") for _, role, p in BANDS] if contours else []
    return Words(
        name=name_of(pool, "funnel"),
        kind="Funnel plot",
        title=title_of(pool),
        description=" ".join(sentence(part) for part in told),
        lines=tuple(sentence(one) for one in lines),
        notes=(NOTE,),
        keys=tuple(keys),
    )


def _fill_line(filled: TrimAndFill) -> str:
    if not filled.missing:
        return f"Trim and fill ({filled.estimator}) adds no study"
    shown, after = display_of(filled.before), filled.pool
    studies = "1 study" if filled.missing == 1 else f"{filled.missing} studies"
    value = effect_text(shown, after.mu, after.ci.low, after.ci.high)
    before = effect_text(shown, filled.before.mu, filled.before.ci.low, filled.before.ci.high)
    return (
        f"Trim and fill ({filled.estimator}) adds {studies} on the {filled.side}: {shown.name} {value} with, "
        f"{before} without; a sensitivity analysis, not a correction"
    )
