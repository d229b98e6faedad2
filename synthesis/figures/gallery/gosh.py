"""GOSH: the pools of all subsets of the studies."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def gosh(pool: "Pool", *, subsets: int | None = None, seed: int = 1) -> "Drawing":
    """How mean and I2 of all subsets of the studies scatter, counted in hexagons.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.
    subsets : int, optional
        How many to draw at random; by default all up to 14 studies, and 10,000 above.
    seed : int
        Of the draw.

    Raises
    ------
    FigureError
        For fewer than three studies, or a model that is not inverse-variance.

    References
    ----------
    Olkin I, Dahabreh IJ, Trikalinos TA. Res Synth Methods 2012;3:214-23.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], measure="RR")
    >>> gosh(pool).description.split(".")[0]
    '15 pools, one for each subset of 4 studies'
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.gosh import content

    return layout(content(pool, subsets, seed))


FIGURE = Figure(
    name="gosh",
    about="Pools of all subsets of the studies (GOSH).",
    subject="pool",
    draw=gosh,
    example="evidence plot gosh objective-response",
    options=(Option("subsets", "How many subsets to draw  [default: all up to 14 studies]", int, "N"),),
)
