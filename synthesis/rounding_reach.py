"""How far a pooled mean could lie, given that the numbers under it were rounded when they were printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from synthesis.fit import NotDefined, Pool
from synthesis.tau2 import TAU2

if TYPE_CHECKING:
    from synthesis.arrays import FloatArray

Points = tuple[tuple[float, float], ...]
MOST_POINTS = 24  # of one row, its own estimate among them; of more, the outermost are kept
MOST_SWEEPS = 12
_ENOUGH = 1e-10


@dataclass(frozen=True, slots=True)
class Reach:
    """The least and the greatest mean, on the scale of the analysis, and the rows that rounding moves."""

    low: float
    high: float
    moved: tuple[str, ...]


@lru_cache(maxsize=256)
def reach(pool: Pool) -> Reach | NotDefined:
    """The least and the greatest mean over all numbers that round to those printed.

    Parameters
    ----------
    pool : Pool
        Of a table of effects; of two studies the common effect is meant, as it is what is shown of them.

    Returns
    -------
    Reach or NotDefined
        NotDefined where nothing under the pool is known to have been rounded, or where it was not made by
        inverse variances.

    Notes
    -----
    Each row may be at any corner of what would have been printed as its numbers were: its estimate and its
    variance move together, and with them the weights and tau2, which is estimated anew for every choice. Rows
    are moved to the corner that takes the mean furthest, until none takes it further. With fixed weights the
    mean rises with every estimate, and is monotone in every variance, so that a corner is best; as tau2 moves
    too, that is no proof here, so points between the corners are tried at the end, and used where they go
    further. The answer is a search's, not a bound that was proved.
    """
    rows = getattr(pool.table, "estimated", None)
    if rows is None:
        return NotDefined("it has no table of printed numbers")
    if pool.model not in ("random-effects", "common-effect") or pool.weighting != "inverse-variance":
        return NotDefined("only means by inverse variances are searched")
    points = [_outermost(((row.yi, row.vi), *row.corners)) for row in rows]
    moved = tuple(row.label for row, own in zip(rows, points, strict=True) if len(own) > 1)
    if not moved:
        return NotDefined("nothing under it was rounded")
    return Reach(-_furthest(pool, points, -1.0), _furthest(pool, points, 1.0), moved)


def _outermost(points: Points) -> Points:
    """The points of a row, its own first; of very many, those at the ends of estimate and variance."""
    distinct = tuple(dict.fromkeys(points))
    if len(distinct) <= MOST_POINTS:
        return distinct
    angles = np.linspace(0.0, 2.0 * np.pi, MOST_POINTS - 1, endpoint=False)
    values = np.array(distinct)
    spread = np.ptp(values, axis=0)
    scaled = values / np.where(spread > 0, spread, 1.0)
    ends = (scaled @ np.array([np.cos(angles), np.sin(angles)])).argmax(axis=0)
    return (distinct[0], *(distinct[i] for i in dict.fromkeys(ends.tolist())))


def _furthest(pool: Pool, points: list[Points], sign: float) -> float:
    """The greatest mean (of the effects times ``sign``) that moving the rows gives, times ``sign``."""
    current = np.array([own[0] for own in points])
    best = float(_means(pool, current[None])[0]) * sign
    for candidates in (points, [_between(own) for own in points]):
        current, best = _climbed(pool, candidates, current, best, sign)
    return best


def _climbed(
    pool: Pool, candidates: list[Points], current: FloatArray, best: float, sign: float
) -> tuple[FloatArray, float]:
    """Rows moved, all that help at once, else the one that helps most, until none helps."""
    places = [(i, point) for i, own in enumerate(candidates) for point in own]
    for _ in range(MOST_SWEEPS):
        tried = np.repeat(current[None], len(places), axis=0)
        for place, (i, point) in enumerate(places):
            tried[place, i] = point
        found = _means(pool, tried) * sign
        chosen, single = current.copy(), int(found.argmax())
        for i in range(len(current)):
            own = [place for place, (row, _) in enumerate(places) if row == i]
            top = max(own, key=lambda place: found[place])
            if found[top] > best + _ENOUGH:
                chosen[i] = places[top][1]
        together = float(_means(pool, chosen[None])[0]) * sign
        if max(together, float(found[single])) <= best + _ENOUGH:
            break
        if together >= found[single]:
            current, best = chosen, together
        else:
            current, best = tried[single], float(found[single])
    return current, best


def _between(points: Points) -> Points:
    """Points half-way between the corners of a row, and the corners themselves."""
    few = points[:9]
    middles = (((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in combinations(few, 2))
    return (*points, *middles)


def _means(pool: Pool, tried: FloatArray) -> FloatArray:
    """(batch,) means of (batch, k, 2) estimates and variances, by the pool's own model."""
    yi, vi = tried[..., 0], tried[..., 1]
    weights = 1.0 / (vi + _tau2(pool, yi, vi)[:, None])
    means: FloatArray = (weights * yi).sum(axis=-1) / weights.sum(axis=-1)
    return means


def _tau2(pool: Pool, yi: FloatArray, vi: FloatArray) -> FloatArray:
    """(batch,) variances between studies: none of one study, and of two, whose common effect is shown."""
    if pool.common_effect or pool.k < 3:
        return np.zeros(yi.shape[0])
    if pool.tau2_method == "given":
        return np.full(yi.shape[0], getattr(pool.heterogeneity, "tau2", 0.0))
    found, _ = TAU2[pool.tau2_method](yi, vi)
    return found
