"""What the figure of influence diagnostics says: lollipops on one order of studies."""

import math

from synthesis.diagnostics.influence import LEAST, Influence, influence
from synthesis.errors import FigureError
from synthesis.figures.figure import need
from synthesis.figures.forest_words import sentence
from synthesis.figures.lanes import Item, Lane, Lanes, Stem, Wording
from synthesis.figures.numbers import fixed
from synthesis.figures.of_pool import labels_of, listed, name_of, plain_scale, title_of
from synthesis.figures.page import Key, Words
from synthesis.figures.rows import Scale
from synthesis.fit import NotDefined, Pool

WIDTH = 76.0


def content(pool: Pool) -> Lanes:
    """What the figure of a pool says; studies beyond a limit are marked."""
    need("a figure of influence", LEAST, pool.k)
    found = influence(pool)
    if isinstance(found, NotDefined):
        raise FigureError(f"a figure of influence cannot be drawn: {found.reason}")
    names = labels_of(pool)
    lanes = _lanes(found)
    items = tuple(
        _item(names[i], [values[i] for _, values, _, _ in lanes], lanes, i, found) for i in range(pool.k)
    )
    columns: tuple[Wording | Lane, ...] = (
        Wording("Study", most=150.0, lines=2),
        *(
            Lane(head, _scale(values, base, limits), WIDTH, lines=_lines(base, limits))
            for head, values, base, limits in lanes
        ),
    )
    return Lanes(_words(pool, found, names), columns, items)


Panel = tuple[str, list[float], float, tuple[float, ...]]
"""Head, values, where lollipops begin, and limits."""


def _lanes(found: Influence) -> list[Panel]:
    c = found.limits
    return [
        ("Standardised residual", found.rstudent.z.tolist(), 0.0, (-1.96, 1.96)),
        ("DFFITS", found.dffits.tolist(), 0.0, (-c.dffits, c.dffits)),
        ("Cook's distance", found.cook.tolist(), 0.0, (c.cook,)),
        ("Covariance ratio", found.cov_ratio.tolist(), 1.0, ()),
        ("Leverage", found.hat.tolist(), 0.0, (c.hat,)),
    ]


def _scale(values: list[float], base: float, limits: tuple[float, ...]) -> Scale:
    """An axis that holds all values, and limits that are not far beyond them."""
    known = [v for v in values if math.isfinite(v)]
    most = max([abs(v - base) for v in known] + [1e-9])
    seen = [*known, base, *(limit for limit in limits if abs(limit - base) <= 2.5 * most)]
    return plain_scale(min(seen), max(seen) if max(seen) > min(seen) else min(seen) + 1.0, "")


def _lines(base: float, limits: tuple[float, ...]) -> tuple[tuple[float, str, bool], ...]:
    return ((base, "null", False), *((limit, "alert", True) for limit in limits if math.isfinite(limit)))


def _item(label: str, values: list[float], lanes: list[Panel], i: int, found: Influence) -> Item:
    """One study: a lollipop in each lane, in another colour beyond a limit."""
    cells = []
    told = []
    for value, (head, _, base, limits) in zip(values, lanes, strict=True):
        low, high = min((0.0, *limits)), max((0.0, *limits))
        beyond = bool(limits) and not low <= value <= high
        cells.append((Stem(base, value, "alert" if beyond else "dot", hollow=beyond),))
        told.append(f"{head.lower()} {fixed(value, 2)}")
    marked = bool(found.influential[i])
    return Item((label, *cells), f"{label}: {', '.join(told)}", mark="*" if marked else "")


def _words(pool: Pool, found: Influence, names: tuple[str, ...]) -> Words:
    marked = [name for name, yes in zip(names, found.influential, strict=True) if yes]
    c = found.limits
    told = [f"* beyond a limit: {listed(marked)}" if marked else "No study is beyond a limit"]
    rules = (
        f"Limits: |DFFITS| > {fixed(c.dffits, 2)}, Cook's distance > {fixed(c.cook, 2)}, leverage > "
        f"{fixed(c.hat, 2)}, |DFBETAS| > {fixed(c.dfbetas, 0)} (not drawn); conventions, not tests."
    )
    return Words(
        name=name_of(pool, "influence"),
        kind="Influence",
        title=title_of(pool),
        description=" ".join(sentence(one) for one in (*told, rules)),
        lines=tuple(sentence(one) for one in told),
        notes=(
            rules,
            "Residuals are from the pool without the study; 95% are expected within 1.96.",
        ),
        keys=(Key("dash", "alert", "limit"), Key("hollow", "alert", "beyond it")),
    )
