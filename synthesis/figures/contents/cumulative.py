"""What the cumulative figure says."""

import re

import numpy as np
from numpy.typing import ArrayLike

from synthesis.diagnostics.cumulative import cumulative
from synthesis.errors import FigureError
from synthesis.figures.contents.refit_lanes import columns, row, whole
from synthesis.figures.figure import need
from synthesis.figures.forest_words import level_text, sentence
from synthesis.figures.lanes import Lanes
from synthesis.figures.numbers import count_text
from synthesis.figures.of_pool import labels_of, name_of, pooled_text, title_of
from synthesis.figures.page import Key, Words
from synthesis.fit import Pool

LEAST = 2
ORDERS = ("year", "given", "precision")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def content(pool: Pool, order: str | ArrayLike | None = None) -> Lanes:
    """What the cumulative figure of a pool says: the pool after each further study."""
    need("a cumulative figure", LEAST, pool.k)
    by, told = _order(pool, order)
    found = cumulative(pool, order=by)
    names = labels_of(pool)
    items = [row(pool, found, i, _added(pool, names, place, i)) for i, place in enumerate(found.order)]
    last = whole(pool, f"All {pool.k} studies")
    return Lanes(_words(pool, told), columns(pool, found, "Study added"), (*items, last))


def _added(pool: Pool, names: tuple[str, ...], place: int, i: int) -> str:
    """`+ Smith 2011 (n = 120)`; the first one without a plus."""
    n = None if pool.table is None else pool.table.estimated[place].n_total
    size = "" if n is None else f" (n = {count_text(n)})"
    return f"{'+ ' if i else ''}{names[place]}{size}"


def _order(pool: Pool, order: str | ArrayLike | None) -> tuple[ArrayLike | None, str]:
    """What to sort by, and how that is called; by year where every label has one."""
    years = [_YEAR.findall(label) for label in pool.labels]
    if order is None:
        order = "year" if all(years) else "given"
    if not isinstance(order, str):
        return order, "in the order asked for"
    if order == "year":
        if not all(years):
            bare = next(label for label, found in zip(pool.labels, years, strict=True) if not found)
            raise FigureError(f"the label {bare!r} has no year to sort by; order by given or precision")
        return [int(found[-1]) for found in years], "by year"
    if order == "precision":
        return np.argsort(np.argsort(pool.vi, kind="stable")), "from the most precise study on"
    if order == "given":
        return None, "in the order given"
    raise FigureError(f"unknown order {order!r}; choose {', '.join(ORDERS)}, or give a number for each study")


def _words(pool: Pool, order: str) -> Words:
    told = [f"The pool of {pool.k} studies as they are added {order}", f"In the end: {pooled_text(pool)}"]
    caution = "This is a description and no sequential test: looking after every study is not allowed for"
    return Words(
        name=name_of(pool, "cumulative"),
        kind="Cumulative pool",
        title=title_of(pool),
        description=" ".join(sentence(part) for part in (*told, caution)),
        lines=(sentence(f"Studies are added {order}. {caution}"),),
        notes=(sentence(f"Shaded: {level_text(pool.level)} interval of all studies"),),
        keys=(Key("dash", "reference", "pool of all studies"),),
    )
