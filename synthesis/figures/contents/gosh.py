"""What the GOSH figure says: mean and I2 of all subsets, counted in hexagons."""

from math import ceil, sqrt

import numpy as np

from synthesis.diagnostics.gosh import LEAST, Gosh, gosh
from synthesis.errors import FigureError
from synthesis.figures.chart import Area, Chart, Curve
from synthesis.figures.figure import need
from synthesis.figures.forest_words import sentence
from synthesis.figures.numbers import count_text, percent_text
from synthesis.figures.of_pool import display_of, effect_scale, name_of, plain_scale, title_of
from synthesis.figures.page import DASHES, Key, Words
from synthesis.figures.rows import Scale
from synthesis.fit import NotDefined, Pool

EVERY, SAMPLED = 14, 10_000
ACROSS = 34  # hexagons side by side
SHADES = ("heat-1", "heat-2", "square", "dot")
WIDTH, HEIGHT = 250.0, 190.0


def content(pool: Pool, subsets: int | None = None, seed: int = 1) -> Chart:
    """What the GOSH figure of a pool says."""
    need("GOSH", LEAST, pool.k)
    many = subsets if subsets is not None or pool.k <= EVERY else SAMPLED
    found = gosh(pool, subsets=many, seed=seed)
    if isinstance(found, NotDefined):
        raise FigureError(f"GOSH cannot be drawn: {found.reason}")
    shown = display_of(pool)
    seen = [float(found.mu.min()), float(found.mu.max())]
    x = effect_scale(pool, seen)
    y = plain_scale(0.0, 100.0, "I² (%)")
    means = np.array([shown.axis(float(one)) for one in found.mu])
    areas, steps = _hexagons(means, found.i2, x, y)
    whole = Curve(((shown.axis(pool.mu), 0.0), (shown.axis(pool.mu), 100.0)), "reference", 0.8, DASHES)
    return Chart(_words(pool, found, steps), x, y, areas, (whole,), width=WIDTH, height=HEIGHT)


def _hexagons(
    means: np.ndarray, i2: np.ndarray, x: Scale, y: Scale
) -> tuple[tuple[Area, ...], tuple[tuple[int, int], ...]]:
    """A hexagon for each cell with pools in it, darker for more, and the counts of each shade."""
    size = WIDTH / ACROSS / sqrt(3.0)
    px = (means - x.low) / (x.high - x.low) * WIDTH
    py = np.minimum(i2, 100.0) / 100.0 * HEIGHT
    columns, rows = _cells(px, py, size)
    cells, counts = np.unique(np.stack([columns, rows]), axis=1, return_counts=True)
    most = int(counts.max())
    edges = sorted({max(1, round(most ** (i / len(SHADES)))) for i in range(1, len(SHADES) + 1)})
    areas = []
    for (column, row), count in zip(cells.T.tolist(), counts.tolist(), strict=True):
        shade = next(i for i, edge in enumerate(edges) if count <= edge)
        middle = size * sqrt(3.0) * (column + (row % 2) / 2), 1.5 * size * row
        role = SHADES[shade + len(SHADES) - len(edges)]
        areas.append(Area(_corners(middle, size, x), role))
    firsts = [1, *(edge + 1 for edge in edges[:-1])]
    return tuple(areas), tuple(zip(firsts, edges, strict=True))


def _cells(px: np.ndarray, py: np.ndarray, size: float) -> tuple[np.ndarray, np.ndarray]:
    """The column and row of the hexagon whose centre is nearest."""
    best = np.full(px.shape, np.inf)
    columns, rows = np.zeros(px.shape, int), np.zeros(px.shape, int)
    first = np.floor(py / (1.5 * size)).astype(int)
    for row in (first, first + 1):
        shift = (row % 2) / 2
        column = np.rint(px / (size * sqrt(3.0)) - shift).astype(int)
        away = np.square(px - size * sqrt(3.0) * (column + shift)) + np.square(py - 1.5 * size * row)
        nearer = away < best
        best, columns, rows = (
            np.where(nearer, away, best),
            np.where(nearer, column, columns),
            np.where(nearer, row, rows),
        )
    return columns, rows


def _corners(middle: tuple[float, float], size: float, x: Scale) -> tuple[tuple[float, float], ...]:
    """The six corners, from points back to the units of the axes."""
    half = size * sqrt(3.0) / 2
    steps = (
        (0, size),
        (half, size / 2),
        (half, -size / 2),
        (0, -size),
        (-half, -size / 2),
        (-half, size / 2),
    )
    return tuple(
        (
            x.low + (middle[0] + dx) / WIDTH * (x.high - x.low),
            100.0 * (middle[1] + dy) / HEIGHT,
        )
        for dx, dy in steps
    )


def _words(pool: Pool, found: Gosh, steps: tuple[tuple[int, int], ...]) -> Words:
    many = count_text(float(found.mu.size))
    how = (
        f"one for each subset of {pool.k} studies" if found.every else f"drawn at random (seed {found.seed})"
    )
    told = [f"{many} pools, {how}"]
    low, middle, high = np.percentile(found.i2, [25, 50, 75]).tolist()
    told.append(f"I² of half of them lies between {percent_text(low)}% and {percent_text(high)}%")
    told.append(f"its median is {percent_text(middle)}%")
    shift = [_shift(found, i) for i in range(pool.k)]
    most = max(range(pool.k), key=lambda i: (abs(shift[i]), -i))
    way = "raises" if shift[most] > 0 else "lowers"
    told.append(
        f"{pool.labels[most]} {way} the median I² most, by {percent_text(abs(shift[most]))} percentage points"
    )
    shades = SHADES[len(SHADES) - len(steps) :]
    keys = [
        Key("area", role, f"{a}" if a == b else f"{count_text(a)} to {count_text(b)}")
        for role, (a, b) in zip(shades, steps, strict=True)
    ]
    return Words(
        name=name_of(pool, "gosh"),
        kind="Graphical display of heterogeneity (GOSH)",
        title=title_of(pool),
        description=" ".join(sentence(one) for one in told),
        lines=tuple(sentence(one) for one in (told[0], told[3])),
        notes=(f"Shades count pools in a hexagon, at most {ceil(steps[-1][1])}; single studies have I² 0.",),
        keys=(*keys, Key("dash", "reference", "pool of all studies")),
    )


def _shift(found: Gosh, study: int) -> float:
    held = found.holds(study)
    return float(np.median(found.i2[held]) - np.median(found.i2[~held]))
