"""Pictures below a forest that look closer at a pool: without each study, and the funnel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from synthesis.reporting.pictures import slim, without_titles
from synthesis.reporting.results import Result

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing

FEWEST_REFITS, FEWEST_FUNNEL = 3, 10  # studies; below, the pictures say nothing that can be relied on
MOST_REFITS = 40  # studies; above, what changes without each is told in a sentence, not drawn row by row


@dataclass(frozen=True, slots=True)
class Look:
    """One picture: what its fold is called, the figure, and what it says in sentences."""

    title: str
    picture: Markup | None
    words: str


def closer_looks(result: Result) -> tuple[Look, ...]:
    """The pictures that a pool's number of studies carries; none for what is not pooled."""
    pool = result.pool
    if pool is None or not result.pooled or pool.k < FEWEST_REFITS:
        return ()
    from synthesis.figures.gallery.leave_one_out import leave_one_out

    without = _look("Without each study", f"{result.anchor}-without", leave_one_out(pool))
    drawn = without_titles(without.picture) if without.picture and pool.k <= MOST_REFITS else None
    looks = [replace(without, picture=drawn)]
    if pool.k >= FEWEST_FUNNEL:
        from synthesis.figures.gallery.funnel import funnel

        looks.append(_look("Funnel plot", f"{result.anchor}-funnel", funnel(pool)))
    return tuple(looks)


def _look(title: str, name: str, drawing: Drawing) -> Look:
    named = replace(drawing, name=name)
    return Look(title, slim(named.to_svg(standalone=False)), drawing.description)
