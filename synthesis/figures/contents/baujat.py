"""What Baujat's plot says."""

from synthesis.diagnostics.influence import LEAST, baujat
from synthesis.errors import FigureError
from synthesis.figures.chart import Chart, Dot
from synthesis.figures.figure import need
from synthesis.figures.forest_words import sentence
from synthesis.figures.numbers import fixed
from synthesis.figures.of_pool import labels_of, listed, name_of, plain_scale, title_of
from synthesis.figures.page import Words
from synthesis.fit import NotDefined, Pool


def content(pool: Pool, named: int = 5) -> Chart:
    """What Baujat's plot of a pool says; the studies farthest from the corner are named."""
    need("Baujat's plot", LEAST, pool.k)
    found = baujat(pool)
    if isinstance(found, NotDefined):
        raise FigureError(f"Baujat's plot cannot be drawn: {found.reason}")
    x, y = found.contribution, found.influence
    most = float(x.max()) or 1.0, float(y.max()) or 1.0
    far = sorted(range(pool.k), key=lambda i: (-((x[i] / most[0]) ** 2 + (y[i] / most[1]) ** 2), i))
    names = labels_of(pool)
    shown = set(far[:named])
    dots = tuple(
        Dot(
            float(x[i]),
            float(y[i]),
            f"{names[i]}: adds {fixed(float(x[i]), 2)} to heterogeneity, moves the mean by "
            f"{fixed(float(y[i]), 2)}",
            names[i] if i in shown else "",
        )
        for i in range(pool.k)
    )
    told = (
        f"Of {pool.k} studies {names[int(x.argmax())]} adds most to heterogeneity",
        f"{names[int(y.argmax())]} moves the mean most",
    )
    note = f"Named: {listed([names[i] for i in far[:named]])}, farthest from the corner." if named else ""
    words = Words(
        name=name_of(pool, "baujat"),
        kind="Baujat's plot",
        title=title_of(pool),
        description=" ".join(sentence(one) for one in told),
        lines=tuple(sentence(one) for one in told),
        notes=(note,) if note else (),
    )
    return Chart(
        words,
        plain_scale(0.0, 1.02 * most[0], "Contribution to heterogeneity (squared Pearson residual)"),
        plain_scale(
            0.0, 1.02 * most[1], "Influence on the mean (squared, in its variance without the study)"
        ),
        dots=dots,
    )
