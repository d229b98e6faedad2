"""Baujat's plot: what each study adds to heterogeneity, and how far it moves the mean."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def baujat(pool: "Pool", *, named: int = 5) -> "Drawing":
    """What each study adds to heterogeneity against how far it moves the mean.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.
    named : int
        How many studies are named: those farthest from the corner.

    Raises
    ------
    FigureError
        For fewer than three studies, or a model that is not inverse-variance.

    References
    ----------
    Baujat B, Mahé C, Pignon JP, Hill C. Stat Med 2002;21:2641-52.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], measure="RR")
    >>> baujat(pool).title
    "Baujat's plot. Risk ratio"
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.baujat import content

    return layout(content(pool, named))


FIGURE = Figure(
    name="baujat",
    about="What each study adds to heterogeneity and to the mean.",
    subject="pool",
    draw=baujat,
    example="evidence plot baujat objective-response",
    options=(Option("named", "How many studies are named  [default: 5]", int, "N"),),
)
