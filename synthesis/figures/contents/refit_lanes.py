"""What leave-one-out and cumulative figures share: one row a refit, beside the whole pool."""

from dataclasses import replace
from typing import TYPE_CHECKING

from synthesis.figures.forest_words import capital, effect_text, level_text
from synthesis.figures.lanes import Item, Lane, Piece, Wording
from synthesis.figures.numbers import p_text, percent_text, variance_text
from synthesis.figures.of_pool import display_of, effect_scale
from synthesis.figures.rows import Picture
from synthesis.fit import NotDefined

if TYPE_CHECKING:
    from synthesis.diagnostics.refits import Refits
    from synthesis.fit import Pool


def columns(pool: "Pool", refits: "Refits", head: str) -> tuple[Wording | Lane, ...]:
    """Labels, the lane with the pool's interval shaded, estimate, P, and heterogeneity where there is any."""
    shown = display_of(pool)
    axis = shown.axis
    means = [float(mu) for mu in refits.mu]
    bounds = [*map(float, refits.low), *map(float, refits.high)]
    scale = effect_scale(pool, [*means, pool.mu], [pool.ci.low, pool.ci.high], bounds)
    lines = [] if shown.axis_null is None else [(shown.axis_null, "null", False)]
    lines.append((axis(pool.mu), "reference", True))
    band = (axis(pool.ci.low), axis(pool.ci.high))
    name = capital("%" if shown.percent else shown.title)
    return (
        Wording(head, most=170.0, lines=2),
        Lane("", replace(scale, reference=None), 180.0, band, tuple(lines)),
        Wording(f"{name} ({level_text(pool.level)}\xa0CI)", "end"),
        *((Wording("P", "end"),) if shown.null is not None else ()),
        *(() if pool.common_effect else (Wording("τ²", "end"),)),
        Wording("I² (%)", "end"),
    )


def row(pool: "Pool", refits: "Refits", i: int, label: str, mark: str = "") -> Item:
    """One refit as a row."""
    mu, low, high = (float(one[i]) for one in (refits.mu, refits.low, refits.high))
    numbers = (mu, low, high, float(refits.p[i]), float(refits.tau2[i]), float(refits.i2[i]))
    return _item(pool, label, numbers, "dot", "row", mark)


def whole(pool: "Pool", label: str) -> Item:
    """The pool of all studies, as the last row."""
    found = pool.heterogeneity
    spread = (0.0, 0.0) if isinstance(found, NotDefined) else (found.tau2, found.i2)
    return _item(pool, label, (pool.mu, pool.ci.low, pool.ci.high, pool.p, *spread), "diamond", "sum", "")


def _item(pool: "Pool", label: str, numbers: tuple[float, ...], shape: str, kind: str, mark: str) -> Item:
    mu, low, high, p, tau2, i2 = numbers
    shown = display_of(pool)
    text = effect_text(shown, mu, low, high)
    picture = Picture(shape, shown.axis(low), shown.axis(high), shown.axis(mu))  # type: ignore[arg-type]  # a dot or a diamond
    cells = (
        label,
        (Piece(picture),),
        text,
        *((_bare(p_text(p)),) if shown.null is not None else ()),
        *(() if pool.common_effect else (variance_text(tau2),)),
        percent_text(i2),
    )
    return Item(cells, f"{label}: {shown.name} {text}", kind, mark=mark)  # type: ignore[arg-type]  # a kind of row


def _bare(p: str) -> str:
    """0.02 of `P = 0.02`, <0.001 of `P < 0.001`."""
    return p.removeprefix("P ").removeprefix("= ").replace("< ", "<").replace("> ", ">")
